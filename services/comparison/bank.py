"""What a loan yields who lent it: interest, the loss left, and when the others' cash comes.

Paying before the write-off is set against paying after it: days, and present value at what money
costs the lender (one-year LPR of the case, else of the sample), simple, on 360 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.money import Money, round_half_up, total
from policies.reading.pack import Citation, Parameter
from policies.sharing.assess import Outcome
from services.comparison.ledgers import (
    TIMES,
    YEAR_DAYS,
    Ledger,
    LedgerLine,
    LedgerTerms,
    assumed,
    interest,
    not_stated,
    per_yuan,
    percent_text,
    sample,
    stated,
    summed,
)


def bank(outcome: Outcome, terms: LedgerTerms) -> Ledger:
    """A year's interest less the loss left after the recovery, and the cash of the other payers.

    Of notes the lender is who holds them. Times and values are None where nobody else pays, or
    the case does not say when.
    """
    creditor = outcome.assessment.creditor
    income = interest(outcome, terms)
    burden = outcome.burden.get(creditor, Money.ZERO)
    lost = LedgerLine("loss_left", {"party": creditor}, -burden, _loss_rule(outcome))
    earned = summed((income, lost))
    lines, times = _cash(outcome, creditor)
    facts = {
        "lender": creditor,
        "income": summed((income,)).yuan,
        "loss": burden.yuan,
        "return": earned.yuan,
        "rate": per_yuan(earned, terms.drawn),
        **times,
    }
    return Ledger(outcome, (income, lost, *lines), facts)


@dataclass(frozen=True, slots=True)
class PayerTiming:
    """Cash of the other payers, days after the due date, and the rules that say so."""

    days: int
    start: Parameter
    within: Parameter


def payment(outcome: Outcome) -> PayerTiming | None:
    """When the others' cash comes; None where the case does not say, or nobody pays."""
    waits = stated(outcome, TIMES["waits"])
    late = waits is not None and waits.value is True
    return _payment(outcome, TIMES["write_off"] if late else TIMES["from_dpd"])


def after_write_off(outcome: Outcome) -> PayerTiming | None:
    """When it would come if it waited for the write-off."""
    return _payment(outcome, TIMES["write_off"])


def present_value(amount: Money, rate: Decimal, days: int) -> Money:
    """An amount due after that many days, worth now: simple discount, half up to the fen."""
    return Money(round_half_up(amount.fen / (1 + rate * days / YEAR_DAYS)))


def _payment(outcome: Outcome, start_name: str) -> PayerTiming | None:
    start, within = stated(outcome, start_name), stated(outcome, TIMES["within"])
    if start is None or within is None:
        return None
    return PayerTiming(start.value + within.value, start, within)


def _cash(outcome: Outcome, creditor: str) -> tuple[tuple[LedgerLine, ...], dict[str, str | None]]:
    """The lines on the other payers' cash, and its sum, days and values as facts."""
    cash = total(m for party, m in outcome.assessment.totals().items() if party != creditor)
    early, late = (payment(outcome), after_write_off(outcome)) if cash else (None, None)
    rate, cited = _cost_of_money(outcome)
    worth, worth_late = (_worth(cash, rate, when) for when in (early, late))
    gained = None if worth is None or worth_late is None else (worth - worth_late).yuan
    facts = {
        "cash": cash.yuan,
        "cash_days": str(early.days) if early else None,
        "present_value": worth.yuan if worth else None,
        "cash_days_after_write_off": str(late.days) if late else None,
        "present_value_after_write_off": worth_late.yuan if worth_late else None,
        "gained_by_paying_early": gained,
    }
    if not cash:
        return (), facts
    lines = (
        *_arrival("cash", cash, early, worth=worth, discount=(rate, cited)),
        *_arrival("cash_after_write_off", cash, late, worth=worth_late, discount=(rate, cited)),
    )
    return lines, facts


def _worth(cash: Money, rate: Decimal, when: PayerTiming | None) -> Money | None:
    return None if when is None else present_value(cash, rate, when.days)


def _arrival(
    name: str,
    cash: Money,
    when: PayerTiming | None,
    *,
    worth: Money | None,
    discount: tuple[Decimal, Citation],
) -> tuple[LedgerLine, ...]:
    """When a sum comes and what it is worth now; or that the case does not say."""
    if when is None or worth is None:
        return (not_stated(name),)
    rate, cited = discount
    inputs = {"rate": percent_text(rate), "days": str(when.days)}
    return (_cash_line(name, cash, when), LedgerLine("present_value", inputs, worth, cited))


def _cash_line(name: str, amount: Money, when: PayerTiming) -> LedgerLine:
    inputs = {
        "dpd": str(when.start.value),
        "within": str(when.within.value),
        "days": str(when.days),
    }
    return LedgerLine(name, inputs, amount, when.start.citation)


def _cost_of_money(outcome: Outcome) -> tuple[Decimal, Citation]:
    lpr = stated(outcome, "lpr_1y")
    if lpr is not None:
        return lpr.value, lpr.citation
    return sample()["funding_rate"], assumed(outcome, "ZD-1.8, LPR")


def _loss_rule(outcome: Outcome) -> Citation | None:
    base = stated(outcome, "loss_base")
    return base.citation if base else None
