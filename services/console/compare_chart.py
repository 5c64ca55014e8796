"""The comparison as a picture: each form one bar, stacked by who pays."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pygal

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

from services.console.compare_rows import Row


def drawn(rows: Sequence[Row], lang: str) -> bytes:
    """The rows as an SVG."""
    made = pygal.HorizontalStackedBar(js=[], height=120 + 40 * len(rows), width=1000)
    made.x_labels = [row.form.ident for row in reversed(rows)]
    made.add(
        "public", [sum(m.fen for m in row.before.public.values()) / 100 for row in reversed(rows)]
    )
    return made.render()
