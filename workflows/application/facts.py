"""What the guards of an application are told beside the rights it names (pledge/facts.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class LastRejection:
    """The day on which the product's bank last refused the firm credit; None if never."""

    on: date | None


@dataclass(frozen=True, slots=True)
class Reserved:
    """What a fund keeps for credits approved and loans drawn that it does not cover yet."""

    amount: Money
