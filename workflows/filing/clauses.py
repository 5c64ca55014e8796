"""Rules of filing and cover that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
COVER      = Clause(PLATFORM_RULES, "ZD-3.7 programme filing", Grade.ASSUMED)
LATE_COVER = Clause(PLATFORM_RULES, "ZD-3.7.2 late filing: no cover for what came before", Grade.ASSUMED)
PAYMENT_ACCOUNT = Clause(PLATFORM_RULES, "ZD-2.4 paid to the account on file", Grade.ASSUMED)
# fmt: on
