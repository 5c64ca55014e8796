"""What an event of recovery books with the bank and with the borrower."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policies.money import Money
from workflows.lifecycle import accounts as ac
from workflows.lifecycle.accounts import Entry, entry
from workflows.recovery.events import (
    RecoveryReceived,
    RecoveryRecourseWrittenOff,
    RecoveryRemitted,
    RecoverySplit,
)
from workflows.recovery.records import Recovery


def received_entry(row: Recovery, e: RecoveryReceived) -> Entry:
    """Money in and costs out wait in transit until they are split."""
    net = max(Money.ZERO, e.gross - e.cost)
    return (
        *entry(
            "bank",
            row.bank,
            debit=((ac.CASH, e.gross - e.cost),),
            credit=((ac.RECOVERIES_IN_TRANSIT, e.gross - e.cost),),
        ),
        *entry(
            "enterprise",
            row.enterprise,
            debit=((ac.ENFORCEMENT_COSTS, e.gross - net), (ac.RECOVERIES_IN_TRANSIT, net)),
            credit=((ac.CASH, e.gross),),
        ),
    )


def split_entry(row: Recovery, e: RecoverySplit) -> Entry:
    """A surplus goes to the borrower; a negative net is borne by bank and fund."""
    if e.amount < Money.ZERO:
        return entry(
            "bank",
            row.bank,
            debit=((ac.ENFORCEMENT_COSTS, -e.bank_part), (ac.PAYABLE_TO_FUND, -e.fund_part)),
            credit=((ac.RECOVERIES_IN_TRANSIT, -e.amount),),
        )
    out = ((ac.RECOVERIES_IN_TRANSIT, e.surplus),)
    cash = ((ac.CASH, e.surplus),)
    return (
        *entry("bank", row.bank, debit=out, credit=cash),
        *entry("enterprise", row.enterprise, debit=cash, credit=out),
    )


def remitted_entry(row: Recovery, e: RecoveryRemitted) -> Entry:
    """The bank pays what it owes the fund."""
    owed, cash = ((ac.PAYABLE_TO_FUND, e.amount),), ((ac.CASH, e.amount),)
    return entry("bank", row.bank, debit=owed, credit=cash)


def recourse_written_off(row: Recovery, e: RecoveryRecourseWrittenOff) -> Entry:
    """A memorandum: what was paid was expenditure when it was paid (ZD-3.12.1)."""
    given_up = ((ac.RECOURSE_WRITTEN_OFF, e.amount),)
    return entry("fund", e.fund, debit=given_up, credit=((ac.RECOURSE_CONTRA, e.amount),))


# fmt: off
POSTINGS: Mapping[type, Callable[[Any, Any], Entry]] = {
    RecoveryReceived:           received_entry,
    RecoverySplit:              split_entry,
    RecoveryRemitted:           remitted_entry,
    RecoveryRecourseWrittenOff: recourse_written_off,
}
# fmt: on
