"""One default under every form of every case, as rows of a page: who pays, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.assess import Outcome, assess
from policies.cover import BANK, INTEREST, PRINCIPAL, QUEUED
from policies.money import Money, total
from policies.pack import Parameter
from policies.variants import Form, forms, policy_of
from services.comparison.answer import refusal_sentence
from services.comparison.question import Question
from services.console.working import Rule, rule
from services.reports.clauses import Cited, of_parameter

PUBLIC = ("fund", "government", "city_pool")
"""Parties that pay public money; domain.md 4.11 tells them in one column."""

Parties = Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class Row:
    """One form's outcome. public, others: what each party bears; after: the same after recovery.

    principal, interest, queued: the bank's own; queued waits for the fund's cash. aside: set aside
    and not yet paid. assumed: what the outcome rests on that no source states.
    """

    form: Form
    public: Parties
    others: Parties
    principal: Money
    interest: Money
    queued: Money
    total: Money
    after: Parties
    burden: Money
    surplus: Money
    aside: Money
    refused: tuple[str, ...]
    rules: tuple[Rule, ...]
    assumed: tuple[Cited, ...]

    @property
    def bank_after(self) -> Money:
        """What the bank bears in the end."""
        return self.after.get(BANK, Money.ZERO)

    @property
    def public_after(self) -> Parties:
        """What public money bears in the end, by party."""
        return {party: m for party, m in self.after.items() if party in PUBLIC}

    @property
    def others_after(self) -> Parties:
        """What the other parties bear in the end."""
        return {party: m for party, m in self.after.items() if party not in (*PUBLIC, BANK)}


def outcomes(asked: Question, day: date, *, every: bool) -> list[tuple[Form, Outcome]]:
    """What each form makes of the default on a day; every: those left out of comparisons too."""
    return [
        (form, assess(policy_of(form.ident, day), asked.default))
        for form in forms()
        if every or form.headline
    ]


def rows(found: Iterable[tuple[Form, Outcome]], lang: str) -> list[Row]:
    """The outcomes as rows, in their order."""
    return [_row(form, outcome, lang) for form, outcome in found]


def left_out() -> dict[str, int]:
    """How many forms of each case stand on the same default and are not shown at first."""
    counts: dict[str, int] = {}
    for form in forms():
        if not form.headline:
            counts[form.pack.case] = counts.get(form.pack.case, 0) + 1
    return counts


def _row(form: Form, outcome: Outcome, lang: str) -> Row:
    found = outcome.assessment
    totals = found.totals()
    return Row(
        form=form,
        public=_borne(totals, PUBLIC),
        others={p: m for p, m in totals.items() if m and p not in (*PUBLIC, BANK)},
        principal=found.borne(PRINCIPAL).get(BANK, Money.ZERO),
        interest=found.borne(INTEREST).get(BANK, Money.ZERO),
        queued=total(found.borne(QUEUED).values()),
        total=total(totals.values()),
        after={p: m for p, m in outcome.burden.items() if m or totals.get(p)},
        burden=total(outcome.burden.values()),
        surplus=outcome.surplus,
        aside=found.transferred,
        refused=tuple(refusal_sentence(one, lang) for one in outcome.refused),
        rules=tuple(rule(step, lang) for step in outcome.working),
        assumed=_cited(outcome.assumptions, lang),
    )


def _borne(totals: Parties, parties: Sequence[str]) -> Parties:
    return {party: totals[party] for party in parties if totals.get(party)}


def _cited(assumptions: Iterable[Parameter], lang: str) -> tuple[Cited, ...]:
    return tuple(of_parameter(one, lang) for one in assumptions)
