"""The closed catalogue: every parameter a case may state, its unit, bounds, reader and names.

The table itself is catalogue.toml; this module reads it and checks single values against it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from policies.money import rate_text
from policies.reading.pack import Unstated
from policies.reading.units import UNITS, NotInUnit
from policies.regions import full_name

DOCS = "docs"  # the reader of what is only shown
_FILE = Path(__file__).parent.with_name("catalogue.toml")
Groups = tuple[tuple[str, ...], ...]
"""Names of parameters that belong together, group by group."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One parameter of the catalogue. Bounds are inclusive and of the unit's own type.

    limit: "ceiling", "floor" or "list" where it may be unlimited, else "". stricter: which way a
    case may depart from a law that states it, "lower", "higher" or "none".
    """

    name: str
    stage: str
    unit: str
    reader: str
    names: Mapping[str, str]  # by language: "zh", "en"
    low: Any = None
    high: Any = None
    choices: tuple[str, ...] = ()
    rising: bool = False
    sums_to: Decimal | None = None
    limit: str = ""
    stricter: str = "none"

    def read(self, raw: object) -> Any:
        """The value of this parameter from a case file. Raises NotInUnit saying what is wrong."""
        value = UNITS[self.unit](raw)
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            self._check(part)
        if self.rising and any(b <= a for a, b in pairwise(parts)):
            raise NotInUnit(f"{raw!r} does not rise")
        if self.sums_to is not None and sum(parts) != self.sums_to:
            raise NotInUnit(f"{raw!r} does not sum to {self.sums_to}")
        return value

    def _check(self, part: Any) -> None:
        if self.low is not None and part < self.low:
            raise NotInUnit(f"{part} is below {self.low}")
        if self.high is not None and part > self.high:
            raise NotInUnit(f"{part} is above {self.high}")
        if self.choices and part not in self.choices:
            raise NotInUnit(f"{part} is none of {', '.join(self.choices)}")

    def shown(self, value: Any) -> str:
        """A value as a banker reads it: grouped yuan, rates and shares in per cent."""
        if isinstance(value, Unstated):
            return value.value
        if self.unit == "regions":
            return ", ".join(f"{full_name(code)} {code}" for code in value)
        if isinstance(value, tuple):
            return ", ".join(self.shown(part) for part in value)
        if isinstance(value, Decimal) and self.unit != "times":
            return rate_text(value)
        return str(value)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the loan's life that groups parameters, with its names by language."""

    key: str
    names: Mapping[str, str]


def _entry(stage: str, name: str, line: Mapping[str, Any], *, reader: str) -> Entry:
    unit = line["unit"]
    one = UNITS[_ONE_OF.get(unit, unit)]
    return Entry(
        name=name,
        stage=stage,
        unit=unit,
        reader=reader,
        names={"zh": line["zh"], "en": line["en"]},
        low=one(line["low"]) if "low" in line else None,
        high=one(line["high"]) if "high" in line else None,
        choices=tuple(line.get("choices", ())),
        rising=line.get("rising", False),
        sums_to=Decimal(line["sum"]) if "sum" in line else None,
        limit=line.get("limit", ""),
        stricter=line.get("stricter", "none"),
    )


def _entries(stages: list[dict[str, Any]]) -> Iterator[Entry]:
    for stage in stages:
        for name, line in stage.get("parameters", {}).items():
            yield _entry(stage["key"], name, line, reader=line["reader"])
        for name, line in stage.get("notes", {}).items():
            yield _entry(stage["key"], name, line, reader=DOCS)


# fmt: off
_ONE_OF = {
    "counts":  "count",
    "amounts": "money",
    "shares":  "share",
    "rates":   "rate",
    "codes":   "text",
    "dates":   "date",
}
# fmt: on
_TABLE: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))

STAGES: tuple[Stage, ...] = tuple(
    Stage(stage["key"], {"zh": stage["zh"], "en": stage["en"]}) for stage in _TABLE["stage"]
)
CATALOGUE: dict[str, Entry] = {entry.name: entry for entry in _entries(_TABLE["stage"])}
RISING: Groups = tuple(tuple(names) for names in _TABLE["rising"])
SAME_LENGTH: Groups = tuple(tuple(names) for names in _TABLE["same_length"])
WITHIN_ONE: Groups = tuple(tuple(names) for names in _TABLE["within_one"])
