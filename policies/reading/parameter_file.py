"""Read the parameters of a case or of a variant: values, unit, source, grade, notes.

What a parameter may be is catalogue.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from policies.mechanisms import ROLES
from policies.reading.case import Source, Stated, Told
from policies.reading.catalogue import CATALOGUE
from policies.reading.pack import Citation, Grade
from policies.reading.page import Page
from policies.reading.units import NotInUnit

QUALIFIERS = ("EXACT", "ABOUT", "NEARLY", "OVER")  # ZD-0.3
OURS = "P"  # the grade of the source that is this platform itself
GRADES = tuple(grade.value for grade in Grade)


def mechanisms(page: Page) -> dict[str, str]:
    """Registered functions by the role they play."""
    page.only(" ".join(ROLES))
    return {role: page.one_of(role, ROLES[role]) for role in page.table}


def parameters(pages: Iterable[Page], sources: Mapping[str, Source]) -> dict[str, Stated]:
    """Parameters by name, each checked against the catalogue."""
    found: dict[str, Stated] = {}
    for parameter in pages:
        name = parameter.filled("name")
        if name in found:
            raise parameter.wrong(f"{name} stands twice")
        found[name] = _one(name, Page(parameter.file, name, parameter.table), sources)
    return found


def _one(name: str, page: Page, sources: Mapping[str, Source]) -> Stated:
    page.only("name unit values grade source clause qualifier as_of zh en")
    if name not in CATALOGUE:
        raise page.wrong("the catalogue knows no such parameter")
    unit = page.words("unit")
    if unit != CATALOGUE[name].unit:
        raise page.wrong(f"unit {unit!r}, but the catalogue says {CATALOGUE[name].unit!r}")
    newest = _told(page, sources)
    figure = "qualifier" in page.table or "as_of" in page.table
    return Stated(
        name=name,
        unit=unit,
        values=_values(name, page),
        source=newest.source,
        citation=newest.citation,
        note=newest.note,
        note_zh=newest.note_zh,
        qualifier=page.one_of("qualifier", QUALIFIERS) if figure else "",
        as_of=page.filled("as_of") if figure else "",
        earlier=_earlier(page, sources),
    )


def _values(name: str, page: Page) -> tuple[tuple[date, Any], ...]:
    dated: list[tuple[date, Any]] = []
    for value in page.pages("values", page.about):
        value.only("from value grade source clause zh en")
        start = value.day("from")
        try:
            dated.append((start, CATALOGUE[name].read(value.take("value"))))
        except NotInUnit as error:
            raise page.wrong(f"from {start}: {error}") from error
    days = [start for start, _ in dated]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise page.wrong("values need days that rise from one to the next")
    return tuple(dated)


def _earlier(page: Page, sources: Mapping[str, Source]) -> dict[date, Told]:
    """Where values come from that name a source, a grade and a clause of their own."""
    own = [one for one in page.pages("values", page.about) if set(one.table) - {"from", "value"}]
    return {one.day("from"): _told(one, sources) for one in own}


def _told(page: Page, sources: Mapping[str, Source]) -> Told:
    notes = page.both()
    source = page.one_of("source", sources)
    return Told(source, _citation(page, sources), notes["en"], notes["zh"])


def _citation(page: Page, sources: Mapping[str, Source]) -> Citation:
    grade = Grade(page.one_of("grade", GRADES))
    source = sources[page.one_of("source", sources)]
    if source.grade == OURS and grade is not Grade.ASSUMED:
        raise page.wrong(f"graded {grade.value}, but its source is the platform itself")
    case = page.file.removesuffix(".toml")
    return Citation(case, source.title, page.filled("clause"), grade)
