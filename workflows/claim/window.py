"""By when a bank gives notice of a risk, and by when it submits its claim. ZD-3.9.3."""

from __future__ import annotations

from datetime import date, timedelta

from policies.calendar import add_working_days
from workflows.lifecycle.deadlines import ending
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan


def notify_by(s: Situation) -> date:
    """Last day of notice: claim_notice_wd working days after the day on which notice was due."""
    since = s.row(Loan).overdue_since or s.today
    due_on = since + timedelta(days=s.policy["claim_notice_min_dpd"].value)
    return add_working_days(due_on, s.policy["claim_notice_wd"].value).date


def window_closes(s: Situation) -> date:
    """Last day to submit: claim_window_days after the day the window opens (DPD claim_min_dpd).

    Moved off a rest day (Civil Code 203).
    """
    first: int = s.policy["claim_min_dpd"].value
    days: int = s.policy["claim_window_days"].value
    since: date = s.row(Loan).overdue_since or s.today
    return ending(since + timedelta(days=first + days))
