"""The head of docs/cases.md: one default under the forms of every case, as in ZD-4.11."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.money import Money, total
from policies.reading.variants import Form, forms, last_change, policy_of
from policies.sharing.assess import Outcome, assess
from policies.sharing.cover import BANK, INTEREST, PRINCIPAL
from services.comparison.answer import refusal_sentence
from services.comparison.question import Question, question, sample
from services.comparison.sides import Sides, sides
from services.kernel.i18n import say
from services.reports.documents.markdown import both, pair, table

_LEAD = """## 同一笔违约 · One default

未还本金 {principal} 元，利息 {interest} 元，放款 {drawn} 元；
追回 {gross} 元，费用 {cost} 元。各案例取其最新的值；只列主要形式，其余形式见各案例。

{principal} of principal and {interest} of interest unpaid out of {drawn} drawn;
{gross} recovered at a cost of {cost}. Each case by its newest values; the main
forms only, the others stand with their case."""

_HEAD = (
    "案例 · case",
    "财政资金 · public money",
    "其他各方 · other parties",
    "银行本金 · bank, principal",
    "银行利息 · bank, interest",
    "合计 · sum",
    "追偿后财政资金 · public money after recovery",
    "追偿后其他各方 · others after recovery",
    "追偿后银行 · bank after recovery",
)


def side_by_side() -> str:
    """The lead and the table, in Markdown."""
    asked = question(sample())
    return f"{_lead(asked)}\n\n{table(_HEAD, _rows(asked))}"


def _lead(asked: Question) -> str:
    return _LEAD.format(
        principal=asked.loss.principal,
        interest=asked.loss.interest,
        drawn=asked.loss.lent,
        gross=asked.gross or Money.ZERO,
        cost=asked.cost,
    )


def _rows(asked: Question) -> Iterator[tuple[str, ...]]:
    for form in forms():
        if form.headline:
            policy = policy_of(form.ident, last_change(form.ident))
            yield _row(form, assess(policy, asked.default))


def _row(form: Form, outcome: Outcome) -> tuple[str, ...]:
    found = outcome.assessment
    totals = found.totals()
    before, after = sides(totals), sides(outcome.burden)
    return (
        _name(form, outcome),
        *_others(before),
        found.borne(PRINCIPAL).get(BANK, Money.ZERO).grouped,
        found.borne(INTEREST).get(BANK, Money.ZERO).grouped,
        total(totals.values()).grouped,
        *_others(after),
        after.bank.grouped,
    )


def _name(form: Form, outcome: Outcome) -> str:
    title = form.pack.title
    lines = [f"[`{form.ident}`](#{form.pack.case}) {pair(title['zh'], title['en'])}"]
    if form.variant:
        lines.append(pair(form.names["zh"], form.names["en"]))
    if outcome.assessment.transferred:
        aside = {"amount": outcome.assessment.transferred}
        lines.append(pair(*(say("console.compare.aside", lang, aside) for lang in _LANGS)))
    lines += [pair(*(refusal_sentence(one, lang) for lang in _LANGS)) for one in outcome.refused]
    return "\n".join(lines)


def _others(found: Sides) -> tuple[str, str]:
    return _told(found.public), _told(found.others)


def _told(amounts: Mapping[str, Money]) -> str:
    lines = (f"{both(f'party.{party}')} {amount}" for party, amount in amounts.items())
    return "\n".join(lines) or "–"


_LANGS = ("zh", "en")
