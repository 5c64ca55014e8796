"""Last days and the days after them, counted from a policy parameter.

A period in days starts the next day (Civil Code 201); its last day still counts, so the timer
that ends it stands on the day after.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.calendar import add_working_days
from workflows.lifecycle.machine import Situation


def days_from(asked: Situation[Any, Any], parameter: str) -> date:
    """Last day of that many natural days from today."""
    days: int = asked.policy[parameter].value
    return asked.today + timedelta(days=days)


def months_from(asked: Situation[Any, Any], parameter: str) -> date:
    """Same day that many months on, or the month's last day where it has no such day."""
    months: int = asked.policy[parameter].value
    return asked.today + relativedelta(months=months)


def working_days_from(asked: Situation[Any, Any], parameter: str) -> date:
    """Last day of that many working days from today."""
    count: int = asked.policy[parameter].value
    return add_working_days(asked.today, count).date


def day_after(last: date) -> date:
    """The first day on which a period with that last day is over."""
    return last + timedelta(days=1)
