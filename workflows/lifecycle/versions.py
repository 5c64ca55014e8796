"""Versions of events, one number a type: how an older form is read as today's class.

An event class says `version: ClassVar[int]` once its fields have changed (1 while it says
nothing), and `upcasts: ClassVar[Upcasts]` how the payload of each older version becomes that of
the next. What was written stays as it was written, hash and all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Upcasts = Mapping[int, Callable[[Mapping[str, Any]], Mapping[str, Any]]]
"""Version -> what makes of its payload that of the version after it."""


class UnknownVersion(ValueError):
    """An event of a version that this release does not know how to read."""


def version_of(kind: type[Any]) -> int:
    """The version in which events of that class are written."""
    version: int = getattr(kind, "version", 1)
    return version


def brought_up(kind: type[Any], version: int, payload: Any) -> Any:
    """The payload as today's class has it. Raises UnknownVersion."""
    upcasts: Upcasts = getattr(kind, "upcasts", {})
    if version > version_of(kind):
        raise UnknownVersion(f"{kind.__name__}: version {version} was written by a later release")
    for older in range(version, version_of(kind)):
        if older not in upcasts:
            raise UnknownVersion(f"{kind.__name__}: nothing reads version {older}")
        payload = upcasts[older](payload)
    return payload
