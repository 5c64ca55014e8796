"""A replayed book as a table in the terminal: a line a form, a column a party."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from policies.money import Money, total
from services.cli.assess_tables import table_of
from services.comparison.book import Book
from services.comparison.parties import present
from services.comparison.replay import Replayed
from services.kernel.i18n import label, say


def print_replayed(console: Console, book: Book, found: Sequence[Replayed], *, lang: str) -> None:
    """Rows, defaults and loss of the book, then who would have borne them under each form."""
    loss = Money(sum(loan.lost or 0 for loan in book.defaults)).grouped
    shown = {"rows": f"{book.rows:,}", "defaults": f"{len(book.defaults):,}", "loss": loss}
    console.print(say("replay.head", lang, shown))
    parties = present(one.totals for one in found)
    table = table_of(lang, "who_bears", "form", amounts=("refused", "total"))
    for party in parties:
        table.add_column(label(f"party.{party}", lang), justify="right", no_wrap=True)
    for one in found:
        cells = [one.totals[party].grouped if party in one.totals else "" for party in parties]
        whole = total(one.totals.values()).grouped
        table.add_row(one.ident, str(one.refused or ""), whole, *cells)
    console.print(table)
