"""A filing follows its loan: opened when the loan is drawn, ended when it is settled."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.breaker.events import BreakerTripped
from workflows.filing.records import CeaseFiling, OpenFiling, RefuseByBreaker
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


# fmt: off
REACTIONS = (
    Reaction("filing_opens",  LoanDisbursed.wire, open_filing),
    Reaction("filing_ceases", LoanSettled.wire,   cease_filing),
    Reaction("filings_refused_by_breaker", BreakerTripped.wire, refuse_filings),
)
# fmt: on
