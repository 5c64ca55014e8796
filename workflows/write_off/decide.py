"""What follows from an act on a write-off that may happen: its events and the next steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.lifecycle.deadlines import months_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.provision import exposure
from workflows.loan.records import Loan, WriteOffLoan
from workflows.write_off.events import (
    WriteOffApproved,
    WriteOffBooked,
    WriteOffProposed,
    WriteOffResponsibilityFound,
    WriteOffReturned,
    WriteOffReviewed,
)
from workflows.write_off.records import (
    BookWriteOff,
    FindResponsibility,
    ProposeWriteOff,
    ReturnWriteOff,
    ReviewWriteOff,
    WriteOff,
)

OnWriteOff = Situation[WriteOff]  # whatever is asked of it
Outcome = tuple[Any, ...]


def propose(s: Situation[WriteOff | None, ProposeWriteOff]) -> Outcome:
    """The bank's loss is what compensation kept does not meet (ZD-3.13.1)."""
    loan = s.row(Loan)
    return (
        WriteOffProposed(
            loan=loan.id,
            bank=loan.bank,
            fund=loan.fund,
            enterprise=loan.enterprise,
            policy=s.policy.ref,
            ground=s.act.ground,
            papers=s.act.papers,
            amount=exposure(loan),
            debt=loan.unrecovered,
            proposed_on=s.today,
            proposed_by=s.users,
        ),
    )


def review(s: Situation[WriteOff, ReviewWriteOff]) -> Outcome:
    """The vote is kept."""
    return (WriteOffReviewed(s.act.members, s.act.in_favour),)


def return_proposal(s: Situation[WriteOff, ReturnWriteOff]) -> Outcome:
    """Back to who proposed it."""
    return (WriteOffReturned(s.act.reason),)


def approve(s: OnWriteOff) -> Outcome:
    """Booked in the same transaction."""
    return (WriteOffApproved(s.users), Then(BookWriteOff(s.it.id)))


def book(s: OnWriteOff) -> Outcome:
    """As the loan stands today; the claim on the borrower stays on file (账销案存)."""
    loan = s.row(Loan)
    booked = WriteOffBooked(
        amount=exposure(loan),
        debt=loan.unrecovered,
        compensated=bool(loan.compensated),
        booked_on=s.today,
        answer_by=months_from(s, "responsibility_months"),
    )
    return (booked, Then(WriteOffLoan(loan.id, s.it.ground)))


def find_responsibility(s: Situation[WriteOff, FindResponsibility]) -> Outcome:
    """The finding is kept."""
    return (WriteOffResponsibilityFound(s.act.finding),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "propose":             propose,
    "review":              review,
    "return_proposal":     return_proposal,
    "approve":             approve,
    "book":                book,
    "find_responsibility": find_responsibility,
}
# fmt: on
