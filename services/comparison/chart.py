"""Who bears one default under each form, as stacked bars: for `--plot` and for the page.

Public money is blue, other payers green, what is left with the creditor grey.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from policies.money import FEN_PER_YUAN, Money, total
from policies.sharing.assess import Outcome
from services.comparison.answer import refusal_sentence
from services.comparison.drawing import HorizontalStackedBar, Style
from services.comparison.parties import present
from services.comparison.plain_svg import FONTS, STRIPED, Series, plain
from services.comparison.which import title_of
from services.kernel.i18n import label, say

_WIDTH, _BAR, _FRAME = 1200, 40, 170
_LEGENDS = 5  # in a line; more would run into one another in English
_FONT = 13
_NARROW = 24  # a part below this fraction of the exposure has no room for its figure

# fmt: off
_LOOKS = {
    "fund":        Series("#1d4ed8"),
    "government":  Series("#3b6fe0"),
    "city_pool":   Series("#60a5fa", "#1f2937"),
    "operator":    Series("#0f766e"),
    "guarantor":   Series("#15803d"),
    "insurer":     Series("#4d9a6a"),
    "appraiser":   Series("#a3cfae", "#1f2937"),
    "noteholders": Series("#e2d5b5", "#1f2937"),
    "bank":        Series("#cbd5e1", "#1f2937"),
}
_UNITS = {"zh": (10_000, "万"), "en": (1_000_000, "m")}
# fmt: on


def stacked(outcomes: Sequence[Outcome], lang: str) -> str:
    """Bars of the losses before any recovery, the first outcome on top; an SVG without script."""
    totals = [one.assessment.totals() for one in outcomes]
    parties = [party for party in present(totals) if any(one.get(party) for one in totals)]
    chart = _chart(outcomes, lang, columns=len(parties))
    chart.add_xml_filter(plain([_LOOKS[party] for party in parties]))
    for party in parties:
        bars = [_bar(outcome, party, lang) for outcome in reversed(outcomes)]
        chart.add(label(f"party.{party}", lang), bars)
    svg: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return svg


def compact(fen: int, lang: str) -> str:
    """A sum for a chart: `336 万`, `3.36 m`; exact figures are in the table."""
    size, unit = _UNITS[lang]
    shown = f"{Decimal(fen) / FEN_PER_YUAN / size:,.2f}".rstrip("0").rstrip(".")
    return f"{shown} {unit}"


def _chart(outcomes: Sequence[Outcome], lang: str, *, columns: int) -> Any:
    names = [title_of(one.policy, lang) for one in reversed(outcomes)]
    size, unit = _UNITS[lang]
    chart = HorizontalStackedBar(
        js=(),
        width=_WIDTH,
        height=_FRAME + _BAR * len(names),
        margin_left=20 + max((_missing_width(name) for name in names), default=0),
        explicit_size=True,
        title=say("comparison.chart", lang, {"unit": unit}),
        legend_at_bottom=True,
        legend_at_bottom_columns=min(max(columns, 1), _LEGENDS),
        truncate_legend=-1,
        print_values=True,
        print_zeroes=False,
        style=Style(font_family=FONTS, label_font_size=_FONT, major_label_font_size=_FONT),
    )
    chart.x_labels = names
    chart.value_formatter = lambda amount: f"{amount / size:,.0f}"
    return chart


def _bar(outcome: Outcome, party: str, lang: str) -> dict[str, Any] | None:
    """One party's part of one bar, with what is written on it."""
    totals = outcome.assessment.totals()
    part, whole = totals.get(party, Money.ZERO).fen, total(totals.values()).fen
    if not part:
        return None
    written = _written(outcome, party, lang) if part * _NARROW >= whole else ""
    look = {"style": STRIPED} if outcome.refused else {}
    return {"value": part / FEN_PER_YUAN, "formatter": _always(written), **look}


def _written(outcome: Outcome, party: str, lang: str) -> str:
    """The amount; why it is there where the policy refused; that it still waits for a write-off."""
    found = outcome.assessment
    shown = compact(found.totals()[party].fen, lang)
    if outcome.refused:
        return say(
            "comparison.chart_refused", lang, {"why": refusal_sentence(outcome.refused[0], lang)}
        )
    if found.transferred and party != found.creditor:
        return say("comparison.chart_waits", lang, {"amount": shown})
    return shown


def _always(written: str) -> Callable[[object], str]:
    return lambda _: written


def _missing_width(name: str) -> int:
    """Pixels that pygal does not reserve for a name: it takes Chinese to be as narrow as Latin."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in name)
    return round(wide * _FONT * 0.45)
