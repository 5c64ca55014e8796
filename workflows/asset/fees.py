"""What a missed annual fee costs on the day it is paid. ZD-5.5."""

from __future__ import annotations

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
