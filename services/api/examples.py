"""Example bodies for the specification: what the scenarios' people really send."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

from services.api import wire
from services.api.acts import Act
from services.kernel import codec
from services.sandbox import library
from services.sandbox.written import told_in


@lru_cache(maxsize=1)
def _told() -> dict[str, dict[str, Any]]:
    """The first act of each command in any scenario: its name -> what it is given with."""
    found: dict[str, dict[str, Any]] = {}
    for path in library.listing().values():
        for step in told_in(path).get("step", ()):
            if "refused" not in step and "do" in step:
                found.setdefault(step["do"], step.get("with", {}))
    return found


def of_body(act: Act, *, with_id: bool = False) -> dict[str, Any]:
    """`requestBody` with an example, where a story has one."""
    given = _told().get(act.command.__name__)
    if given is None:
        return {}
    command = codec.of_plain(act.command, given)
    names = {field.name for field in dataclasses.fields(act.command)} - {act.noun.name}
    example = {name: wire.shown(getattr(command, name)) for name in given if name in names}
    if with_id:
        example = {"id": getattr(command, act.noun.name), **example}
    return {"requestBody": {"content": {"application/json": {"example": example}}}}
