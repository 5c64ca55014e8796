"""One default under every form of every case, as rows of a page: who pays, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from policies.money import Money, total
from policies.reading.variants import Form, forms
from policies.sharing.assess import Outcome
from policies.sharing.cover import BANK, INTEREST, PRINCIPAL, QUEUED
from services.comparison.answer import refusal_sentence
from services.comparison.sides import Sides, sides
from services.console.working import Rule, rule
from services.reports.clauses import Cited, of_parameter


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One form's outcome. before, after: who bears it before and after its recovery.

    principal, interest, queued: the bank's own; queued waits for the fund's cash. aside: set aside
    and not yet paid. assumed: what the outcome rests on that no source states.
    """

    form: Form
    before: Sides
    principal: Money
    interest: Money
    queued: Money
    total: Money
    after: Sides
    burden: Money
    surplus: Money
    aside: Money
    refused: tuple[str, ...]
    rules: tuple[Rule, ...]
    assumed: tuple[Cited, ...]

    @property
    def payers(self) -> Mapping[str, Money]:
        """Who pays beside the creditor; the bank itself where nobody does."""
        return {**self.before.public, **self.before.others} or {BANK: self.before.bank}

    @property
    def said(self) -> object:
        """What its working tells."""
        return (self.rules, self.assumed, self.refused)


class WithWorking(Protocol):
    """A form with its working: a Row, or a ledger's account."""

    @property
    def form(self) -> Form:
        """The form."""

    @property
    def said(self) -> object:
        """What its working tells."""


A = TypeVar("A", bound=WithWorking)


def alike(found: Iterable[A]) -> list[list[A]]:
    """Forms of one case whose workings say the same, together, in the order of the first."""
    groups: list[list[A]] = []
    for one in found:
        case, said = one.form.pack.case, one.said
        same = (g for g in groups if (g[0].form.pack.case, g[0].said) == (case, said))
        group = next(same, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def rows(outcomes: Iterable[Outcome], lang: str) -> list[OutcomeRow]:
    """The outcomes as rows, in their order."""
    known = {form.ident: form for form in forms()}
    return [_row(known[one.policy.ident], one, lang) for one in outcomes]


def left_out() -> dict[str, int]:
    """How many forms of each case stand on the same default and are not shown at first."""
    counts: dict[str, int] = {}
    for form in forms():
        if not form.headline:
            counts[form.pack.case] = counts.get(form.pack.case, 0) + 1
    return counts


def _row(form: Form, outcome: Outcome, lang: str) -> OutcomeRow:
    found = outcome.assessment
    totals = found.totals()
    return OutcomeRow(
        form=form,
        before=sides(totals),
        principal=found.borne(PRINCIPAL).get(BANK, Money.ZERO),
        interest=found.borne(INTEREST).get(BANK, Money.ZERO),
        queued=total(found.borne(QUEUED).values()),
        total=total(totals.values()),
        after=sides(outcome.burden),
        burden=total(outcome.burden.values()),
        surplus=outcome.surplus,
        aside=found.transferred,
        refused=tuple(refusal_sentence(one, lang) for one in outcome.refused),
        rules=tuple(rule(step, lang) for step in outcome.working),
        assumed=tuple(of_parameter(one, lang) for one in outcome.assumptions),
    )
