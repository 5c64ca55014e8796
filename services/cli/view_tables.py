"""One of the three ledgers of every form: its figures, then each line with working and grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.money import yuan
from services.cli.assess_tables import grade_text, table_of
from services.comparison.ledgers import Ledger, percent_text
from services.comparison.views import sentence_of
from services.kernel.figures import in_language
from services.kernel.i18n import say

# fmt: off
_FACTS = {
    "enterprise": ("all_in", "rate", "rate_before", "saved"),
    "bank":       ("income", "loss", "return", "rate", "cash", "cash_days", "present_value",
                   "cash_days_after_write_off", "gained_by_paying_early"),
    "public":     ("borne", "subsidies", "public", "per_yuan_lent", "backed",
                   "backed_per_yuan_lent"),
}
_RATES = ("rate", "rate_before", "saved")
_PLAIN = ("cash_days", "cash_days_after_write_off", "per_yuan_lent", "backed_per_yuan_lent")
# fmt: on


def print_ledgers(console: Console, every: Sequence[Ledger], view: str, *, lang: str) -> None:
    """The figures of all forms in one table, then the lines."""
    facts = [name for name in _FACTS[view] if any(one.facts.get(name) for one in every)]
    table = table_of(lang, f"view_{view}", "form")
    for name in facts:
        table.add_column(say(f"ledger.fact.{name}", lang), justify="right")
    for one in every:
        cells = [_shown(name, one.facts.get(name)) for name in facts]
        table.add_row(one.outcome.policy.ident, *cells)
    console.print(table)
    console.print(_lines(every, lang))


def _shown(name: str, found: str | None) -> str:
    """A fact as it is read; a dash where the case does not say."""
    if found is None:
        return "—"
    if name in _RATES:
        return percent_text(Decimal(found))
    return found if name in _PLAIN else yuan(found).grouped


def _lines(every: Sequence[Ledger], lang: str) -> Table:
    table = table_of(lang, "working", "form", "step", "amount", "grade", "clause")
    for one in every:
        ident = one.outcome.policy.ident
        for line in one.lines:
            amount = line.amount.grouped if line.amount is not None else ""
            cited = line.citation
            where = f"{in_language(cited.source, lang)}, {cited.clause}" if cited else ""
            grade = grade_text(cited.grade, lang) if cited else ""
            table.add_row(ident, escape(sentence_of(line, lang)), amount, grade, escape(where))
            ident = ""
        table.add_section()
    return table
