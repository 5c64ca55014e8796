"""Packs by name or text, and the policy a pack makes on a day.

Reads policies/ only; which version a loan is bound to is stored with the loan.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from policies.mechanisms import MECHANISMS
from policies.reading.canonical import canonical
from policies.reading.case import CaseFile, Gap, Sibling, Source, Stated, Variant
from policies.reading.case_file import read
from policies.reading.complete import lacking
from policies.reading.flatten import flattened
from policies.reading.layers import opened, shelf
from policies.reading.pack import Grade, Parameter, Policy, UnknownCase, UnknownVariant, WrongPack
from policies.reading.page import Page

__all__ = ["Pack", "UnknownCase", "UnknownVariant", "WrongPack", "cases", "load", "of_text"]

CASES = Path(__file__).parent.with_name("cases")
FINGERPRINT_DIGITS = 12
WITH = "with"  # the option of a case that is combined with another


@dataclass(frozen=True, eq=False)
class Pack:
    """One case, read and checked. `text` is the flattened case, so that it can be stored."""

    text: str
    file: CaseFile

    @property
    def case(self) -> str:
        """The case's id, which is also its file's name."""
        return self.file.case

    @property
    def title(self) -> Mapping[str, str]:
        """The case's title by language."""
        return self.file.title

    @cached_property
    def fingerprint(self) -> str:
        """First 12 hex digits of the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:FINGERPRINT_DIGITS]

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources by key."""
        return self.file.sources

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the case leaves open."""
        return self.file.gaps

    @property
    def siblings(self) -> tuple[Sibling, ...]:
        """Related products, as notes only."""
        return self.file.siblings

    @property
    def stated(self) -> Mapping[str, Stated]:
        """Parameters with all their dated values, by name."""
        return self.file.stated

    @property
    def mechanisms(self) -> Mapping[str, str]:
        """Names of the registered functions by role."""
        return self.file.mechanisms

    @property
    def variants(self) -> Mapping[str, Variant]:
        """Its variants by id; empty where the case has one form."""
        return self.file.variants.each

    def names(self) -> tuple[str, ...]:
        """The variants a default can be assessed under; "" is the case without one."""
        return (*([""] if self.file.variants.alone else []), *self.variants)

    def on(self, day: date, variant: str = "") -> Policy:
        """The policy of that day: of each parameter the last value dated on or before it.

        Raises UnknownVariant for a variant the case does not have.
        """
        return _on(self, day, variant)

    def last_change(self, variant: str = "") -> date:
        """The latest day on which a value starts. Raises UnknownVariant."""
        return _changes(self, variant)[-1]

    def assumptions(self, day: date) -> tuple[Parameter, ...]:
        """Parameters of that day which no source states."""
        values = self.on(day).parameters.values()
        return tuple(one for one in values if one.citation.grade is Grade.ASSUMED)


@lru_cache(maxsize=4096)
def _on(pack: Pack, day: date, variant: str) -> Policy:
    parameters = _values(pack, variant, bisect_right(_changes(pack, variant), day))
    own = _chosen(pack, variant)
    named = {**pack.mechanisms, **(own.mechanisms if own else {})}
    functions = {role: MECHANISMS[name] for role, name in named.items()}
    return Policy(pack.case, pack.fingerprint, day, parameters, functions, variant)


def _chosen(pack: Pack, variant: str) -> Variant | None:
    if not variant:
        return None
    try:
        return pack.variants[variant]
    except KeyError:
        raise UnknownVariant(f"{pack.case} has no variant {variant!r}") from None


def _stated(pack: Pack, variant: str) -> Mapping[str, Stated]:
    own = _chosen(pack, variant)
    return {**pack.stated, **own.stated} if own else pack.stated


@lru_cache(maxsize=256)
def _changes(pack: Pack, variant: str) -> tuple[date, ...]:
    """Every day on which some value changes, in order."""
    stated = _stated(pack, variant).values()
    return tuple(sorted({start for one in stated for start, _ in one.values}))


@lru_cache(maxsize=512)
def _values(pack: Pack, variant: str, passed: int) -> Mapping[str, Parameter]:
    """The values after that many changes; days between two changes share them."""
    changes = _changes(pack, variant)
    day = changes[max(passed, 1) - 1]
    return {name: one.on(day) for name, one in _stated(pack, variant).items()}


@lru_cache(maxsize=64)
def of_text(text: str, file: str = "") -> Pack:
    """A pack from a case file's text, or from a flattened one kept by the kernel. Raises WrongPack.

    A text that extends layers is flattened first. file: what a complaint calls it before its id
    is read.
    """
    page = opened(text, file or "a case file")
    case = page.inner("case")
    page = Page(f"{case.filled('id')}.toml", "the file", page.table)
    if "extends" not in case.table:
        return Pack(text, read(page))
    flat = flattened(page, shelf())
    return Pack(canonical(flat), read(Page(page.file, page.about, flat)))


@lru_cache(maxsize=64)
def load(case: str) -> Pack:
    """The pack of a case as its file stands. Raises UnknownCase, WrongPack."""
    if case not in cases():
        raise UnknownCase(f"no case {case!r}; there are {', '.join(cases())}")
    file = f"{case}.toml"
    pack = of_text((CASES / file).read_text("utf-8"), file)
    if pack.case != case:
        raise WrongPack(f"{file} says it is the case {pack.case!r}")
    for variant in pack.names():
        # What joins another case takes its sharing from there.
        joins = bool(variant) and pack.file.variants.option == WITH
        if not joins and (fault := lacking(pack.on(pack.last_change(variant), variant))):
            raise WrongPack(f"{file}, {variant + ', ' if variant else ''}{fault}")
    return pack


def cases() -> tuple[str, ...]:
    """Names of all cases, in alphabetical order."""
    return tuple(sorted(path.stem for path in CASES.glob("*.toml")))
