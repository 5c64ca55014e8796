"""The fund's part of a boarded loss, by the mechanism its policy names. No figure stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.cover import FUND
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss
from services.boarding.fields import CHARGED_OFF
from services.boarding.tape import TapeLine

PolicyOn = Callable[[date], Policy]
"""The policy of a day; a loan is bound to that of its disbursement (`Pack.on`)."""


def fund_pays(line: TapeLine, policy: Policy) -> Money:
    """The fund's part of the charged-off principal, floored to the fen; zero unless charged off.

    A tape names no borrower, so the balance after the draw is the amount drawn; ZD-4.2.
    """
    if line.status != CHARGED_OFF or not line.charged_off_principal:
        return Money.ZERO
    loss = Loss(line.charged_off_principal, Money.ZERO, line.amount_disbursed)
    shared = share(policy, loss)
    return shared.totals()[FUND] if isinstance(shared, Assessment) else Money.ZERO


def needed_fund(lines: Iterable[TapeLine], policy_on: PolicyOn) -> Money:
    """What the fund must hold to pay every claim of these rows in full."""
    return total(fund_pays(line, policy_on(line.disbursed_on)) for line in lines)
