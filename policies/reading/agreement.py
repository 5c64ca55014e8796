"""Parameters that only make sense together: ceilings rise, shares come to no more than the whole.

Which ones is said in catalogue.toml; this module checks them, on every day a value changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from policies.reading.case import Stated
from policies.reading.catalogue import RISING, SAME_LENGTH, WITHIN_ONE, Groups
from policies.reading.pack import Unstated


def disagreements(stated: Mapping[str, Stated]) -> Iterator[str]:
    """A sentence for each group of parameters that contradict each other on some day."""
    grouped = {name: stated[name] for name in _GROUPED if name in stated}
    days = {start for one in grouped.values() for start, _ in one.values}
    told = {
        sentence: None
        for day in sorted(days)
        for sentence in contradictions({name: one.value_on(day) for name, one in grouped.items()})
    }
    yield from told


def contradictions(values: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each group of values that contradict each other; values by parameter."""
    values = {name: one for name, one in values.items() if not isinstance(one, Unstated)}
    for groups, fault, fits in _TOGETHER:
        for group in groups:
            members = [values[name] for name in group if name in values]
            partial = groups is not WITHIN_ONE and len(members) < len(group)
            if not partial and not fits(members):
                yield f"{', '.join(group)} {fault}"


def _rise(values: list[Any]) -> bool:
    return all(earlier < later for earlier, later in pairwise(values))


def _as_long(values: list[Any]) -> bool:
    return len({len(value) for value in values}) == 1


def _within_one(values: list[Any]) -> bool:
    return bool(sum(values) <= 1)


# fmt: off
_TOGETHER: tuple[tuple[Groups, str, Callable[[list[Any]], bool]], ...] = (
    (RISING,      "must rise from one to the next",       _rise),
    (SAME_LENGTH, "must have the same length",            _as_long),
    (WITHIN_ONE,  "must come to no more than the whole",  _within_one),
)
_GROUPED = tuple(name for groups, _, _ in _TOGETHER for group in groups for name in group)
# fmt: on
