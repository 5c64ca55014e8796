"""What follows when the final loss of a claim is known: settlement, and money where it differs."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.claim.events import (
    ClaimClawedBack,
    ClaimFinalLossKnown,
    ClaimSetOff,
    ClaimSettled,
)
from workflows.claim.records import Claim, ClawBackClaim, SetOffClaim
from workflows.claim.shares import final_loss, shares, shares_now
from workflows.fund.records import DebitFund, TakeBackCompensation
from workflows.lifecycle.deadlines import days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan, ReceiveCompensation, ReturnCompensation

OnClaim = Situation[Claim]
Outcome = tuple[Any, ...]


def note_final_loss(s: OnClaim) -> Outcome:
    """Known today; settled within claim_settlement_days."""
    return (ClaimFinalLossKnown(s.today, days_from(s, "claim_settlement_days")),)


def settle(s: OnClaim) -> Outcome:
    """The fund's share of what is lost for good, costs among it, less what it bears."""
    claim, loan = s.it, s.row(Loan)
    lost = final_loss(claim, loan)
    due = shares(loan, s.policy, lost, interest=Money.ZERO).fund
    settle_by = claim.settle_by or days_from(s, "claim_settlement_days")
    settled = ClaimSettled(due - claim.fund_burden, lost, settle_by)
    return (settled, *_moved(claim, settled.adjustment))


def _moved(claim: Claim, adjustment: Money) -> tuple[Then, ...]:
    """Too little was paid: the fund pays the rest; too much: the bank gives it back."""
    if not adjustment:
        return ()
    if adjustment > Money.ZERO:
        debit = DebitFund(claim.fund, claim.id, adjustment)
        return (Then(ReceiveCompensation(claim.loan, claim.id, adjustment)), Then(debit))
    back = -adjustment
    taken = TakeBackCompensation(claim.fund, claim.id, back)
    return (Then(ReturnCompensation(claim.loan, claim.id, back)), Then(taken))


def claw_back(s: Situation[Claim, ClawBackClaim]) -> Outcome:
    """All that the fund bore."""
    return (ClaimClawedBack(s.act.amount),)


def set_off(s: Situation[Claim, SetOffClaim]) -> Outcome:
    """As a payment; the fund owes so much less."""
    claim = s.it
    part, amount = shares_now(claim, s.row(Loan), s.policy), s.act.amount
    told = ClaimSetOff(
        amount=amount,
        first=not claim.paid,
        principal=part.principal,
        fund_share=part.fund,
        bank_principal=part.bank_principal,
        paid_on=s.today,
        clawback=s.act.clawback,
    )
    return (told, Then(DebitFund(claim.fund, claim.id, amount)))
