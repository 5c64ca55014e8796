"""Read the pages of docs/rulebook: title, lead, clauses by id, each with its fields.

Knows the form of a page only; what the rules say is theirs. The form: docs/guide/rulebook.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PACKAGED = Path(__file__).with_name("pages")
"""Where a wheel carries the pages; a checkout has them in docs/."""
CHECKOUT = Path(__file__).resolve().parents[2] / "docs" / "rulebook"

CITED = re.compile(r"(?<![A-Za-z0-9-])ZD-(?:[0-9]|[A-D])(?:\.[0-9]+)*(?![0-9A-Za-z-]|\.[0-9])")
"""A clause's id wherever it is cited; SZD-0001 is a claim's."""
ANCHOR = re.compile(r'^<a id="(ZD-[0-9A-D.]+)"></a>$')
_HEADING = re.compile(r"^(#{2,4}) (ZD-[0-9A-D.]+) (.+)$")
_FIELD = re.compile(r"^- \*\*(.+?)\*\*\s*[:：]\s*(.*)$")

# fmt: off
FIELDS: dict[str, str] = {
    "Why":             "why",
    "Law or practice": "law",
    "Grade":           "grade",
    "On the platform": "platform",
    "Context":         "context",
    "缘由":             "why",
    "法律或惯例":       "law",
    "等级":             "grade",
    "平台":             "platform",
    "背景":             "context",
}
"""Name of a field as it is written -> attribute of a clause."""
# fmt: on


class WrongChapter(ValueError):
    """A page of the rulebook is not of the form that a reader understands."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule. Texts are markdown; a field is "" where the clause has none."""

    ident: str
    title: str
    page: str
    lang: str
    text: str
    why: str = ""
    law: str = ""
    grade: str = ""
    platform: str = ""
    context: str = ""

    @property
    def order(self) -> tuple[tuple[int, int, str], ...]:
        """Sorts ZD-3.9 before ZD-3.10, and the appendices last."""
        return order(self.ident)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: all its text, and the clauses in it."""

    name: str
    lang: str
    title: str
    text: str
    clauses: tuple[Provision, ...]


def order(ident: str) -> tuple[tuple[int, int, str], ...]:
    """The place of an id among ids."""
    parts = ident.removeprefix("ZD-").split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)


def folder() -> Path:
    """Where the pages lie: in the package where it is installed whole, else in the checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


@lru_cache(maxsize=2)
def pages(lang: str) -> tuple[Chapter, ...]:
    """All pages of a language, in the order of their first clause; the contents first."""
    found = [read(path, lang) for path in folder().joinpath(lang).glob("*.md")]
    return tuple(sorted(found, key=_place))


def _place(page: Chapter) -> tuple[object, ...]:
    return order(page.clauses[0].ident) if page.clauses else ()


def read(path: Path, lang: str) -> Chapter:
    """One page. Raises WrongChapter."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    title = next((line[2:] for line in lines if line.startswith("# ")), "")
    if not title:
        raise WrongChapter(f"{path.name}: no title")
    found = tuple(_clause(block, page=path.stem, lang=lang) for block in _blocks(lines))
    return Chapter(path.stem, lang, title, text, found)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each clause: from its anchor to the next one, or to a heading without one."""
    block: list[str] = []
    for line in lines:
        if ANCHOR.match(line):
            if block:
                yield block
            block = [line]
        elif len(block) > 1 and line.startswith(("## ", "### ")):
            yield block
            block = []
        elif block:
            block.append(line)
    if block:
        yield block


def _clause(block: list[str], *, page: str, lang: str) -> Provision:
    anchor = ANCHOR.match(block[0])
    heading = _HEADING.match(block[1]) if len(block) > 1 else None
    if anchor is None or heading is None or heading[2] != anchor[1]:
        raise WrongChapter(f"{page}: no heading of its own below {block[0]}")
    text, fields = _fields(block[2:], where=anchor[1])
    return Provision(anchor[1], heading[3], page, lang, text, **fields)


def _fields(lines: list[str], *, where: str) -> tuple[str, dict[str, str]]:
    """The rule above its fields, and the fields, each on one line."""
    text: list[str] = []
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        field = _FIELD.match(line)
        name = FIELDS.get(field[1], "") if field else ""
        if name and field:
            if name in fields:
                raise WrongChapter(f"{where}: {field[1]} twice")
            fields[name], last = field[2].strip(), name
        elif last and line.strip():
            fields[last] = _joined(fields[last], line.strip())
        elif not last:
            text.append(line)
    return "\n".join(text).strip(), fields


def _joined(one: str, other: str) -> str:
    """Two lines as one; Chinese needs no blank between them."""
    wide = bool(one) and ord(one[-1]) > 0x2E80 and ord(other[0]) > 0x2E80
    return f"{one}{'' if wide else ' '}{other}"
