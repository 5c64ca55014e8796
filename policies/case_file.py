"""Read one case file and refuse what is unknown, unsourced, ungraded or out of bounds.

Knows the form of the file; what a parameter may be is catalogue.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from policies.agreement import disagreements
from policies.case import CaseFile, Gap, Sibling, Source, Stated
from policies.catalogue import CATALOGUE
from policies.mechanisms import ROLES
from policies.pack import Citation, Grade, WrongPack
from policies.page import Page
from policies.units import NotInUnit

QUALIFIERS = ("EXACT", "ABOUT", "NEARLY", "OVER")  # domain.md 0.4.18
OURS = "P"  # the grade of the source that is this platform itself
SOURCE_GRADES = ("A", "B", "C", OURS)  # domain.md 0.1
GRADES = tuple(grade.value for grade in Grade)


def read(text: str) -> CaseFile:
    """All that the text of a case file says. Raises WrongPack with file, parameter and fault."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongPack(f"a case file is no TOML: {error}") from error
    ident = Page("a case file", "the file", raw).inner("case").filled("id")
    page = Page(f"{ident}.toml", "the file", raw)
    page.only("case mechanisms source parameter absent sibling")
    return _file(page, page.inner("case"))


def _file(page: Page, case: Page) -> CaseFile:
    case.only("id title issuer kind in_force")
    sources = _sources(page)
    stated = _stated(page, case, sources)
    for sentence in disagreements(stated):
        raise page.wrong(sentence)
    return CaseFile(
        case=case.filled("id"),
        title=case.inner("title").both(),
        issuer=case.inner("issuer").both(),
        kind=case.filled("kind"),
        mechanisms=_mechanisms(page.inner("mechanisms")),
        sources=sources,
        stated=stated,
        gaps=tuple(_gap(gap, stated) for gap in page.pages("absent", "absent")),
        siblings=tuple(_sibling(one, sources) for one in page.pages("sibling", "sibling")),
    )


def _sources(page: Page) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in page.pages("source", "source"):
        source.only("key title document url grade")
        key = source.filled("key")
        if key in found:
            raise source.wrong(f"{key} stands twice")
        grade = source.one_of("grade", SOURCE_GRADES)
        document, url = source.words("document"), source.words("url")
        found[key] = Source(key, source.filled("title"), document, url, grade)
    return found


def _mechanisms(page: Page) -> dict[str, str]:
    page.only(" ".join(ROLES))
    return {role: page.one_of(role, ROLES[role]) for role in page.table}


def _stated(page: Page, case: Page, sources: Mapping[str, Source]) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    for parameter in (_in_force(case), *page.pages("parameter", "a parameter")):
        name = parameter.filled("name")
        if name in found:
            raise parameter.wrong(f"{name} stands twice")
        found[name] = _one(name, Page(page.file, name, parameter.table), sources)
    return found


def _in_force(case: Page) -> Page:
    """The day a case came into force, as a parameter like any other."""
    page = case.inner("in_force")
    start = page.words("from")
    rest = {key: value for key, value in page.table.items() if key != "from"}
    values = [{"from": start, "value": start}]
    table = {"name": "in_force_from", "unit": "date", "values": values, **rest}
    return Page(page.file, page.about, table)


def _one(name: str, page: Page, sources: Mapping[str, Source]) -> Stated:
    page.only("name unit values grade source clause qualifier as_of zh en")
    if name not in CATALOGUE:
        raise page.wrong("the catalogue knows no such parameter")
    unit = page.words("unit")
    if unit != CATALOGUE[name].unit:
        raise page.wrong(f"unit {unit!r}, but the catalogue says {CATALOGUE[name].unit!r}")
    notes = page.both()
    figure = "qualifier" in page.table or "as_of" in page.table
    return Stated(
        name=name,
        unit=unit,
        values=_values(name, page),
        source=page.one_of("source", sources),
        citation=_citation(page, sources),
        note=notes["en"],
        note_zh=notes["zh"],
        qualifier=page.one_of("qualifier", QUALIFIERS) if figure else "",
        as_of=page.filled("as_of") if figure else "",
    )


def _values(name: str, page: Page) -> tuple[tuple[date, Any], ...]:
    dated: list[tuple[date, Any]] = []
    for value in page.pages("values", page.about):
        value.only("from value")
        start = value.day("from")
        try:
            dated.append((start, CATALOGUE[name].read(value.take("value"))))
        except NotInUnit as error:
            raise page.wrong(f"from {start}: {error}") from error
    days = [start for start, _ in dated]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise page.wrong("values need days that rise from one to the next")
    return tuple(dated)


def _citation(page: Page, sources: Mapping[str, Source]) -> Citation:
    grade = Grade(page.one_of("grade", GRADES))
    source = sources[page.one_of("source", sources)]
    if source.grade == OURS and grade is not Grade.ASSUMED:
        raise page.wrong(f"graded {grade.value}, but its source is the platform itself")
    case = page.file.removesuffix(".toml")
    return Citation(case, source.title, page.filled("clause"), grade)


def _gap(page: Page, stated: Mapping[str, Stated]) -> Gap:
    page.only("zh en parameters document")
    names = page.texts("parameters")
    for name in names:
        if name not in stated:
            raise page.wrong(f"the file states no {name}")
    return Gap(page.both(), names, page.words("document"))


def _sibling(page: Page, sources: Mapping[str, Source]) -> Sibling:
    page.only("zh en source")
    return Sibling(page.both(), page.one_of("source", sources))
