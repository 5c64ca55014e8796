"""Money in integer fen and rates as Decimal; every rounding is explicit and named.

ZD-1.1: integer fen, rates never binary float, half-up unless a policy says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import ClassVar

FEN_PER_YUAN = 100
_WIRE = re.compile(r"(-?)([0-9]+)\.([0-9][0-9]) ([A-Z]{3})")

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")  # Decimal would take digits of any script


class NotMoney(ValueError):
    """The text or number is no amount of whole fen."""


class Money:
    """An amount in fen (1/100 yuan) with its currency. Immutable; ordered; no float near it."""

    __slots__ = ("currency", "fen")
    fen: int
    currency: str
    ZERO: ClassVar[Money]

    def __init__(self, fen: int, currency: str = "CNY") -> None:
        if type(fen) is not int:
            raise NotMoney(f"fen must be a whole number, not {fen!r}")
        object.__setattr__(self, "fen", fen)
        object.__setattr__(self, "currency", currency)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Money is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Money is immutable")

    def __reduce__(self) -> tuple[type[Money], tuple[int, str]]:
        return (Money, (self.fen, self.currency))

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise NotMoney(f"{self.currency} and {other.currency} do not mix")
        return other.fen

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.fen, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.fen < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.fen <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.fen > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.fen >= self._same(other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.fen == other.fen and self.currency == other.currency

    def __hash__(self) -> int:
        return hash((self.fen, self.currency))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __repr__(self) -> str:
        return f"Money({self.wire})"

    def __str__(self) -> str:
        return self.grouped

    @property
    def yuan(self) -> str:
        """Two decimals, no grouping: `3360000.00`. The form of every JSON figure for people."""
        sign = "-" if self.fen < 0 else ""
        whole, part = divmod(abs(self.fen), FEN_PER_YUAN)
        return f"{sign}{whole}.{part:02d}"

    @property
    def grouped(self) -> str:
        """Two decimals with thousands separators: `3,360,000.00`."""
        sign = "-" if self.fen < 0 else ""
        whole, part = divmod(abs(self.fen), FEN_PER_YUAN)
        return f"{sign}{whole:,}.{part:02d}"

    @property
    def wire(self) -> str:
        """The form stored in event payloads: `3360000.00 CNY`."""
        return f"{self.yuan} {self.currency}"

    @classmethod
    def of_wire(cls, text: str) -> Money:
        """Read `wire` back. Raises NotMoney."""
        found = _WIRE.fullmatch(text)
        if found is None:
            raise NotMoney(f"{text!r} is no amount such as 3360000.00 CNY")
        sign, whole, part, currency = found.groups()
        fen = int(whole) * FEN_PER_YUAN + int(part)
        return cls(-fen if sign else fen, currency)

    def share_floor(self, share: Decimal) -> Money:
        """This amount x share, floored to the fen; ZD-1.5 "sharing"."""
        return Money(int((self.fen * share).to_integral_value(ROUND_FLOOR)), self.currency)

    def share_toward_zero(self, share: Decimal) -> Money:
        """This amount x share, truncated toward zero; ZD-3.10.1 for a negative net."""
        return Money(int(self.fen * share), self.currency)


Money.ZERO = Money(0)


def yuan(text: str | int | Decimal) -> Money:
    """Read an amount in yuan: `yuan("3360000.00")`. Raises NotMoney beyond two decimals."""
    if isinstance(text, str) and not _PLAIN.fullmatch(text):
        raise NotMoney(f"{text!r} is no amount in yuan")
    try:
        fen = Decimal(text) * FEN_PER_YUAN
        whole = int(fen)
    except (ArithmeticError, ValueError) as error:
        raise NotMoney(f"{text!r} is no amount in yuan") from error
    if whole != fen:
        raise NotMoney(f"{text!r} has parts of a fen")
    return Money(whole)


def round_half_up(fen: Decimal) -> int:
    """Whole fen, halves away from zero: how interest is posted (ZD-1.3)."""
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))


def money_half_up(fen: Fraction) -> Money:
    """An exact amount of fen rounded once, at the end; halves away from zero (ZD-5.1)."""
    whole = (2 * abs(fen.numerator) + fen.denominator) // (2 * fen.denominator)
    return Money(whole if fen >= 0 else -whole)


def total(amounts: Iterable[Money]) -> Money:
    """Sum of amounts of one currency; zero yuan for none."""
    result: Money | None = None
    for amount in amounts:
        result = amount if result is None else result + amount
    return Money.ZERO if result is None else result


def split(amount: Money, shares: Mapping[str, Decimal], residual: str) -> dict[str, Money]:
    """Split so that parts sum exactly: others floored (or truncated, if negative), residual last.

    `shares` holds every party but the residual bearer. Source: ZD-1.5, ZD-3.10.1.
    """
    cut = Money.share_floor if amount >= Money(0, amount.currency) else Money.share_toward_zero
    parts = {party: cut(amount, share) for party, share in shares.items() if party != residual}
    parts[residual] = amount - total(parts.values()) if parts else amount
    return parts


def per_cent(rate: Decimal) -> str:
    """A rate's per cent, at least two decimals, none dropped: 0.036 -> 3.60, 0.06525 -> 6.525."""
    told = (rate * 100).normalize()
    return f"{told:.2f}" if int(told.as_tuple().exponent) > -2 else f"{told:f}"


def rate_text(rate: Decimal) -> str:
    """A rate as a banker reads it: Decimal("0.036") -> `3.60 %`."""
    return f"{per_cent(rate)} %"
