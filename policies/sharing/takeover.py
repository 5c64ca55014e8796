"""When a pool takes a claim over from the bank, and by when it must; ZD-4.5."""

from __future__ import annotations

from datetime import date, timedelta

from policies.calendar import Counted, next_working_day
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet


def takeover_gates(policy: Policy, *, dpd: int, demands: int) -> tuple[Unmet, ...]:
    """Why the bank may not ask yet: days past due, and demands served on the debtor."""
    asked = (
        ("takeover_too_early", policy["claim_min_dpd"], dpd),
        ("too_few_demands", policy["takeover_demands"], demands),
    )
    return tuple(unmet(code, rule, actual) for code, rule, actual in asked if actual < rule.value)


def complete_by(policy: Policy, requested_on: date) -> Counted:
    """The last day to take over; on a holiday the next working day (Civil Code 203, S42)."""
    return next_working_day(requested_on + timedelta(days=policy["takeover_days"].value))
