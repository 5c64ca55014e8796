"""Read the parameters of a case or of a form: what is said from which day, source, grade, notes.

What a parameter may be is catalogue.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from policies.mechanisms import ROLES
from policies.reading.case import Dated, Source, Stated, Told
from policies.reading.catalogue import CATALOGUE, Entry
from policies.reading.pack import FORM, OWN, SILENT, UNLIMITED, Citation, Grade, Said
from policies.reading.page import Page
from policies.reading.units import NotInUnit

QUALIFIERS = ("EXACT", "ABOUT", "NEARLY", "OVER")  # ZD-0.3
OURS = "P"  # the grade of the source that is this platform itself
GRADES = tuple(grade.value for grade in Grade)
SAYINGS = ("value", "unlimited", "silent")
TOLD = ("grade", "source", "clause", "zh", "en")


@dataclass(frozen=True, slots=True)
class Citable:
    """Where parameters stand: the case's id and the sources it may cite, by key."""

    case: str
    sources: Mapping[str, Source]


def mechanisms(page: Page) -> dict[str, str]:
    """Registered functions by the role they play."""
    page.only(" ".join(ROLES))
    return {role: page.one_of(role, ROLES[role]) for role in page.table}


def parameters(page: Page, citable: Citable) -> dict[str, Stated]:
    """Parameters by name, each checked against the catalogue."""
    return {name: stated(name, one, citable) for name, one in page.tables("parameter").items()}


def stated(name: str, page: Page, citable: Citable) -> Stated:
    """One parameter, as its table says. A complaint names the file of its layer."""
    page.only("layer statute values grade source clause qualifier as_of zh en")
    layer = page.filled("layer")
    page = page if layer in (OWN, FORM) else Page(f"{layer}.toml", page.about, page.table)
    if name not in CATALOGUE:
        raise page.wrong("the catalogue knows no such parameter")
    entry, newest = CATALOGUE[name], _told(page, layer, citable)
    figure = "qualifier" in page.table or "as_of" in page.table
    return Stated(
        name=name,
        unit=entry.unit,
        values=dated(entry, page),
        source=newest.source,
        citation=newest.citation,
        note=newest.note,
        note_zh=newest.note_zh,
        qualifier=page.one_of("qualifier", QUALIFIERS) if figure else "",
        as_of=page.filled("as_of") if figure else "",
        earlier=_earlier(page, layer, citable),
        statute=page.flag("statute"),
    )


def dated(entry: Entry, page: Page) -> Dated:
    """What is said from which day, first day first."""
    found: list[tuple[date, Said]] = []
    for one in page.pages("values", page.about):
        one.only(f"from {' '.join((*SAYINGS, *TOLD))}")
        start = one.day("from")
        try:
            found.append((start, _said(entry, one)))
        except NotInUnit as error:
            raise page.wrong(f"from {start}: {error}") from error
    days = [start for start, _ in found]
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise page.wrong("values need days that rise from one to the next")
    return tuple(found)


def _said(entry: Entry, page: Page) -> Said:
    """A value, or that no limit is set, or that there is no such step."""
    said = [saying for saying in SAYINGS if saying in page.table]
    if len(said) != 1 or (said != ["value"] and not page.flag(said[0])):
        raise page.wrong(f"needs one of {', '.join(SAYINGS)}, the last two as true")
    if said == ["unlimited"] and not entry.limit:
        raise page.wrong("is no limit, so it cannot be unlimited")
    if said == ["value"]:
        value: Said = entry.read(page.take("value"))
        return value
    return UNLIMITED if said == ["unlimited"] else SILENT


def _earlier(page: Page, layer: str, citable: Citable) -> dict[date, Told]:
    """Where values come from that name a source, a grade and a clause of their own."""
    own = [one for one in page.pages("values", page.about) if set(TOLD) & set(one.table)]
    return {one.day("from"): _told(one, layer, citable) for one in own}


def _told(page: Page, layer: str, citable: Citable) -> Told:
    notes = page.both()
    source = page.one_of("source", citable.sources)
    return Told(source, _citation(page, layer, citable), notes["en"], notes["zh"])


def _citation(page: Page, layer: str, citable: Citable) -> Citation:
    grade = Grade(page.one_of("grade", GRADES))
    source = citable.sources[page.one_of("source", citable.sources)]
    if source.grade == OURS and grade is not Grade.ASSUMED:
        raise page.wrong(f"graded {grade.value}, but its source is the platform itself")
    return Citation(citable.case, source.title, page.filled("clause"), grade, layer)
