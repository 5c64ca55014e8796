"""When a claim may be reviewed, decided and objected to: one question a function.

Which step asks which question stands in table.py.
"""

from __future__ import annotations

from policies.sharing.loss import NotAssessed
from workflows.claim import clauses
from workflows.claim.records import (
    REJECT_CODES,
    Claim,
    ObjectToRejection,
    PayClaim,
    PayClaimPartly,
    RejectClaim,
)
from workflows.claim.shares import assess, still_lost
from workflows.filing.clauses import PAYMENT_ACCOUNT
from workflows.filing.records import Filing
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import days_from
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.records import Loan

OnClaim = Situation[Claim]  # whatever is asked of it


def supplement_rounds_left(s: OnClaim) -> Refusal | None:
    """At most supplement_rounds requests (ZD-3.9.6)."""
    rounds = s.policy["supplement_rounds"]
    if s.it.rounds < rounds.value:
        return None
    return against("supplement_rounds_used", rounds, s.it.rounds)


def answer_in_time(s: OnClaim) -> Refusal | None:
    """The answer comes by its last day."""
    if s.today <= given(s.it.answer_by):
        return None
    return against("supplement_too_late", s.policy["supplement_wd"], s.today)


def still_unpaid(s: OnClaim) -> Refusal | None:
    """The borrower has not paid the principal since (ZD-3.14 case 18)."""
    lost = still_lost(s.it, s.row(Loan))
    if lost:
        return None
    return refuse(s, "nothing_to_claim", clauses.CLAIM_RULES, actual=lost)


def account_on_file(s: Situation[Claim, PayClaim | PayClaimPartly]) -> Refusal | None:
    """Paid to the account that the bank filed with the loan (ZD-2.4)."""
    filed = s.row(Filing).account
    if s.act.account == filed:
        return None
    return refuse(
        s, "other_account", PAYMENT_ACCOUNT, actual=s.act.account or "-", threshold=filed or "-"
    )


def tier_holds(s: OnClaim) -> Refusal | None:
    """The borrower's balance at the drawing lies in a tier (ZD-4.2)."""
    found = assess(s.row(Loan), s.policy, s.it.principal, interest=s.it.bank_interest)
    if not isinstance(found, NotAssessed):
        return None
    return against(found.code, found.parameter, found.actual)


def reject_code_known(s: Situation[Claim, RejectClaim]) -> Refusal | None:
    """A rejection names one of the reject codes (ZD-3.9.8)."""
    if s.act.reason in REJECT_CODES:
        return None
    return refuse(s, "reject_code_unknown", clauses.REJECT_CODES, actual=s.act.reason)


def objects_once(s: OnClaim) -> Refusal | None:
    """The bank may object once (ZD-3.9.8)."""
    if not s.it.objections:
        return None
    return refuse(s, "objection_used", clauses.CLAIM_RULES, actual=s.it.objections)


def objects_in_time(s: OnClaim) -> Refusal | None:
    """Within objection_days of the rejection (ZD-3.9.8)."""
    if s.today <= days_from(s, "objection_days", given(s.it.decided_on)):
        return None
    return against("objection_too_late", s.policy["objection_days"], s.today)


def new_evidence(s: Situation[Claim, ObjectToRejection]) -> Refusal | None:
    """An objection brings evidence that was not there before (ZD-3.9.8)."""
    if set(s.act.evidence) - set(s.it.evidence):
        return None
    return refuse(s, "no_new_evidence", clauses.CLAIM_RULES)
