"""A case and its layers made one text that says everything: the text that is kept with a loan.

Layers are read from left to right, the case last; later wins, and an entry is replaced whole,
with its dates. A value without a day holds from the day the case came into force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policies.reading.catalogue import CATALOGUE
from policies.reading.layers import Shelf, Tables
from policies.reading.pack import FORM, OWN
from policies.reading.page import Page
from policies.reading.parameter_file import SAYINGS, dated
from policies.reading.statute import loosened

ENTRY = "statute values grade source clause qualifier as_of zh en"
_KEY = re.compile(r"\b[SH][0-9]+\b|\bZD\b")


def flattened(page: Page, shelf: Shelf) -> dict[str, Any]:
    """The tables of a case file with its layers and sources put in. Raises WrongPack."""
    page.only("case mechanisms source parameter absent sibling variants variant")
    case = page.inner("case")
    start = case.inner("in_force").day("from").isoformat()
    below: dict[str, dict[str, Any]] = {}
    played: dict[str, str] = {}
    for name in _extended(case, shelf):
        layer = shelf.layers[name]
        below |= _entries(layer.parameters, name, start, below=below)
        played |= layer.mechanisms
    own = _entries(page.tables("parameter"), OWN, start, below=below)
    flat = {
        **page.table,
        "case": {key: value for key, value in case.table.items() if key != "extends"},
        "mechanisms": played | dict(page.inner("mechanisms").table if _plays(page) else {}),
        "parameter": below | own,
    }
    if "variant" in page.table:
        flat["variant"] = {
            ident: _form(one, start, below=below | own)
            for ident, one in page.tables("variant").items()
        }
    return {**flat, "source": _cited(page, flat, shelf)}


def _extended(case: Page, shelf: Shelf) -> tuple[str, ...]:
    names = case.texts("extends")
    for name in names:
        if name not in shelf.layers:
            raise case.wrong(f"extends {name!r}, which is none of {', '.join(shelf.layers)}")
    return names


def _plays(page: Page) -> bool:
    return "mechanisms" in page.table


def _form(page: Page, start: str, *, below: Mapping[str, Any]) -> dict[str, Any]:
    """A form with its own entries dated."""
    told = _entries(page.tables("parameter"), FORM, start, below=below)
    return {**page.table, "parameter": told} if told else dict(page.table)


def _entries(
    pages: Mapping[str, Page], layer: str, start: str, *, below: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    found = {}
    for name, page in pages.items():
        page.only(f"{' '.join(SAYINGS)} {ENTRY}")
        rest = {key: value for key, value in page.table.items() if key not in SAYINGS}
        found[name] = {**rest, "layer": layer, "values": _values(page, start)}
        if below.get(name, {}).get("statute") and name in CATALOGUE:
            _keep_to(below[name], page, found[name])
    return found


def _keep_to(law: Mapping[str, Any], page: Page, case: Mapping[str, Any]) -> None:
    """Refuse an entry that is looser than the law it replaces."""
    entry, file = CATALOGUE[page.about], f"{law['layer']}.toml"
    fault = loosened(
        entry,
        dated(entry, Page(file, page.about, law)),
        dated(entry, Page(page.file, page.about, case)),
    )
    if fault:
        raise page.wrong(f"{fault}, which is law ({file}: {law['clause']})")


def _values(page: Page, start: str) -> Any:
    """What is said from which day; what stands without a day holds from the first."""
    undated = {key: page.table[key] for key in SAYINGS if key in page.table}
    if "values" not in page.table:
        return [{"from": start, **undated}]
    if undated:
        raise page.wrong(f"values stands beside {', '.join(undated)}")
    return page.table["values"]


def _cited(page: Page, flat: Mapping[str, Any], shelf: Shelf) -> Tables:
    """The documents that the case cites or mentions, from the register or its own."""
    own = {key: one.table for key, one in page.tables("source").items()}
    for key in own:
        if key in shelf.sources:
            raise page.wrong(f"source {key} stands in the register already")
    texts: list[str] = []
    _gather(flat, texts)
    wanted = set(_KEY.findall("\n".join(texts)))
    return {**{key: one for key, one in shelf.sources.items() if key in wanted}, **own}


def _gather(value: Any, texts: list[str]) -> None:
    """Put every text of a table among the texts."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _gather(part, texts)
