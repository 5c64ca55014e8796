"""Rules of the clawback that are no parameter of a policy."""

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
CLAWBACK     = Clause(PLATFORM_RULES, "ZD-3.11 clawback", Grade.ASSUMED)
SAFE_HARBOUR = Clause(PLATFORM_RULES, "ZD-3.11 a diligent bank keeps it", Grade.ASSUMED)
# fmt: on
