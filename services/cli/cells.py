"""What every table in the terminal is made of: heads that fold, amounts that never do, grades.

An assumption is coloured and lettered as one wherever it shows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.money import Money
from policies.reading.pack import Citation, Grade
from services.comparison.parties import BACKED, CREDITORS, MARKET, PUBLIC
from services.kernel.figures import in_language
from services.kernel.i18n import evidence, label, say

# fmt: off
_COLOUR = {
    Grade.SEED:    "green",
    Grade.PUBLIC:  "cyan",
    Grade.ASSUMED: "yellow",
}
# fmt: on
_HEAD = 12  # cells: as wide as 4,200,000.00, so that no head widens a column of amounts
_NARROW = 120
GROUPS = ("public_money", "other_payers", "lender")
"""Heads of `by_group`; the columns of ZD-4.11."""


def grade_text(cited: Citation, lang: str) -> str:
    """A grade in words and in its colour, with the layer that says it."""
    return f"[{_COLOUR[cited.grade]}]{evidence(cited, lang)}[/]"


def where(cited: Citation, lang: str) -> str:
    """Source and clause, fit for a cell."""
    return escape(f"{in_language(cited.source, lang)}, {cited.clause}")


def table_of(lang: str, title: str, *columns: str, amounts: Sequence[str] = ()) -> Table:
    """An empty table; columns by key of their heads, those of amounts to the right."""
    table = Table(title=say(f"comparison.{title}", lang), title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(say(f"comparison.{column}", lang), overflow="fold")
    for column in amounts:
        add_amounts(table, say(f"comparison.{column}", lang))
    return table


def steps_of(lang: str) -> Table:
    """An empty table of a working: step, amount, grade, source and clause."""
    table = table_of(lang, "working", "step", amounts=("amount",))
    table.add_column(say("comparison.grade", lang), no_wrap=True)
    table.add_column(say("comparison.clause", lang), overflow="fold")
    return table


def add_amounts(table: Table, *heads: str) -> None:
    """A column of amounts, never cut; several heads: amounts that stand on top of each other."""
    folded = "\n".join(_folded(head) for head in heads)
    table.add_column(folded, justify="right", no_wrap=True)


def form_id(console: Console, ident: str) -> str:
    """A form's id; in a narrow terminal on two lines, broken where its variant begins."""
    return ident.replace(":", ":\n") if console.width < _NARROW else ident


def by_group(amounts: Mapping[str, Money], lang: str) -> tuple[str, ...]:
    """What public money, other payers and the creditor bear: each party's amount below its name."""
    groups = (PUBLIC, (*BACKED, *MARKET), CREDITORS)
    return tuple(_group(amounts, group, lang) for group in groups)


def _group(amounts: Mapping[str, Money], parties: Sequence[str], lang: str) -> str:
    return "\n".join(
        f"[dim]{label(f'party.{party}', lang)}[/]\n{amounts[party].grouped}"
        for party in parties
        if party in amounts
    )


def _folded(head: str) -> str:
    """A head on lines of even length: at the spaces of English, anywhere in Chinese."""
    lines = -(-cell_len(head) // _HEAD)
    if lines == 1:
        return head
    if " " in head:
        return "\n".join(textwrap.wrap(head, _HEAD, break_long_words=False))
    return "\n".join(chop_cells(head, -(-cell_len(head) // lines // 2) * 2))
