"""Rules of claims that are no parameter of a policy."""
# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from policies.reading.pack import Grade
from workflows.lifecycle.clauses import PLATFORM_RULES, Clause

# fmt: off
CLAIM_RULES    = Clause(PLATFORM_RULES, "ZD-3.9 claim and compensation", Grade.ASSUMED)
OTHER_REVIEWER = Clause(PLATFORM_RULES, "ZD-2.2 reviewers differ from the filing acceptor", Grade.ASSUMED)
OTHER_TEAM     = Clause(PLATFORM_RULES, "ZD-3.9 an objection is heard by another team", Grade.ASSUMED)
REJECT_CODES   = Clause(PLATFORM_RULES, "ZD-3.9 reject codes", Grade.ASSUMED)
OLDEST_FIRST   = Clause("基金以余额为限 (S16, S53)", "ZD-3.12 liability limited to the balance; oldest first", Grade.ASSUMED)
FINAL_LOSS     = Clause(PLATFORM_RULES, "ZD-3.9 settled when the final loss is known", Grade.ASSUMED)
# fmt: on
