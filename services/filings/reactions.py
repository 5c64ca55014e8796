"""A filing follows its loan: opened when the loan is drawn, ended when it is settled."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.breaker.events import BreakerTripped
from workflows.filing.records import AwaitAmendment, CeaseFiling, OpenFiling, RefuseByBreaker
from workflows.loan.change_events import (
    LoanDrawn,
    LoanExtended,
    LoanRenewed,
    LoanRestructured,
    LoanTakenOver,
)
from workflows.loan.events import LoanDisbursed, LoanSettled


def open_filing(h: Happened) -> tuple[Any, ...]:
    """Only a loan under a fund is filed."""
    return (OpenFiling(filing=h.id, loan=h.id),) if h.event.fund else ()


def cease_filing(h: Happened) -> tuple[Any, ...]:
    """Nothing is left to cover."""
    return (CeaseFiling(filing=h.id),) if h.event.fund else ()


def refuse_filings(h: Happened) -> tuple[Any, ...]:
    """What waits to be covered is told that a breaker stands against it."""
    return tuple(RefuseByBreaker(filing, h.id) for filing in h.event.filings)


def await_amendment(h: Happened) -> tuple[Any, ...]:
    """The fund is to know the loan as it stands."""
    fund = getattr(h.event, "fund", "")
    change = type(h.event).__name__.removeprefix("Loan").upper()
    return (AwaitAmendment(filing=h.id, change=change),) if fund else ()


# fmt: off
REACTIONS = (
    Reaction("filing_opens",  LoanDisbursed.wire, open_filing),
    Reaction("filing_opens_renewed", LoanTakenOver.wire, open_filing),
    Reaction("filing_ceases_renewed", LoanRenewed.wire, cease_filing),
    Reaction("amended_extended", LoanExtended.wire, await_amendment),
    Reaction("amended_restructured", LoanRestructured.wire, await_amendment),
    Reaction("amended_drawn", LoanDrawn.wire, await_amendment),
    Reaction("filing_ceases", LoanSettled.wire,   cease_filing),
    Reaction("filings_refused_by_breaker", BreakerTripped.wire, refuse_filings),
)
# fmt: on
