"""What follows from an act on a filing that may happen: its events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.calendar import add_working_days
from workflows.breaker.facts import BreakersOver
from workflows.filing.events import (
    FilingAccepted,
    FilingAmended,
    FilingAmendmentAwaited,
    FilingCeased,
    FilingCoverSuspended,
    FilingLate,
    FilingOpened,
    FilingRefusedByBreaker,
    FilingRejected,
    FilingReturned,
    FilingSubmitted,
)
from workflows.filing.records import (
    AmendFiling,
    AwaitAmendment,
    FileLoan,
    Filing,
    OpenFiling,
    RefuseByBreaker,
    RejectFiling,
    ReturnFiling,
)
from workflows.filing.states import FilingState
from workflows.fund.book import FundBook, FundCash
from workflows.fund.breaker import warnings
from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan

OnFiling = Situation[Filing]  # whatever is asked of it
Outcome = tuple[Any, ...]


def open_filing(s: Situation[None, OpenFiling]) -> Outcome:
    """The window runs from the day the loan was drawn."""
    loan = s.row(Loan)
    drawn_on = loan.disbursed_on or s.today
    window = s.policy["filing_deadline_wd"].value
    opened = FilingOpened(
        loan=loan.id,
        bank=loan.bank,
        fund=loan.fund,
        enterprise=loan.enterprise,
        policy=s.policy.ref,
        amount=loan.disbursed,
        drawn_on=drawn_on,
        file_by=add_working_days(drawn_on, window).date,
    )
    return (opened, *_stopped(s, loan.id))


def _stopped(s: Situation[Any, Any], filing: str) -> tuple[Then, ...]:
    """A loan drawn while a breaker is tripped waits for it (ZD-3.12)."""
    standing = s.facts.get(BreakersOver)
    if standing is None or not standing.tripped:
        return ()
    return (Then(RefuseByBreaker(filing, standing.tripped)),)


def file(s: Situation[Filing, FileLoan]) -> Outcome:
    """Filed after the window it stays late for good; answered within filing_review_wd."""
    late = s.it.late or s.today > s.it.file_by
    answer_by = working_days_from(s, "filing_review_wd")
    return (FilingSubmitted(s.today, late, answer_by, s.act.account),)


def fall_late(s: OnFiling) -> Outcome:
    """The window is over."""
    return (FilingLate(s.it.file_by),)


def return_filing(s: Situation[Filing, ReturnFiling]) -> Outcome:
    """The bank has the same number of working days again."""
    again = working_days_from(s, "filing_deadline_wd")
    return (FilingReturned(s.act.reason, s.it.returns + 1, again),)


def accept(s: OnFiling) -> Outcome:
    """Cover from the drawing; filed late, from today (ZD-3.7.2)."""
    cover_from = s.today if s.it.late else s.it.drawn_on
    told = warnings(s.fact(FundBook), s.fact(FundCash), s.policy)
    return (FilingAccepted(s.it.amount, cover_from, s.today, s.users, told),)


def reject(s: Situation[Filing, RejectFiling]) -> Outcome:
    """No cover."""
    return (FilingRejected(s.act.reason),)


def refuse_by_breaker(s: Situation[Filing, RefuseByBreaker]) -> Outcome:
    """Told; nothing else changes."""
    return (FilingRefusedByBreaker(s.act.breaker),)


def await_amendment(s: Situation[Filing, AwaitAmendment]) -> Outcome:
    """Within amendment_wd, where the fund covers the loan already; else the filing tells it."""
    if s.it.state != FilingState.COVERED.name:
        return ()
    return (FilingAmendmentAwaited(s.act.change, working_days_from(s, "amendment_wd")),)


def suspend_cover(s: OnFiling) -> Outcome:
    """From the day after the last day."""
    return (FilingCoverSuspended(s.today),)


def amend(s: Situation[Filing, AmendFiling]) -> Outcome:
    """The loan's amount of today; cover that was suspended begins again."""
    resumed = s.it.suspended_on is not None
    return (FilingAmended(s.row(Loan).disbursed, s.today, s.act.note, resumed),)


def cease(s: OnFiling) -> Outcome:
    """Cover ends with the debt."""
    return (FilingCeased(s.it.loan),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "open":          open_filing,
    "file":          file,
    "fall_late":     fall_late,
    "return_filing": return_filing,
    "accept":        accept,
    "reject":        reject,
    "refuse_by_breaker": refuse_by_breaker,
    "await_amendment": await_amendment,
    "suspend_cover":   suspend_cover,
    "amend":           amend,
    "cease":         cease,
}
# fmt: on
