"""What a bank owes under a clawback: what the fund bears of a claim, and its cost. ZD-3.11."""

from __future__ import annotations

from typing import NamedTuple

from policies.money import Money
from workflows.claim.facts import OtherClaim
from workflows.claim.records import Claim
from workflows.clawback.records import Clawback
from workflows.lending.days.day_count import YEAR_DAYS
from workflows.lending.interest import days_between, interest
from workflows.lifecycle.machine import Situation

OnClawback = Situation[Clawback]


class AskedBack(NamedTuple):
    """Compensation less returned recoveries; one-year LPR on it from payment to today."""

    principal: Money
    interest: Money


def owed(s: OnClawback) -> AskedBack:
    """As of today."""
    principal = s.row(Claim).fund_burden
    year = YEAR_DAYS[s.policy["day_count"].value]
    days = days_between(s.it.paid_on, s.today)
    return AskedBack(principal, interest(principal, s.it.annual_rate, days, year_days=year))


def unpaid_elsewhere(s: OnClawback) -> Money:
    """What the fund owes the same bank on the other claim named, where that is in line."""
    return s.fact(OtherClaim).unpaid
