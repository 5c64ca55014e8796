"""How an event changes a recovery's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.lifecycle.evolution import Evolve, takes
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
from workflows.recovery.records import Recovery


def _received(row: Recovery, e: RecoveryReceived) -> dict[str, Any]:
    return {"sources": e.sources, "gross": row.gross + e.gross, "cost": row.cost + e.cost}


def _split(row: Recovery, e: RecoverySplit) -> dict[str, Any]:
    names = ("fund_part", "bank_part", "bank_interest", "surplus")
    added = {name: getattr(row, name) + getattr(e, name) for name in names}
    return {**added, "remit_by": e.remit_by}


def _remitted(row: Recovery, e: RecoveryRemitted) -> dict[str, Any]:
    return {"remitted": row.remitted + e.amount, "remit_by": None}


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    RecoveryOpened: takes(
        "claim", "loan", "bank", "fund", "enterprise", "policy", "opened_on", "suit_by",
    ),
    RecoverySuitFiled:        takes("suit_on"),
    RecoveryJudgmentObtained: takes(),
    RecoveryAssetDisposed:    takes(),
    RecoveryCompromiseAgreed: takes(),
    RecoveryReceived:         _received,
    RecoverySplit:            _split,
    RecoveryRemitted:         _remitted,
    RecoveryClosed:           takes("reason"),
}
# fmt: on
