"""Clauses that forbid something without being a parameter of a policy: statutes, platform rules.

Each stands here once with its grade; a guard names it and `refuse` makes the refusal of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.pack import Citation, Grade
from workflows.machine import Situation
from workflows.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule's source, its locator there, and how well it is evidenced (domain.md 0.1)."""

    source: str
    locator: str
    grade: Grade


def refuse(
    asked: Situation[Any],
    code: str,
    clause: Clause,
    *,
    actual: object = "",
    threshold: object = "",
) -> Refusal:
    """A refusal that cites a clause; the case is the one whose policy is asked."""
    citation = Citation(asked.policy.case, clause.source, clause.locator, clause.grade)
    return Refusal(code, "", str(threshold), str(actual), citation)


PLATFORM_RULES = "platform rules (domain.md)"
# fmt: off
CREDIT_CODE       = Clause("GB 32100-2015", "check character", Grade.ASSUMED)
DATA_CONSENT      = Clause("征信业管理条例 (S42)", "written consent before credit data go to others", Grade.PUBLIC)
ENROLMENT         = Clause(PLATFORM_RULES, "3.1 enrolment", Grade.ASSUMED)
OWN_IP            = Clause("苏知贷 work plan (S3)", "borrower holds own IP", Grade.PUBLIC)
NEGATIVE_LIST     = Clause(PLATFORM_RULES, "3.1 negative list", Grade.ASSUMED)
BLACKLIST         = Clause(PLATFORM_RULES, "3.1 blacklist", Grade.ASSUMED)
SUSPENSION        = Clause(PLATFORM_RULES, "3.1 suspension", Grade.ASSUMED)
REMOVAL           = Clause(PLATFORM_RULES, "3.1 removal", Grade.ASSUMED)
AGREEMENT         = Clause(PLATFORM_RULES, "0.4.12 banks join by agreement", Grade.ASSUMED)
REASONS           = Clause(PLATFORM_RULES, "3 refusals, returns and stops give a reason", Grade.ASSUMED)
# fmt: on
