"""One ledger of a loan under every form, as a page shows it: its figures, and each line's working.

Which figures a ledger has is services/comparison; what the case does not say is a dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.reading.pack import Grade
from policies.reading.variants import Form, forms
from policies.sharing.assess import Outcome
from services.comparison.ledgers import Ledger, LedgerLine, LedgerTerms
from services.comparison.views import fact_text, ledgers, sentence_of
from services.console.compare_rows import alike
from services.kernel.figures import in_language
from services.kernel.i18n import catalogue, evidence, label
from services.reports.wording import NOTHING

# fmt: off
ITEMS = {
    "enterprise": (
        "interest", "guarantee_fee", "premium", "valuation",
        "interest_subsidy", "valuation_subsidy", "guarantee_fee_subsidy",
    ),
}
"""View -> lines that are columns too; the other views' facts say it all."""
# fmt: on


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of a ledger in words. amount, where, grade: "" where the case states nothing."""

    sentence: str
    amount: str
    where: str
    grade: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class FormLedger:
    """One form's ledger: the figures of the page's columns, and the lines they come from."""

    form: Form
    figures: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]

    @property
    def said(self) -> object:
        """What its working tells."""
        return self.entries


@dataclass(frozen=True, slots=True)
class View:
    """One ledger of every form. columns: names of the figures, as they are shown."""

    columns: tuple[str, ...]
    accounts: tuple[FormLedger, ...]

    @property
    def alike(self) -> list[list[FormLedger]]:
        """The accounts, those of one case with the same working together."""
        return alike(self.accounts)


def view_of(outcomes: Sequence[Outcome], view: str, terms: LedgerTerms, *, lang: str) -> View:
    """The ledgers of all outcomes. view: `enterprise`, `bank` or `public`."""
    found = ledgers(outcomes, view, terms)
    items, facts = _items(found, view), _facts(found, lang)
    known = {form.ident: form for form in forms()}
    accounts = [
        FormLedger(
            known[one.outcome.policy.ident],
            (*_amounts(one, items), *(fact_text(name, one.facts.get(name)) for name in facts)),
            tuple(_entry(line, lang) for line in one.lines),
        )
        for one in found
    ]
    named = (*(f"ledger.item.{name}" for name in items), *(f"ledger.fact.{name}" for name in facts))
    return View(tuple(label(key, lang) for key in named), tuple(accounts))


def _items(found: Sequence[Ledger], view: str) -> tuple[str, ...]:
    """Lines that make columns of a view: those that some form has an amount in."""
    given = {line.name for one in found for line in one.lines if line.amount}
    return tuple(name for name in ITEMS.get(view, ()) if name in given)


def _amounts(ledger: Ledger, items: Sequence[str]) -> Iterator[str]:
    """The lines' amounts; a dash where the case states nothing."""
    amounts = {line.name: line.amount for line in ledger.lines}
    for name in items:
        amount = amounts.get(name)
        yield NOTHING if amount is None else amount.grouped


def _facts(found: Iterable[Ledger], lang: str) -> tuple[str, ...]:
    """Facts that have a name for people and that some form gives."""
    given = dict.fromkeys(n for one in found for n, value in one.facts.items() if value)
    return tuple(name for name in given if f"ledger.fact.{name}" in catalogue(lang))


def _entry(line: LedgerLine, lang: str) -> LedgerEntry:
    cited = line.citation
    if cited is None:
        return LedgerEntry(sentence_of(line, lang), "", "", "", assumed=False)
    return LedgerEntry(
        sentence_of(line, lang),
        line.amount.grouped if line.amount is not None else "",
        f"{in_language(cited.source, lang)} · {cited.clause}",
        evidence(cited, lang),
        assumed=cited.grade is Grade.ASSUMED,
    )
