"""Size class of a firm by staff and revenue (工信部联企业[2011]300号; thresholds are policy).

Decides LARGE, MEDIUM, SMALL or MICRO. Which classes a programme takes is a guard's question.
"""

from __future__ import annotations

from enum import Enum

from policies.money import Money
from policies.reading.pack import Policy


class Size(Enum):
    """The four classes of the 2011 rule."""

    LARGE = "LARGE"  # at or above both ceilings: no longer a small or medium firm
    MEDIUM = "MEDIUM"
    SMALL = "SMALL"
    MICRO = "MICRO"


class Industry(Enum):
    """Industries whose thresholds are loaded; the value names two parameters."""

    INDUSTRY = ("size_staff_industry", "size_revenue_industry")
    SOFTWARE = ("size_staff_software", "size_revenue_software")


def size_class(policy: Policy, industry: str, *, staff: int, revenue: Money) -> Size:
    """The class of a firm with that staff (heads) and last year's revenue.

    A class is reached when both figures reach its floor; missing one drops the firm a class.
    """
    by_staff, by_revenue = Industry[industry].value
    heads: tuple[int, ...] = policy[by_staff].value
    sums: tuple[Money, ...] = policy[by_revenue].value
    classes = (Size.LARGE, Size.MEDIUM, Size.SMALL)
    for size, floor_staff, floor_revenue in zip(classes, heads, sums, strict=True):
        if staff >= floor_staff and revenue >= floor_revenue:
            return size
    return Size.MICRO
