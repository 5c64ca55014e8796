"""One sweep over the book in date order: what each guard compares, whatever worker comes first.

On one date loans that were drawn earlier end first, as timers come before the acts of a day
(domain.md 0.4.16); then the draws, by line; then loans that end on the day they were drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.money import Money
from services.boarding.life import Life, payment_order

EARLIER_ENDS, DRAWS, SAME_DAY_ENDS = range(3)


@dataclass(frozen=True, slots=True)
class Standing:
    """Book and fund just before one loan is accepted for cover.

    covered_balance: principal outstanding under cover, less what the fund has paid of it;
    npl_principal: the bad part of it; compensated_unrecovered: what the fund has paid.
    """

    covered_loans: int
    covered_balance: Money
    fund_cash: Money
    npl_principal: Money
    compensated_unrecovered: Money


def payments(lives: Iterable[Life], fund: Money) -> dict[str, Money]:
    """What the fund pays of each claim, by loan id: oldest first, the last one in part (V15)."""
    cash, paid = fund, {}
    for life in payment_order(lives):
        paid[life.loan_id] = min(cash, life.compensation)
        cash -= paid[life.loan_id]
    return paid


def standings(lives: Sequence[Life], fund: Money, paid: Mapping[str, Money]) -> dict[str, Standing]:
    """The standing before each loan's acceptance, by loan id. `paid`: see `payments`."""
    before: dict[str, Standing] = {}
    loans, balance, bad, compensated = 0, 0, 0, 0  # fen: twice the speed of Money here
    for _, phase, _, life in _happenings(lives):
        if phase == DRAWS:
            before[life.loan_id] = Standing(
                covered_loans=loans,
                covered_balance=Money(balance),
                fund_cash=Money(fund.fen - compensated),
                npl_principal=Money(bad),
                compensated_unrecovered=Money(compensated),
            )
            loans, balance = loans + 1, balance + life.disbursed.fen
            continue
        by_fund = paid[life.loan_id].fen if life.claimed else 0
        left = life.charged_off.fen - by_fund
        balance += left - life.disbursed.fen
        bad, compensated = bad + left, compensated + by_fund
        loans -= not life.claimed
    return before


def _happenings(lives: Sequence[Life]) -> list[tuple[date, int, int, Life]]:
    """Draws and ends with date, phase and line: the order of the sweep."""
    draws = [(life.disbursed_on, DRAWS, life.line, life) for life in lives]
    ends = [(life.ended_on, _phase(life), life.line, life) for life in lives]
    return sorted(draws + ends, key=lambda one: one[:3])


def _phase(life: Life) -> int:
    return SAME_DAY_ENDS if life.ended_on == life.disbursed_on else EARLIER_ENDS
