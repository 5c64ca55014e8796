"""docs/rulebook: the parts of its pages that are made from the code, between their markers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from policies.reading.case import Stated
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import load
from policies.reading.pack import Grade
from services.kernel.i18n import label
from services.kernel.language import LANGUAGES
from services.kernel.registry import Registry
from services.reports.clauses import value_text
from services.reports.documents import diagrams, shares
from services.reports.documents.markdown import table
from services.rulebook import clauses, markers, reading

Block = Callable[[Registry, str, str], str]
"""Registry, argument of the marker, language -> the text between."""


def rulebook(registry: Registry) -> dict[str, str]:
    """Path below docs/ -> text, of every page that has a part made from the code."""
    found = {}
    for lang in LANGUAGES:
        make = partial(_made, registry, lang)
        for path in sorted((reading.CHECKOUT / lang).glob("*.md")):
            text = path.read_text("utf-8")
            if markers.written(text) != text:
                found[f"rulebook/{lang}/{path.name}"] = markers.filled(text, make)
    return found


def _made(registry: Registry, lang: str, kind: str, what: str) -> str:
    return BLOCKS[kind](registry, what, lang)


def _noun(registry: Registry, name: str, lang: str) -> str:
    noun, say = registry.nouns[name], partial(label, lang=lang)
    return f"{diagrams.picture(noun, say)}\n\n{diagrams.rows_of(noun, say)}"


def _contents(_: Registry, __: str, lang: str) -> str:
    """Every clause with its title, linked, indented by its depth."""
    return "\n".join(
        f"{'  ' * one.ident.count('.')}- [{one.ident}]({one.page}.md#{one.ident}) {one.title}"
        for one in clauses.clauses(lang).values()
    )


def _events(registry: Registry, _: str, lang: str) -> str:
    rows = [
        (label(f"noun.{noun.name}", lang), f"`{name}`", label(f"event.{name}", lang))
        for noun in registry.nouns.values()
        for name in noun.lifecycle.events
    ]
    heads = ("noun", "event", "happened")
    return table([label(f"table.{head}", lang) for head in heads], rows)


def _own(_: Registry, case: str, lang: str) -> str:
    """What a case says itself: not what every case takes from the platform."""
    pack = load(case)
    return _parameters([one for one in pack.stated.values() if _spoken(one)], lang)


def _spoken(one: Stated) -> bool:
    """Stated by a source, or our reading of what the case says."""
    read = clauses.cited_in(one.citation.clause)
    graded = one.citation.grade is not Grade.ASSUMED
    return graded or any(ident.startswith("ZD-4.") for ident in read)


def _whole(_: Registry, case: str, lang: str) -> str:
    return _parameters(list(load(case).stated.values()), lang)


def _parameters(stated: Sequence[Stated], lang: str) -> str:
    order = {name: place for place, name in enumerate(CATALOGUE)}
    rows = [_parameter(one, lang) for one in sorted(stated, key=lambda one: order[one.name])]
    heads = ("parameter", "value", "grade", "clause")
    return table([label(f"table.{head}", lang) for head in heads], rows)


def _parameter(one: Stated, lang: str) -> tuple[str, ...]:
    return (
        f"{CATALOGUE[one.name].names[lang]}\n`{one.name}`",
        _values(one, lang),
        label(f"grade.{one.citation.grade.value}", lang),
        f"{one.source}: {one.citation.clause}",
    )


def _values(one: Stated, lang: str) -> str:
    """The value; each with its first day where there are several; a published figure as such."""
    told = [(start, value_text(one.on(start), lang)) for start, _ in one.values]
    if len(told) > 1:
        return "\n".join(f"{start.isoformat()}: {value}" for start, value in told)
    value = told[0][1]
    if not one.qualifier:
        return value
    return f"{label(f'policy.qualifier.{one.qualifier}', lang)} {value} ({one.as_of})"


def _shares(_: Registry, case: str, lang: str) -> str:
    return shares.of_case(case, lang)


def _side_by_side(_: Registry, __: str, lang: str) -> str:
    return shares.side_by_side(lang)


# fmt: off
BLOCKS: Mapping[str, Block] = {
    "noun":       _noun,
    "contents":   _contents,
    "events":     _events,
    "case":       _own,
    "parameters": _whole,
    "shares":     _shares,
    "sides":      _side_by_side,
}
"""First word of a marker -> what stands there."""
# fmt: on
