"""What the guards of a pledge are told: the application it secures, its rights, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class SecuredApplication:
    """The application as it stands; signed: its loan contract is, and no loan was opened yet.

    secured: the part of the loan that IP is to secure.
    """

    state: str
    signed: bool
    bank: str | None
    assets: tuple[str, ...]
    secured: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class ValuedRight:
    """One right as security: kind and standing as policies/valuing/collateral.py has them."""

    id: str
    kind: str
    value: Money
    term_ends_on: date
    standing: str


@dataclass(frozen=True, slots=True)
class Rights:
    """The IP rights a command names, else those of its row; one that is not there is UNKNOWN.

    states: of all of them, each once; unappraised: those other than APPRAISED; value: their sum;
    appraised_on: the oldest day, None when one has no value; term_ends_on: the first last day;
    each: those that are there.
    """

    states: tuple[str, ...]
    unappraised: tuple[str, ...]
    value: Money
    appraised_on: date | None
    term_ends_on: date | None
    each: tuple[ValuedRight, ...] = ()


@dataclass(frozen=True, slots=True)
class UnpaidDebt:
    """Principal and posted interest still owed on the loans a pledge secures."""

    amount: Money


@dataclass(frozen=True, slots=True)
class SecuredLoans:
    """Loans, drawn and not ended, that a pledge of this application secures.

    secured: the part of what they owe that IP secures; rest: rights of their other registered
    pledges.
    """

    ids: tuple[str, ...]
    secured: Money
    rest: tuple[ValuedRight, ...]
    bank: str | None = None
    application: str = ""
