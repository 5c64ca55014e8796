"""When a step of a loan may be taken: one question a function, the rule beside it.

Which step asks which question stands in table.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from policies.calendar import add_working_days
from policies.money import Money
from workflows.lending.overdue import CLASSES, bucket, is_worse, minimum_class, next_bucket_on
from workflows.lending.schedule.periods import NoSchedule
from workflows.lending.terms import BULLET
from workflows.lifecycle import clauses as shared
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited, within
from workflows.loan import clauses
from workflows.loan.balance import dpd, owed, posted_to
from workflows.loan.change_records import DrawLoan
from workflows.loan.dues import due, next_unpaid, overdue_from
from workflows.loan.facts import ProgrammeBalance
from workflows.loan.plan import drawn_again, first_plan, unmatured
from workflows.loan.records import (
    AccelerateLoan,
    DisburseLoan,
    DowngradeLoan,
    Loan,
    OpenLoan,
    PostInterest,
    PrepayLoan,
    RepayLoan,
)
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState

# Breaches upon which a loan is called in before it is due.
COLLATERAL_LOST, USE_DIVERTED, FALSE_PAPERS = "COLLATERAL_LOST", "USE_DIVERTED", "FALSE_PAPERS"

Opening = Situation[None, OpenLoan]
Drawing = Situation[Loan, DisburseLoan | DrawLoan]
Paying = Situation[Loan, RepayLoan | PrepayLoan]
Prepaying = Situation[Loan, PrepayLoan]
OnLoan = Situation[Loan]  # whatever is asked of it


def tenor_within_limit(s: Opening) -> Refusal | Remark | None:
    """At most max_tenor_months (ZD-3.4.8; S2: three years)."""
    return within("tenor_too_long", s.policy.ceiling("max_tenor_months"), s.act.term_months)


def rate_within_cap(s: Opening) -> Refusal | Remark | None:
    """At most one-year LPR plus the spread (ZD-4.2; S2, S3)."""
    spread = s.policy.ceiling("rate_cap_spread")
    if spread.unlimited:
        return unlimited(spread.parameter)
    cap = s.policy["lpr_1y"].value + spread.value
    if s.act.annual_rate <= cap:
        return None
    return against("rate_above_cap", spread.parameter, s.act.annual_rate, threshold=cap)


def ip_share_enough(s: Opening) -> Refusal | Remark | None:
    """IP secures at least min_ip_share of the loan (ZD-3.7.4; S3)."""
    return within("ip_share_too_low", s.policy.floor("min_ip_share"), s.act.ip_share)


def policy_in_force(s: OnLoan) -> Refusal | None:
    """Drawn on or after the day the programme came into force."""
    start = s.policy["in_force_from"]
    if s.today.isoformat() >= start.value:
        return None
    begins = date.fromisoformat(start.value)
    return against("policy_not_in_force", start, s.today, legal_from=begins)


def amount_positive(
    s: Situation[Loan, DisburseLoan | DrawLoan | RepayLoan | PrepayLoan],
) -> Refusal | None:
    """Something is paid."""
    if s.act.amount > Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.PAYMENT, actual=s.act.amount)


def amount_within_approval(s: Drawing) -> Refusal | None:
    """All that is drawn is at most what was approved (ZD-3.6.8)."""
    limit, asked = s.it.approved_amount, s.it.disbursed + s.act.amount
    if asked <= limit:
        return None
    return refuse(s, "amount_over_approved", clauses.APPROVED_AMOUNT, actual=asked, threshold=limit)


def within_programme_cap(s: Drawing) -> Refusal | Remark | None:
    """The borrower's programme balance stays within the cap (S2)."""
    balance = s.fact(ProgrammeBalance).before + s.act.amount
    return within("cap_exceeded", s.policy.ceiling("cap_per_borrower"), balance)


def pledge_registered(s: Drawing) -> Refusal | None:
    """No money before the pledge stands in the register (ZD-C.4)."""
    pledge = s.rows.get(Pledge)
    state = "-" if pledge is None else pledge.state
    wanted = PledgeState.REGISTERED.name
    if state == wanted:
        return None
    return refuse(
        s,
        "pledge_not_registered",
        clauses.PLEDGE_FIRST,
        actual=state,
        threshold=wanted,
        needs="pledge.register",
    )


def not_more_than_owed(s: Paying) -> Refusal | None:
    """Nobody pays more than principal and interest to today."""
    debt = owed(s.it, s.policy, s.today).total
    if s.act.amount <= debt:
        return None
    return refuse(s, "more_than_owed", clauses.PAYMENT, actual=s.act.amount, threshold=debt)


def not_compensated(s: Paying) -> Refusal | None:
    """What comes in after compensation is shared: booked as a recovery (ZD-3.14, case 19)."""
    if not s.it.compensated:
        return None
    got = s.it.compensated
    return refuse(s, "book_as_recovery", clauses.AFTER_PAYMENT, actual=got, needs="recovery.book")


def prepayment_notified(s: Prepaying) -> Refusal | None:
    """Announced prepayment_notice_wd working days before (ZD-3.6.10)."""
    notice = s.policy["prepayment_notice_wd"]
    first = add_working_days(s.act.notified_on, notice.value).date
    if s.today >= first:
        return None
    return against("prepayment_notice_short", notice, s.act.notified_on, legal_from=first)


def prepayment_large_enough(s: Prepaying) -> Refusal | None:
    """A part is at least prepayment_minimum; the whole may always be paid (ZD-3.6.10)."""
    least, whole = s.policy["prepayment_minimum"], owed(s.it, s.policy, s.today).total
    if s.act.amount >= least.value or s.act.amount == whole:
        return None
    return against("prepayment_too_small", least, s.act.amount)


def posting_goes_forward(s: Situation[Loan, PostInterest]) -> Refusal | None:
    """Interest is booked for days that are past and not booked yet (ZD-1.3)."""
    posted, until = given(s.it.interest_from), s.act.until
    if posted < until <= s.today:
        return None
    return refuse(
        s,
        "interest_already_posted",
        clauses.PAYMENT,
        actual=until,
        threshold=posted,
        legal_from=until if until > s.today else None,
    )


def instalments_repay(s: Drawing) -> Refusal | None:
    """The product's instalments repay the money: a given one covers the interest (ZD-3.6.7)."""
    loan = s.it
    if loan.terms.method == BULLET or s.act.amount <= Money.ZERO:
        return None
    try:
        if loan.disbursed:
            drawn_again(loan, s.act.amount, s.today)
        else:
            first_plan(loan, s.act.amount, s.today)
    except NoSchedule as failed:
        return refuse(s, "no_schedule", shared.REPAYMENT, actual=failed.period)
    return None


def not_matured(s: Drawing) -> Refusal | None:
    """Money is drawn before the last instalment falls due (ZD-3.6.8)."""
    due_on = given(s.it.due_on)
    if s.today < due_on:
        return None
    return refuse(s, "loan_matured", clauses.APPROVED_AMOUNT, actual=s.today, threshold=due_on)


def something_is_due(s: OnLoan) -> Refusal | None:
    """A due date is past and not all of it is paid (S46: overdue from the next day)."""
    loan = posted_to(s.it, s.policy, s.today)
    if overdue_from(loan, s.today) is not None:
        return None
    first = next_unpaid(s.it) or given(s.it.due_on)
    return refuse(
        s,
        "not_yet_due",
        clauses.NEXT_DAY,
        actual=s.today,
        threshold=first,
        legal_from=day_after(first),
    )


def bucket_has_changed(s: OnLoan) -> Refusal | None:
    """Days past due lie in another bucket than the one on record (ZD-3.8)."""
    first_days = s.policy["bucket_dpd"]
    found = bucket(dpd(s.it, s.today), first_days.value)
    if found != s.it.bucket:
        return None
    ahead = next_bucket_on(given(s.it.overdue_since), s.today, first_days.value)
    return against("bucket_unchanged", first_days, found, legal_from=ahead)


def days_demand_worse_class(s: OnLoan) -> Refusal | None:
    """Days past due demand a worse class than the one on record (ZD-3.8)."""
    found = minimum_class(dpd(s.it, s.today), s.policy)
    if is_worse(found, s.it.classification):
        return None
    return against("class_not_worse", s.policy["bucket_class"], found)


def class_is_worse(s: Situation[Loan, DowngradeLoan]) -> Refusal | None:
    """A downgrade names one of the five classes, below the present one (ZD-3.8)."""
    wanted, present = s.act.classification, s.it.classification
    if wanted in CLASSES and is_worse(wanted, present):
        return None
    return refuse(s, "class_not_worse", clauses.MONITORING, actual=wanted, threshold=present)


def long_enough_for_non_accrual(s: OnLoan) -> Refusal | None:
    """From DPD 91 on, once (ZD-3.8.1)."""
    first, days = s.policy["non_accrual_dpd"], dpd(s.it, s.today)
    if days >= first.value and not s.it.non_accrual:
        return None
    begins = None if s.it.non_accrual else _at_dpd(s, first.value)
    return against("accrual_goes_on", first, days, legal_from=begins)


def nothing_is_due(s: OnLoan) -> Refusal | None:
    """All that was due before today is paid, and what it has borne (ZD-3.6.7)."""
    loan = posted_to(s.it, s.policy, s.today)
    if overdue_from(loan, s.today) is None:
        return None
    left = due(loan, s.today - timedelta(days=1)).total
    return refuse(s, "arrears_left", clauses.PAYMENT, actual=left, needs="loan.repay")


def principal_unmatured(s: OnLoan) -> Refusal | None:
    """A matured loan cannot be called in: it goes to suit or to the pledge (ZD-3.6.2)."""
    due_on = given(s.it.due_on)
    if unmatured(s.it, s.today):
        return None
    return refuse(s, "principal_already_due", clauses.ACCELERATION, actual=due_on)


def breach_on_file(s: Situation[Loan, AccelerateLoan]) -> Refusal | None:
    """A breach is one of three, and what the platform itself finds stands on file (ZD-3.6.2)."""
    found = {
        COLLATERAL_LOST: s.it.breached_on is not None,
        USE_DIVERTED: s.it.diverted_on is not None,
        FALSE_PAPERS: True,
    }
    if not s.act.breach or found.get(s.act.breach):
        return None
    return refuse(
        s, "breach_not_on_file", clauses.BREACH, actual=s.act.breach, threshold=tuple(found)
    )


def long_overdue_or_breach(s: Situation[Loan, AccelerateLoan]) -> Refusal | None:
    """More than acceleration_min_dpd days past due, or a covenant broken (ZD-3.6.2)."""
    most, days = s.policy["acceleration_min_dpd"], dpd(s.it, s.today)
    if s.act.breach or days > most.value:
        return None
    return against("dpd_below_acceleration", most, days, legal_from=_at_dpd(s, most.value + 1))


def owes_nothing(s: OnLoan) -> Refusal | None:
    """Principal, interest and costs are paid (ZD-3.6.12)."""
    debt = owed(s.it, s.policy, s.today).total
    if not debt:
        return None
    return refuse(s, "still_owing", clauses.SETTLEMENT, actual=debt, needs="loan.repay")


def _at_dpd(s: OnLoan, days: int) -> date | None:
    """The day on which the loan will be so many days past due; None where nothing is overdue."""
    since = s.it.overdue_since
    return None if since is None else since + timedelta(days=days)
