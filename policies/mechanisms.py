"""How a loss is shared and a recovery returned: pure functions that show their working.

No figure stands here: each comes from the policy. Whether a claim may be made at all is decided in
workflows/claim.py; who is paid when, in services/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policies.money import Money, total
from policies.pack import Citation, Parameter, Policy

FUND = "fund"
BANK = "bank"  # bears the residual; domain.md 0.3 "sharing"
PRINCIPAL = "principal"
INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Loss:
    """What a claim is about. `balance_after_draw`: the borrower's programme balance at the draw."""

    principal: Money
    interest: Money
    balance_after_draw: Money


@dataclass(frozen=True, slots=True)
class Share:
    """What one party bears of one component (principal or interest)."""

    party: str
    component: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: what was asked, with which inputs, the amount, and the rule."""

    name: str
    inputs: Mapping[str, str]
    amount: Money | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Assessment:
    """A loss shared among the parties; shares sum to the loss exactly.

    fund_share: the fund's nominal part of what it compensates, by which a recovery goes back.
    """

    tier: str
    fund_share: Fraction
    shares: tuple[Share, ...]
    working: tuple[Step, ...]

    def totals(self) -> dict[str, Money]:
        """What each party bears in all."""
        parties = dict.fromkeys(share.party for share in self.shares)
        return {
            party: total(share.amount for share in self.shares if share.party == party)
            for party in parties
        }


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why no tier holds: the parameter that forbids it and the actual amount."""

    code: str
    parameter: Parameter
    actual: Money


@dataclass(frozen=True, slots=True)
class Returned:
    """A net recovery distributed: returned + bank_interest + surplus = net."""

    returned: Mapping[str, Money]
    bank_interest: Money
    surplus: Money
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Tier:
    name: str
    ceiling: Parameter
    share: Parameter


def _tiers(policy: Policy) -> tuple[_Tier, ...]:
    return (
        _Tier("TIER_1", policy["tier_1_ceiling"], policy["tier_1_fund_share"]),
        _Tier("TIER_2", policy["tier_2_ceiling"], policy["tier_2_fund_share"]),
    )


def tiered_share(policy: Policy, loss: Loss) -> Assessment | NotAssessed:
    """Share a loss by the tier of the borrower's balance; domain.md 4.2 [S1, S2].

    Under WHOLE one tier holds for the whole balance, hence the cliff. Under MARGINAL each band of
    the balance has its own share, and the loss is spread over the bands in proportion. The fund's
    part is floored to the fen; the bank takes the rest.
    """
    tiers = _tiers(policy)
    balance = loss.balance_after_draw
    tier = next((one for one in tiers if balance <= one.ceiling.value), None)
    if tier is None:
        return NotAssessed("balance_above_top_tier", tiers[-1].ceiling, balance)
    share, chosen = _fund_share(policy, tier, balance)
    shares: list[Share] = []
    working = [_tier_step(policy, tier, balance), chosen]
    for component, amount in {PRINCIPAL: loss.principal, INTEREST: loss.interest}.items():
        fund = Money(0, amount.currency)
        if component in _COMPONENTS[policy["loss_base"].value]:
            fund = _part(amount, share)
            shares.append(Share(FUND, component, fund))
        shares.append(Share(BANK, component, amount - fund))
        working.append(_share_step(policy, component, amount, fund=fund))
    return Assessment(tier.name, share, tuple(shares), tuple(working))


def _fund_share(policy: Policy, tier: _Tier, balance: Money) -> tuple[Fraction, Step]:
    mode = policy["tier_mode"]
    if mode.value == "WHOLE":
        inputs = {"share": tier.share.text}
        return Fraction(tier.share.value), Step("fund_share", inputs, None, tier.share.citation)
    bands = _bands(policy, balance)
    borne = sum(band.fen * Fraction(share) for band, share in bands)
    inputs = {f"band_{n}": f"{band} x {share}" for n, (band, share) in enumerate(bands, 1)}
    return Fraction(borne, balance.fen or 1), Step("fund_share", inputs, None, mode.citation)


def _bands(policy: Policy, balance: Money) -> list[tuple[Money, Decimal]]:
    """The parts of the balance that lie in each tier, with the fund's share of each."""
    floor, bands = Money(0, balance.currency), []
    for tier in _tiers(policy):
        ceiling = min(tier.ceiling.value, balance)
        if ceiling > floor:
            bands.append((ceiling - floor, tier.share.value))
        floor = max(floor, ceiling)
    return bands


def _part(amount: Money, share: Fraction) -> Money:
    """Floored to the fen; domain.md 0.3. Exact where a share is no finite decimal."""
    return Money(amount.fen * share.numerator // share.denominator, amount.currency)


def _tier_step(policy: Policy, tier: _Tier, balance: Money) -> Step:
    inputs = {
        "balance": balance.yuan,
        "ceiling": tier.ceiling.value.yuan,
        "mode": policy["tier_mode"].value,
        "date": policy["tier_date"].value,
        "tier": tier.name,
    }
    return Step("tier", inputs, None, tier.ceiling.citation)


def _share_step(policy: Policy, component: str, lost: Money, *, fund: Money) -> Step:
    base = policy["loss_base"]
    inputs = {"lost": lost.yuan, "base": base.value, "bank": (lost - fund).yuan}
    return Step(f"fund_{component}", inputs, fund, base.citation)


def return_by_shares(
    policy: Policy,
    *,
    paid: Mapping[str, Money],
    net: Money,
    interest_due: Money,
    already_returned: Mapping[str, Money] | None = None,
    shares: Mapping[str, Fraction] | None = None,
) -> Returned:
    """Return a net recovery to who bore the loss; domain.md 0.4.7 and 3.10.

    paid: principal each party bore ("bank" among them); net: gross less costs, may be negative;
    interest_due: accrued to the recovery date; already_returned: by party, of earlier recoveries;
    shares: the nominal shares of all but the bank, where the fund paid its part whole (else, and by
    default, the ratio of what was paid: a floored compensation is a fen off the nominal share).
    Principal by original shares, each party up to what it paid; then interest to the bank; then
    surplus to the pledgor. STATUTORY puts interest first. A negative net is shared as a cost.
    """
    zero = Money(0, net.currency)
    before = already_returned or {}
    room = {party: max(amount - before.get(party, zero), zero) for party, amount in paid.items()}
    room.setdefault(BANK, zero)
    weights = shares or _ratio(paid)
    if net < zero:
        shared = _negative(net, weights)
        step = _return_step(policy, "cost_shared", net, shared)
        return Returned(shared, zero, zero, (step,))
    order = policy["recovery_allocation"]
    first = min(net, interest_due) if order.value == "STATUTORY" else zero
    returned = _by_shares(min(net - first, total(room.values())), weights, room)
    left = net - first - total(returned.values())
    interest = first + min(left, interest_due - first)
    surplus = net - total(returned.values()) - interest
    working = (
        _return_step(policy, "principal_returned", net, returned),
        Step("bank_interest", {"due": interest_due.yuan}, interest, order.citation),
        Step("surplus", {"to": "pledgor"}, surplus, policy["recourse"].citation),
    )
    return Returned(returned, interest, surplus, working)


def _ratio(paid: Mapping[str, Money]) -> dict[str, Fraction]:
    """What each party but the bank paid, as a part of the whole."""
    borne = total(paid.values()).fen or 1
    return {party: Fraction(m.fen, borne) for party, m in paid.items() if party != BANK}


def _negative(net: Money, shares: Mapping[str, Fraction]) -> dict[str, Money]:
    """A cost in the original shares, each truncated toward zero, the residual to the bank."""
    parts = {party: -_part(-net, share) for party, share in shares.items()}
    return {**parts, BANK: net - total(parts.values())}


def _by_shares(
    pool: Money, shares: Mapping[str, Fraction], room: Mapping[str, Money]
) -> dict[str, Money]:
    """Split `pool` by shares, the rest to the bank, nobody above its room; the rest moves over."""
    parts = {party: min(_part(pool, share), room[party]) for party, share in shares.items()}
    parts[BANK] = min(pool - total(parts.values()), room[BANK])
    for party in parts:
        parts[party] += min(pool - total(parts.values()), room[party] - parts[party])
    return parts


def _return_step(policy: Policy, name: str, net: Money, parts: Mapping[str, Money]) -> Step:
    split = policy["recovery_split"]
    inputs = {"net": net.yuan, "split": split.value}
    inputs |= {party: amount.yuan for party, amount in parts.items()}
    return Step(name, inputs, total(parts.values()), split.citation)


# fmt: off
_COMPONENTS: dict[str, tuple[str, ...]] = {
    "PRINCIPAL_ONLY":         (PRINCIPAL,),
    "PRINCIPAL_AND_INTEREST": (PRINCIPAL, INTEREST),
}

MECHANISMS: dict[str, Callable[..., Any]] = {
    "tiered_share":     tiered_share,      # compensation
    "return_by_shares": return_by_shares,  # recovery
}

# What may play which part in a case.
ROLES: dict[str, tuple[str, ...]] = {
    "compensation": ("tiered_share",),
    "recovery":     ("return_by_shares",),
}
# fmt: on
