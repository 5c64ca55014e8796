"""A schedule as a drawing: principal and interest of every instalment, stacked.

An SVG file that loads nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pygal

from services.cli.calc.table import InstalmentLine
from services.kernel.i18n import text
from services.kernel.problems import Problem

MOST_LABELS = 30
"""So many due dates stand legibly below one chart; of more, every other or third is named."""


def draw(lines: Sequence[InstalmentLine], path: Path) -> None:
    """Write the chart. Raises Problem when the file cannot be written."""
    chart = pygal.StackedBar(
        js=(),
        title=text("calc.chart"),
        x_label_rotation=45,
        legend_at_bottom=True,
        value_formatter=lambda amount: f"{amount:,.2f}".removesuffix(".00"),
        x_labels_major_every=1 + len(lines) // MOST_LABELS,
        show_minor_x_labels=False,
    )
    chart.x_labels = [line.due for line in lines]
    chart.add(text("calc.column.principal"), [float(line.principal) for line in lines])
    chart.add(text("calc.column.interest"), [float(line.interest) for line in lines])
    try:
        path.write_bytes(chart.render())
    except OSError as error:
        raise Problem("calc.not_written", {"path": path, "error": error.strerror}) from error
