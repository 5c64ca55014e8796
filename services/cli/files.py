"""A file that is read: its bytes, or one sentence about why there are none."""

from __future__ import annotations

from pathlib import Path

from services.kernel.i18n import text
from services.kernel.problems import Unusable

_WHY: dict[type[BaseException], str] = {
    FileNotFoundError: "missing",
    IsADirectoryError: "folder",
    PermissionError: "denied",
}


def content(file: Path) -> bytes:
    """The bytes of a file. Raises Unusable."""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        why = text(f"cli.file.{_WHY.get(type(error), 'other')}")
        raise Unusable("cli.board.unreadable", {"file": file, "error": why}) from None
