"""What an event on a fund books: cash against contributions, compensation and recoveries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policies.money import Money
from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundRecoveryReturned,
    FundToppedUp,
)
from workflows.fund.records import Fund
from workflows.lifecycle import accounts as ac
from workflows.lifecycle.accounts import Entry, entry


def _moved(fund: Fund, amount: Money, *, debit: str, credit: str) -> Entry:
    return entry("fund", fund.id, debit=((debit, amount),), credit=((credit, amount),))


def contributed(fund: Fund, e: FundEstablished | FundToppedUp) -> Entry:
    """Money paid in by the fiscal department."""
    return _moved(fund, e.amount, debit=ac.CASH, credit=ac.CONTRIBUTIONS)


def compensation_paid(fund: Fund, e: FundDebited) -> Entry:
    """Fiscal compensation is expenditure (ZD-3.12.1)."""
    return _moved(fund, e.amount, debit=ac.COMPENSATION_EXPENDITURE, credit=ac.CASH)


def compensation_taken_back(fund: Fund, e: FundCompensationReturned) -> Entry:
    """Undoes the expenditure."""
    return _moved(fund, e.amount, debit=ac.CASH, credit=ac.COMPENSATION_EXPENDITURE)


def recovery_returned(fund: Fund, e: FundRecoveryReturned) -> Entry:
    """The fund's part of what came back."""
    return _moved(fund, e.amount, debit=ac.CASH, credit=ac.RECOVERIES)


# fmt: off
POSTINGS: Mapping[type, Callable[[Any, Any], Entry]] = {
    FundEstablished:      contributed,
    FundToppedUp:         contributed,
    FundDebited:          compensation_paid,
    FundCompensationReturned: compensation_taken_back,
    FundRecoveryReturned: recovery_returned,
}
# fmt: on
