"""The general fiscal scheme a case stands in: thresholds, first band, tolerance, own valuation.

ZD-4.1 [S9, S12]. Ratios are fractions: 0.008 is 0.8 %.
"""

from __future__ import annotations

from decimal import Decimal

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet


def npl_ratio(npl: Money, balance: Money) -> Decimal:
    """Year-end non-performing loans of the pilot over its balance; zero without a balance."""
    return Decimal(npl.fen) / balance.fen if balance else Decimal(0)


def below_threshold(policy: Policy, ratio: Decimal, *, key_sector: bool) -> Unmet | None:
    """Why nothing is compensated yet; None from the threshold on, or where it is waived.

    The source text says that the threshold is removed for IP-pledge loans.
    """
    if policy["npl_threshold_waived"].value:
        return None
    rule = policy["npl_threshold_key_sectors"] if key_sector else policy["npl_threshold"]
    if ratio >= rule.value:
        return None
    return unmet("below_npl_threshold", rule, ratio)


def first_band(policy: Policy, ratio: Decimal) -> Decimal:
    """The part of the ratio that lies in the first band. The band's rate was not readable."""
    floor: Decimal = policy["npl_band_floor"].value
    ceiling: Decimal = policy["npl_band_ceiling"].value
    return max(min(ratio, ceiling) - floor, Decimal(0))


def beyond_tolerance(policy: Policy, ratio: Decimal, *, own_ratio: Decimal) -> Unmet | None:
    """The ratio lies further above the bank's own NPL ratio than is tolerated, inclusive."""
    rule = policy["npl_tolerance"]
    gap = ratio - own_ratio
    return unmet("beyond_npl_tolerance", rule, gap) if gap > rule.value else None


def needs_external_valuation(policy: Policy, loan: Money) -> Unmet | None:
    """A loan above the cap may not rest on an internal or negotiated value [S12, S36]."""
    cap = policy["internal_valuation_most"]
    if loan <= cap.value:
        return None
    return unmet("above_internal_valuation", cap, loan)
