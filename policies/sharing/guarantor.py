"""Whether a guarantor may give a guarantee, and when it is called and pays.

Limits on net assets: 融资担保公司监督管理条例 15, 16 [S42]. Its share of a loss is a mechanism's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.calendar import Counted, add_working_days
from policies.money import Money
from policies.reading.pack import Parameter, Policy
from policies.sharing.gate import Unmet, unmet


@dataclass(frozen=True, slots=True)
class Guarantees:
    """A guarantor's book with the new guarantee in it.

    debtor: guarantees of this debtor; group: of it and its related parties; balance: of all.
    mainly_small_firms: it serves small and micro firms mainly, hence the higher multiple.
    """

    net_assets: Money
    debtor: Money
    group: Money
    balance: Money
    mainly_small_firms: bool = False


def guarantor_gates(policy: Policy, book: Guarantees) -> tuple[Unmet, ...]:
    """Every limit the book would pass, each inclusive; none where the guarantee may be given."""
    multiple = policy["guarantor_balance_multiple"]
    if book.mainly_small_firms:
        multiple = policy["guarantor_balance_multiple_small"]
    limits = (
        ("above_guarantor_single_limit", policy["guarantor_single_limit"], book.debtor),
        ("above_guarantor_group_limit", policy["guarantor_group_limit"], book.group),
        ("above_guarantor_multiple", multiple, book.balance),
    )
    return tuple(
        unmet(code, limit, actual, threshold=ceiling)
        for code, limit, actual in limits
        if actual > (ceiling := _ceiling(book.net_assets, limit))
    )


def least_net_assets(policy: Policy, guarantee: Money) -> Money:
    """The net assets from which one debtor may be guaranteed for that much, rounded up a fen."""
    share: Decimal = policy["guarantor_single_limit"].value
    return -(-guarantee).share_floor(1 / share)


def demand_too_early(policy: Policy, dpd: int) -> Unmet | None:
    """The bank may demand payment from claim_min_dpd days past due on; ZD-4.6."""
    first = policy["claim_min_dpd"]
    if dpd >= first.value:
        return None
    return unmet("demand_too_early", first, dpd)


def pays_by(policy: Policy, demanded_on: date) -> Counted:
    """The last day to pay a demand, in working days after it; ZD-4.6."""
    return add_working_days(demanded_on, policy["payment_wd"].value)


def _ceiling(net_assets: Money, limit: Parameter) -> Money:
    return net_assets.share_floor(limit.value)
