"""The acts an explorer tries: those the scenarios know, and others made of values by field.

Bounded on purpose: a handful of values a field. A field's values are those that some scenario gives
it, what stands here by name, or one value of its type.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

from policies.money import Money, yuan
from services.kernel.memory import Lives
from services.kernel.registry import Registry
from services.sandbox.scenario import Scenario
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.rows import NEW

MOST = 6  # combinations of values of one act
MOST_VALUES, MOST_LEARNT = 3, 8  # values tried of a field, and kept of it

# fmt: off
BY_NAME: Mapping[str, tuple[Any, ...]] = {
    "amount": (yuan("100000.00"), yuan("100000000.00")),
    "gross":  (yuan("1000000.00"), yuan("9000000.00")),
    "cost":   (yuan("10000.00"),),
    "value":  (yuan("18000000.00"), yuan("1000000.00")),
    "reason": ("OTHER", "CASHFLOW"),
    "ground": ("OTHER",),
    "code":   ("OTHER",),
    "kind":   ("LICENCE",),
    "proceeds": ("PREPAY",),
    "way":    ("AUCTION",),
    "breach": ("", "IP_LOST"),
    "negative_hits": ((),),
    "papers": (("PAPER",),),
}
# fmt: on


# fmt: off
BY_ACT: Mapping[tuple[str, str], tuple[Any, ...]] = {
    ("RejectClaim", "reason"):       ("NO_COLLECTION_EFFORT",),
    ("RejectCredit", "reason"):      ("CASHFLOW",),
    ("ObjectToRejection", "evidence"): (("COURT_FILE",),),
    ("RevokePledge", "ground"):      ("OTHER",),
    ("ValueIpInternally", "method"): ("INCOME",),
    ("AccelerateLoan", "breach"):    ("", "IP_LOST"),
    ("NoteGuarantee", "guarantee"):  ("GENERAL", "JOINT"),
    ("BookRecovery", "source"):      ("SOURCE-1", "SOURCE-2", "SOURCE-3"),
}
# fmt: on


class Alphabet:
    """What may be tried in a story, row by row."""

    def __init__(self, registry: Registry, scenarios: typing.Sequence[Scenario]) -> None:
        self.registry = registry
        self.known: dict[type[Any], list[Any]] = {}
        self.values: dict[tuple[str, str], list[Any]] = {}
        for scenario in scenarios:
            for act in scenario.acts:
                self._learn(act.command)

    def _learn(self, command: Any) -> None:
        kept = self.known.setdefault(type(command), [])
        if command not in kept:
            kept.append(command)
        for field in dataclasses.fields(command):
            seen = self.values.setdefault((type(command).__name__, field.name), [])
            value = getattr(command, field.name)
            if value not in seen:
                seen.append(value)

    def learn_from(self, command: Any, reason: Refusal) -> None:
        """What would have been let pass, where a refusal of one field's value says so."""
        better = reason.threshold if isinstance(reason.threshold, tuple) else (reason.threshold,)
        for field in dataclasses.fields(command):
            value = getattr(command, field.name)
            if value != reason.actual or isinstance(value, tuple):
                continue
            seen = self.values.setdefault((type(command).__name__, field.name), [])
            for one in better:
                if type(one) is type(value) and one not in seen and len(seen) < MOST_LEARNT:
                    seen.insert(0, one)

    def of_row(self, lives: Lives, noun: str, ident: str, trigger: str) -> Iterator[Any]:
        """Commands of that trigger for a row."""
        kind = self._kind(noun, trigger)
        named = [one for one in self.known.get(kind, ()) if getattr(one, noun) == ident]
        yield from named
        made = (one for one in self._made(lives, kind, noun, ident) if one not in named)
        yield from islice(made, MOST)

    def new(self, lives: Lives) -> Iterator[Any]:
        """Commands that bring a row into being which is not there yet, as scenarios know them."""
        for noun in self.registry.nouns.values():
            for row in noun.lifecycle.rows:
                if NEW in row.sources:
                    kind = self._kind(noun.name, row.trigger)
                    for one in self.known.get(kind, ()):
                        if (noun.name, getattr(one, noun.name)) not in lives.rows:
                            yield one

    def _kind(self, noun: str, trigger: str) -> type[Any]:
        commands = self.registry.nouns[noun].lifecycle.commands
        return next(kind for kind, name in commands.items() if name == trigger)

    def _made(self, lives: Lives, kind: type[Any], noun: str, ident: str) -> Iterator[Any]:
        hints = typing.get_type_hints(kind)
        row = lives.rows[(noun, ident)]
        names, choices = [], []
        for field in dataclasses.fields(kind):
            names.append(field.name)
            if field.name == noun:
                choices.append([ident])
            else:
                choices.append(self._choices(lives, kind, field, hints[field.name], row))
        for values in product(*choices):
            yield kind(**dict(zip(names, values, strict=True)))

    def _choices(self, lives: Lives, kind: type[Any], field: Any, hint: Any, row: Any) -> list[Any]:
        name = field.name
        if name in self.registry.nouns:
            borne = getattr(row, name, None)
            return [borne] if borne else [i for (noun, i) in lives.rows if noun == name][:2] or [""]
        if hint is Money:
            borne = (getattr(row, f.name) for f in dataclasses.fields(row))
            owed = [one for one in dict.fromkeys(borne) if isinstance(one, Money) and one]
            return [*self.values.get((kind.__name__, name), ())[:1], *owed[:3], yuan("100000.00")]
        told = (kind.__name__, name)
        learnt = [*BY_ACT.get(told, ()), *self.values.get(told, ())]
        if learnt:
            return learnt[:MOST_VALUES]
        if name in BY_NAME:
            return list(BY_NAME[name])
        if field.default is not dataclasses.MISSING:
            return [field.default]
        return [_one(hint, lives.today)]


def _one(hint: Any, today: date) -> Any:
    """One value of a type."""
    plain = {
        Money: yuan("100000.00"), date: today + timedelta(days=30), int: 6, bool: True,
        str: "文书 2025-1", Decimal: Decimal("0.0360"),
    }  # fmt: skip
    parts = [part for part in typing.get_args(hint) if part not in (type(None), ...)]
    if typing.get_origin(hint) is tuple:
        return (_one(parts[0], today),)
    return plain[parts[0] if parts else hint]
