"""A policy as its case states it: dated parameters, each with source, clause and grade.

Says nothing about how a parameter is used; that is mechanisms.py and the guards in workflows/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from operator import ge, le
from typing import Any

from policies.money import Money
from policies.regions import full_name


class Grade(Enum):
    """How well a value is evidenced; ZD-0.1."""

    SEED = "seed"  # stated in the seed text
    PUBLIC = "public"  # read in a public source
    ASSUMED = "assumed"  # platform default; shown as an assumption wherever its value shows


class Unstated(Enum):
    """What a policy says of a parameter in place of a value."""

    UNLIMITED = "unlimited"  # no limit is set: a guard lets pass and says so; a cap caps nothing
    SILENT = "silent"  # there is no such step: the act is refused as case_is_silent


UNLIMITED, SILENT = Unstated
Value = Money | Decimal | int | bool | str | tuple[Any, ...]
"""What a parameter may be worth, by its unit."""
Said = Value | Unstated
OWN, FORM = "case", "form"
"""Layers of a case's own words: the case, or the form (city, route) it stands in."""


class UnknownCase(LookupError):
    """No policy file of that name."""


class UnknownVariant(LookupError):
    """The case has no such variant, or stands in variants only and none was named."""


class WrongPack(ValueError):
    """A case file is no valid pack; the sentence names the file, the parameter and the fault."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value comes from: case id, source title, clause (locator), grade and layer.

    layer: OWN or FORM for the case's own words, else the layer that says it; "" for none.
    """

    case: str
    source: str
    clause: str
    grade: Grade
    layer: str = ""


class UnknownParameter(LookupError):
    """The policy has no value to compute with: nothing is stated, or it is said to have none.

    citation: where it is said, None where nothing is.
    """

    def __init__(self, case: str, name: str, citation: Citation | None = None) -> None:
        super().__init__(f"{case} states no {name}")
        self.case, self.name, self.citation = case, name, citation


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter at one date. `said` is a value by its unit, UNLIMITED or SILENT.

    note: English, note_zh: Chinese. qualifier and as_of belong to published figures only
    (ZD-0.3: EXACT, ABOUT, NEARLY, OVER).
    """

    name: str
    said: Said
    unit: str
    citation: Citation
    note: str = ""
    note_zh: str = ""
    qualifier: str = ""
    as_of: str = ""

    @property
    def value(self) -> Any:
        """What to compute with: Money, Decimal, int, bool, str or a tuple, by its unit.

        Raises UnknownParameter where no limit is set or the case is silent.
        """
        if self.said.__class__ is Unstated:
            raise UnknownParameter(self.citation.case, self.name, self.citation)
        return self.said

    @property
    def text(self) -> str:
        """What is said as a banker reads it: "10,000,000.00", "unlimited"."""
        if isinstance(self.said, Unstated):
            return self.said.value
        if isinstance(self.said, Money):
            return self.said.grouped
        if isinstance(self.said, Decimal):
            return f"{self.said:f}"
        if self.unit == "regions":
            return ", ".join(full_name(code) for code in self.value)
        if isinstance(self.said, tuple):
            return ", ".join(str(part) for part in self.said)
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Bound:
    """A ceiling, a floor (both inclusive) or a list of what is let in, or that nothing is bound.

    A guard lets pass what it `allows`; where `unlimited`, it says so with the parameter.
    """

    parameter: Parameter
    fits: Callable[[Any, Any], bool]

    @property
    def unlimited(self) -> bool:
        """No limit is set: everything passes."""
        return self.parameter.said is UNLIMITED

    @property
    def value(self) -> Any:
        """The limit, None where none is set."""
        return None if self.unlimited else self.parameter.value

    def allows(self, actual: Any) -> bool:
        """Whether an amount, rate, term or kind keeps within the limit; the limit itself does."""
        return self.unlimited or self.fits(actual, self.parameter.value)


@dataclass(frozen=True)
class Policy:
    """A pack resolved at one date: what a loan is bound to. `ref` names it for good."""

    case: str
    fingerprint: str  # first 12 hex digits of the SHA-256 of the flattened case
    as_of: date
    parameters: Mapping[str, Parameter]
    mechanisms: Mapping[str, Any]  # role -> pure function, e.g. "compensation"
    variant: str = ""  # route, city or case it is combined with; "" where the case has one form

    @property
    def ident(self) -> str:
        """`jiangsu`, or with its variant `shanghai:margin`."""
        return f"{self.case}:{self.variant}" if self.variant else self.case

    @cached_property
    def ref(self) -> str:
        """`jiangsu@1a2b3c4d5e6f:2025-08-14`: stored on rows and events."""
        return f"{self.ident}@{self.fingerprint}:{self.as_of.isoformat()}"

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise UnknownParameter(self.ident, name) from None

    def ceiling(self, name: str) -> Bound:
        """The most this may be, or that nothing limits it. Raises UnknownParameter."""
        return self._bound(name, le)

    def floor(self, name: str) -> Bound:
        """The least this may be, or that nothing limits it. Raises UnknownParameter."""
        return self._bound(name, ge)

    def among(self, name: str) -> Bound:
        """The kinds that are let in, or that all are. Raises UnknownParameter."""
        return self._bound(name, _among)

    def _bound(self, name: str, fits: Callable[[Any, Any], bool]) -> Bound:
        found = self[name]
        if found.said is SILENT:
            raise UnknownParameter(self.ident, name, found.citation)
        return Bound(found, fits)

    def get(self, name: str) -> Parameter | None:
        """A parameter with a value to compute with; None where unstated, unlimited or silent."""
        found = self.parameters.get(name)
        return None if found is None or found.said.__class__ is Unstated else found


def _among(actual: Any, known: Any) -> bool:
    return actual in known
