"""A form read back into the body of its act: as people write amounts, rates and days.

The rules of form are the API's own (its pydantic model); faults come back by field, in words.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ValidationError

from policies.money import Money
from services.api import bodies
from services.console.seats.who import Posted
from services.kernel.i18n import say

_SPLIT = re.compile(r"[\n;；、]+")
_GROUPED = re.compile(r"[\s,，]")


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """A form that cannot be read: what is wrong, by field, in the reader's language."""

    errors: Mapping[str, str]


def given(command: type[Any], posted: Posted) -> dict[str, tuple[str, ...]]:
    """What was typed, by field: shown again when the act is refused."""
    names = (one.name for one in dataclasses.fields(command))
    return {name: found for name in names if (found := posted.several(name))}


def body(command: type[Any], noun: str, posted: Posted, lang: str) -> BaseModel:
    """The act's body. Raises Wrong."""
    hints = typing.get_type_hints(command)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(command):
        if field.name == noun:
            continue
        core, _ = bodies.core_of(hints[field.name])
        written = tuple(value.strip() for value in posted.several(field.name))
        found = _plain(core, written)
        if found is not None:
            values[field.name] = found
        elif core == tuple[str, ...] and field.default is dataclasses.MISSING:
            values[field.name] = []
    try:
        return bodies.body(command, noun)(**values)
    except ValidationError as error:
        raise Wrong(_errors(error, command, lang)) from error


def _plain(core: Any, written: tuple[str, ...]) -> Any:
    """As the API takes it; None for a field left empty."""
    if core == tuple[str, ...]:
        parts = [part.strip() for value in written for part in _SPLIT.split(value)]
        return [part for part in parts if part] or None
    text = written[-1] if written else ""
    if not text:
        return None
    if core is Money:
        return _money(text)
    if core is Decimal:
        return _rate(text)
    if core is bool:
        return {"true": True, "false": False}.get(text, text)
    if core is int:
        return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else text
    return text


def _money(text: str) -> str:
    """`6,000,000` and `6000000.5` as yuan with two decimals; anything else as it stands."""
    bare = _GROUPED.sub("", text).removesuffix("元")
    if not re.fullmatch(r"[0-9]{1,13}(\.[0-9]{1,2})?", bare):
        return text
    whole, _, part = bare.partition(".")
    return f"{whole}.{part:0<2}"


def _rate(text: str) -> str:
    """`3.60` and `3.60 %` per cent as a fraction; anything else as it stands."""
    bare = _GROUPED.sub("", text).rstrip("%％")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,10})?", bare):
        return text
    try:
        return f"{Decimal(bare) / 100:f}"
    except InvalidOperation:
        return text


def _errors(error: ValidationError, command: type[Any], lang: str) -> dict[str, str]:
    hints = typing.get_type_hints(command)
    found: dict[str, str] = {}
    for one in error.errors():
        name = str(one["loc"][0]) if one["loc"] else ""
        core, _ = bodies.core_of(hints[name]) if name in hints else (str, False)
        kind = "missing" if one["type"] == "missing" else _KINDS.get(core, "text")
        found.setdefault(name, say(f"console.form.wrong.{kind}", lang))
    return found


_KINDS = {Money: "money", Decimal: "rate", date: "day", bool: "flag", int: "whole"}
