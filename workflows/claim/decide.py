"""What follows from an act on a claim that may happen: its events and the platform's next steps.

Who may act and only if stands in table.py; how an event changes the record, in evolve.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from policies.calendar import add_working_days, working_days_between
from workflows.claim.events import (
    ClaimAccepted,
    ClaimApproved,
    ClaimExpired,
    ClaimObjectionFiled,
    ClaimOpened,
    ClaimPaid,
    ClaimPartiallyPaid,
    ClaimPartialQueued,
    ClaimQueued,
    ClaimRecoveryShared,
    ClaimRejected,
    ClaimResumed,
    ClaimReturned,
    ClaimReviewStarted,
    ClaimRiskNotified,
    ClaimSubmitted,
    ClaimSupplementLapsed,
    ClaimSupplementProvided,
    ClaimSupplementRequested,
    ClaimWithdrawn,
)
from workflows.claim.facts import QueuedAhead
from workflows.claim.line import cash_for, unpaid_now
from workflows.claim.records import (
    Claim,
    NotifyRisk,
    ObjectToRejection,
    PayClaim,
    PayClaimPartly,
    ProvideClaimSupplement,
    RejectClaim,
    RequestClaimSupplement,
    ReturnClaim,
    ShareRecovery,
    SubmitClaim,
    WithdrawClaim,
)
from workflows.claim.settlement import claw_back, note_final_loss, set_off, settle
from workflows.claim.shares import large, shares, shares_now, still_lost
from workflows.claim.states import ClaimState
from workflows.claim.window import notify_by, window_closes
from workflows.filing.records import Filing
from workflows.fund.records import DebitFund, DeclareExhausted, Fund
from workflows.fund.states import FundState
from workflows.lifecycle.deadlines import day_after, working_days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import dpd, interest_owed
from workflows.loan.records import Loan, PostInterest

OnClaim = Situation[Claim]  # whatever is asked of it
Outcome = tuple[Any, ...]


def notify_risk(s: Situation[Claim | None, NotifyRisk]) -> Outcome:
    """The loan's own parties and policy are the claim's."""
    loan = s.row(Loan)
    return (
        ClaimRiskNotified(
            loan=loan.id,
            filing=loan.id,
            bank=loan.bank,
            fund=loan.fund,
            enterprise=loan.enterprise,
            policy=s.policy.ref,
            notified_on=s.today,
            notify_by=notify_by(s),
            dpd=dpd(loan, s.today),
            grounds=s.act.grounds,
        ),
    )


def open_claim(s: OnClaim) -> Outcome:
    """The window runs from DPD claim_min_dpd, whenever the file is begun."""
    return (ClaimOpened(s.today, window_closes(s), dpd(s.row(Loan), s.today)),)


def submit(s: Situation[Claim, SubmitClaim]) -> Outcome:
    """The loss to the cut-off; interest to that day is booked on the loan."""
    loan, cut_off = s.row(Loan), s.act.cut_off
    interest = interest_owed(loan, s.policy, cut_off)
    handed_in = ClaimSubmitted(
        amount=loan.outstanding + interest,
        principal=loan.outstanding,
        bank_interest=interest,
        cut_off=cut_off,
        evidence=s.act.evidence,
        submitted_on=s.today,
        answer_by=working_days_from(s, "claim_acceptance_wd"),
    )
    unposted = interest != loan.interest_due
    return (handed_in, Then(PostInterest(loan.id, cut_off))) if unposted else (handed_in,)


def expire(s: OnClaim) -> Outcome:
    """The bank bears all."""
    return (ClaimExpired(given(s.it.closes_on)),)


def accept(s: OnClaim) -> Outcome:
    """By whom is kept."""
    return (ClaimAccepted(s.users, working_days_from(s, "claim_review_start_wd")),)


def _expires_on(s: OnClaim) -> date:
    """The day after the window, or tomorrow where it is closed already."""
    return max(day_after(given(s.it.closes_on)), day_after(s.today))


def return_claim(s: Situation[Claim, ReturnClaim]) -> Outcome:
    """Back to the bank; the window does not wait."""
    return (ClaimReturned(s.act.reason, _expires_on(s)),)


def start_review(s: OnClaim) -> Outcome:
    """By whom is kept."""
    return (ClaimReviewStarted(s.actor.user, _decide_by(s)),)


def _decide_by(s: OnClaim) -> date:
    """review_wd working days; a claim for the committee has committee_wd more (ZD-3.9.7)."""
    days: int = s.policy["review_wd"].value
    if large(s.it, s.row(Loan), s.policy):
        days += s.policy["committee_wd"].value
    return add_working_days(s.today, days).date


def request_supplement(s: Situation[Claim, RequestClaimSupplement]) -> Outcome:
    """supplement_wd working days to answer."""
    answer_by = working_days_from(s, "supplement_wd")
    return (ClaimSupplementRequested(s.act.reason, s.it.rounds + 1, s.today, answer_by),)


def provide_supplement(s: Situation[Claim, ProvideClaimSupplement]) -> Outcome:
    """Added to the evidence; the review's clock stood still (ZD-3.9.6)."""
    waited = working_days_between(given(s.it.asked_on), s.today)
    by = given(s.it.decide_by)
    decide_by = add_working_days(by, waited).date if waited else by
    return (ClaimSupplementProvided(_with_evidence(s.it, s.act.evidence), decide_by),)


def _with_evidence(claim: Claim, more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*claim.evidence, *more)))


def lapse_supplement(s: OnClaim) -> Outcome:
    """As returned, once."""
    return (ClaimSupplementLapsed(s.it.lapses + 1, _expires_on(s)),)


def approve(s: OnClaim) -> Outcome:
    """Shares of what is still unpaid today."""
    claim, loan = s.it, s.row(Loan)
    lost = still_lost(claim, loan)
    part = shares(loan, s.policy, lost, interest=claim.bank_interest)
    return (
        ClaimApproved(
            amount=part.fund,
            principal=lost,
            fund_share=part.fund,
            bank_principal=part.bank_principal,
            bank_interest=part.bank_interest,
            tier=part.tier,
            decided_by=s.users,
            decided_on=s.today,
        ),
    )


def reject(s: Situation[Claim, RejectClaim]) -> Outcome:
    """By whom and when is kept, for an objection."""
    return (ClaimRejected(s.act.reason, s.users, s.today),)


def object_to_rejection(s: Situation[Claim, ObjectToRejection]) -> Outcome:
    """Back to review, whose clock starts anew."""
    evidence = _with_evidence(s.it, s.act.evidence)
    return (ClaimObjectionFiled(evidence, s.it.objections + 1, _decide_by(s)),)


def queue(s: OnClaim) -> Outcome:
    """In line by the day of queueing."""
    return (ClaimQueued(s.it.unpaid, s.today, working_days_from(s, "payment_wd")),)


def pay(s: Situation[Claim, PayClaim]) -> Outcome:
    """All that is unpaid leaves the fund with it."""
    part, amount = shares_now(s.it, s.row(Loan), s.policy), unpaid_now(s)
    paid = ClaimPaid(
        amount=amount,
        account=s.act.account,
        first=not s.it.paid,
        principal=part.principal,
        fund_share=part.fund,
        bank_principal=part.bank_principal,
        paid_on=s.today,
    )
    return (paid, Then(DebitFund(s.it.fund, s.it.id, amount)))


def pay_partly(s: Situation[Claim, PayClaimPartly]) -> Outcome:
    """What the fund has; it is exhausted, and the rest keeps its place. Vector V15."""
    claim, fund = s.it, s.row(Fund)
    part, amount = shares_now(claim, s.row(Loan), s.policy), cash_for(s)
    paid = ClaimPartiallyPaid(
        amount=amount,
        account=s.act.account,
        first=not claim.paid,
        principal=part.principal,
        fund_share=part.fund,
        bank_principal=part.bank_principal,
        paid_on=s.today,
    )
    rest = ClaimPartialQueued(part.fund - claim.paid - amount)
    short = () if s.fact(QueuedAhead).amount else _exhaust(fund, claim)
    return (paid, rest, Then(DebitFund(claim.fund, claim.id, amount)), *short)


def _exhaust(fund: Fund, claim: Claim) -> tuple[Then, ...]:
    known = fund.state == FundState.EXHAUSTED.name
    return () if known else (Then(DeclareExhausted(fund.id, claim.id)),)


def resume(s: OnClaim) -> Outcome:
    """What is paid in part is paid on, as far as the cash goes; the others are due anew."""
    resumed = ClaimResumed(working_days_from(s, "payment_wd"))
    if s.it.state != ClaimState.PARTIALLY_PAID.name:
        return (resumed,)
    need, cash, account = unpaid_now(s), cash_for(s), s.row(Filing).account
    if not cash:
        return (resumed,)
    whole = PayClaim(s.it.id, account) if cash >= need else PayClaimPartly(s.it.id, account)
    return (resumed, Then(whole))


def share_recovery(s: Situation[Claim, ShareRecovery]) -> Outcome:
    """Add to what came back before."""
    claim, a = s.it, s.act
    return (
        ClaimRecoveryShared(
            recovery=a.recovery,
            returned_fund=claim.returned_fund + a.fund_part,
            returned_bank=claim.returned_bank + a.bank_part,
            returned_interest=claim.returned_interest + a.bank_interest,
        ),
    )


def withdraw(s: Situation[Claim, WithdrawClaim]) -> Outcome:
    """Given up."""
    return (ClaimWithdrawn(s.act.reason),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "notify_risk":        notify_risk,
    "open":               open_claim,
    "submit":             submit,
    "expire":             expire,
    "accept":             accept,
    "return_claim":       return_claim,
    "start_review":       start_review,
    "request_supplement": request_supplement,
    "provide_supplement": provide_supplement,
    "lapse_supplement":   lapse_supplement,
    "approve":            approve,
    "reject":             reject,
    "object":             object_to_rejection,
    "queue":              queue,
    "pay":                pay,
    "pay_partly":         pay_partly,
    "resume":             resume,
    "share_recovery":     share_recovery,
    "withdraw":           withdraw,
    "claw_back":          claw_back,
    "set_off":            set_off,
    "note_final_loss":    note_final_loss,
    "settle":             settle,
}
# fmt: on
