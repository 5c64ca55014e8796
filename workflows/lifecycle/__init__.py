"""The machinery of lifecycles: tables, guards, persons, refusals, effects. Knows no noun."""
