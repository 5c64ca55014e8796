"""Rules of claims that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
CLAIM_RULES    = Clause(PLATFORM_RULES, "ZD-3.9 claim and compensation", Grade.ASSUMED)
OTHER_REVIEWER = Clause(PLATFORM_RULES, "ZD-2.4 others than who accepted the filing; its reviewer proposes", Grade.ASSUMED)
OTHER_PAYERS   = Clause(PLATFORM_RULES, "ZD-2.4 payers differ from the approvers", Grade.ASSUMED)
OTHER_TEAM     = Clause(PLATFORM_RULES, "ZD-3.9.8 an objection is heard by another team", Grade.ASSUMED)
REJECT_CODES   = Clause(PLATFORM_RULES, "ZD-3.9.8 reject codes", Grade.ASSUMED)
OLDEST_FIRST   = Clause("基金以余额为限 (S16, S53)", "ZD-3.9.9 liability limited to the balance; oldest first", Grade.ASSUMED)
FINAL_LOSS     = Clause(PLATFORM_RULES, "ZD-3.9.10 settled when the final loss is known", Grade.ASSUMED)
# fmt: on
