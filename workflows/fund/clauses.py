"""Rules of the fund's money that are no parameter of a policy."""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
FUND_BALANCE = Clause("基金以余额为限 (S16, S53)", "fund cash is never negative; ZD-3.12.1", Grade.PUBLIC)
EXHAUSTED    = Clause(PLATFORM_RULES, "ZD-3.12.1 an exhausted fund takes no filing", Grade.ASSUMED)
FUND_RULES   = Clause(PLATFORM_RULES, "ZD-3.12.1 fund", Grade.ASSUMED)
# fmt: on
