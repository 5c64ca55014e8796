"""Rules of the fund's money that are no parameter of a policy."""

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
FUND_BALANCE = Clause("基金以余额为限 (S16, S53)", "fund cash is never negative", Grade.PUBLIC)
FUND_RULES   = Clause(PLATFORM_RULES, "ZD-3.12 fund", Grade.ASSUMED)
# fmt: on
