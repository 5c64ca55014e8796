"""Figures that guards on claims ask for beside claim, loan and fund."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money


@dataclass(frozen=True, slots=True)
class QueuedAhead:
    """What older unpaid claims on the same fund wait for, by queueing day, then id."""

    amount: Money


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """What the fund owes the same bank on another claim that is named and in line."""

    unpaid: Money
