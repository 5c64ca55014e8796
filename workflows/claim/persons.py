"""Who may not decide on a claim because of an earlier step: one rule a function. ZD-2.4."""

from __future__ import annotations

from workflows.claim import clauses
from workflows.claim.records import Claim
from workflows.claim.shares import large
from workflows.filing.records import Filing
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal
from workflows.loan.records import Loan

OnClaim = Situation[Claim]  # whatever is asked of it


def did_not_accept_filing(s: OnClaim) -> Refusal | None:
    """Who accepted the filing neither accepts nor reviews nor approves its claim (ZD-2.4)."""
    again = s.again(s.row(Filing).accepted_by)
    if not again:
        return None
    return refuse(s, "accepted_filing", clauses.OTHER_REVIEWER, actual=again)


def proposer_reviewed(s: OnClaim) -> Refusal | None:
    """The reviewer proposes the approval (ZD-2.4)."""
    if s.it.reviewer in ("", s.actor.user):
        return None
    return refuse(
        s, "not_the_reviewer", clauses.OTHER_REVIEWER, actual=s.actor.user, threshold=s.it.reviewer
    )


def another_team(s: OnClaim) -> Refusal | None:
    """After an objection nobody decides who decided before (ZD-3.9.8)."""
    again = s.again(s.it.decided_by) if s.it.objections else ()
    if not again:
        return None
    return refuse(s, "same_team", clauses.OTHER_TEAM, actual=again)


def did_not_approve(s: OnClaim) -> Refusal | None:
    """Who approved a claim does not pay it (ZD-2.4)."""
    again = s.again(s.it.decided_by)
    if not again:
        return None
    return refuse(s, "approved_claim", clauses.OTHER_PAYERS, actual=again)


def for_the_committee(s: OnClaim) -> Refusal | None:
    """From committee_limit on the decision committee is the second person (ZD-3.9.7)."""
    return large(s.it, s.row(Loan), s.policy)
