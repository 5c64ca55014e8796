"""What follows from an act of recovery that may happen: its events, the split, the next steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, FUND, Part
from policies.sharing.loss import NotAssessed, Returned
from policies.sharing.recovery import Borne
from workflows.claim.records import Claim, ShareRecovery
from workflows.claim.shares import assess
from workflows.fund.records import ReturnRecovery
from workflows.lifecycle.deadlines import days_from, working_days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import interest_owed
from workflows.loan.records import ApplyRecovery, Loan, RecordLateRecovery
from workflows.recovery.events import (
    RecoveryAssetDisposed,
    RecoveryClosed,
    RecoveryCompromiseAgreed,
    RecoveryJudgmentObtained,
    RecoveryOpened,
    RecoveryReceived,
    RecoveryRemitted,
    RecoverySplit,
    RecoverySuitFiled,
)
from workflows.recovery.records import (
    AgreeCompromise,
    BookRecovery,
    CloseRecovery,
    ConfirmUnrecoverable,
    OpenRecovery,
    Recovery,
)

OnRecovery = Situation[Recovery]  # whatever is asked of it
Booking = Situation[Recovery, BookRecovery]
Outcome = tuple[Any, ...]
ALL_PAID = "ALL_PAID"


def open_recovery(s: Situation[None, OpenRecovery]) -> Outcome:
    """For all who bore the loss; suit within suit_deadline_days."""
    claim = s.row(Claim)
    suit_by = days_from(s, "suit_deadline_days")
    return (
        RecoveryOpened(
            claim=claim.id,
            loan=claim.loan,
            bank=claim.bank,
            fund=claim.fund,
            enterprise=claim.enterprise,
            policy=s.policy.ref,
            opened_on=s.today,
            suit_by=suit_by,
        ),
    )


def file_suit(s: OnRecovery) -> Outcome:
    """The day is kept: by `suit_by` the bank should have sued."""
    return (RecoverySuitFiled(s.today),)


def record_judgment(s: OnRecovery) -> Outcome:
    """Enforceable from today."""
    return (RecoveryJudgmentObtained(s.today),)


def realise_pledge(s: OnRecovery) -> Outcome:
    """What it brings is booked as money that came in."""
    return (RecoveryAssetDisposed(s.today),)


def agree_compromise(s: Situation[Recovery, AgreeCompromise]) -> Outcome:
    """Its terms are kept."""
    return (RecoveryCompromiseAgreed(s.act.terms),)


def split_of(s: OnRecovery, net: Money) -> Returned:
    """The policy's own split: who bore what, less what already came back (ZD-3.10.1)."""
    claim, loan = s.row(Claim), s.row(Loan)
    borne = Borne(
        paid={FUND: claim.paid, BANK: claim.principal - claim.paid},
        interest={BANK: interest_owed(loan, s.policy, s.today)},
        before={FUND: claim.returned_fund, BANK: claim.returned_bank},
        parts=_nominal(claim, loan, s.policy),
    )
    answer: Returned = s.policy.mechanisms["recovery"](s.policy, borne, net)
    return answer


def _nominal(claim: Claim, loan: Loan, policy: Policy) -> tuple[Part, ...]:
    """The shares of the claim's tier, where the fund paid its part whole (ZD-3.10.1)."""
    found = assess(loan, policy, claim.principal, interest=claim.bank_interest)
    if isinstance(found, NotAssessed) or claim.paid < claim.fund_share:
        return ()
    return found.parts


def book(s: Booking) -> Outcome:
    """Received and split the same day; the debt and the claim follow in the same transaction."""
    a = s.act
    received = RecoveryReceived(a.gross, a.cost, a.source, (*s.it.sources, a.source), s.today)
    net = a.gross - a.cost
    part = split_of(s, net)
    split = RecoverySplit(
        amount=net,
        fund_part=part.returned[FUND],
        bank_part=part.returned[BANK],
        bank_interest=part.bank_interest,
        surplus=part.surplus,
        remit_by=s.it.remit_by or working_days_from(s, "recovery_remit_wd"),
    )
    return (
        received,
        split,
        *_on_the_debt(s, part),
        *_on_the_claim(s, split),
        *_at_the_end(s, part),
    )


def _on_the_debt(s: OnRecovery, part: Returned) -> tuple[Then, ...]:
    principal, loan = total(part.returned.values()), s.row(Loan)
    if principal + part.bank_interest <= Money.ZERO:
        return ()
    note = RecordLateRecovery if loan.written_off else ApplyRecovery
    fund_part = part.returned[FUND]
    return (Then(note(loan.id, s.it.id, principal, part.bank_interest, fund_part)),)


def _on_the_claim(s: OnRecovery, split: RecoverySplit) -> tuple[Then, ...]:
    shared = ShareRecovery(
        s.it.claim, s.it.id, split.fund_part, split.bank_part, split.bank_interest
    )
    return (Then(shared),)


def _at_the_end(s: OnRecovery, part: Returned) -> tuple[Then, ...]:
    loan = s.row(Loan)
    owing = loan.unrecovered + interest_owed(loan, s.policy, s.today)
    whole = total(part.returned.values()) + part.bank_interest == owing
    return (Then(CloseRecovery(s.it.id)),) if whole else ()


def remit(s: OnRecovery) -> Outcome:
    """All the bank holds for the fund goes to the fund."""
    amount = s.it.to_remit
    back = ReturnRecovery(s.it.fund, s.it.id, amount)
    return (RecoveryRemitted(amount), Then(back))


def close(s: OnRecovery) -> Outcome:
    """Nothing is owed any more."""
    return (RecoveryClosed(ALL_PAID),)


def confirm_unrecoverable(s: Situation[Recovery, ConfirmUnrecoverable]) -> Outcome:
    """Why nothing more will come is kept."""
    return (RecoveryClosed(s.act.reason),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "open":                  open_recovery,
    "file_suit":             file_suit,
    "record_judgment":       record_judgment,
    "realise_pledge":        realise_pledge,
    "agree_compromise":      agree_compromise,
    "book":                  book,
    "remit":                 remit,
    "close":                 close,
    "confirm_unrecoverable": confirm_unrecoverable,
}
# fmt: on
