"""How an event changes a fund's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundRecoveryReturned,
    FundToppedUp,
)
from workflows.fund.records import Fund
from workflows.lifecycle.evolution import Evolve, takes


def _established(_fund: None, e: FundEstablished) -> dict[str, Any]:
    money = {"cash": e.amount, "contributed": e.amount}
    return {"name": e.name, "policy": e.policy, "fiscal": e.fiscal, **money}


def _topped_up(fund: Fund, e: FundToppedUp) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "contributed": fund.contributed + e.amount}


def _debited(fund: Fund, e: FundDebited) -> dict[str, Any]:
    return {"cash": fund.cash - e.amount, "paid_out": fund.paid_out + e.amount}


def _returned(fund: Fund, e: FundRecoveryReturned | FundCompensationReturned) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "returned": fund.returned + e.amount}


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    FundEstablished:      _established,
    FundToppedUp:         _topped_up,
    FundDebited:          _debited,
    FundExhausted:        takes(),
    FundCompensationReturned: _returned,
    FundRecoveryReturned: _returned,
}
# fmt: on
