"""How each unit of the catalogue is read from a case file, and what type it becomes.

Says nothing about bounds or which parameter has which unit; that is catalogue.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from policies.money import Money, NotMoney, yuan
from policies.regions import UnknownRegion, folded

_TWO_DECIMALS = re.compile(r"[0-9]+\.[0-9][0-9]")


class NotInUnit(ValueError):
    """A value does not have the form its unit asks for."""


def money(raw: object) -> Money:
    """Yuan as text with two decimals: "10000000.00"."""
    if not isinstance(raw, str) or not _TWO_DECIMALS.fullmatch(raw):
        raise NotInUnit(f'{raw!r} is no amount such as "10000000.00"')
    try:
        return yuan(raw)
    except NotMoney as error:
        raise NotInUnit(str(error)) from error


def dollars(raw: object) -> Money:
    """US dollars as text with two decimals, in cents."""
    return Money(money(raw).fen, "USD")


def fraction(raw: object) -> Decimal:
    """A rate, share or multiple as text, never a binary float: "0.80"."""
    if not isinstance(raw, str):
        raise NotInUnit(f'{raw!r} is no decimal text such as "0.80"')
    try:
        value = Decimal(raw)
    except InvalidOperation as error:
        raise NotInUnit(f"{raw!r} is no decimal number") from error
    if not value.is_finite():
        raise NotInUnit(f"{raw!r} is no finite number")
    return value


def whole(raw: object) -> int:
    """A whole number of days, months or things."""
    if type(raw) is not int:
        raise NotInUnit(f"{raw!r} is no whole number")
    return raw


def flag(raw: object) -> bool:
    """true or false."""
    if type(raw) is not bool:
        raise NotInUnit(f"{raw!r} is neither true nor false")
    return raw


def text(raw: object) -> str:
    """Words, not empty."""
    if not isinstance(raw, str) or not raw.strip():
        raise NotInUnit(f"{raw!r} is no text")
    return raw


def region(raw: object) -> str:
    """A division by code or name, as its code: "320000"."""
    try:
        return folded(text(raw))
    except UnknownRegion as error:
        raise NotInUnit(str(error)) from error


def iso_date(raw: object) -> str:
    """A day as "2023-08-01"; it stays text."""
    try:
        return date.fromisoformat(text(raw)).isoformat()
    except ValueError as error:
        raise NotInUnit(f"{raw!r} is no day such as 2023-08-01") from error


def _several(one: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    def read(raw: object) -> tuple[Any, ...]:
        if not isinstance(raw, list) or not raw:
            raise NotInUnit(f"{raw!r} is no list")
        return tuple(one(part) for part in raw)

    return read


# fmt: off
UNITS: dict[str, Callable[[object], Any]] = {
    "money":        money,
    "usd":          dollars,
    "rate":         fraction,   # a year
    "share":        fraction,
    "times":        fraction,
    "days":         whole,      # calendar days
    "working_days": whole,
    "months":       whole,
    "count":        whole,
    "flag":         flag,
    "choice":       text,
    "text":         text,
    "date":         iso_date,
    "regions":      _several(region),
    "codes":        _several(text),
    "dates":        _several(iso_date),
    "counts":       _several(whole),
    "amounts":      _several(money),
    "shares":       _several(fraction),
    "rates":        _several(fraction),
}
# fmt: on
