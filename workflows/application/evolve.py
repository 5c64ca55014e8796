"""How an application's events change its row, ."""

from __future__ import annotations

from typing import Any

from workflows.application.events import (
    ApplicationAccepted,
    ApplicationApproved,
    ApplicationAssetsReplaced,
    ApplicationCapacityReleased,
    ApplicationCapacityReserved,
    ApplicationConditionsLapsed,
    ApplicationConverted,
    ApplicationDraftExpired,
    ApplicationFrozen,
    ApplicationLeadTaken,
    ApplicationMaterialLapsed,
    ApplicationMaterialProvided,
    ApplicationMaterialRequested,
    ApplicationNeedComputed,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationOfferExpired,
    ApplicationRejected,
    ApplicationReturned,
    ApplicationRouted,
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationUnfrozen,
    ApplicationWithdrawn,
    ContractSigned,
    CreditQueried,
    DueDiligenceReported,
)
from workflows.lifecycle.evolution import Evolve, takes, takes_and

_DONE: dict[str, Any] = {"due_by": None}

_ASKED = ("amount", "requested_months", "purpose", "assets", "designated", "due_by")
_TERMS = ("approved_amount", "annual_rate", "term_months", "ip_share", "decided_on", "due_by")

EVOLVE: dict[type[Any], Evolve] = {
    ApplicationStarted: takes("policy", "enterprise", "product", "fund", "bank", *_ASKED),
    ApplicationSubmitted: takes_and(("documents", "missing", "submitted_on"), _DONE),
    ApplicationDraftExpired: takes_and((), _DONE),
    ApplicationAccepted: takes_and((), _DONE),
    ApplicationReturned: takes("missing", "return_rounds", "due_by"),
    ApplicationRouted: takes(),
    ApplicationLeadTaken: takes("bank", "product", "lead_on", "due_by"),
    ApplicationMaterialRequested: takes("awaiting", "due_by"),
    ApplicationMaterialProvided: takes_and(("due_by",), {"awaiting": ()}),
    ApplicationMaterialLapsed: takes_and(("due_by",), {"awaiting": ()}),
    CreditQueried: takes("queried_on"),
    ApplicationNeedComputed: takes("need", "need_on"),
    DueDiligenceReported: takes("diligence_on", "investigated_by"),
    ApplicationAssetsReplaced: takes_and(("assets",), {"assets_replaced": True}),
    ApplicationApproved: takes(*_TERMS),
    ApplicationCapacityReserved: takes(),
    ApplicationCapacityReleased: takes(),
    ApplicationRejected: takes_and(("reason", "decided_on"), _DONE),
    ApplicationOfferAccepted: takes("signed_on", "due_by"),
    ContractSigned: takes(),
    ApplicationOfferDeclined: takes_and((), _DONE),
    ApplicationOfferExpired: takes_and((), _DONE),
    ApplicationConverted: takes_and(("pledge",), _DONE),
    ApplicationConditionsLapsed: takes_and((), _DONE),
    ApplicationWithdrawn: takes_and((), _DONE),
    ApplicationFrozen: takes("frozen_on"),
    ApplicationUnfrozen: takes_and(("due_by",), {"frozen_on": None}),
}

NOTES = (ContractSigned, ApplicationCapacityReserved, ApplicationCapacityReleased)
"""Told beside the event of the row."""
