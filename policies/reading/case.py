"""What a case file says, as plain records: sources, dated values, gaps, related products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.reading.pack import FORM, OWN, Citation, Parameter, Said

Dated = tuple[tuple[date, Said], ...]
"""What is said, each from a day on; the first also for all days before."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document. grade: A government text, B press or mirror, C commercial page, P our default."""

    key: str
    title: str
    document: str
    url: str
    grade: str

    @property
    def address(self) -> str:
        """Where to click; "" where the register names several pages or a page by its number."""
        return f"https://{self.url}" if self.url and " " not in self.url else ""


@dataclass(frozen=True, slots=True)
class Told:
    """Where one dated value comes from, where another document states it than the newest."""

    source: str
    citation: Citation
    note: str
    note_zh: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A parameter with all its values, first day first. `source` is the key of its source.

    Source, citation and notes are those of the newest value; `earlier` has, by day, those of
    values that another document stated.

    statute: a law says it, and no case may loosen it.
    """

    name: str
    unit: str
    values: Dated
    source: str
    citation: Citation
    note: str
    note_zh: str
    qualifier: str
    as_of: str
    earlier: Mapping[date, Told] = field(default_factory=dict)
    statute: bool = False

    @property
    def own(self) -> bool:
        """Whether the case, or the form it stands in, says it itself."""
        return self.citation.layer in (OWN, FORM)

    def value_on(self, day: date) -> Said:
        """What is said for that day; before the first day the first."""
        return entry_on(self.values, day)[1]

    def told_on(self, day: date) -> Told:
        """Where what is said for that day comes from."""
        newest = Told(self.source, self.citation, self.note, self.note_zh)
        return self.earlier.get(entry_on(self.values, day)[0], newest)

    def on(self, day: date) -> Parameter:
        """The parameter as it stands on that day."""
        told = self.told_on(day)
        return Parameter(
            self.name,
            self.value_on(day),
            self.unit,
            told.citation,
            note=told.note,
            note_zh=told.note_zh,
            qualifier=self.qualifier,
            as_of=self.as_of,
        )


def entry_on(values: Dated, day: date) -> tuple[date, Said]:
    """What is said for that day, and from when; before the first day the first."""
    entry = values[0]
    for later in values:
        if later[0] <= day:
            entry = later
    return entry


@dataclass(frozen=True, slots=True)
class Gap:
    """What the case leaves open, the parameters that stand on defaults for it, where to look."""

    names: Mapping[str, str]  # by language
    parameters: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Sibling:
    """A related product, told by language; no rule reads it."""

    names: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of the case among several: a route, a city, another case it is combined with.

    What it states overrides the case. joins: id of the case whose sharing it takes, "" for none.
    headline: shown in comparisons; the others stand on the same default.
    """

    ident: str
    names: Mapping[str, str]
    stated: Mapping[str, Stated]
    mechanisms: Mapping[str, str]
    joins: str
    headline: bool


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of a case. option: how one is asked for, `route`, `city` or `with`.

    alone: the case also stands without a variant.
    """

    option: str = ""
    alone: bool = True
    each: Mapping[str, Variant] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseFile:
    """All that a case file says, in its own order. number: in the published list; 99 for none."""

    case: str
    number: int
    title: Mapping[str, str]
    issuer: Mapping[str, str]
    kind: str
    mechanisms: Mapping[str, str]
    sources: Mapping[str, Source]
    stated: Mapping[str, Stated]
    gaps: tuple[Gap, ...]
    siblings: tuple[Sibling, ...]
    variants: Variants
