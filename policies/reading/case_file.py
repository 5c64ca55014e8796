"""Read one case file and refuse what is unknown, unsourced, ungraded or out of bounds.

Knows the form of the file; what a parameter may be is catalogue.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from policies.reading.agreement import disagreements
from policies.reading.case import CaseFile, Gap, Sibling, Source, Stated
from policies.reading.pack import WrongPack
from policies.reading.page import Page
from policies.reading.parameter_file import OURS, mechanisms, parameters
from policies.reading.variant_file import variants

UNNUMBERED = 99
SOURCE_GRADES = ("A", "B", "C", OURS)  # ZD-0.1


def read(text: str, file: str = "") -> CaseFile:
    """All that the text of a case file says. Raises WrongPack with file, parameter and fault."""
    file = file or "a case file"
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongPack(f"{file} is no TOML: {error}") from error
    ident = Page(file, "the file", raw).inner("case").filled("id")
    page = Page(f"{ident}.toml", "the file", raw)
    page.only("case mechanisms source parameter absent sibling variants variant")
    return _file(page, page.inner("case"))


def _file(page: Page, case: Page) -> CaseFile:
    case.only("id number title issuer kind in_force")
    sources = _sources(page)
    stated = parameters((_in_force(case), *page.pages("parameter", "a parameter")), sources)
    for sentence in disagreements(stated):
        raise page.wrong(sentence)
    return CaseFile(
        case=case.filled("id"),
        number=_number(case),
        title=case.inner("title").both(),
        issuer=case.inner("issuer").both(),
        kind=case.filled("kind"),
        mechanisms=mechanisms(page.inner("mechanisms")),
        sources=sources,
        stated=stated,
        gaps=tuple(_gap(gap, stated) for gap in page.pages("absent", "absent")),
        siblings=tuple(_sibling(one, sources) for one in page.pages("sibling", "sibling")),
        variants=variants(page, stated, sources),
    )


def _number(case: Page) -> int:
    """Its number in the published list; cases without one come last."""
    number = case.table.get("number", UNNUMBERED)
    if type(number) is not int:
        raise case.wrong("number is no whole number")
    return number


def _sources(page: Page) -> dict[str, Source]:
    found: dict[str, Source] = {}
    titles: set[str] = set()
    for source in page.pages("source", "source"):
        source.only("key title document url grade")
        key = source.filled("key")
        if key in found:
            raise source.wrong(f"{key} stands twice")
        grade = source.one_of("grade", SOURCE_GRADES)
        document, url = source.words("document"), source.words("url")
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
    values = [{"from": start, "value": start}]
    table = {"name": "in_force_from", "unit": "date", "values": values, **rest}
    return Page(page.file, page.about, table)


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
