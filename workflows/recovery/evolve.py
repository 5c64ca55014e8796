"""How an event changes a recovery's record, and which timers it sets or drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.money import Money
from workflows.lifecycle.evolution import Evolve, takes, takes_and
from workflows.recovery.events import (
    RecoveryAssetDisposed,
    RecoveryAssetsPreserved,
    RecoveryClosed,
    RecoveryCompromiseAgreed,
    RecoveryCompromiseFailed,
    RecoveryDemandServed,
    RecoveryDiscontinued,
    RecoveryEnforcementApplied,
    RecoveryEnforcementEnded,
    RecoveryGuaranteeLapsed,
    RecoveryGuaranteeNoted,
    RecoveryGuarantorClaimed,
    RecoveryJudgmentObtained,
    RecoveryLimitationLapsed,
    RecoveryOpened,
    RecoveryReceived,
    RecoveryRecourseWrittenOff,
    RecoveryRemitted,
    RecoverySplit,
    RecoverySuitCalledFor,
    RecoverySuitFiled,
)
from workflows.recovery.records import Recovery

PARTIES = ("loan", "bank", "fund", "enterprise", "pledge", "policy")
AFRESH = {"suit_by": None, "agreed": Money.ZERO, "paid_since": Money.ZERO, "agreed_by": None}


def _opened(_row: Recovery | None, e: RecoveryOpened) -> dict[str, Any]:
    taken = {name: getattr(e, name) for name in (*PARTIES, "opened_on", "limitation_on")}
    return {**taken, **AFRESH}


def _suit_filed(row: Recovery, e: RecoverySuitFiled) -> dict[str, Any]:
    until = None if e.keeps_guarantee else row.guarantee_until
    taken = {name: getattr(e, name) for name in ("suit_on", "court", "case_number")}
    return {**taken, "limitation_on": None, "guarantee_until": until}


def _received(row: Recovery, e: RecoveryReceived) -> dict[str, Any]:
    since = row.paid_since + e.gross if row.agreed else row.paid_since
    added = {"gross": row.gross + e.gross, "cost": row.cost + e.cost}
    return {"sources": e.sources, "paid_since": since, **added}


def _split(row: Recovery, e: RecoverySplit) -> dict[str, Any]:
    names = ("fund_part", "bank_part", "bank_interest", "surplus")
    added = {name: getattr(row, name) + getattr(e, name) for name in names}
    return {**added, "remit_by": e.remit_by}


def _remitted(row: Recovery, e: RecoveryRemitted) -> dict[str, Any]:
    return {"remitted": row.remitted + e.amount, "remit_by": None}


def _agreed(_row: Recovery, e: RecoveryCompromiseAgreed) -> dict[str, Any]:
    return {"agreed": e.agreed, "agreed_by": e.agreed_by, "paid_since": Money.ZERO}


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    RecoveryOpened:             _opened,
    RecoverySuitCalledFor:      takes("suit_by"),
    RecoveryDemandServed:       takes("demands", "demanded_on", "limitation_on"),
    RecoveryLimitationLapsed:   takes_and((), {"barred": True, "limitation_on": None}),
    RecoveryGuaranteeNoted:     takes("guarantor", "guarantee", "guarantee_until"),
    RecoveryGuarantorClaimed:   takes_and((), {"guarantee_until": None}),
    RecoveryGuaranteeLapsed:    takes_and((), {"guarantee_until": None, "guarantee_lost": True}),
    RecoveryAssetsPreserved:    lambda _row, e: {"preserved": e.paper},
    RecoverySuitFiled:          _suit_filed,
    RecoveryJudgmentObtained:   takes("judged_on"),
    RecoveryEnforcementApplied: takes("enforcement_on"),
    RecoveryEnforcementEnded:   takes("enforcement_ended_on", "ruling"),
    RecoveryAssetDisposed:      takes("disposed"),
    RecoveryCompromiseAgreed:   _agreed,
    RecoveryCompromiseFailed:   takes_and((), {"agreed": Money.ZERO, "agreed_by": None}),
    RecoveryReceived:           _received,
    RecoverySplit:              _split,
    RecoveryRemitted:           _remitted,
    RecoveryDiscontinued:       takes_and((), {"limitation_on": None, "suit_by": None}),
    RecoveryClosed:             takes_and(("reason", "ruling"), {"limitation_on": None}),
    RecoveryRecourseWrittenOff: lambda _row, e: {"recourse_written_off": e.amount},
}
# fmt: on
