"""What a bank's campaign asks of a loan: its window, its products' bounds, a live trademark.

ZD-4.9. The quota is envelope.py; which firms score is navigation.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.valuing.right_life import outlives

NO_VALUATION, LOCAL = "NO_VALUATION", "LOCAL"


@dataclass(frozen=True, slots=True)
class CampaignLoan:
    """An approval in a campaign. product: NO_VALUATION, LOCAL (知惠贷), "" for the campaign's own.

    mark_expires_on: of the pledged trademark; renewed_to: its new last day where it is renewed
    before the draw. None: no trademark is pledged.
    """

    amount: Money
    approved_on: date
    ends_on: date
    product: str = ""
    mark_expires_on: date | None = None
    renewed_to: date | None = None


def campaign_gates(policy: Policy, loan: CampaignLoan) -> tuple[Unmet, ...]:
    """What an approval breaks; none where the campaign takes it."""
    bounds = _BOUNDS[loan.product](policy, loan.amount) if loan.product in _BOUNDS else ()
    return (*in_window(policy, loan.approved_on), *bounds, *_mark(policy, loan))


def in_window(policy: Policy, day: date) -> tuple[Unmet, ...]:
    """Refuses an approval before the campaign opens or after it closes; both days are in."""
    opens, closes = policy["campaign_opens_on"], policy["campaign_closes_on"]
    early = day < date.fromisoformat(opens.value)
    late = day > date.fromisoformat(closes.value)
    return those(
        unmet("campaign_not_open", opens, day) if early else None,
        unmet("campaign_closed", closes, day) if late else None,
    )


def no_valuation(policy: Policy, amount: Money) -> tuple[Unmet, ...]:
    """Credit on the firm's whole IP ability, without a valuation: between two bounds, inclusive."""
    least, most = policy["no_valuation_least"], policy["no_valuation_most"]
    return those(
        unmet("below_no_valuation_credit", least, amount) if amount < least.value else None,
        unmet("above_no_valuation_credit", most, amount) if amount > most.value else None,
    )


def local_product(policy: Policy, amount: Money) -> tuple[Unmet, ...]:
    """The local product's ceiling, inclusive."""
    most = policy["local_product_cap"]
    return those(unmet("above_local_product", most, amount) if amount > most.value else None)


def _mark(policy: Policy, loan: CampaignLoan) -> tuple[Unmet, ...]:
    if loan.mark_expires_on is None:
        return ()
    last = loan.renewed_to or loan.mark_expires_on
    return those(outlives(policy, loan.ends_on, last))


_BOUNDS = {NO_VALUATION: no_valuation, LOCAL: local_product}
