"""`make generated`: write the documents that are made from the code, and delete stale ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from services.api.openapi import document as specification
from services.cli.voice import say
from services.kernel.settings import ROOT
from services.reports.documents.cases import cases
from services.reports.documents.diagrams import diagrams
from services.reports.documents.events import events
from services.reports.documents.rulebook import rulebook
from services.wiring import registry

DOCS = ROOT / "docs"


@lru_cache(maxsize=1)
def documents() -> Mapping[str, str]:
    """Path below docs/ -> what must stand there."""
    known = registry()
    made = {**diagrams(known), **events(known), **cases(), **rulebook(known)}
    return {**made, "openapi.json": specification()}


def stale(folder: Path = DOCS) -> list[str]:
    """Paths below the folder that are missing, differ, or are no longer made."""
    wanted = documents()
    different = [path for path, text in wanted.items() if _read(folder / path) != text]
    made = {str(path.relative_to(folder)) for path in (folder / "diagrams").glob("*.md")}
    return sorted({*different, *(made - set(wanted))})


def write(folder: Path = DOCS) -> list[str]:
    """Bring the folder up to date; returns what was changed."""
    changed, wanted = stale(folder), documents()
    for path in changed:
        target = folder / path
        if path not in wanted:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(wanted[path], encoding="utf-8")
    return changed


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    for one in write():
        say(one)
