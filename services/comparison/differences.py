"""Two cases, or forms of cases, parameter by parameter: what one says otherwise than the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policies.reading.case import Stated
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import Pack
from services.comparison.answer import plain


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter as both state it; None where one does not."""

    name: str
    one: Stated | None
    other: Stated | None

    @property
    def own(self) -> bool:
        """Whether one of the two says it in its own words."""
        return any(side is not None and side.own for side in (self.one, self.other))


def differences(one: Pack, other: Pack, *, every: bool) -> tuple[Difference, ...]:
    """What a case says itself first, then what both leave to their layers, as in the catalogue.

    every: also where both say the same.
    """
    rows = (row for row in _rows(one, other) if every or _differs(row))
    return tuple(sorted(rows, key=lambda row: not row.own))


def difference_data(row: Difference) -> dict[str, Any]:
    """A row as plain data."""
    entry = CATALOGUE[row.name]
    return {
        "name": row.name,
        "label": dict(entry.names),
        "stage": entry.stage,
        "unit": entry.unit,
        "one": _side(row.one),
        "other": _side(row.other),
        "differs": _differs(row),
    }


def _rows(one: Pack, other: Pack) -> Iterator[Difference]:
    for name in CATALOGUE:
        row = Difference(name, one.stated.get(name), other.stated.get(name))
        if row.one is not None or row.other is not None:
            yield row


def _differs(row: Difference) -> bool:
    """Whether the values differ; the days from which they hold, sources and notes do not count."""
    if row.one is None or row.other is None:
        return True
    return [value for _, value in row.one.values] != [value for _, value in row.other.values]


def _side(stated: Stated | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    return {
        "value": plain(stated.values[-1][1]),
        "grade": stated.citation.grade.value,
        "layer": stated.citation.layer,
        "source": stated.source,
        "clause": stated.citation.clause,
    }
