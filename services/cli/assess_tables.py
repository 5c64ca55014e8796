"""One outcome as tables in the terminal: who bears what, what comes back, the working, the grades.

An assumption is coloured and lettered as one wherever it shows.
"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.assess import Outcome
from policies.catalogue import CATALOGUE
from policies.cover import INTEREST, PRINCIPAL, QUEUED
from policies.money import Money, total
from policies.pack import Citation, Grade
from services.comparison.answer import refusal_sentence
from services.comparison.which import title_of
from services.comparison.working_text import sentence
from services.kernel.figures import in_language
from services.kernel.i18n import label, say
from services.reports.clauses import value_text

# fmt: off
COLOUR = {
    Grade.SEED:    "green",
    Grade.PUBLIC:  "cyan",
    Grade.ASSUMED: "yellow",
}
# fmt: on
_AMOUNT = "right"


def print_outcome(console: Console, outcome: Outcome, *, told: bool, lang: str) -> None:
    """All of an outcome. told: a recovery was told, so that a table shows what comes back."""
    policy = outcome.policy
    console.print(f"[bold]{escape(title_of(policy, lang))}[/]  {policy.ref}")
    console.print(say("comparison.policy_day", lang, {"day": policy.as_of.isoformat()}))
    for one in outcome.refused:
        cited, told_why = one.parameter.citation, escape(refusal_sentence(one, lang))
        grade = grade_text(cited.grade, lang)
        console.print(f"[red]{told_why}[/] {_where(cited, lang)} {grade}")
    console.print(_shares(outcome, lang))
    if outcome.assessment.transferred:
        shown = {"amount": outcome.assessment.transferred.grouped}
        console.print(say("comparison.transferred", lang, shown))
    if told:
        console.print(_after_recovery(outcome, lang))
    console.print(_working(outcome, lang))
    console.print(_assumptions(outcome, lang))


def grade_text(grade: Grade, lang: str) -> str:
    """A grade in words and in its colour."""
    return f"[{COLOUR[grade]}]{label(f'grade.{grade.value}', lang)}[/]"


def table_of(lang: str, title: str, *columns: str, amounts: tuple[str, ...] = ()) -> Table:
    """An empty table; columns by key of their heads, those of amounts to the right."""
    table = Table(title=say(f"comparison.{title}", lang), title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(say(f"comparison.{column}", lang), overflow="fold")
    for column in amounts:
        table.add_column(say(f"comparison.{column}", lang), justify="right", no_wrap=True)
    return table


def _where(cited: Citation, lang: str) -> str:
    return escape(f"{in_language(cited.source, lang)}, {cited.clause}")


def _shares(outcome: Outcome, lang: str) -> Table:
    """Party by component."""
    found = outcome.assessment
    components = [c for c in (PRINCIPAL, INTEREST, QUEUED) if c != QUEUED or not found.whole]
    table = table_of(lang, "who_bears", "party", amounts=(*components, "total"))
    by_component = [found.borne(component) for component in components]
    for party, whole in found.totals().items():
        cells = [amounts[party].grouped for amounts in by_component]
        table.add_row(label(f"party.{party}", lang), *cells, whole.grouped)
    sums = [total(amounts.values()).grouped for amounts in by_component]
    exposure = total(found.totals().values()).grouped
    table.add_row(say("comparison.sum", lang), *sums, exposure, style="bold")
    return table


def _after_recovery(outcome: Outcome, lang: str) -> Table:
    shown = {"net": outcome.net.grouped, "surplus": outcome.surplus.grouped}
    table = table_of(lang, "after_recovery", "party", amounts=("total", "returned", "burden"))
    table.caption = say("comparison.net_and_surplus", lang, shown)
    totals = outcome.assessment.totals()
    for party, burden in outcome.burden.items():
        borne, back = totals.get(party, Money.ZERO), outcome.returned[party]
        table.add_row(label(f"party.{party}", lang), borne.grouped, back.grouped, burden.grouped)
    columns = (totals, outcome.returned, outcome.burden)
    sums = [total(amounts.values()).grouped for amounts in columns]
    table.add_row(say("comparison.sum", lang), *sums, style="bold")
    return table


def _working(outcome: Outcome, lang: str) -> Table:
    table = table_of(lang, "working", "step", "amount", "grade", "clause")
    for step in outcome.working:
        amount = "" if step.amount is None else step.amount.grouped
        grade, where = grade_text(step.citation.grade, lang), _where(step.citation, lang)
        table.add_row(escape(sentence(step, lang)), amount, grade, where)
    return table


def _assumptions(outcome: Outcome, lang: str) -> Table:
    table = table_of(lang, "assumptions", "parameter", "value", "clause")
    for one in outcome.assumptions:
        entry = CATALOGUE[one.name]
        name = f"{entry.names[lang]}\n[dim]{one.name}[/]"
        shown = f"[yellow]{escape(value_text(one, lang))}[/]"
        table.add_row(name, shown, escape(one.citation.clause))
    return table
