"""A replayed book as a table in the terminal: a line a form, its columns as in `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console

from policies.money import Money
from services.cli.cells import GROUPS, by_group, form_id, table_of
from services.comparison.book import Book
from services.comparison.fund_data import Funded, chance
from services.comparison.fund_size import ASSUMED
from services.comparison.ledgers import percent_text
from services.comparison.replay import Replayed
from services.kernel.i18n import label, say


def print_replayed(console: Console, book: Book, found: Sequence[Replayed], *, lang: str) -> None:
    """Rows, unread ones, defaults and loss; then who would have borne them under each form."""
    loss = Money(sum(loan.lost or 0 for loan in book.defaults)).grouped
    shown = {"rows": f"{book.rows:,}", "defaults": f"{len(book.defaults):,}", "loss": loss}
    console.print(say("replay.head", lang, shown))
    if book.unread:
        console.print(f"[bold red]{say('replay.head_unread', lang, {'unread': book.unread})}[/]")
    table = table_of(lang, "who_bears", "form", amounts=("refused", *GROUPS))
    for one in found:
        refused = f"{one.refused:,}" if one.refused else ""
        table.add_row(form_id(console, one.ident), refused, *by_group(one.totals, lang))
    console.print(table)


def print_fund(console: Console, one: Funded, *, lang: str) -> None:
    """The size that is needed, what other sizes come to, and what is taken for granted."""
    runs = one.found.runs
    shown = {
        "case": one.ident,
        "payers": ", ".join(label(f"party.{party}", lang) for party in one.payers),
        "claims": Money(int(one.months.claims.sum())).grouped,
        "runs": f"{runs:,}",
        "seed": one.seed,
        "needed": one.needed.grouped,
    }
    console.print(say("replay.fund_head", lang, shown))
    amounts = ("fund_size", "exhausted", "exhausted_by", "peak_leverage", "cumulative_leverage")
    table = table_of(lang, "fund_sizes", amounts=amounts)
    for size in one.sizes:
        told = percent_text(Decimal(chance(size, runs)))
        times = (size.peak_leverage or "—", size.cumulative_leverage or "—")
        own = size.size == one.chosen.size
        marked = f"→ {size.size.grouped}" if own else size.size.grouped
        table.add_row(marked, told, size.by or "—", *times, style="bold" if own else "")
    console.print(table)
    if one.months.left_out:
        console.print(say("replay.left_out", lang, {"count": one.months.left_out}))
    console.print(say("replay.taken_for_granted", lang))
    for name in ASSUMED:
        console.print(f"[yellow]· {say(f'replay.assumed.{name}', lang)}[/]")
