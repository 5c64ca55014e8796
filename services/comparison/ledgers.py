"""Three ledgers of one loan: what it costs the enterprise, yields the bank, takes of public money.

Reads what each case says of fees, subsidies and time; a case that says nothing of one adds nothing,
and its line says so. Computing is enterprise.py, bank.py and public_money.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from policies.money import Money, per_cent, round_half_up, total
from policies.reading.pack import Citation, Grade, Parameter
from policies.sharing.assess import Outcome
from services.comparison.question import Question

_SAMPLE = Path(__file__).with_name("sample.toml")
YEAR_DAYS = 360  # ZD-1.2: a rate is a year of 360 days

# fmt: off
FEES = {
    "guarantee_fee": "guarantee_fee_rate",
    "premium":       "premium_rate",
    "valuation":     "valuation_fee",
}
"""Line of the ledger -> the parameter that states it."""
SUBSIDIES = {
    "interest":      "interest_subsidy_share",
    "valuation":     "valuation_subsidy_share",
    "guarantee_fee": "guarantee_fee_subsidy_share",
}
"""Line that is subsidised -> the parameter that states which part of it."""
RATES = {"note": "note_rate", "before": "rate_before"}
TIMES = {
    "from_dpd":  "pays_from_dpd",
    "within":    "pays_within_days",
    "waits":     "cash_waits_for_write_off",
    "write_off": "write_off_min_dpd",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a ledger. amount, citation: None where the case states nothing of it.

    name, inputs: the key `ledger.<name>` of the sentence and what fills it.
    """

    name: str
    inputs: Mapping[str, str]
    amount: Money | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One view of one form. facts: figures that are no lines: rates, days, sums; as text."""

    outcome: Outcome
    lines: tuple[LedgerLine, ...]
    facts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerTerms:
    """What is asked: the default, the loan's rate and what money costs the bank, by year."""

    question: Question
    rate: Decimal
    told_rate: bool

    @property
    def drawn(self) -> Money:
        """The amount that fees and interest are reckoned on."""
        return self.question.loss.lent


def stated(outcome: Outcome, name: str) -> Parameter | None:
    """A parameter of the form, None where it states none."""
    return outcome.policy.get(name)


def share_of(amount: Money, share: Decimal) -> Money:
    """A rate or share of an amount, half up to the fen."""
    return Money(round_half_up(amount.fen * share))


def fee(outcome: Outcome, name: str, drawn: Money) -> LedgerLine:
    """A fee of one year on the amount drawn, or once a loan; or that the case is silent."""
    found = stated(outcome, FEES[name])
    if found is None:
        return not_stated(name)
    if isinstance(found.value, Money):
        return LedgerLine(name, {}, found.value, found.citation)
    inputs = {"rate": percent_text(found.value), "drawn": drawn.grouped}
    return LedgerLine(name, inputs, share_of(drawn, found.value), found.citation)


def interest(outcome: Outcome, terms: LedgerTerms) -> LedgerLine:
    """One year's interest on the amount drawn: at the notes' rate where the case issues notes."""
    note = stated(outcome, RATES["note"])
    rate = note.value if note else terms.rate
    cited = note.citation if note else _rate_citation(outcome, told=terms.told_rate)
    inputs = {"rate": percent_text(rate), "drawn": terms.drawn.grouped}
    return LedgerLine("interest", inputs, share_of(terms.drawn, rate), cited)


def subsidy(outcome: Outcome, name: str, line: LedgerLine) -> LedgerLine:
    """What public money gives back of a line; below zero, since it lessens the cost."""
    found = stated(outcome, SUBSIDIES[name])
    if found is None or line.amount is None:
        return not_stated(f"{name}_subsidy")
    inputs = {"share": percent_text(found.value), "of": line.amount.grouped}
    return LedgerLine(
        f"{name}_subsidy", inputs, -share_of(line.amount, found.value), found.citation
    )


def subsidies(outcome: Outcome, terms: LedgerTerms) -> tuple[LedgerLine, ...]:
    """What is subsidised of interest, valuation and guarantee fee."""
    paid = {"interest": interest(outcome, terms)}
    paid |= {name: fee(outcome, name, terms.drawn) for name in ("valuation", "guarantee_fee")}
    return tuple(subsidy(outcome, name, line) for name, line in paid.items())


def not_stated(name: str) -> LedgerLine:
    """The case says nothing of it."""
    return LedgerLine(name, {}, None, None)


def summed(lines: tuple[LedgerLine, ...]) -> Money:
    """What the lines come to; lines that are not stated add nothing."""
    return total(line.amount for line in lines if line.amount is not None)


def per_yuan(part: Money, whole: Money) -> str | None:
    """A part of a sum as a fraction with four decimals; None of nothing."""
    if not whole:
        return None
    return f"{Decimal(part.fen) / whole.fen:.4f}"


def percent_text(rate: Decimal) -> str:
    """A rate or share in per cent, at least two decimals: `3.60%`."""
    return f"{per_cent(rate)}%"


@lru_cache(maxsize=1)
def sample() -> Mapping[str, Decimal]:
    """The loan's rate and the cost of funds of the assumed sample, by year."""
    told: Mapping[str, Any] = tomllib.loads(_SAMPLE.read_text("utf-8"))["ledgers"]
    return {name: Decimal(value) for name, value in told.items()}


def assumed(outcome: Outcome, clause: str) -> Citation:
    """The citation of what the sample assumes."""
    return Citation(outcome.policy.case, "知贷样例 · Zhidai sample", clause, Grade.ASSUMED)


def _rate_citation(outcome: Outcome, *, told: bool) -> Citation:
    if told:
        return assumed(outcome, "--rate")
    return assumed(outcome, "ZD-1.9, B0")
