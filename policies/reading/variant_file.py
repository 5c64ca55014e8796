"""Read the variants of a case: the routes, cities or combinations it comes in.

A variant is one more layer: it states what differs; all else holds as the case says.
"""

from __future__ import annotations

from collections.abc import Mapping

from policies.reading.agreement import disagreements
from policies.reading.case import Stated, Variant, Variants
from policies.reading.page import Page
from policies.reading.parameter_file import Citable, mechanisms, parameters

OPTIONS = ("route", "city", "with")


def variants(page: Page, stated: Mapping[str, Stated], citable: Citable) -> Variants:
    """The variants in the order of the file; none where the file tells of none."""
    told = page.tables("variant")
    if "variants" not in page.table:
        if told:
            raise page.wrong("variants is missing, but there is a variant")
        return Variants()
    head = page.inner("variants")
    head.only("option alone")
    alone = head.take("alone")
    if not isinstance(alone, bool) or not (alone or told):
        raise head.wrong("alone is neither true nor false, or there is nothing else")
    each = {ident: _variant(ident, one, stated, citable=citable) for ident, one in told.items()}
    return Variants(head.one_of("option", OPTIONS), alone, each)


def _variant(ident: str, page: Page, stated: Mapping[str, Stated], *, citable: Citable) -> Variant:
    page.only("zh en joins headline mechanisms parameter")
    own = parameters(page, citable)
    for sentence in disagreements({**stated, **own}):
        raise page.wrong(sentence)
    played = mechanisms(page.inner("mechanisms")) if "mechanisms" in page.table else {}
    joins = page.words("joins") if "joins" in page.table else ""
    return Variant(ident, page.both(), own, played, joins, page.flag("headline"))
