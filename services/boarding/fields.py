"""What may stand in one field of a tape: text in, value out, or the code of what is wrong.

Strict on purpose: no guessing at thousands separators, other digits or other orders of a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from policies.money import FEN_PER_YUAN, Money

PAID_IN_FULL = "paid_in_full"
CHARGED_OFF = "charged_off"
STATUSES = (PAID_IN_FULL, CHARGED_OFF)
STATUS_WORDS = {
    **dict.fromkeys(("结清", "已结清", "正常结清", "已还清", "已收回"), PAID_IN_FULL),
    **dict.fromkeys(("核销", "已核销"), CHARGED_OFF),
}
"""What a bank's ledger calls the two states in which a loan's life can end."""

LONGEST_TEXT = 64  # characters of an id, a state or an industry
LARGEST_FEN = 2**63 - 1  # what a bigint column holds
LARGEST_COUNT = 2**31 - 1  # what an integer column holds
FIRST_YEAR = 1900
RATE_DECIMALS = 6

_AMOUNT = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_WHOLE = re.compile(r"[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:/([0-9]{1,2})/|年([0-9]{1,2})月)([0-9]{1,2})日?")
_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")


class WrongForm(ValueError):
    """A field does not hold what its column asks for; `code` says how it differs.

    column: which field, where it is known.
    """

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column


def text(value: str) -> str:
    """Up to 64 characters without control characters; may be blank."""
    if len(value) > LONGEST_TEXT:
        raise WrongForm("too_long")
    if not value.isprintable():
        raise WrongForm("control_character")
    return value


def name(value: str) -> str:
    """An id: text that is not blank, has no space at its ends and all of its digits."""
    if not value.strip():
        raise WrongForm("blank")
    if _SCIENTIFIC.fullmatch(value) and "+" in value:
        raise WrongForm("scientific_id")
    if value != value.strip():
        raise WrongForm("space_around")
    return text(value)


@lru_cache(maxsize=65_536)
def amount(value: str) -> Money:
    """Yuan with at most two decimals, not negative, in fen no larger than a bigint."""
    found = _AMOUNT.fullmatch(value)
    if found is None:
        raise WrongForm(_not_a_number(value))
    whole, part = found[1], found[2] or ""
    if len(part) > 2:
        raise WrongForm("too_many_decimals")
    # Length first: Python refuses to read numbers of thousands of digits.
    if len(whole.lstrip("0")) > len(str(LARGEST_FEN)):
        raise WrongForm("too_large")
    fen = int(whole) * FEN_PER_YUAN + int(part.ljust(2, "0"))
    if fen > LARGEST_FEN:
        raise WrongForm("too_large")
    return Money(fen)


def amount_or_none(value: str) -> Money | None:
    """An amount; blank when the tape does not say."""
    return amount(value) if value else None


@lru_cache(maxsize=16_384)
def whole(value: str) -> int:
    """A whole number, not negative."""
    if _WHOLE.fullmatch(value) is None:
        code = _not_a_number(value)
        raise WrongForm(
            "not_whole" if code == "not_a_number" and _AMOUNT.fullmatch(value) else code
        )
    if len(value) > len(str(LARGEST_COUNT)) or int(value) > LARGEST_COUNT:
        raise WrongForm("too_large")
    return int(value)


def whole_or_none(value: str) -> int | None:
    """A whole number; blank when the tape does not say."""
    return whole(value) if value else None


@lru_cache(maxsize=65_536)
def day(value: str) -> date:
    """An ISO date (2025-08-14), or 2025/8/14 or 2025年8月14日, of 1900 or later."""
    if not value.strip():
        raise WrongForm("blank")
    value = _YEAR_FIRST.sub(_iso, value)
    if _DATE.fullmatch(value) is None:
        raise WrongForm("not_a_date")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise WrongForm("not_a_date") from None
    if found.year < FIRST_YEAR:
        raise WrongForm("date_out_of_range")
    return found


def _iso(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2] or found[3]):02}-{int(found[4]):02}"


def day_or_none(value: str) -> date | None:
    """An ISO date; blank when the tape does not say."""
    return day(value) if value else None


def status(value: str) -> str:
    """paid_in_full or charged_off."""
    if not value.strip():
        raise WrongForm("blank")
    if value not in STATUSES:
        raise WrongForm("unknown_status")
    return value


@lru_cache(maxsize=16_384)
def rate(value: str) -> Decimal:
    """A yearly rate in per cent, 0 or more and below 100, as a fraction; blank is 0."""
    if not value:
        return Decimal(0)
    found = _AMOUNT.fullmatch(value)
    if found is None:
        raise WrongForm(_not_a_number(value))
    if len(found[2] or "") > RATE_DECIMALS:
        raise WrongForm("rate_decimals")
    if len(found[1].lstrip("0")) > 2:
        raise WrongForm("rate_out_of_range")
    return Decimal(value) / 100


def _not_a_number(value: str) -> str:
    if not value.strip():
        return "blank"
    if _SCIENTIFIC.fullmatch(value):
        return "scientific"
    if any(one.isnumeric() and not one.isascii() for one in value):
        return "other_digits"
    return "negative" if _NEGATIVE.fullmatch(value) else "not_a_number"


READERS: dict[str, Callable[[str], Any]] = {
    "loan_id": name,
    "state": text,
    "industry": text,
    "approved_on": day_or_none,
    "disbursed_on": day,
    "term_months": whole,
    "employees": whole_or_none,
    "amount_approved": amount,
    "amount_guaranteed": amount_or_none,
    "amount_disbursed": amount,
    "status": status,
    "charged_off_on": day_or_none,
    "charged_off_principal": amount,
}
OPTIONAL: dict[str, Callable[[str], Any]] = {"annual_rate_pct": rate}
