"""How an event changes a claim's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from policies.money import Money
from workflows.claim.events import (
    ClaimAccepted,
    ClaimApproved,
    ClaimClawedBack,
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
    ClaimResumed,
    ClaimReturned,
    ClaimReviewStarted,
    ClaimRiskNotified,
    ClaimSetOff,
    ClaimSettled,
    ClaimSubmitted,
    ClaimSupplementLapsed,
    ClaimSupplementProvided,
    ClaimSupplementRequested,
    ClaimWithdrawn,
)
from workflows.claim.records import Claim
from workflows.lifecycle.evolution import Evolve, takes

PARTIES = ("loan", "filing", "bank", "fund", "enterprise", "policy", "notified_on")
# A claim notified again after it was withdrawn begins with nothing of the former one.
FRESH = {f.name: f.default for f in fields(Claim) if f.name not in (*PARTIES, "id", "state")}
HANDED_IN = ("principal", "bank_interest", "cut_off", "evidence", "submitted_on")
PAID = ("principal", "fund_share", "bank_principal", "paid_on")
SHARED = ("principal", "fund_share", "bank_principal", "bank_interest", "tier")


def _notified(_claim: Claim | None, e: ClaimRiskNotified) -> dict[str, Any]:
    return {**FRESH, **{name: getattr(e, name) for name in PARTIES}}


def _clawed_back(claim: Claim, e: ClaimClawedBack) -> dict[str, Any]:
    return {"returned_fund": claim.returned_fund + e.amount}


def _paid(claim: Claim, e: ClaimPaid | ClaimPartiallyPaid | ClaimSetOff) -> dict[str, Any]:
    return {**{name: getattr(e, name) for name in PAID}, "paid": claim.paid + e.amount}


def _heard_by_others(_claim: Claim, e: ClaimObjectionFiled) -> dict[str, Any]:
    taken = {name: getattr(e, name) for name in ("evidence", "objections", "decide_by")}
    return {**taken, "reviewer": ""}


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
    ClaimResumed:             takes(),
    ClaimClawedBack:          _clawed_back,
    ClaimSetOff:              _paid,
    ClaimFinalLossKnown:      takes("final_loss_on", "settle_by"),
    ClaimSettled:             _settled,
}
# fmt: on
