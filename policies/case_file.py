"""Read one case file and refuse what is unknown, unsourced, ungraded or out of bounds.

Knows the form of the file; what a parameter may be is catalogue.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from policies.catalogue import CATALOGUE, RISING, SAME_LENGTH
from policies.mechanisms import MECHANISMS
from policies.pack import Citation, Grade, Parameter, WrongPack
from policies.units import NotInUnit

QUALIFIERS = ("EXACT", "ABOUT", "NEARLY", "OVER")  # domain.md 0.4.18
SOURCE_GRADES = ("A", "B", "C", "P")  # domain.md 0.1; P is the platform's own default


@dataclass(frozen=True, slots=True)
class Source:
    """A document. grade: A government text, B press or mirror, C commercial page, P our default."""

    key: str
    title: str
    document: str
    url: str
    grade: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A parameter with all its values, first day first."""

    name: str
    unit: str
    values: tuple[tuple[date, Any], ...]
    citation: Citation
    note: str
    note_zh: str
    qualifier: str
    as_of: str

    def on(self, day: date) -> Parameter:
        """The value in force on that day; before the first day the first value."""
        value = self.values[0][1]
        for start, later in self.values:
            if start <= day:
                value = later
        return Parameter(
            self.name,
            value,
            self.unit,
            self.citation,
            note=self.note,
            note_zh=self.note_zh,
            qualifier=self.qualifier,
            as_of=self.as_of,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """What the case leaves open, the parameters that stand on defaults for it, where to look."""

    names: Mapping[str, str]
    parameters: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Sibling:
    """A related product, told by language; no rule reads it."""

    names: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class CaseFile:
    """All that a case file says, in its own order."""

    case: str
    title: Mapping[str, str]
    issuer: Mapping[str, str]
    kind: str
    mechanisms: Mapping[str, str]
    sources: Mapping[str, Source]
    stated: Mapping[str, Stated]
    gaps: tuple[Gap, ...]
    siblings: tuple[Sibling, ...]


class _Reader:
    """The file's tables with its name, so that every complaint says where."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.case = str(raw.get("case", {}).get("id", "?"))
        self.sources: dict[str, Source] = {}

    def wrong(self, about: str, fault: str) -> WrongPack:
        return WrongPack(f"{self.case}.toml, {about}: {fault}")

    def take(self, table: Mapping[str, Any], about: str, key: str) -> Any:
        if key not in table:
            raise self.wrong(about, f"{key} is missing")
        return table[key]

    def words(self, table: Mapping[str, Any], about: str, key: str) -> str:
        value = self.take(table, about, key)
        if not isinstance(value, str):
            raise self.wrong(about, f"{key} is no text")
        return value

    def only(self, table: Mapping[str, Any], about: str, known: str) -> None:
        strange = sorted(set(table) - set(known.split()))
        if strange:
            raise self.wrong(about, f"unknown key {', '.join(strange)}")

    def both(self, table: Mapping[str, Any], about: str) -> dict[str, str]:
        return {lang: self.words(table, about, lang) for lang in ("zh", "en")}

    def day(self, table: Mapping[str, Any], about: str) -> date:
        text = self.words(table, about, "from")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong(about, f"{text!r} is no day such as 2023-08-01") from None

    def one_of(self, table: Mapping[str, Any], about: str, key: str, known: Any) -> str:
        value = self.words(table, about, key)
        if value not in known:
            raise self.wrong(about, f"{key} {value!r} is none of {', '.join(known)}")
        return value


def read(text: str) -> CaseFile:
    """All that the text of a case file says. Raises WrongPack with file, parameter and fault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongPack(f"a case file is no TOML: {error}") from error
    file = _Reader(raw)
    file.only(raw, "the file", "case mechanisms source parameter absent sibling")
    case = file.take(raw, "the file", "case")
    file.only(case, "case", "id title issuer kind in_force")
    file.sources = _sources(file)
    stated = _stated(file)
    _agree(file, stated)
    return CaseFile(
        case=file.words(case, "case", "id"),
        title=file.both(file.take(case, "case", "title"), "case title"),
        issuer=file.both(file.take(case, "case", "issuer"), "case issuer"),
        kind=file.words(case, "case", "kind"),
        mechanisms=_mechanisms(file),
        sources=file.sources,
        stated=stated,
        gaps=tuple(_gap(file, table, stated) for table in raw.get("absent", ())),
        siblings=tuple(_sibling(file, table) for table in raw.get("sibling", ())),
    )


def _sources(file: _Reader) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for table in file.raw.get("source", ()):
        key = file.words(table, "a source", "key")
        about = f"source {key}"
        file.only(table, about, "key title document url grade")
        if key in found:
            raise file.wrong(about, "stands twice")
        grade = file.one_of(table, about, "grade", SOURCE_GRADES)
        title, document, url = (file.words(table, about, k) for k in ("title", "document", "url"))
        found[key] = Source(key, title, document, url, grade)
    return found


def _mechanisms(file: _Reader) -> dict[str, str]:
    table = file.take(file.raw, "the file", "mechanisms")
    return {role: file.one_of(table, "mechanisms", role, MECHANISMS) for role in table}


def _stated(file: _Reader) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for table in (_in_force(file), *file.raw.get("parameter", ())):
        name = file.words(table, "a parameter", "name")
        if name in found:
            raise file.wrong(name, "stands twice")
        found[name] = _one(file, name, table)
    return found


def _in_force(file: _Reader) -> dict[str, Any]:
    """The day a case came into force, as a parameter like any other."""
    table = dict(file.take(file.raw["case"], "case", "in_force"))
    start = file.words(table, "case in_force", "from")
    table.pop("from")
    values = [{"from": start, "value": start}]
    return {"name": "in_force_from", "unit": "date", "values": values, **table}


def _one(file: _Reader, name: str, table: Mapping[str, Any]) -> Stated:
    file.only(table, name, "name unit values grade source clause qualifier as_of zh en")
    if name not in CATALOGUE:
        raise file.wrong(name, "the catalogue knows no such parameter")
    unit = file.words(table, name, "unit")
    if unit != CATALOGUE[name].unit:
        raise file.wrong(name, f"unit {unit!r}, but the catalogue says {CATALOGUE[name].unit!r}")
    notes = file.both(table, name)
    qualifier = table.get("qualifier", "")
    if qualifier:
        file.one_of(table, name, "qualifier", QUALIFIERS)
        file.words(table, name, "as_of")
    return Stated(
        name=name,
        unit=unit,
        values=_values(file, name, table),
        citation=_citation(file, name, table),
        note=notes["en"],
        note_zh=notes["zh"],
        qualifier=qualifier,
        as_of=table.get("as_of", ""),
    )


def _values(file: _Reader, name: str, table: Mapping[str, Any]) -> tuple[tuple[date, Any], ...]:
    dated = []
    for value in file.take(table, name, "values"):
        start = file.day(value, name)
        try:
            dated.append((start, CATALOGUE[name].read(file.take(value, name, "value"))))
        except NotInUnit as error:
            raise file.wrong(name, f"from {start}: {error}") from error
    days = [start for start, _ in dated]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise file.wrong(name, "values need days that rise from one to the next")
    return tuple(dated)


def _citation(file: _Reader, name: str, table: Mapping[str, Any]) -> Citation:
    grade = Grade(file.one_of(table, name, "grade", [one.value for one in Grade]))
    source = file.sources[file.one_of(table, name, "source", file.sources)]
    clause = file.words(table, name, "clause")
    if not clause:
        raise file.wrong(name, "clause is empty")
    if source.grade == "P" and grade is not Grade.ASSUMED:
        raise file.wrong(name, f"graded {grade.value}, but its source is the platform itself")
    return Citation(file.case, source.title, clause, grade)


def _gap(file: _Reader, table: Mapping[str, Any], stated: Mapping[str, Stated]) -> Gap:
    file.only(table, "absent", "zh en parameters document")
    names = tuple(file.take(table, "absent", "parameters"))
    for name in names:
        if name not in stated:
            raise file.wrong("absent", f"the file states no {name}")
    return Gap(file.both(table, "absent"), names, file.words(table, "absent", "document"))


def _sibling(file: _Reader, table: Mapping[str, Any]) -> Sibling:
    file.only(table, "sibling", "zh en source")
    source = file.one_of(table, "sibling", "source", file.sources)
    return Sibling(file.both(table, "sibling"), source)


def _agree(file: _Reader, stated: Mapping[str, Stated]) -> None:
    """Parameters that only make sense together: ceilings rise, buckets have a class each."""
    for names, fault, fits in _TOGETHER:
        for group in names:
            values = [stated[name].values for name in group if name in stated]
            if len(values) == len(group) and not all(fits(each) for each in _abreast(values)):
                raise file.wrong(" / ".join(group), fault)


def _abreast(histories: list[tuple[tuple[date, Any], ...]]) -> list[list[Any]]:
    """For each day on which one of them changes, the values of all."""
    days = sorted({start for history in histories for start, _ in history})
    return [
        [
            next((v for start, v in reversed(history) if start <= day), history[0][1])
            for history in histories
        ]
        for day in days
    ]


def _rise(values: list[Any]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _as_long(values: list[Any]) -> bool:
    return len({len(value) for value in values}) == 1


_TOGETHER: tuple[tuple[tuple[tuple[str, ...], ...], str, Callable[[list[Any]], bool]], ...] = (
    (RISING, "must rise from one to the next", _rise),
    (SAME_LENGTH, "must have the same length", _as_long),
)
