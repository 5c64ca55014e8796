"""Example bodies for the specification: what the stories' people really send."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import lru_cache
from typing import Any

from services.api import wire
from services.api.acts import Act
from services.kernel import codec
from services.sandbox.script import STORIES


@lru_cache(maxsize=1)
def _told() -> dict[str, dict[str, Any]]:
    """The first act of each command in any story: its name -> what it is given with."""
    found: dict[str, dict[str, Any]] = {}
    for story in sorted(STORIES.glob("*.toml")):
        for act in tomllib.loads(story.read_text("utf-8"))["act"]:
            found.setdefault(act["do"], act.get("with", {}))
    return found


def sample_case() -> str:
    """The case of the first story: the one that examples are told of."""
    first = min(STORIES.glob("*.toml"))
    return str(tomllib.loads(first.read_text("utf-8"))["story"]["case"])


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
