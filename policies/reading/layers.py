"""The layers a case extends, and the register of sources: policies/layers, as tables.

A layer says what holds for more than one case and extends nothing; what a case makes of its
layers is flatten.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policies.reading.pack import WrongPack
from policies.reading.page import Page

LAYERS = Path(__file__).parent.with_name("layers")
REGISTER = "sources"

Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer says: functions by the role they play, parameters by name."""

    name: str
    mechanisms: Mapping[str, str]
    parameters: Mapping[str, Page]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All layers by name, and every document once, by key."""

    layers: Mapping[str, Layer]
    sources: Tables


@cache
def shelf() -> Shelf:
    """The layers and the register as their files stand. Raises WrongPack."""
    pages = {path.stem: opened(path.read_text("utf-8"), path.name) for path in _files()}
    register = pages.pop(REGISTER)
    register.only("source")
    sources = {key: one.table for key, one in register.tables("source").items()}
    return Shelf({name: layer(name, page) for name, page in pages.items()}, sources)


def _files() -> list[Path]:
    return sorted(LAYERS.glob("*.toml"))


def layer(name: str, page: Page) -> Layer:
    """A layer out of its file. Raises WrongPack where it says more than a layer may."""
    page.only("mechanisms parameter")
    played = page.inner("mechanisms").table if "mechanisms" in page.table else {}
    return Layer(name, played, page.tables("parameter"))


def opened(text: str, file: str) -> Page:
    """The tables of a file. Raises WrongPack where it is no TOML."""
    try:
        return Page(file, "the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise WrongPack(f"{file} is no TOML: {error}") from error
