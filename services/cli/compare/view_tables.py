"""One of the three ledgers of every form: its figures, then each line with working and grade."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.cli.cells import add_amounts, form_id, grade_text, steps_of, table_of, where
from services.comparison.ledgers import Ledger
from services.comparison.views import fact_text, sentence_of
from services.kernel.i18n import say

# fmt: off
_TABLES: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {
    "enterprise": {"view_enterprise": (("all_in",), ("rate",), ("rate_before",), ("saved",))},
    "bank": {
        "view_bank": (("income",), ("loss",), ("return",), ("rate",)),
        "view_cash": (("cash", "present_value"), ("cash_days", "cash_days_after_write_off"),
                      ("gained_by_paying_early",)),
    },
    "public": {
        "view_public": (("borne",), ("subsidies",), ("public", "per_yuan_lent"),
                        ("backed", "backed_per_yuan_lent")),
    },
}
"""View -> title of each table -> its columns; figures of one column stand on top of each other."""
# fmt: on


def print_ledgers(console: Console, every: Sequence[Ledger], view: str, *, lang: str) -> None:
    """The figures of all forms, then the lines they come of."""
    for title, columns in _TABLES[view].items():
        console.print(_figures(console, every, columns, title=title, lang=lang))
    console.print(_lines(console, every, lang))


def _figures(
    console: Console,
    every: Sequence[Ledger],
    columns: Sequence[Sequence[str]],
    *,
    title: str,
    lang: str,
) -> Table:
    """A line a form; a column that no form says anything of is left out."""
    told = [c for c in columns if any(one.facts.get(c[0]) is not None for one in every)]
    table = table_of(lang, title, "form")
    for names in told:
        add_amounts(table, *(say(f"ledger.fact.{name}", lang) for name in names))
    for one in every:
        cells = ("\n".join(fact_text(n, one.facts.get(n)) for n in names) for names in told)
        table.add_row(form_id(console, one.outcome.policy.ident), *cells)
    return table


def _lines(console: Console, every: Sequence[Ledger], lang: str) -> Table:
    table = steps_of(lang)
    for one in every:
        table.add_row(f"[bold]{form_id(console, one.outcome.policy.ident)}[/]")
        for line in one.lines:
            amount = line.amount.grouped if line.amount is not None else ""
            cited = line.citation
            graded = (grade_text(cited, lang), where(cited, lang)) if cited else ()
            table.add_row(escape(sentence_of(line, lang)), amount, *graded)
        table.add_section()
    return table
