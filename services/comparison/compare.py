"""One default under every form of every case, side by side: outcomes, JSON and CSV.

Forms keep the order of the cases' numbers; all stand on policies of one day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.reading.variants import forms, last_change
from policies.sharing.assess import Outcome, assess
from services.comparison.answer import answer
from services.comparison.parties import PARTIES
from services.comparison.question import Question
from services.comparison.which import overridden, pair, policy_on
from services.kernel.problems import Unusable

_HEAD = ("case", "variant", "exposure", "refused", "transferred_not_yet_paid", "net")


@dataclass(frozen=True, slots=True)
class Compared:
    """A question and what every form makes of it. headline: ids shown without being asked for."""

    question: Question
    day: date
    chosen: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    headline: frozenset[str]

    @property
    def shown(self) -> tuple[Outcome, ...]:
        """The outcomes of headline forms."""
        return tuple(one for one in self.outcomes if one.policy.ident in self.headline)


def compare(question: Question, day: date | None, chosen: Sequence[str] = ()) -> Compared:
    """A default under all forms. Values chosen hold wherever a form states the parameter.

    Raises Unusable where no form states it or it cannot be that value.
    """
    every = forms()
    on = day or max(last_change(form.ident) for form in every)
    policies = [policy_on(form.ident, on) for form in every]
    changed = [_with(policy, chosen) for policy in policies]
    _stated_somewhere(policies, chosen)
    return Compared(
        question,
        on,
        tuple(chosen),
        tuple(assess(policy, question.default) for policy in changed),
        frozenset(form.ident for form in every if form.headline),
    )


def _with(policy: Policy, chosen: Sequence[str]) -> Policy:
    return overridden(policy, [one for one in chosen if pair(one)[0] in policy.parameters])


def _stated_somewhere(policies: Sequence[Policy], chosen: Sequence[str]) -> None:
    for name, _ in map(pair, chosen):
        if not any(name in policy.parameters for policy in policies):
            raise Unusable("comparison.unstated_anywhere", {"name": name[:80]})


def compared_data(found: Compared, lang: str) -> dict[str, Any]:
    """The JSON of `zhidai compare`: the question, then each form as `zhidai assess` answers."""
    return {
        **question_data(found),
        "variants": [answer(outcome, lang) for outcome in found.outcomes],
    }


def question_data(found: Compared) -> dict[str, Any]:
    """The figures asked about; null where nothing is told."""
    asked = found.question
    return {
        "principal": asked.loss.principal.yuan,
        "interest": asked.loss.interest.yuan,
        "drawn": asked.loss.lent.yuan,
        "balance_after_draw": asked.loss.balance_after_draw.yuan,
        "recovery": asked.gross.yuan if asked.gross is not None else None,
        "cost": asked.cost.yuan if asked.gross is not None else None,
        "fund_cash": asked.cash.yuan if asked.cash is not None else None,
        "set": list(found.chosen),
        "policy_day": found.day.isoformat(),
    }


def compared_csv(found: Compared) -> str:
    """A line a form: totals by party before the recovery, then what each bears after it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    after = [f"burden_{party}" for party in PARTIES]
    writer.writerow([*_HEAD, *PARTIES, "surplus_to_pledgor", *after])
    for outcome in found.outcomes:
        writer.writerow(_cells(outcome))
    return out.getvalue()


def _cells(outcome: Outcome) -> Iterator[str]:
    totals, zero = outcome.assessment.totals(), Money.ZERO
    yield outcome.policy.case
    yield outcome.policy.ident
    yield total(totals.values()).yuan
    yield " ".join(one.code for one in outcome.refused)
    yield outcome.assessment.transferred.yuan
    yield outcome.net.yuan
    yield from (totals.get(party, zero).yuan for party in PARTIES)
    yield outcome.surplus.yuan
    yield from (outcome.burden.get(party, zero).yuan for party in PARTIES)
