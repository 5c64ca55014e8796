"""How an event changes a claim's record, and which timers it sets or drops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from policies.money import Money
from workflows.claim.events import (
    ClaimAccepted,
    ClaimApproved,
    ClaimExpired,
    ClaimFinalLossKnown,
    ClaimObjectionFiled,
    ClaimOpened,
    ClaimPaid,
    ClaimPartiallyPaid,
    ClaimPartialQueued,
    ClaimQueued,
    ClaimRecoveryShared,
    ClaimRejected,
    ClaimReturned,
    ClaimReviewStarted,
    ClaimRiskNotified,
    ClaimSettled,
    ClaimSubmitted,
    ClaimSupplementLapsed,
    ClaimSupplementProvided,
    ClaimSupplementRequested,
    ClaimWithdrawn,
)
from workflows.claim.records import Claim, ExpireClaim, LapseClaimSupplement
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes

PARTIES = ("loan", "filing", "bank", "fund", "enterprise", "policy", "notified_on")
# A claim notified again after it was withdrawn begins with nothing of the former one.
FRESH = {f.name: f.default for f in fields(Claim) if f.name not in (*PARTIES, "id", "state")}
HANDED_IN = ("principal", "bank_interest", "cut_off", "evidence", "submitted_on")
PAID = ("principal", "fund_share", "bank_principal", "paid_on")
SHARED = ("principal", "fund_share", "bank_principal", "bank_interest", "tier")


def _notified(_claim: Claim | None, e: ClaimRiskNotified) -> dict[str, Any]:
    return {**FRESH, **{name: getattr(e, name) for name in PARTIES}}


def _paid(claim: Claim, e: ClaimPaid | ClaimPartiallyPaid) -> dict[str, Any]:
    return {**{name: getattr(e, name) for name in PAID}, "paid": claim.paid + e.amount}


def _heard_by_others(_claim: Claim, e: ClaimObjectionFiled) -> dict[str, Any]:
    return {"evidence": e.evidence, "objections": e.objections, "reviewer": ""}


def _settled(claim: Claim, e: ClaimSettled) -> dict[str, Any]:
    more, less = max(Money.ZERO, e.adjustment), max(Money.ZERO, -e.adjustment)
    return {
        "adjustment": e.adjustment,
        "fund_share": claim.fund_share + more,
        "paid": claim.paid + more,
        "returned_fund": claim.returned_fund + less,
    }


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    ClaimRiskNotified:        _notified,
    ClaimOpened:              takes("opened_on", "closes_on"),
    ClaimSubmitted:           takes(*HANDED_IN),
    ClaimExpired:             takes(),
    ClaimAccepted:            takes("accepted_by"),
    ClaimReturned:            takes("reason"),
    ClaimReviewStarted:       takes("reviewer", "decide_by"),
    ClaimSupplementRequested: takes("reason", "rounds", "asked_on", "answer_by"),
    ClaimSupplementProvided:  takes("evidence", "decide_by"),
    ClaimSupplementLapsed:    takes("lapses"),
    ClaimApproved:            takes(*SHARED, "decided_by", "decided_on"),
    ClaimRejected:            takes("reason", "decided_by", "decided_on"),
    ClaimObjectionFiled:      _heard_by_others,
    ClaimQueued:              takes("queued_on"),
    ClaimPartialQueued:       takes(),
    ClaimPaid:                _paid,
    ClaimPartiallyPaid:       _paid,
    ClaimRecoveryShared:      takes("returned_fund", "returned_bank", "returned_interest"),
    ClaimWithdrawn:           takes("reason"),
    ClaimFinalLossKnown:      takes("final_loss_on", "settle_by"),
    ClaimSettled:             _settled,
}
# fmt: on

WINDOW, ANSWER = "claim_window", "supplement"


def _await_claim(claim: Claim, e: ClaimOpened) -> tuple[Any, ...]:
    closed = max(day_after(e.closes_on), day_after(e.opened_on))
    return (SetTimer(WINDOW, closed, ExpireClaim(claim.id)),)


def _await_claim_again(claim: Claim, e: ClaimReturned | ClaimSupplementLapsed) -> tuple[Any, ...]:
    return (DropTimer(ANSWER), SetTimer(WINDOW, e.expires_on, ExpireClaim(claim.id)))


def _await_answer(claim: Claim, e: ClaimSupplementRequested) -> tuple[Any, ...]:
    return (SetTimer(ANSWER, day_after(e.answer_by), LapseClaimSupplement(claim.id)),)


# fmt: off
TIMERS: Mapping[type, Timers] = {
    ClaimOpened:              _await_claim,
    ClaimSubmitted:           lambda _claim, _e: (DropTimer(WINDOW),),
    ClaimReturned:            _await_claim_again,
    ClaimSupplementRequested: _await_answer,
    ClaimSupplementProvided:  lambda _claim, _e: (DropTimer(ANSWER),),
    ClaimSupplementLapsed:    _await_claim_again,
    ClaimWithdrawn:           lambda _claim, _e: (DropTimer(WINDOW), DropTimer(ANSWER)),
}
# fmt: on
