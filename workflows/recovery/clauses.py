"""Rules of recovery that are no parameter of a policy."""

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
RECOVERY_RULES = Clause(PLATFORM_RULES, "ZD-3.10 recovery and return", Grade.ASSUMED)
# fmt: on
