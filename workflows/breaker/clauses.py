"""Rules of the breaker that are no parameter of a policy."""

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
RECTIFIED = Clause(PLATFORM_RULES, "ZD-3.12 opened on a rectification", Grade.ASSUMED)
MONITOR   = Clause(PLATFORM_RULES, "ZD-3.12 evaluated daily from data up to the day", Grade.ASSUMED)
# fmt: on
