"""What follows from an act on a filing: events, changes of the record, timers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.calendar import add_working_days
from workflows.filing.records import (
    FilingAccepted,
    FilingCeased,
    FilingLate,
    FilingOpened,
    FilingRejected,
    FilingReturned,
    FilingSubmitted,
    MarkFilingLate,
)
from workflows.fund.breaker import warnings
from workflows.lifecycle.deadlines import day_after, working_days_from
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Decide, Evolve, Timers, takes
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan

Asked = Situation[Any]
WINDOW = "filing_window"
OPENED = ("loan", "bank", "fund", "enterprise", "policy", "amount", "drawn_on", "file_by")


def open_filing(s: Asked) -> tuple[Any, ...]:
    """The window runs from the day the loan was drawn."""
    loan = s.row(Loan)
    drawn_on = loan.disbursed_on or s.today
    window = s.policy["filing_deadline_wd"].value
    return (
        FilingOpened(
            loan=loan.id,
            bank=loan.bank,
            fund=loan.fund,
            enterprise=loan.enterprise,
            policy=s.policy.ref,
            amount=loan.disbursed,
            drawn_on=drawn_on,
            file_by=add_working_days(drawn_on, window).date,
        ),
    )


def file(s: Asked) -> tuple[Any, ...]:
    """Filed after the window it stays late for good; answered within filing_review_wd."""
    late = s.it.late or s.today > s.it.file_by
    return (FilingSubmitted(s.today, late, working_days_from(s, "filing_review_wd")),)


def fall_late(s: Asked) -> tuple[Any, ...]:
    """The window is over."""
    return (FilingLate(s.it.file_by),)


def return_filing(s: Asked) -> tuple[Any, ...]:
    """The bank has the same number of working days again."""
    again = working_days_from(s, "filing_deadline_wd")
    return (FilingReturned(s.act.reason, s.it.returns + 1, again),)


def accept(s: Asked) -> tuple[Any, ...]:
    """Cover from the drawing; filed late, from today (ZD-3.7)."""
    users = tuple(person.user for person in (s.actor, s.checker) if person is not None)
    cover_from = s.today if s.it.late else s.it.drawn_on
    told = warnings(s.facts, s.policy)
    return (FilingAccepted(s.it.amount, cover_from, s.today, users, told),)


def reject(s: Asked) -> tuple[Any, ...]:
    """No cover."""
    return (FilingRejected(s.act.reason),)


def cease(s: Asked) -> tuple[Any, ...]:
    """Cover ends with the debt."""
    return (FilingCeased(s.it.loan),)


def _await_filing(filing: Any, e: Any) -> tuple[Any, ...]:
    return (SetTimer(WINDOW, day_after(e.file_by), MarkFilingLate(filing.id)),)


def _await_nothing(_filing: Any, _e: Any) -> tuple[Any, ...]:
    return (DropTimer(WINDOW),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "open":          open_filing,
    "file":          file,
    "fall_late":     fall_late,
    "return_filing": return_filing,
    "accept":        accept,
    "reject":        reject,
    "cease":         cease,
}
EVOLVE: Mapping[type, Evolve] = {
    FilingOpened:    takes(*OPENED),
    FilingSubmitted: takes("filed_on", "late"),
    FilingLate:      lambda _filing, _e: {"late": True},
    FilingReturned:  takes("reason", "returns", "file_by"),
    FilingAccepted:  takes("accepted_on", "accepted_by"),
    FilingRejected:  takes("reason"),
    FilingCeased:    takes(),
}
TIMERS: Mapping[type, Timers] = {
    FilingOpened:    _await_filing,
    FilingReturned:  _await_filing,
    FilingSubmitted: _await_nothing,
    FilingCeased:    _await_nothing,
}
# fmt: on
