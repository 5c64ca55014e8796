"""Claims go in line and recoveries open, are called for suit and end, by what befalls the loan."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.bank.records import SuspendAgreement
from workflows.claim.events import ClaimApproved, ClaimPaid, ClaimPartiallyPaid, ClaimSetOff
from workflows.claim.records import NoteFinalLoss, QueueClaim, ResumeClaim
from workflows.clawback.events import ClawbackConfirmed, ClawbackReferred
from workflows.enterprise.records import BlacklistEnterprise
from workflows.fund.events import FundToppedUp
from workflows.loan.change_events import LoanRestructured
from workflows.loan.events import (
    LoanAccelerated,
    LoanArrearsCleared,
    LoanBecameOverdue,
    LoanNonAccrualStarted,
    LoanSettled,
)
from workflows.recovery.records import CallForSuit, CloseRecovery, DiscontinueRecovery, OpenRecovery
from workflows.write_off.events import WriteOffBooked


def queue_claim(h: Happened) -> tuple[Any, ...]:
    """At once; whether the fund can pay is asked when it pays."""
    return (QueueClaim(claim=h.id),)


def open_recovery(h: Happened) -> tuple[Any, ...]:
    """With the default, covered or not; its id is the loan's (ZD-3.10.3)."""
    return (OpenRecovery(recovery=h.id, loan=h.id),)


def open_if_called_in(h: Happened) -> tuple[Any, ...]:
    """A loan called in while current is pursued from then on."""
    return () if h.event.dpd else open_recovery(h)


def call_for_suit(h: Happened) -> tuple[Any, ...]:
    """The loan has turned bad, and nobody need have paid for it."""
    return (CallForSuit(h.id, compensated=False),)


def call_for_suit_for_all(h: Happened) -> tuple[Any, ...]:
    """With the first money the bank sues for the fund too."""
    return (CallForSuit(h.id, compensated=True),) if h.event.first else ()


def discontinue_recovery(h: Happened) -> tuple[Any, ...]:
    """Nothing is in arrears."""
    return (DiscontinueRecovery(h.id),)


def discontinue_if_restructured(h: Happened) -> tuple[Any, ...]:
    """What was overdue falls due on new dates."""
    return discontinue_recovery(h) if h.event.overdue else ()


def close_recovery(h: Happened) -> tuple[Any, ...]:
    """The borrower paid what was pursued; what a recovery paid has closed it already."""
    return (CloseRecovery(h.id, "ALL_PAID"),) if h.event.pursued else ()


def resume_claims(h: Happened) -> tuple[Any, ...]:
    """A top-up goes on with the line where it stood (ZD-3.9.9)."""
    return tuple(ResumeClaim(claim) for claim in h.event.line)


def note_final_loss(h: Happened) -> tuple[Any, ...]:
    """The fund is told: the claim it paid is to be settled."""
    return (NoteFinalLoss(h.id),) if h.event.compensated else ()


def bar_enterprise(h: Happened) -> tuple[Any, ...]:
    """Where the borrower cheated too it is barred from the library (ZD-3.1.9)."""
    e = h.event
    return (BlacklistEnterprise(e.enterprise, e.fund, e.ground),) if e.barred else ()


def suspend_bank(h: Happened) -> tuple[Any, ...]:
    """A bank that does not give back takes no further part (ZD-3.11)."""
    return (SuspendAgreement(h.event.bank, "CLAWBACK"),)


# fmt: off
REACTIONS = (
    Reaction("claim_queued",               ClaimApproved.wire,         queue_claim),
    Reaction("recovery_opens",             LoanBecameOverdue.wire,     open_recovery),
    Reaction("recovery_opens_called_in",   LoanAccelerated.wire,       open_if_called_in),
    Reaction("suit_called_for",            LoanNonAccrualStarted.wire, call_for_suit),
    Reaction("suit_called_for_all",        ClaimPaid.wire,             call_for_suit_for_all),
    Reaction("suit_called_for_with_a_part", ClaimPartiallyPaid.wire,   call_for_suit_for_all),
    Reaction("suit_called_for_by_set_off", ClaimSetOff.wire,           call_for_suit_for_all),
    Reaction("enterprise_barred",          ClawbackConfirmed.wire,     bar_enterprise),
    Reaction("bank_suspended_by_clawback", ClawbackReferred.wire,      suspend_bank),
    Reaction("recovery_discontinued",      LoanArrearsCleared.wire,    discontinue_recovery),
    Reaction("claims_resumed",             FundToppedUp.wire,          resume_claims),
    Reaction("recovery_discontinued_anew", LoanRestructured.wire,      discontinue_if_restructured),
    Reaction("loss_final_by_write_off",    WriteOffBooked.wire,        note_final_loss),
    Reaction("loss_final_by_settlement",   LoanSettled.wire,           note_final_loss),
    Reaction("recovery_closes",            LoanSettled.wire,           close_recovery),
)
# fmt: on
