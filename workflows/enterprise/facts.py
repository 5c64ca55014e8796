"""Figures that the guards of an enterprise are given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveTwins:
    """Live entries that have the credit code already."""

    count: int


@dataclass(frozen=True, slots=True)
class FundProgramme:
    """Case and variant of the fund that a command names; empty where there is no such fund."""

    ident: str


@dataclass(frozen=True, slots=True)
class LiveLoans:
    """Loans of the firm that are neither settled nor given up."""

    count: int
