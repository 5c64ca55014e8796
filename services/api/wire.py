"""How values travel: amounts and rates as decimal text, days as ISO text, lists as arrays.

An amount is yuan with two decimals, "3360000.00"; its currency may follow, "3360000.00 CNY", and
is CNY where it does not. Answers leave CNY out. No number here is ever binary.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from pydantic import Field, PlainSerializer, PlainValidator, StrictBool, StringConstraints
from pydantic.json_schema import WithJsonSchema

from policies.money import Money
from workflows.lifecycle.deadlines import calendar_assumed

CURRENCY = "CNY"
AMOUNT = r"^[0-9]{1,13}\.[0-9]{2}( CNY)?$"
RATE = r"^[0-9]{1,3}(\.[0-9]{1,12})?$"
ID = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST_WHOLE = 2_147_483_647
MOST_MONTHS = 1200
LONGEST_TEXT = 2000
MOST_PARTS = 200

PRINTED = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class FarAway(Exception):
    """A day before FIRST_DAY or after LAST_DAY: well-formed, and of no use here."""


def shown(value: Any) -> Any:
    """A record, an event or plain data as JSON takes it."""
    return msgspec.to_builtins(value, enc_hook=_money_shown, str_keys=True)


def assumed(told: Any) -> list[str]:
    """Fields of a row or an event whose day an assumed calendar gave (ZD-1.6)."""
    names = (field.name for field in dataclasses.fields(told))
    return [name for name in names if calendar_assumed(name, getattr(told, name))]


def is_amount(text: str) -> bool:
    """Whether that is an amount as it travels."""
    return re.fullmatch(AMOUNT, text) is not None


def _money_shown(value: Any) -> str:
    if not isinstance(value, Money):
        raise NotImplementedError(f"{type(value).__name__} has no form on the wire")
    return value.yuan if value.currency == CURRENCY else value.wire


def _read(pattern: str, make: Callable[[str], Any], sentence: str) -> Callable[[Any], Any]:
    compiled = re.compile(pattern)

    def read(value: Any) -> Any:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise ValueError(sentence)
        return make(value)

    return read


def _money(text: str) -> Money:
    return Money.of_wire(text if text.endswith(CURRENCY) else f"{text} {CURRENCY}")


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise FarAway(f"{day}: {FIRST_DAY} .. {LAST_DAY}")
    return day


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"must not be longer than {LONGEST_TEXT} characters")
    if _UNPRINTED.search(value):
        raise ValueError("must not hold control characters")
    return value


def _whole(largest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is float and value.is_integer():  # 12.0 is a whole number in JSON Schema
            value = int(value)
        if type(value) is not int or not 0 <= value <= largest:
            raise ValueError(f"must be a whole number from 0 to {largest}")
        return value

    return read


def _schema(kind: str, **more: Any) -> WithJsonSchema:  # as JSON Schema names its keywords
    return WithJsonSchema({"type": kind, **more})


_ISO_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Amount = Annotated[
    Any,
    PlainValidator(_read(AMOUNT, _money, 'must be yuan with two decimals, such as "3360000.00"')),
    PlainSerializer(_money_shown, return_type=str),
    _schema("string", pattern=AMOUNT, description="Yuan with two decimals", format="money"),
]
Rate = Annotated[
    Any,
    PlainValidator(_read(RATE, Decimal, 'must be a fraction as text, such as "0.0360"')),
    PlainSerializer(str, return_type=str),
    _schema("string", pattern=RATE, description="A fraction: 0.0360 is 3.6 %", format="decimal"),
]
Day = Annotated[
    Any,
    PlainValidator(_read(_ISO_DAY, _day, 'must be a day, such as "2025-08-14"')),
    PlainSerializer(date.isoformat, return_type=str),
    _schema("string", format="date"),
]
Words = Annotated[
    str,
    PlainValidator(_text),
    _schema("string", maxLength=LONGEST_TEXT, pattern=PRINTED),
]
Several = Annotated[tuple[Words, ...], Field(max_length=MOST_PARTS)]
Flag = StrictBool
Whole = Annotated[
    int,
    PlainValidator(_whole(LARGEST_WHOLE)),
    _schema("integer", minimum=0, maximum=LARGEST_WHOLE),
]
Months = Annotated[
    int,
    PlainValidator(_whole(MOST_MONTHS)),
    _schema("integer", minimum=0, maximum=MOST_MONTHS),
]
NewId = Annotated[str, StringConstraints(pattern=ID)]
