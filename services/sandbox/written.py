"""A scenario's file as it stands, and the one way to say what is wrong in it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from services.kernel.registry import Registry
from services.sandbox.scenario import WrongScenario

Told = dict[str, Any]


def told_in(path: Path) -> Told:
    """The file's data as it stands. Raises WrongScenario."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise WrongScenario("scenario.no_file", {"file": path}) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongScenario("scenario.no_toml", {"file": path, "error": error}) from None


@dataclass(frozen=True, slots=True)
class Written:
    """What every sentence about a file names; `where` is the part of it: `[[step]] 5`."""

    path: Path
    registry: Registry

    def wrong(self, kind: str, where: str = "", **values: object) -> WrongScenario:
        """The error that says so."""
        return WrongScenario(f"scenario.{kind}", {"file": self.path, "where": where, **values})

    def day(self, value: Any, where: str) -> date:
        """A day, as TOML has it or as text."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong("wrong_day", where, day=value) from None

    def several(self, told: Any, where: str, key: str) -> tuple[str, ...]:
        """One name, or several in order."""
        names = tuple(told) if isinstance(told, list | tuple | dict) else (told,)
        if not all(isinstance(name, str) for name in names):
            raise self.wrong("wrong_value", where, key=key, error=told)
        return names

    def table(self, data: Told, key: str, empty: Told | None = None) -> Told:
        """The table of that name."""
        found = data.get(key, empty)
        if not isinstance(found, dict):
            raise self.wrong("missing", "", key=f"[{key}]")
        return found

    def known(self, told: Any, keys: Sequence[str], *, where: str) -> None:
        """Ask that a table has no other keys."""
        if not isinstance(told, dict):
            raise self.wrong("wrong_value", where, key=where, error=told)
        for key in told:
            if key not in keys:
                raise self.wrong("unknown_key", where, key=key, known=", ".join(keys))
