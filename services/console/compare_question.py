"""The question of the comparison as its URL asks it, and as a form shows it again.

What is no amount, or contradicts another figure, is said beside its field; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from services.comparison.ledgers import LedgerTerms
from services.comparison.ledgers import sample as ledger_sample
from services.comparison.question import (
    Question,
    ToldDefault,
    amount,
    flag_name,
    question,
    rate_of,
    with_sample,
)
from services.kernel.i18n import say
from services.kernel.problems import Unusable

LOSS = "loss"
VIEWS = (LOSS, "enterprise", "bank", "public")
FIGURES = tuple(one.name for one in fields(ToldDefault))
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks. told: the figures as written. question: None where there are faults.

    rate: the loan's yearly rate in per cent as written, "" for the sample's; the ledgers read it.

    faults: field -> what is wrong with it. every: also the forms that comparisons leave out.
    sample: whether the platform's own example is shown, since nothing was asked.
    """

    world: str
    told: ToldDefault
    view: str = LOSS
    rate: str = ""
    every: bool = False
    sample: bool = False
    question: Question | None = None
    faults: Mapping[str, str] = field(default_factory=dict)

    def url(self, changes: Mapping[str, Any] | None = None, *, path: str = "/compare") -> str:
        """The address of this question with these changes."""
        asked = replace(self, **(changes or {}))
        pairs = {
            "world": asked.world,
            **asdict(asked.told),
            "rate": asked.rate,
            "view": "" if asked.view == LOSS else asked.view,
            "all": "1" if asked.every else "",
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{path}?{query}" if query else path

    @property
    def terms(self) -> LedgerTerms:
        """What the ledgers are asked. Raises ValueError where the question has faults."""
        if self.question is None:
            raise ValueError("a question with faults has no terms")
        if not self.rate:
            return LedgerTerms(self.question, ledger_sample()["rate"], told_rate=False)
        return LedgerTerms(self.question, rate_of(self.rate), told_rate=True)

    def command(self, day: date | None) -> str:
        """The same question on the command line, under the policies of that day."""
        parts = ["zhidai", "compare"]
        for name, value in _plain(self.question):
            parts += [flag_name(name), value]
        parts += ["--on", day.isoformat()] if day else []
        parts += ["--all"] if self.every else []
        if self.view != LOSS:
            parts += ["--view", self.view, *(["--rate", self.rate] if self.rate else [])]
        return " ".join(parts)


def read(query: Mapping[str, str], *, world: str, lang: str) -> Asked:
    """The question of a query string; the sample where it has no principal and no other figure."""
    told = ToldDefault(**{name: query.get(name, "").strip()[:LONGEST] for name in FIGURES})
    sample = not any(asdict(told).values())
    view = query.get("view", LOSS)
    asked = Asked(
        world=world,
        told=with_sample(told),
        view=view if view in VIEWS else LOSS,
        every=query.get("all") == "1",
        rate=query.get("rate", "").strip()[:LONGEST],
        sample=sample,
    )
    faults = {**_faults(asked.told, lang), **_rate_fault(asked.rate, lang)}
    if faults:
        return replace(asked, faults=faults)
    return replace(asked, question=question(asked.told))


def _faults(told: ToldDefault, lang: str) -> dict[str, str]:
    """What is wrong, by field: each figure for itself, then how they agree."""
    found = {}
    for name, written in asdict(told).items():
        try:
            if written:
                amount(name, written)
        except Unusable as fault:
            found[name] = _sentence(fault, lang)
    if found:
        return found
    try:
        question(told)
    except Unusable as fault:
        return {_field(fault): _sentence(fault, lang)}
    return {}


def _rate_fault(written: str, lang: str) -> dict[str, str]:
    try:
        if written:
            rate_of(written)
    except Unusable as fault:
        return {"rate": _sentence(fault, lang)}
    return {}


def _sentence(fault: Unusable, lang: str) -> str:
    """The fault with the fields by the names that the form gives them."""
    named = {flag_name(name): say(f"console.compare.field.{name}", lang) for name in FIGURES}
    values = {key: named.get(str(value), value) for key, value in fault.values.items()}
    return say(fault.key, lang, values)


def _field(fault: Unusable) -> str:
    """The field that a contradiction is shown beside; cost is the one that needs another."""
    flags = {flag_name(name): name for name in FIGURES}
    return flags.get(str(fault.values.get("flag")), "cost")


def _plain(asked: Question | None) -> Iterator[tuple[str, str]]:
    """The figures of a question as the command line takes them."""
    if asked is None:
        return
    yield "principal", asked.loss.principal.yuan
    yield "interest", asked.loss.interest.yuan
    yield "drawn", asked.loss.lent.yuan
    yield "balance_after_draw", asked.loss.balance_after_draw.yuan
    if asked.gross is not None:
        yield "recovery", asked.gross.yuan
        yield "cost", asked.cost.yuan
    if asked.cash is not None:
        yield "fund_cash", asked.cash.yuan


def of_loan(loan: Any, rows: Mapping[str, Any], *, world: str) -> str:
    """The address that asks of a loan's own default, as its claim states it; "" without a loss."""
    claim, recovery = rows.get("claim"), rows.get("recovery")
    if claim is None or not claim.principal:
        return ""
    told = ToldDefault(
        principal=claim.principal.yuan,
        interest=claim.bank_interest.yuan,
        drawn=loan.disbursed.yuan,
        balance_after_draw=loan.balance_after_draw.yuan,
    )
    if recovery is not None and recovery.gross:
        told = replace(told, recovery=recovery.gross.yuan, cost=recovery.cost.yuan)
    return Asked(world, told).url()
