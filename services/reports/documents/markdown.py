"""Markdown by parts: tables, both languages side by side, the notice on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.kernel.i18n import label

NOTICE = "<!-- Made by `make generated` from the code; edit that instead. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would break a cell is escaped."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def both(key: str) -> str:
    """A key's words in Chinese and English."""
    return pair(label(key, "zh"), label(key, "en"))


def pair(chinese: str, english: str) -> str:
    """Two languages in one cell; once where they are the same."""
    return chinese if chinese == english else f"{chinese} · {english}"


def document(*parts: str) -> str:
    """The parts with a blank line between them, under the notice."""
    return "\n\n".join([NOTICE, *(part for part in parts if part)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", "<br/>") for cell in cells)
    return f"| {' | '.join(escaped)} |"
