"""How an event changes a fund's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.money import Money
from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundFeeCharged,
    FundInterestCredited,
    FundReactivated,
    FundRecoveryReturned,
    FundToppedUp,
    FundTopUpCommitted,
    FundTopUpRequested,
    FundWatchEnded,
)
from workflows.fund.records import Fund
from workflows.lifecycle.evolution import Evolve, takes


def _established(_fund: None, e: FundEstablished) -> dict[str, Any]:
    money = {"cash": e.amount, "contributed": e.amount}
    return {"name": e.name, "policy": e.policy, "fiscal": e.fiscal, **money}


def _topped_up(fund: Fund, e: FundToppedUp) -> dict[str, Any]:
    return {
        "cash": fund.cash + e.amount,
        "contributed": fund.contributed + e.amount,
        "committed": max(Money.ZERO, fund.committed - e.amount),
    }


def _committed(fund: Fund, e: FundTopUpCommitted) -> dict[str, Any]:
    return {"committed": fund.committed + e.amount}


def _interest(fund: Fund, e: FundInterestCredited) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "interest": fund.interest + e.amount}


def _fee(fund: Fund, e: FundFeeCharged) -> dict[str, Any]:
    return {"cash": fund.cash - e.amount, "fees": fund.fees + e.amount}


def _debited(fund: Fund, e: FundDebited) -> dict[str, Any]:
    return {"cash": fund.cash - e.amount, "paid_out": fund.paid_out + e.amount}


def _returned(fund: Fund, e: FundRecoveryReturned | FundCompensationReturned) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "returned": fund.returned + e.amount}


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    FundEstablished:      _established,
    FundToppedUp:         _topped_up,
    FundDebited:          _debited,
    FundTopUpCommitted:   _committed,
    FundTopUpRequested:   takes(),
    FundWatchEnded:       takes(),
    FundReactivated:      takes(),
    FundInterestCredited: _interest,
    FundFeeCharged:       _fee,
    FundExhausted:        takes(),
    FundCompensationReturned: _returned,
    FundRecoveryReturned: _returned,
}
# fmt: on
