"""Read a flattened case and refuse what is unknown, unsourced, ungraded or out of bounds.

Knows the form of the text; what a parameter may be is catalogue.toml, what a case file leaves to
its layers is flatten.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from policies.reading.agreement import disagreements
from policies.reading.case import CaseFile, Gap, Sibling, Source, Stated
from policies.reading.pack import OWN
from policies.reading.page import Page
from policies.reading.parameter_file import OURS, Citable, mechanisms, parameters, stated
from policies.reading.variant_file import variants

UNNUMBERED = 99
SOURCE_GRADES = ("A", "B", "C", OURS)  # ZD-0.1


def read(page: Page) -> CaseFile:
    """All that a flattened case says. Raises WrongPack with file, parameter and fault."""
    page.only("case mechanisms source parameter absent sibling variants variant")
    case = page.inner("case")
    case.only("id number title issuer kind in_force")
    citable = Citable(case.filled("id"), sources(page))
    said = {"in_force_from": stated("in_force_from", _in_force(case), citable)}
    said |= parameters(page, citable)
    for sentence in disagreements(said):
        raise page.wrong(sentence)
    return CaseFile(
        case=citable.case,
        number=_number(case),
        title=case.inner("title").both(),
        issuer=case.inner("issuer").both(),
        kind=case.filled("kind"),
        mechanisms=mechanisms(page.inner("mechanisms")),
        sources=citable.sources,
        stated=said,
        gaps=tuple(_gap(gap, said) for gap in page.pages("absent", "absent")),
        siblings=tuple(_sibling(one, citable.sources) for one in page.pages("sibling", "sibling")),
        variants=variants(page, said, citable),
    )


def _number(case: Page) -> int:
    """Its number in the published list; cases without one come last."""
    number = case.table.get("number", UNNUMBERED)
    if type(number) is not int:
        raise case.wrong("number is no whole number")
    return number


def sources(page: Page) -> dict[str, Source]:
    """Documents by key."""
    found: dict[str, Source] = {}
    titles: set[str] = set()
    for key, source in page.tables("source").items():
        source.only("title document url grade")
        grade = source.one_of("grade", SOURCE_GRADES)
        document, url = source.told("document"), source.told("url")
        title = source.filled("title")
        if title in titles:  # a value is cited by title
            raise source.wrong(f"{key}: its title stands twice")
        titles.add(title)
        found[key] = Source(key, title, document, url, grade)
    return found


def _in_force(case: Page) -> Page:
    """The day a case came into force, as a parameter like any other."""
    page = case.inner("in_force")
    start = page.words("from")
    rest = {key: value for key, value in page.table.items() if key != "from"}
    return Page(
        page.file,
        page.about,
        {"layer": OWN, "values": [{"from": start, "value": start}], **rest},
    )


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
