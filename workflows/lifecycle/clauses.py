"""Clauses that forbid something without being a parameter of a policy: statutes, platform rules.

Each stands here once with its grade; a guard names it and `refuse` makes the refusal of it.
"""

# ruff: noqa: E501 - one clause a line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.reading.pack import Citation, Grade
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule's source, its locator there, and how well it is evidenced (ZD-0.1)."""

    source: str
    locator: str
    grade: Grade


def refuse(
    asked: Situation[Any, Any],
    code: str,
    clause: Clause,
    *,
    actual: object = "",
    threshold: object = "",
    legal_from: date | None = None,
    needs: str = "",
) -> Refusal:
    """A refusal that cites a clause; the case is the one whose policy is asked."""
    citation = Citation(asked.policy.case, clause.source, clause.locator, clause.grade)
    return Refusal(code, "", threshold, actual, citation, legal_from, needs)


PLATFORM_RULES = "platform rulebook"
# fmt: off
CREDIT_CODE       = Clause("GB 32100-2015", "check character; ZD-3.1.2", Grade.ASSUMED)
DATA_CONSENT      = Clause("征信业管理条例 (S42)", "written consent before credit data go to others; ZD-3.1.1", Grade.PUBLIC)
ENROLMENT         = Clause(PLATFORM_RULES, "ZD-3.1 enrolment", Grade.ASSUMED)
SEPARATION        = Clause("Commercial Bank Law (S42)", "art. 35: investigation apart from approval; ZD-2.4", Grade.PUBLIC)
OWN_IP            = Clause("苏知贷 work plan (S3)", "borrower holds own IP; ZD-3.1.3", Grade.PUBLIC)
NEGATIVE_LIST     = Clause(PLATFORM_RULES, "ZD-3.1.10 negative list", Grade.ASSUMED)
BLACKLIST         = Clause(PLATFORM_RULES, "ZD-3.1.9 bar for fraud", Grade.ASSUMED)
SUSPENSION        = Clause(PLATFORM_RULES, "ZD-3.1.7 suspension", Grade.ASSUMED)
REMOVAL           = Clause(PLATFORM_RULES, "ZD-3.1.8 removal", Grade.ASSUMED)
AGREEMENT         = Clause(PLATFORM_RULES, "ZD-3.2.1 banks join by agreement", Grade.ASSUMED)
REASONS           = Clause(PLATFORM_RULES, "ZD-3.0.1 refusals, returns and stops give a reason", Grade.ASSUMED)
IP_DECLARATION    = Clause(PLATFORM_RULES, "ZD-3.3.1.1 declaration of IP", Grade.ASSUMED)
CO_OWNERS         = Clause("Wuxi registration guide (S39)", "co-owners consent; ZD-3.3.1.1", Grade.PUBLIC)
REGISTRY_CHECKS   = Clause("Wuxi registration guide (S39)", "grounds on which registration is refused; ZD-3.3.1.2", Grade.PUBLIC)
APPRAISAL         = Clause(PLATFORM_RULES, "ZD-5.1 approaches to value", Grade.ASSUMED)
ANNUAL_FEE        = Clause("Patent Law, implementing rules (S42)", "rule 115, missed annual fee; ZD-3.3.1.4", Grade.PUBLIC)
PLEDGED_IP        = Clause("Civil Code (S42)", "art. 444: pledgee consents to transfer and licence, proceeds prepay or are deposited; ZD-3.3.1.5", Grade.PUBLIC)
OPEN_LICENCE      = Clause("Patent Law, implementing rules (S42)", "open licence of a pledged patent needs consent; ZD-3.3.1.5", Grade.PUBLIC)
REALISATION       = Clause("Civil Code (S42)", "art. 436: agreement, auction or sale near the market price; ZD-3.3.1.6", Grade.PUBLIC)
PLEDGE_END        = Clause("Civil Code (S42)", "art. 436: the pledge is given back when the debt is paid; ZD-3.3.2.5", Grade.PUBLIC)
PLEDGE_CONTRACT   = Clause("Civil Code (S42)", "art. 427: written contract naming debt, amount, term and assets; ZD-3.3.2.1", Grade.PUBLIC)
PLEDGE_REGISTERED = Clause("Civil Code (S42)", "art. 444: the pledge comes into being upon registration; ZD-3.3.2", Grade.PUBLIC)
PLEDGE_FILING     = Clause("Wuxi registration guide (S39)", "papers and clock of the registration; ZD-3.3.2.2", Grade.PUBLIC)
REFUSAL_GROUNDS   = Clause("Wuxi registration guide (S39)", "twelve grounds of refusal, two may be waived; ZD-3.3.2.3", Grade.PUBLIC)
SHORTFALL         = Clause("Civil Code (S42)", "art. 433: security that falls short is made good, else the debt is called in; ZD-3.3.4", Grade.PUBLIC)
TERM_OF_RIGHT     = Clause("Wuxi registration guide (S39)", "debt term not beyond the right's term; ZD-3.4.8", Grade.PUBLIC)
APPLICATION       = Clause(PLATFORM_RULES, "ZD-3.4 loan application", Grade.ASSUMED)
MATCHING          = Clause(PLATFORM_RULES, "ZD-3.5 matching", Grade.ASSUMED)
BREAKER           = Clause(PLATFORM_RULES, "ZD-3.12 circuit breaker", Grade.ASSUMED)
NEED              = Clause("流动资金贷款管理办法 (2024)", "need of working capital, text not opened; ZD-3.4.1", Grade.ASSUMED)
DUE_DILIGENCE     = Clause(PLATFORM_RULES, "ZD-3.8.2 due diligence before approval", Grade.ASSUMED)
REPAYMENT         = Clause(PLATFORM_RULES, "ZD-3.6.7 the schedule of a live loan", Grade.ASSUMED)
SIGNATORY         = Clause(PLATFORM_RULES, "ZD-2.1 the authorised signatory signs", Grade.ASSUMED)
# fmt: on
