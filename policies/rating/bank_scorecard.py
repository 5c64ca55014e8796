"""How a bank's IP-pledge lending is scored, for the evaluation and for better terms; ZD-4.6.

How a figure becomes points is not stated by the case: points come in, 100 the best.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.rating.weighted import weighted
from policies.reading.pack import Policy


@dataclass(frozen=True, slots=True)
class Marks:
    """Points from 0 to 100 of one bank in one quarter; for npl 100 is the least bad loans."""

    loan_growth: Decimal
    first_loan_share: Decimal
    response_time: Decimal
    paperless_rate: Decimal
    npl: Decimal


def bank_score(policy: Policy, marks: Marks) -> Decimal:
    """The weighted sum, unrounded."""
    points = (
        marks.loan_growth,
        marks.first_loan_share,
        marks.response_time,
        marks.paperless_rate,
        marks.npl,
    )
    return weighted(policy["bank_scorecard_weights"].value, points)
