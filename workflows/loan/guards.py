"""When a step of a loan may be taken: one question a function, the rule beside it.

Which step asks which question stands in table.py.
"""

from __future__ import annotations

from typing import Any

from policies.calendar import add_working_days
from policies.money import Money
from workflows.lending.overdue import CLASSES, LOSS, bucket, is_worse, minimum_class
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan import clauses
from workflows.loan.balance import amount_due, dpd, owed
from workflows.pledge.table import Pledge, PledgeState

Asked = Situation[Any]


def tenor_within_limit(s: Asked) -> Refusal | None:
    """At most max_tenor_months (ZD-4.2; S2: three years)."""
    limit = s.policy["max_tenor_months"]
    if s.act.term_months <= limit.value:
        return None
    return against("tenor_too_long", limit, s.act.term_months)


def rate_within_cap(s: Asked) -> Refusal | None:
    """At most one-year LPR plus the spread (ZD-4.2; S2, S3)."""
    spread = s.policy["rate_cap_spread"]
    cap = s.policy["lpr_1y"].value + spread.value
    if s.act.annual_rate <= cap:
        return None
    return Refusal("rate_above_cap", spread.name, f"{cap}", f"{s.act.annual_rate}", spread.citation)


def ip_share_enough(s: Asked) -> Refusal | None:
    """IP secures at least min_ip_share of the loan (ZD-3.7; S3)."""
    least = s.policy["min_ip_share"]
    if s.act.ip_share >= least.value:
        return None
    return against("ip_share_too_low", least, s.act.ip_share)


def policy_in_force(s: Asked) -> Refusal | None:
    """Drawn on or after the day the programme came into force."""
    start = s.policy["in_force_from"]
    if s.today.isoformat() >= start.value:
        return None
    return against("policy_not_in_force", start, s.today)


def amount_positive(s: Asked) -> Refusal | None:
    """Something is paid."""
    if s.act.amount > Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.PAYMENT, actual=s.act.amount)


def amount_within_approval(s: Asked) -> Refusal | None:
    """At most what was approved (ZD-3.6)."""
    limit, asked = s.it.approved_amount, s.act.amount
    if asked <= limit:
        return None
    return refuse(s, "amount_over_approved", clauses.APPROVED_AMOUNT, actual=asked, threshold=limit)


def within_programme_cap(s: Asked) -> Refusal | None:
    """The borrower's programme balance stays within the cap (S2). Fact: programme_balance."""
    cap, balance = s.policy["cap_per_borrower"], s.facts["programme_balance"] + s.act.amount
    if balance <= cap.value:
        return None
    return against("cap_exceeded", cap, balance)


def pledge_registered(s: Asked) -> Refusal | None:
    """No money before the pledge stands in the register (ZD-C.4)."""
    pledge = s.rows.get(Pledge)
    state = "-" if pledge is None else pledge.state
    wanted = PledgeState.REGISTERED.name
    if state == wanted:
        return None
    return refuse(s, "pledge_not_registered", clauses.PLEDGE_FIRST, actual=state, threshold=wanted)


def paid_to_payee(s: Asked) -> Refusal | None:
    """Above the threshold the bank pays the borrower's payee (受托支付; ZD-3.6)."""
    threshold = s.policy["entrusted_payment_threshold"]
    if s.act.entrusted or s.act.amount <= threshold.value:
        return None
    return against("entrusted_payment_required", threshold, s.act.amount)


def not_more_than_owed(s: Asked) -> Refusal | None:
    """Nobody pays more than principal and interest to today."""
    debt = owed(s.it, s.policy, s.today).total
    if s.act.amount <= debt:
        return None
    return refuse(s, "more_than_owed", clauses.PAYMENT, actual=s.act.amount, threshold=debt)


def not_compensated(s: Asked) -> Refusal | None:
    """What comes in after compensation is shared, so it is booked as a recovery (3.14 case 19)."""
    if not s.it.compensated:
        return None
    return refuse(s, "book_as_recovery", clauses.AFTER_PAYMENT, actual=s.it.compensated)


def prepayment_notified(s: Asked) -> Refusal | None:
    """Announced prepayment_notice_wd working days before (ZD-3.6)."""
    notice = s.policy["prepayment_notice_wd"]
    first = add_working_days(s.act.notified_on, notice.value).date
    if s.today >= first:
        return None
    return against("prepayment_notice_short", notice, s.act.notified_on)


def prepayment_large_enough(s: Asked) -> Refusal | None:
    """A part is at least prepayment_minimum; the whole may always be paid (ZD-3.6)."""
    least, whole = s.policy["prepayment_minimum"], owed(s.it, s.policy, s.today).total
    if s.act.amount >= least.value or s.act.amount == whole:
        return None
    return against("prepayment_too_small", least, s.act.amount)


def posting_goes_forward(s: Asked) -> Refusal | None:
    """Interest is booked for days that are past and not booked yet (ZD-1.3)."""
    posted, until = s.it.interest_from, s.act.until
    if posted < until <= s.today:
        return None
    return refuse(s, "interest_already_posted", clauses.PAYMENT, actual=until, threshold=posted)


def something_is_due(s: Asked) -> Refusal | None:
    """The due date is past and not all is paid (S46: overdue from the next day)."""
    if s.today > s.it.due_on:
        return None
    return refuse(s, "not_yet_due", clauses.NEXT_DAY, actual=s.today, threshold=s.it.due_on)


def bucket_has_changed(s: Asked) -> Refusal | None:
    """Days past due lie in another bucket than the one on record (ZD-3.8)."""
    first_days = s.policy["bucket_dpd"]
    found = bucket(dpd(s.it, s.today), first_days.value)
    if found != s.it.bucket:
        return None
    return against("bucket_unchanged", first_days, found)


def days_demand_worse_class(s: Asked) -> Refusal | None:
    """Days past due demand a worse class than the one on record (ZD-3.8)."""
    found = minimum_class(dpd(s.it, s.today), s.policy)
    if is_worse(found, s.it.classification):
        return None
    return against("class_not_worse", s.policy["bucket_class"], found)


def class_is_worse(s: Asked) -> Refusal | None:
    """A downgrade names one of the five classes, below the present one (ZD-3.8)."""
    wanted, present = s.act.classification, s.it.classification
    if wanted in CLASSES and is_worse(wanted, present):
        return None
    return refuse(s, "class_not_worse", clauses.MONITORING, actual=wanted, threshold=present)


def long_enough_for_non_accrual(s: Asked) -> Refusal | None:
    """From DPD 91 on, once (ZD-3.8.1)."""
    first, days = s.policy["non_accrual_dpd"], dpd(s.it, s.today)
    if days >= first.value and not s.it.non_accrual:
        return None
    return against("accrual_goes_on", first, days)


def nothing_is_due(s: Asked) -> Refusal | None:
    """All that is due by today is paid."""
    due = amount_due(s.it, s.policy, s.today)
    if not due:
        return None
    return refuse(s, "arrears_left", clauses.PAYMENT, actual=due)


def principal_unmatured(s: Asked) -> Refusal | None:
    """A matured loan cannot be called in: it goes to suit or to the pledge (ZD-3.6.2)."""
    if s.today < s.it.due_on:
        return None
    return refuse(s, "principal_already_due", clauses.ACCELERATION, actual=s.it.due_on)


def long_overdue_or_breach(s: Asked) -> Refusal | None:
    """More than acceleration_min_dpd days past due, or a covenant broken (ZD-3.6)."""
    most, days = s.policy["acceleration_min_dpd"], dpd(s.it, s.today)
    if s.act.breach or days > most.value:
        return None
    return against("dpd_below_acceleration", most, days)


def lost_or_long_overdue(s: Asked) -> Refusal | None:
    """Class loss, or more than write_off_min_dpd days past due (ZD-3.13)."""
    most, days = s.policy["write_off_min_dpd"], dpd(s.it, s.today)
    if s.it.classification == LOSS or days > most.value:
        return None
    return against("write_off_too_early", most, days)


def owes_nothing(s: Asked) -> Refusal | None:
    """Principal, interest and costs are paid (ZD-3.6)."""
    debt = owed(s.it, s.policy, s.today).total
    if not debt:
        return None
    return refuse(s, "still_owing", clauses.SETTLEMENT, actual=debt)
