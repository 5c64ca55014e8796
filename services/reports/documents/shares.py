"""The default of ZD-1.9 under the forms of a case, and under all cases side by side (ZD-4.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.money import Money, total
from policies.reading.variants import Form, forms, last_change, policy_of
from policies.sharing.assess import Outcome, assess
from policies.sharing.cover import BANK, INTEREST, PRINCIPAL
from services.comparison.parties import present
from services.comparison.question import question, sample
from services.comparison.sides import Sides, sides
from services.kernel.i18n import label, say
from services.reports.documents.markdown import table

_BY_PARTY = ("form", "party", "before", "returned", "after")
_BY_CASE = (
    "form", "public_before", "others_before", "bank_principal", "bank_interest", "sum",
    "public_after", "others_after", "bank_after",
)  # fmt: skip


def of_case(case: str, lang: str) -> str:
    """A line a party of each main form: what it bears, what it gets back, what remains."""
    rows = [
        row
        for form in forms()
        if form.pack.case == case and form.headline
        for row in _parties(form, _outcome(form), lang)
    ]
    return table(_heads(_BY_PARTY, lang), rows)


def side_by_side(lang: str) -> str:
    """A line a main form: public money, other parties and the bank, before and after recovery."""
    rows = [_line(form, _outcome(form), lang) for form in forms() if form.headline]
    return table(_heads(_BY_CASE, lang), rows)


def _heads(names: tuple[str, ...], lang: str) -> list[str]:
    return [label(f"table.{name}", lang) for name in names]


def _outcome(form: Form) -> Outcome:
    return assess(policy_of(form.ident, last_change(form.ident)), question(sample()).default)


def _parties(form: Form, outcome: Outcome, lang: str) -> Iterator[tuple[str, ...]]:
    totals = outcome.assessment.totals()
    for party in present([totals, outcome.returned]):
        amounts = (totals, outcome.returned, outcome.burden)
        told = (one.get(party, Money.ZERO).grouped for one in amounts)
        yield _name(form, outcome, lang), label(f"party.{party}", lang), *told
    sums = (total(one.values()).grouped for one in (totals, outcome.returned, outcome.burden))
    yield _name(form, outcome, lang), label("table.sum", lang), *sums


def _line(form: Form, outcome: Outcome, lang: str) -> tuple[str, ...]:
    found = outcome.assessment
    totals = found.totals()
    before, after = sides(totals), sides(outcome.burden)
    return (
        _name(form, outcome, lang),
        *_others(before, lang),
        found.borne(PRINCIPAL).get(BANK, Money.ZERO).grouped,
        found.borne(INTEREST).get(BANK, Money.ZERO).grouped,
        total(totals.values()).grouped,
        *_others(after, lang),
        after.bank.grouped,
    )


def _name(form: Form, outcome: Outcome, lang: str) -> str:
    name = f"`{form.ident}` {form.names[lang]}"
    if not outcome.assessment.transferred:
        return name
    return f"{name}\n{say('rulebook.aside', lang, {'amount': outcome.assessment.transferred})}"


def _others(found: Sides, lang: str) -> tuple[str, str]:
    return _told(found.public, lang), _told(found.others, lang)


def _told(amounts: Mapping[str, Money], lang: str) -> str:
    lines = (f"{label(f'party.{party}', lang)} {amount}" for party, amount in amounts.items())
    return "\n".join(lines) or "–"
