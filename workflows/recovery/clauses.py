"""Rules of recovery that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
RECOVERY_RULES = Clause(PLATFORM_RULES, "ZD-3.10 recovery and return", Grade.ASSUMED)
LIMITATION     = Clause("Civil Code (S42)", "arts 188, 189, 195: three years, interrupted by demand or suit; a pledge is lost with it (担保制度解释 44); ZD-3.10.3", Grade.PUBLIC)
GUARANTEE      = Clause("Civil Code (S42)", "arts 692, 693: the period is not interrupted, only the acts named keep the guarantee; ZD-3.10.3", Grade.PUBLIC)
REALISATION    = Clause("Civil Code (S42)", "arts 436, 438: agreement, auction or sale of what is pledged; ZD-3.10.3", Grade.PUBLIC)
FUND_CONSENT   = Clause(PLATFORM_RULES, "ZD-3.10 what the fund has a stake in is not given up without it", Grade.ASSUMED)
COURT_PAPER    = Clause(PLATFORM_RULES, "ZD-3.10 unrecoverable on a ruling, or after years without assets", Grade.ASSUMED)
FUND_WRITE_OFF = Clause(PLATFORM_RULES, "ZD-3.13.2 the fund's write-off of recourse", Grade.ASSUMED)
# fmt: on
