"""Parameters that only make sense together: ceilings rise, every bucket has a class.

Which ones is said in catalogue.toml; this module checks them on every day a value changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from policies.case import Stated
from policies.catalogue import RISING, SAME_LENGTH


def disagreements(stated: Mapping[str, Stated]) -> Iterator[str]:
    """A sentence for each group of parameters that contradict each other on some day."""
    for groups, fault, fits in _TOGETHER:
        for group in groups:
            members = [stated[name] for name in group if name in stated]
            if len(members) == len(group) and not _always(fits, members):
                yield f"{', '.join(group)} {fault}"


def _always(fits: Callable[[list[Any]], bool], members: list[Stated]) -> bool:
    days = {start for member in members for start, _ in member.values}
    return all(fits([member.value_on(day) for member in members]) for day in days)


def _rise(values: list[Any]) -> bool:
    return all(earlier < later for earlier, later in pairwise(values))


def _as_long(values: list[Any]) -> bool:
    return len({len(value) for value in values}) == 1


# fmt: off
_TOGETHER: tuple[tuple[tuple[tuple[str, ...], ...], str, Callable[[list[Any]], bool]], ...] = (
    (RISING,      "must rise from one to the next", _rise),
    (SAME_LENGTH, "must have the same length",      _as_long),
)
# fmt: on
