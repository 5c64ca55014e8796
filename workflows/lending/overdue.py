"""Days past due, the bucket they fall in, and the class a loan must at least have.

Derived from dates, never counted up by a daily job. ZD-3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from policies.reading.pack import Policy

CURRENT = "CURRENT"
NORMAL, SPECIAL_MENTION, SUBSTANDARD, DOUBTFUL, LOSS = CLASSES = (
    "NORMAL",  # 正常
    "SPECIAL_MENTION",  # 关注
    "SUBSTANDARD",  # 次级
    "DOUBTFUL",  # 可疑
    "LOSS",  # 损失
)
NON_PERFORMING = (SUBSTANDARD, DOUBTFUL, LOSS)


def days_past_due(overdue_since: date | None, today: date) -> int:
    """Days since the oldest unpaid due date, which itself is day 0; 0 when nothing is unpaid."""
    return 0 if overdue_since is None else max(0, (today - overdue_since).days)


def bucket(dpd: int, first_days: Sequence[int]) -> str:
    """`M0`, `M1`, ... by the first day of each bucket; `CURRENT` before the first."""
    reached = sum(dpd >= first for first in first_days)
    return f"M{reached - 1}" if reached else CURRENT


def next_bucket_on(overdue_since: date, today: date, first_days: Sequence[int]) -> date | None:
    """The day on which the loan enters its next bucket; None in the last one."""
    dpd = days_past_due(overdue_since, today)
    ahead = [first for first in first_days if first > dpd]
    return overdue_since + timedelta(days=min(ahead)) if ahead else None


def minimum_class(dpd: int, policy: Policy) -> str:
    """The class that so many days past due demand at least; vector V29."""
    reached = sum(dpd >= first for first in policy["bucket_dpd"].value)
    found: str = policy["bucket_class"].value[reached - 1] if reached else NORMAL
    return found


def is_worse(one: str, other: str) -> bool:
    """Whether the first class lies below the second."""
    return CLASSES.index(one) > CLASSES.index(other)
