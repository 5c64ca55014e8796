"""How an agreement's events change the bank's row, and which timers they set."""

from __future__ import annotations

from typing import Any

from workflows.bank.events import (
    BankAgreementEnded,
    BankAgreementProposed,
    BankAgreementResumed,
    BankAgreementSigned,
    BankAgreementSuspended,
    BankBoarded,
)
from workflows.bank.records import Bank, EndAgreement
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and


def end_timer(row: Bank, event: BankAgreementSigned) -> tuple[Any, ...]:
    """The day after its last day the agreement ends."""
    return (SetTimer("agreement", day_after(event.ends_on), EndAgreement(row.id, "term over")),)


EVOLVE: dict[type[Any], Evolve] = {
    BankAgreementProposed: takes("policy", "fund", "name", "quota", "ends_on"),
    BankBoarded: takes("policy", "fund", "name", "signed_on"),
    BankAgreementSigned: takes("signed_on"),
    BankAgreementSuspended: lambda _row, e: {"stopped_for": e.cause},
    BankAgreementResumed: takes_and((), {"stopped_for": ""}),
    BankAgreementEnded: lambda _row, e: {"stopped_for": e.reason},
}

TIMERS: dict[type[Any], Timers] = {
    BankAgreementSigned: end_timer,
    BankAgreementEnded: lambda _row, _e: (DropTimer("agreement"),),
}
