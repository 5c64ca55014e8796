"""All forms on one default as a table: who bears what before the recovery, and what after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.money import Money
from policies.sharing.assess import Outcome
from services.cli.cells import GROUPS, by_group, form_id, table_of
from services.comparison.answer import refusal_sentence
from services.comparison.compare import Compared
from services.comparison.which import title_of
from services.kernel.i18n import say

_NAME = 20  # columns that a form's name keeps in a narrow terminal


def print_compared(console: Console, found: Compared, *, every: bool, lang: str) -> None:
    """The question, then a line a form: before the recovery and, where one is told, after it."""
    asked = found.question
    shown = {
        "principal": asked.loss.principal.grouped,
        "interest": asked.loss.interest.grouped,
        "drawn": asked.loss.lent.grouped,
        "balance": asked.loss.balance_after_draw.grouped,
        "day": found.day.isoformat(),
    }
    console.print(say("comparison.question", lang, shown))
    outcomes = found.outcomes if every else found.shown
    borne = [one.assessment.totals() for one in outcomes]
    console.print(_table(console, outcomes, borne, title="who_bears", lang=lang))
    if asked.net is not None:
        console.print(say("comparison.net_is", lang, {"net": asked.net.grouped}))
        after = [one.burden for one in outcomes]
        console.print(_table(console, outcomes, after, title="after_recovery", lang=lang))
    for one in outcomes:
        _remark(console, one, lang)


def _table(
    console: Console,
    outcomes: Sequence[Outcome],
    sums: Sequence[Mapping[str, Money]],
    *,
    title: str,
    lang: str,
) -> Table:
    """Columns as in ZD-4.11: public money, other payers, and who lent."""
    table = table_of(lang, title, "form", amounts=GROUPS)
    table.columns[0].min_width = _NAME
    table.add_column(say("comparison.assumed_count", lang), justify="right")
    for outcome, amounts in zip(outcomes, sums, strict=True):
        policy = outcome.policy
        name = f"{escape(title_of(policy, lang))}\n[dim]{form_id(console, policy.ident)}[/]"
        table.add_row(name, *by_group(amounts, lang), f"[yellow]{len(outcome.assumptions)}[/]")
    return table


def _remark(console: Console, outcome: Outcome, lang: str) -> None:
    """What a reader must know of a line: why it is refused, what is not paid yet, the surplus."""
    ident = outcome.policy.ident
    for one in outcome.refused:
        console.print(f"[red]{ident}: {escape(refusal_sentence(one, lang))}[/]")
    if outcome.assessment.transferred:
        shown = {"amount": outcome.assessment.transferred.grouped}
        console.print(f"{ident}: {say('comparison.transferred', lang, shown)}")
    if outcome.surplus:
        shown = {"amount": outcome.surplus.grouped}
        console.print(f"{ident}: {say('comparison.surplus', lang, shown)}")
