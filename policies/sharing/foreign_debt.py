"""Foreign debt under the pilot: who may owe it, how much, registered when; and its exchange loss.

ZD-4.7. Amounts of the quota are US dollars; a debt is in its own currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policies.calendar import add_working_days
from policies.money import Money, money_half_up
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step

CNY = "CNY"


@dataclass(frozen=True, slots=True)
class ForeignDebt:
    """A debt as registered. owed: US dollars, this debt and what is owed under the pilot already.

    firm_kinds: the firm's recognitions, such as HIGH_TECH. registered_on: None where it is not.
    """

    zone: str
    firm_kinds: tuple[str, ...]
    owed: Money
    signed_on: date
    drawn_on: date
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a debt came to when drawn and when repaid, in yuan; a negative loss is a gain."""

    drawn: Money
    repaid: Money
    loss: Money
    working: tuple[Step, ...]


def foreign_debt_gates(policy: Policy, debt: ForeignDebt) -> tuple[Unmet, ...]:
    """The gates of the pilot that a debt does not pass; none where it may be drawn."""
    return those(
        _in_zone(policy, debt),
        _of_kind(policy, debt),
        _within_quota(policy, debt),
        _before_draw(policy, debt),
        _in_time(policy, debt),
    )


def registration_due(policy: Policy, signed_on: date) -> date:
    """Last day on which the debt may be registered, in working days after the signing."""
    days: int = policy["fx_registration_wd"].value
    return add_working_days(signed_on, days).date


def _in_zone(policy: Policy, debt: ForeignDebt) -> Unmet | None:
    zones = policy["pilot_zones"]
    return None if debt.zone in zones.value else unmet("outside_pilot_zone", zones, debt.zone)


def _of_kind(policy: Policy, debt: ForeignDebt) -> Unmet | None:
    kinds = policy["pilot_firm_kinds"]
    if set(kinds.value) & set(debt.firm_kinds):
        return None
    return unmet("firm_not_in_pilot", kinds, ", ".join(debt.firm_kinds) or "-")


def _within_quota(policy: Policy, debt: ForeignDebt) -> Unmet | None:
    quota = policy["pilot_quota"]
    return None if debt.owed <= quota.value else unmet("above_pilot_quota", quota, debt.owed)


def _before_draw(policy: Policy, debt: ForeignDebt) -> Unmet | None:
    rule, registered = policy["registered_before_draw"], debt.registered_on
    if not rule.value or (registered is not None and registered <= debt.drawn_on):
        return None
    return unmet("debt_not_registered", rule, registered or "-", threshold=debt.drawn_on)


def _in_time(policy: Policy, debt: ForeignDebt) -> Unmet | None:
    due, rule = registration_due(policy, debt.signed_on), policy["fx_registration_wd"]
    if debt.registered_on is None or debt.registered_on <= due:
        return None
    return unmet("debt_registered_late", rule, debt.registered_on, threshold=due)


def exchange_loss(
    policy: Policy, debt: Money, *, drawn_at: Decimal, repaid_at: Decimal
) -> Exchange:
    """What an unhedged debt loses between two rates, yuan for one unit of its currency.

    A debt in offshore renminbi knows no exchange loss. Each amount is rounded half-up once.
    """
    rule = policy["debt_currency"]
    drawn, repaid = _in_yuan(debt, drawn_at), _in_yuan(debt, repaid_at)
    inputs = {"debt": debt.wire, "drawn": drawn.yuan, "repaid": repaid.yuan}
    working = (Step("exchange_loss", inputs, repaid - drawn, rule.citation),)
    return Exchange(drawn, repaid, repaid - drawn, working)


def _in_yuan(debt: Money, rate: Decimal) -> Money:
    if debt.currency == CNY:
        return debt
    return money_half_up(debt.fen * Fraction(rate))
