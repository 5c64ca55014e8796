"""What the bank looks at after the draw: first the use of the money, then the firm each quarter.

三查, ZD-3.8.2. The duty ends where a loan falls overdue: collection takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta

from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import ending
from workflows.lifecycle.evolution import Decide, Evolve, takes
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal
from workflows.loan.records import BOARDED, Loan

USE_CHECK, QUARTERLY = "USE_CHECK", "INSPECTION"  # of due_diligence_records


@dataclass(frozen=True, slots=True)
class InspectLoan:
    """Look at the loan on the spot: the first time at the use of the money.

    papers: what was seen, by name or SHA-256; diverted: the money was used for something else.
    """

    trigger: ClassVar[str] = "inspect"
    loan: str
    finding: str
    papers: tuple[str, ...]
    diverted: bool = False


@dataclass(frozen=True, slots=True)
class LoanInspectionDue:
    """The first look at the use of the money is due by `inspect_by`, inclusive."""

    wire: ClassVar[str] = "Loan.InspectionDue"
    inspect_by: date


@dataclass(frozen=True, slots=True)
class LoanInspected:
    """Looked at; the next time by `inspect_by`, inclusive. diverted_on: use was found diverted."""

    wire: ClassVar[str] = "Inspection.Done"
    kind: str
    finding: str
    papers: tuple[str, ...]
    inspections: int
    inspected_on: date
    inspect_by: date
    diverted_on: date | None


def first_due(s: Situation[Loan]) -> tuple[Any, ...]:
    """From the draw on; a boarded loan is looked at where it was made."""
    if s.it.origin == BOARDED:
        return ()
    days: int = s.policy["use_check_days"].value
    return (LoanInspectionDue(ending(s.today + timedelta(days=days))),)


def finding_given(s: Situation[Loan, InspectLoan]) -> Refusal | None:
    """An inspection has a finding, and names the papers that were seen (ZD-3.8.2)."""
    if s.act.finding and s.act.papers:
        return None
    return refuse(s, "inspection_empty", clauses.DUE_DILIGENCE)


def inspect(s: Situation[Loan, InspectLoan]) -> tuple[Any, ...]:
    """Quarters are counted from the draw, whatever day the last look fell on."""
    it, act, done = s.it, s.act, s.it.inspections + 1
    months: int = s.policy["inspection_months"].value * done
    return (
        LoanInspected(
            USE_CHECK if done == 1 else QUARTERLY,
            act.finding,
            act.papers,
            inspections=done,
            inspected_on=s.today,
            inspect_by=ending(given(it.disbursed_on) + relativedelta(months=months)),
            diverted_on=it.diverted_on or (s.today if act.diverted else None),
        ),
    )


NOTES = (LoanInspectionDue,)
DECIDE: dict[str, Decide] = {"inspect": inspect}
EVOLVE: dict[type[Any], Evolve] = {
    LoanInspectionDue: takes("inspect_by"),
    LoanInspected: takes("inspections", "inspected_on", "inspect_by", "diverted_on"),
}
