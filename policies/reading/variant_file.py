"""Read the variants of a case: the routes, cities or combinations it comes in.

A variant states what differs; all else holds as the case says.
"""

from __future__ import annotations

from collections.abc import Mapping

from policies.reading.agreement import disagreements
from policies.reading.case import Source, Stated, Variant, Variants
from policies.reading.page import Page
from policies.reading.parameter_file import mechanisms, parameters

OPTIONS = ("route", "city", "with")


def variants(page: Page, stated: Mapping[str, Stated], sources: Mapping[str, Source]) -> Variants:
    """The variants in the order of the file; none where the file tells of none."""
    told = page.pages("variant", "variant")
    if "variants" not in page.table:
        if told:
            raise page.wrong("variants is missing, but there is a variant")
        return Variants()
    head = page.inner("variants")
    head.only("option alone")
    alone = head.take("alone")
    if not isinstance(alone, bool) or not (alone or told):
        raise head.wrong("alone is neither true nor false, or there is nothing else")
    each = {}
    for one in told:
        ident = one.filled("id")
        if ident in each:
            raise one.wrong(f"{ident} stands twice")
        each[ident] = _variant(ident, Page(page.file, ident, one.table), stated, sources=sources)
    return Variants(head.one_of("option", OPTIONS), alone, each)


def _variant(
    ident: str, page: Page, stated: Mapping[str, Stated], *, sources: Mapping[str, Source]
) -> Variant:
    page.only("id zh en joins headline mechanisms parameter")
    own = parameters(page.pages("parameter", f"{ident}, a parameter"), sources)
    for sentence in disagreements({**stated, **own}):
        raise page.wrong(sentence)
    headline = page.table.get("headline", False)
    if not isinstance(headline, bool):
        raise page.wrong("headline is neither true nor false")
    played = mechanisms(page.inner("mechanisms")) if "mechanisms" in page.table else {}
    joins = page.words("joins") if "joins" in page.table else ""
    return Variant(ident, page.both(), own, played, joins, headline)
