"""A fund's balance over time as a line with its band: for `zhidai replay --fund --plot`."""

from __future__ import annotations

from decimal import Decimal

from policies.money import FEN_PER_YUAN
from services.comparison.chart import compact
from services.comparison.drawing import Line, Style
from services.comparison.fund_data import Funded, chance
from services.comparison.ledgers import percent_text
from services.comparison.plain_svg import FONTS, Series, plain
from services.kernel.i18n import say

_LINES = (
    ("p95", Series("#93c5fd")),
    ("median", Series("#1d4ed8")),
    ("p5", Series("#f59e0b")),
)
_MOST_LABELS = 12


def balance_chart(one: Funded, lang: str) -> str:
    """Three lines: 95 %, median and 5 % of the runs; an SVG without script or style."""
    shown = {
        "case": one.ident,
        "size": compact(one.chosen.size.fen, lang),
        "chance": percent_text(Decimal(chance(one.chosen, one.found.runs))),
    }
    columns = range(len(one.band[1]))
    chart = Line(
        js=(),
        width=1200,
        height=520,
        margin_left=40,
        explicit_size=True,
        show_dots=False,
        title=say("replay.chart", lang, shown),
        legend_at_bottom=True,
        legend_at_bottom_columns=len(_LINES),
        truncate_legend=-1,
        truncate_label=-1,
        show_minor_x_labels=False,
        style=Style(font_family=FONTS, label_font_size=13, major_label_font_size=13),
    )
    months = [one.months.month(column) for column in columns]
    chart.x_labels = months
    january = [month for month in months if month.endswith("-01")]
    chart.x_labels_major = january[:: len(january) // _MOST_LABELS + 1]
    chart.value_formatter = lambda amount: compact(round(amount * FEN_PER_YUAN), lang)
    chart.add_xml_filter(plain([look for _, look in _LINES]))
    for (name, _), row in zip(_LINES, reversed(one.band), strict=True):
        chart.add(say(f"replay.{name}", lang), [fen / FEN_PER_YUAN for fen in row.tolist()])
    svg: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return svg
