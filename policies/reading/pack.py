"""A policy as its case states it: dated parameters, each with source, clause and grade.

Says nothing about how a parameter is used; that is mechanisms.py and the guards in workflows/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from policies.money import Money
from policies.regions import full_name


class Grade(Enum):
    """How well a value is evidenced; ZD-0.1."""

    SEED = "seed"  # stated in the seed text
    PUBLIC = "public"  # read in a public source
    ASSUMED = "assumed"  # platform default; shown as an assumption wherever its value shows


class UnknownCase(LookupError):
    """No policy file of that name."""


class UnknownVariant(LookupError):
    """The case has no such variant, or stands in variants only and none was named."""


class WrongPack(ValueError):
    """A case file is no valid pack; the sentence names the file, the parameter and the fault."""


class UnknownParameter(LookupError):
    """The pack does not state this parameter (the catalogue or the case file lacks it)."""

    def __init__(self, case: str, name: str) -> None:
        super().__init__(f"{case} states no {name}")
        self.case, self.name = case, name


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value comes from: case id, source title, clause (locator) and grade."""

    case: str
    source: str
    clause: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter at one date. `value` is Money, Decimal, int, bool, str or a tuple, by its unit.

    note: English, note_zh: Chinese. qualifier and as_of belong to published figures only
    (ZD-0.3: EXACT, ABOUT, NEARLY, OVER).
    """

    name: str
    value: Any
    unit: str
    citation: Citation
    note: str = ""
    note_zh: str = ""
    qualifier: str = ""
    as_of: str = ""

    @property
    def text(self) -> str:
        """The value as a banker reads it, with its unit."""
        if isinstance(self.value, Money):
            return self.value.grouped
        if isinstance(self.value, Decimal):
            return f"{self.value:f}"
        if self.unit == "regions":
            return ", ".join(full_name(code) for code in self.value)
        if isinstance(self.value, tuple):
            return ", ".join(str(part) for part in self.value)
        return str(self.value)


@dataclass(frozen=True)
class Policy:
    """A pack resolved at one date: what a loan is bound to. `ref` names it for good."""

    case: str
    fingerprint: str  # first 12 hex digits of the SHA-256 of the case file
    as_of: date
    parameters: Mapping[str, Parameter]
    mechanisms: Mapping[str, Any]  # role -> pure function, e.g. "compensation"
    variant: str = ""  # route, city or case it is combined with; "" where the case has one form

    @property
    def ident(self) -> str:
        """`jiangsu`, or with its variant `shanghai:margin`."""
        return f"{self.case}:{self.variant}" if self.variant else self.case

    @property
    def ref(self) -> str:
        """`jiangsu@1a2b3c4d5e6f:2025-08-14`: stored on rows and events."""
        return f"{self.ident}@{self.fingerprint}:{self.as_of.isoformat()}"

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise UnknownParameter(self.ident, name) from None
