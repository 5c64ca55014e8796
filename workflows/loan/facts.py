"""Figures that guards on loans ask for beside the loan itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money
from workflows.loan.records import Loan


@dataclass(frozen=True, slots=True)
class ProgrammeBalance:
    """Principal the borrower owes the programme before this drawing, at all banks."""

    before: Money


@dataclass(frozen=True, slots=True)
class EarlierLoans:
    """Loans that the bank has paid out to the borrower before this one."""

    count: int


@dataclass(frozen=True, slots=True)
class DebtorLoan:
    """Another loan of the same debtor on a bank's books."""

    loan: str
    bank: str
    asset_class: str
    classification: str
    overdue_since: date | None
    outstanding: Money


@dataclass(frozen=True, slots=True)
class DebtorLoans:
    """The debtor's other loans at all banks of the platform."""

    others: tuple[DebtorLoan, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether any of them is overdue."""
        return any(one.overdue_since is not None for one in self.others)


@dataclass(frozen=True, slots=True)
class LoanThen:
    """A loan at the end of an earlier day, the payments since, and what forbids to replay them.

    undone_by: the first later event that is no payment and changes what is owed; empty for none.
    """

    row: Loan | None
    later: tuple[tuple[date, Money], ...] = ()
    undone_by: str = ""
