"""Approaches by which the value of an IP right is found. ZD-5.1, ZD-5.2."""

from __future__ import annotations

from enum import Enum


class Method(Enum):
    """How a value was found (ZD-5.1, ZD-5.2)."""

    MARKET = "MARKET"
    INCOME = "INCOME"
    COST = "COST"
    SCORECARD = "SCORECARD"  # the bank's internal valuation
    AGREED = "AGREED"  # negotiated by bank and firm
