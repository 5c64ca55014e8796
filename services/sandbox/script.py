"""A story is a file: who takes part, and which act falls on which day. Read here into acts.

An act may belong to some paths of the story only (`paths = ["default"]`); others share the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from services.kernel import codec
from services.kernel.acts import ScriptedAct
from services.kernel.registry import Registry
from workflows.lifecycle.roles import Actor

STORIES = Path(__file__).with_name("stories")


class UnknownStory(LookupError):
    """No story is told of that case."""


class WrongStory(ValueError):
    """The file names an unknown command, person or field."""


@dataclass(frozen=True, slots=True)
class Story:
    """One path of a story. loan: the id of the loan it is about."""

    case: str
    path: str
    title: Mapping[str, str]
    loan: str
    starts_on: date
    ends_on: date
    acts: tuple[ScriptedAct, ...]


def stories() -> tuple[str, ...]:
    """Cases with a story."""
    return tuple(sorted(path.stem for path in STORIES.glob("*.toml")))


def read_story(case: str, registry: Registry, *, path: str = "default") -> Story:
    """The story of a case. Raises UnknownStory, WrongStory."""
    if case not in stories():
        raise UnknownStory(f"no story of {case!r}; there are: {', '.join(stories())}")
    data = tomllib.loads((STORIES / f"{case}.toml").read_text("utf-8"))
    head = data["story"]
    return Story(
        head["case"],
        path,
        head["title"],
        head["loan"],
        head["starts_on"],
        head["ends_on"][path],
        acts_of(data, registry, path=path),
    )


def acts_of(data: Mapping[str, Any], registry: Registry, *, path: str) -> tuple[ScriptedAct, ...]:
    """The acts of one path of a story's data, by its cast. Raises WrongStory."""
    cast = {name: codec.of_plain(Actor, person) for name, person in data["cast"].items()}
    told = (entry for entry in data["act"] if path in entry.get("paths", (path,)))
    return tuple(_act(entry, cast, registry) for entry in told)


def _act(entry: dict[str, Any], cast: Mapping[str, Actor], registry: Registry) -> ScriptedAct:
    where = f"{entry['on']} {entry['do']}"
    kind = registry.commands.get(entry["do"])
    if kind is None:
        raise WrongStory(f"{where}: no such command")
    try:
        command = codec.of_plain(kind, entry.get("with", {}))
        checkers = tuple(cast[name] for name in _several(entry.get("checked_by", ())))
        return ScriptedAct(entry["on"], command, cast[entry["by"]], checkers)
    except KeyError as error:
        raise WrongStory(f"{where}: nobody in the cast is called {error}") from error
    except msgspec.ValidationError as error:
        raise WrongStory(f"{where}: {error}") from error


def _several(names: str | Sequence[str]) -> Sequence[str]:
    """One person's name, or several in the order in which they confirm."""
    return (names,) if isinstance(names, str) else names
