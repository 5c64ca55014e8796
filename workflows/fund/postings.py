"""What an event on a fund books: cash against contributions, compensation and recoveries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policies.money import Money
from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundFeeCharged,
    FundInterestCredited,
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


def interest_credited(fund: Fund, e: FundInterestCredited) -> Entry:
    """Interest of the account."""
    return _moved(fund, e.amount, debit=ac.CASH, credit=ac.INTEREST_INCOME)


def fee_charged(fund: Fund, e: FundFeeCharged) -> Entry:
    """An expense of the fund."""
    return _moved(fund, e.amount, debit=ac.MANAGEMENT_FEES, credit=ac.CASH)


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
    FundInterestCredited: interest_credited,
    FundFeeCharged:       fee_charged,
    FundDebited:          compensation_paid,
    FundCompensationReturned: compensation_taken_back,
    FundRecoveryReturned: recovery_returned,
}
# fmt: on
