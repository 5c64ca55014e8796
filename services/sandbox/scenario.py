"""A scenario is a file: who takes part, what is done on which day, and what must come of it.

Here it is as it is played; reading.py makes it of the file, play.py plays it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.kernel.acts import ScriptedAct
from services.kernel.problems import Unusable


class WrongScenario(Unusable):
    """The file is none, or something in it cannot be; says which file and which step."""


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """One line. act: None where the day is only looked at; events: what must follow of it."""

    number: int
    name: str
    on: date
    act: ScriptedAct | None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as played. title, aim: by language; minutes: what a person needs for it.

    case: the id of the form it is played under; expect: the file's `[expect]`.
    """

    ident: str
    title: Mapping[str, str]
    aim: Mapping[str, str]
    case: str
    level: int | str
    minutes: int
    file: Path
    starts_on: date
    ends_on: date
    steps: tuple[ScenarioStep, ...]
    expect: Mapping[str, Any]

    @property
    def acts(self) -> tuple[ScriptedAct, ...]:
        """What people do, in order."""
        return tuple(step.act for step in self.steps if step.act is not None)

    def until(self, where: str) -> tuple[tuple[ScenarioStep, ...], date]:
        """Steps up to a step (its name or number) or a day, and that day. Raises WrongScenario."""
        for step in self.steps:
            if where in (step.name, str(step.number)):
                return self.steps[: self.steps.index(step) + 1], step.on
        try:
            day = date.fromisoformat(where)
        except ValueError:
            names = ", ".join(step.name for step in self.steps if step.name)
            values = {"file": self.file, "step": where, "steps": len(self.steps), "known": names}
            raise WrongScenario("scenario.unknown_step", values) from None
        if day < self.starts_on:
            values = {"file": self.file, "until": day, "starts_on": self.starts_on}
            raise WrongScenario("scenario.before_start", values)
        return tuple(step for step in self.steps if step.on <= day), day
