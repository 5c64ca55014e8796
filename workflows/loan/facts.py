"""Figures that guards on loans ask for beside the loan itself."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ProgrammeBalance:
    """Principal the borrower owes the programme before this drawing, at all banks."""

    before: Money


@dataclass(frozen=True, slots=True)
class EarlierLoans:
    """Loans that the bank has paid out to the borrower before this one."""

    count: int
