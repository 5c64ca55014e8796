"""Figures that guards on loans ask for beside the loan itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ProgrammeBalance:
    """Principal the borrower owes the programme before this drawing, at all banks."""

    before: Money


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
