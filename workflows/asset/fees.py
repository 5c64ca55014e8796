"""When the firm is reminded of an annual fee, and what a missed one costs. ZD-5.5."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from policies.valuing.annual_fee import LateFee, late_fee
from workflows.asset.records import CureFee, IpAsset
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation


def missed_fee(s: Situation[IpAsset, CureFee]) -> LateFee:
    """The annual fee with its surcharge of today.

    A grace whose last day moves off a rest day (ZD-1.4) costs what its last month costs.
    """
    due, grace = given(s.it.fee_due_on), s.policy["fee_grace_months"].value
    paid_on = min(s.today, due + relativedelta(months=grace))
    return late_fee(s.policy, s.it.annual_fee or s.act.fee, due_on=due, paid_on=paid_on)


def next_reminder(s: Situation[IpAsset], fee_due_on: date | None) -> date | None:
    """The next day on which the firm is reminded of that fee; None when none is left."""
    if fee_due_on is None:
        return None
    days: tuple[int, ...] = s.policy["fee_reminder_days"].value
    ahead = [fee_due_on - timedelta(days=n) for n in days]
    return min((day for day in ahead if day > s.today), default=None)
