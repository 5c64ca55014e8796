"""The one text of a flattened case: the same tables always give the same text, and back.

Keys, parameters and sources are sorted; forms, gaps and related products keep the order in which
they are told, since that order is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def canonical(flat: Mapping[str, Any]) -> str:
    """A flattened case as TOML."""
    return "\n".join(_document(flat)) + "\n"


def _document(flat: Mapping[str, Any]) -> Iterator[str]:
    yield from _table(("case",), flat["case"])
    yield from _table(("mechanisms",), flat["mechanisms"])
    for name in ("absent", "sibling"):
        for one in flat.get(name, ()):
            yield from (f"[[{name}]]", *_pairs(one))
    yield from _tables(("parameter",), flat["parameter"])
    yield from _tables(("source",), flat["source"])
    if "variants" in flat:
        yield from _table(("variants",), flat["variants"])
    for ident, one in flat.get("variant", {}).items():
        yield from _form(("variant", ident), one)


def _form(path: tuple[str, ...], form: Mapping[str, Any]) -> Iterator[str]:
    inner = ("mechanisms", "parameter")
    yield from _table(path, {key: value for key, value in form.items() if key not in inner})
    if "mechanisms" in form:
        yield from _table((*path, "mechanisms"), form["mechanisms"])
    yield from _tables((*path, "parameter"), form.get("parameter", {}))


def _tables(path: tuple[str, ...], tables: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(tables):
        yield from _table((*path, name), tables[name])


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{'.'.join(map(_key, path))}]"
    yield from _pairs(table)


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(table):
        yield f"{_key(key)} = {_value(table[key])}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pairs(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


@lru_cache(maxsize=2048)
def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
