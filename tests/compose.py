"""docker-compose.yml as data: services, and values with their ${VARIABLES} filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from services.kernel.settings import ROOT

FILE = ROOT / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


class NotSet(LookupError):
    """A variable that must be given is not; the text is what Compose would say."""


def compose() -> dict[str, Any]:
    """The file as it stands; anchors and merges are resolved by YAML itself."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def services() -> dict[str, dict[str, Any]]:
    """Every service by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def ours() -> dict[str, dict[str, Any]]:
    """The services that run our image."""
    return {name: one for name, one in services().items() if "build" in one}


def filled(value: str, given: Mapping[str, str]) -> str:
    """A value with its variables filled as Compose fills them. Raises NotSet."""

    def fill(found: re.Match[str]) -> str:
        known = given.get(found["name"], "")
        if known or found["kind"] is None:
            return known
        if found["kind"] == "?":
            raise NotSet(found["rest"])
        return found["rest"]

    return _VARIABLE.sub(fill, value)


def variables() -> dict[str, str]:
    """Every variable of the file, with what follows its colon ("" for a bare one)."""
    found = _VARIABLE.finditer(FILE.read_text("utf-8"))
    return {one["name"]: f"{one['kind'] or ''}{one['rest'] or ''}" for one in found}
