"""One outcome as tables in the terminal: who bears what, what comes back, working and grades."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.money import Money, total
from policies.reading.catalogue import CATALOGUE
from policies.sharing.assess import Outcome
from policies.sharing.cover import INTEREST, PRINCIPAL, QUEUED
from services.cli.cells import grade_text, steps_of, table_of, where
from services.cli.rules import hint
from services.comparison.answer import refusal_sentence
from services.comparison.which import title_of
from services.comparison.working_text import sentence
from services.kernel.i18n import label, say
from services.reports.clauses import value_text


def print_outcome(console: Console, outcome: Outcome, *, told: bool, lang: str) -> None:
    """All of an outcome. told: a recovery was told, so that a table shows what comes back."""
    policy = outcome.policy
    console.print(f"[bold]{escape(title_of(policy, lang))}[/]  {policy.ref}")
    console.print(say("comparison.policy_day", lang, {"day": policy.as_of.isoformat()}))
    for one in outcome.refused:
        cited, told_why = one.parameter.citation, escape(refusal_sentence(one, lang))
        grade = grade_text(cited, lang)
        console.print(f"[red]{told_why}[/] {where(cited, lang)} {grade}")
    console.print(_shares(outcome, lang))
    if outcome.assessment.transferred:
        shown = {"amount": outcome.assessment.transferred.grouped}
        console.print(say("comparison.transferred", lang, shown))
    if told:
        shown = {"net": outcome.net.grouped, "surplus": outcome.surplus.grouped}
        console.print(say("comparison.net_and_surplus", lang, shown))
        console.print(_after_recovery(outcome, lang))
    console.print(_working(outcome, lang))
    console.print(_assumptions(outcome, lang))
    clauses = (one.citation.clause for one in outcome.assumptions)
    if rules := hint(" ".join(clauses), lang):
        console.print(escape(rules), soft_wrap=True, highlight=False)


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
    table = table_of(lang, "after_recovery", "party", amounts=("total", "returned", "burden"))
    totals = outcome.assessment.totals()
    for party, burden in outcome.burden.items():
        borne, back = totals.get(party, Money.ZERO), outcome.returned[party]
        table.add_row(label(f"party.{party}", lang), borne.grouped, back.grouped, burden.grouped)
    columns = (totals, outcome.returned, outcome.burden)
    sums = [total(amounts.values()).grouped for amounts in columns]
    table.add_row(say("comparison.sum", lang), *sums, style="bold")
    return table


def _working(outcome: Outcome, lang: str) -> Table:
    table = steps_of(lang)
    for step in outcome.working:
        amount = "" if step.amount is None else step.amount.grouped
        cited = step.citation
        grade = grade_text(cited, lang)
        table.add_row(escape(sentence(step, lang)), amount, grade, where(cited, lang))
    return table


def _assumptions(outcome: Outcome, lang: str) -> Table:
    table = table_of(lang, "assumptions", "parameter", "value", "clause")
    for one in outcome.assumptions:
        entry = CATALOGUE[one.name]
        name = f"{entry.names[lang]}\n[dim]{one.name}[/]"
        shown = f"[yellow]{escape(value_text(one, lang))}[/]"
        table.add_row(name, shown, escape(one.citation.clause))
    return table
