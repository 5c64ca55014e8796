"""Write a chart to a file of the asker's, or say in a sentence why that cannot be."""

from __future__ import annotations

from pathlib import Path

from services.kernel.problems import Unusable


def write_svg(file: Path, svg: str) -> None:
    """Raises Unusable where the file cannot be written, or is named as another kind of picture."""
    if file.suffix.lower() != ".svg":
        raise Unusable("comparison.no_svg", {"file": file})
    try:
        file.write_text(svg, "utf-8")
    except OSError as error:
        shown = {"file": file, "error": error.strerror}
        raise Unusable("comparison.unwritable", shown) from None
