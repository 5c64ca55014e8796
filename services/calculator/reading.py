"""Read one case strictly: what is unknown, missing or of the wrong kind is refused, never guessed.

Knows types, bounds and words; what a field means is for the module that asks for it. Numbers are
exact: text such as "3.60", JSON integers, or Decimal (the command reads JSON decimals as such).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from services.kernel.problems import Unusable

CASE_ASIDE = frozenset(
    ("id", "expected", "source", "convention", "recomputed", "note", "title", "line")
)
"""Fields of a case that say where it comes from and what was found; no answer depends on them."""
MOST_MONEY = Decimal(10) ** 15
MOST_PER_CENT = Decimal(1000)
MOST_COUNT = 1200
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SHOWN = 60


class Uninterpretable(Unusable):
    """A case asks what cannot be interpreted; `values["field"]` names the field, e.g. input.due."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object of a case and the path that leads to it; a null field counts as absent."""

    found: Mapping[str, Any]
    path: str = ""

    def only(self, known: Iterable[str]) -> Fields:
        """Itself. Raises Uninterpretable when a field stands outside `known`."""
        allowed = frozenset(known)
        for name in self.found:
            if name not in allowed:
                raise Uninterpretable("calc.unknown_field", {"field": self.name(shown(name))})
        return self

    def name(self, field: str) -> str:
        """The field with its path, as a refusal names it: `input.principal`."""
        return f"{self.path}.{field}" if self.path else field

    def has(self, field: str) -> bool:
        """Whether the field is there and not null."""
        return self.found.get(field) is not None

    def raw(self, field: str) -> Any:
        """The field as it stands. Raises Uninterpretable when it is absent."""
        if not self.has(field):
            raise Uninterpretable("calc.missing_field", {"field": self.name(field)})
        return self.found[field]

    def text(self, field: str) -> str:
        """A string."""
        found = self.raw(field)
        if not isinstance(found, str):
            raise self.wrong(field, "text")
        return found

    def word(self, field: str, known: Iterable[str]) -> str:
        """One of the known words."""
        found, words = self.text(field), tuple(known)
        if found not in words:
            values = {"field": self.name(field), "found": shown(found), "known": ", ".join(words)}
            raise Uninterpretable("calc.unknown_word", values)
        return found

    def flag(self, field: str) -> bool:
        """true or false."""
        found = self.raw(field)
        if not isinstance(found, bool):
            raise self.wrong(field, "flag")
        return found

    def number(self, field: str, *, least: Decimal, most: Decimal) -> Decimal:
        """A decimal number within bounds, both included; no binary float, no exponent."""
        found = self.raw(field)
        exact = isinstance(found, str | int | Decimal) and not isinstance(found, bool)
        if not exact or not _NUMBER.fullmatch(_written(found)):
            raise self.wrong(field, "number")
        value = Decimal(_written(found))
        if not least <= value <= most:
            values = {"field": self.name(field), "found": shown(found), "least": f"{least:f}"}
            raise Uninterpretable("calc.out_of_range", {**values, "most": f"{most:f}"})
        return value

    def amount(self, field: str, *, least: Decimal = Decimal(0)) -> Decimal:
        """An amount in yuan of whole fen, never below zero unless `least` says so."""
        value = self.number(field, least=least, most=MOST_MONEY)
        if value * 100 % 1:
            raise Uninterpretable(
                "calc.parts_of_a_fen", {"field": self.name(field), "found": shown(value)}
            )
        return value

    def per_cent(self, field: str, *, most: Decimal = MOST_PER_CENT) -> Decimal:
        """A percentage as a fraction: "3.60" -> Decimal("0.036")."""
        return self.number(field, least=Decimal(0), most=most) / 100

    def whole(self, field: str, *, least: int = 0, most: int = MOST_COUNT) -> int:
        """A whole number within bounds, both included."""
        value = self.number(field, least=Decimal(least), most=Decimal(most))
        if value % 1:
            raise self.wrong(field, "whole")
        return int(value)

    def day(self, field: str) -> date:
        """A date, ISO: 2026-08-14."""
        return _day(self.raw(field), self.name(field))

    def days(self, field: str) -> tuple[date, ...]:
        """One date or more, each after the one before."""
        found = self.raw(field)
        if not isinstance(found, list) or not found or len(found) > MOST_COUNT:
            raise self.wrong(field, "dates")
        days = tuple(_day(one, f"{self.name(field)}[{n}]") for n, one in enumerate(found))
        for earlier, later in pairwise(days):
            if later <= earlier:
                values = {"field": self.name(field), "earlier": earlier, "later": later}
                raise Uninterpretable("calc.not_rising", values)
        return days

    def inside(self, field: str) -> Fields:
        """The object that a field holds."""
        return fields(self.raw(field), self.name(field))

    def each(self, field: str) -> tuple[Fields, ...]:
        """The objects of a list, in its order; one at least."""
        found = self.raw(field)
        if not isinstance(found, list) or not found or len(found) > MOST_COUNT:
            raise self.wrong(field, "objects")
        return tuple(fields(one, f"{self.name(field)}[{n}]") for n, one in enumerate(found))

    def wrong(self, field: str, wanted: str) -> Uninterpretable:
        """The refusal of a field that is not of the wanted kind (calc.kind.<wanted>)."""
        values = {"field": self.name(field), "found": shown(self.found.get(field))}
        return Uninterpretable(f"calc.wrong.{wanted}", values)


def fields(value: Any, path: str = "") -> Fields:
    """A JSON object to be read strictly. Raises Uninterpretable when it is none."""
    if not isinstance(value, Mapping):
        raise Uninterpretable("calc.wrong.object", {"field": path or "-", "found": shown(value)})
    return Fields(value, path)


def shown(value: object) -> str:
    """What was found, short enough for a sentence."""
    told = value if isinstance(value, str) else repr(value)
    told = " ".join(told.encode("utf-8", "replace").decode("utf-8").split())
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"


def _written(found: str | int | Decimal) -> str:
    return found if isinstance(found, str) else str(found)


def _day(found: Any, name: str) -> date:
    try:
        if isinstance(found, str) and _DATE.fullmatch(found):
            return date.fromisoformat(found)
    except ValueError:  # the form of a date, but no day of the calendar: 2026-02-30
        pass
    raise Uninterpretable("calc.wrong.date", {"field": name, "found": shown(found)})
