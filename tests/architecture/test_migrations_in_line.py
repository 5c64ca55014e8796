"""Migrations stand in one line: two that follow the same one would stop every start."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from services.kernel.settings import ROOT

FOLDERS = ("world", "control")


def revisions(folder: str) -> list[tuple[str, str, Path]]:
    """Revision, the one before it, file."""
    return [
        (_said("revision", path), _said("down_revision", path), path)
        for path in sorted((ROOT / "alembic" / folder).glob("[0-9]*.py"))
    ]


def _said(name: str, path: Path) -> str:
    found = re.search(rf'^{name} = (?:"(\w+)"|None)$', path.read_text("utf-8"), re.M)
    assert found, path
    return found[1] or ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_migration_follows_the_one_numbered_before_it(folder: str) -> None:
    known = revisions(folder)

    assert [before for _, before, _ in known] == ["", *(name for name, _, _ in known[:-1])]
    assert all(path.stem == name for name, _, path in known)
    assert max(Counter(name[:4] for name, _, _ in known).values()) == 1
