"""The mechanisms by which others bear a loss: each reads its policy and answers with a Cover.

No figure stands here: each comes from the policy. The division itself is sharing/cover.py, what
comes back sharing/recovery.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from policies.rating.advice import recommend_products
from policies.rating.bank_scorecard import bank_score
from policies.rating.campaign import campaign_gates
from policies.rating.navigation import navigation_score
from policies.rating.points import limit_by_points, points_score
from policies.rating.technology_flow import technology_flow
from policies.rating.white_list import listed_firms
from policies.reading.pack import Parameter, Policy
from policies.sharing.cover import (
    APPRAISER,
    BANK,
    CITY_POOL,
    FUND,
    GOVERNMENT,
    GUARANTEE,
    GUARANTOR,
    INSURER,
    INTEREST,
    NOTEHOLDERS,
    OPERATOR,
    PRINCIPAL,
    Cover,
    CoverLimit,
    Part,
    Tier,
)
from policies.sharing.envelope import reserve
from policies.sharing.foreign_debt import foreign_debt_gates
from policies.sharing.guarantor import guarantor_gates
from policies.sharing.insurance import failure_indemnity
from policies.sharing.leverage import fund_capacity
from policies.sharing.margin import settle_margin
from policies.sharing.pre_compensation import reconcile_pre_compensation
from policies.sharing.recovery import return_by_shares
from policies.sharing.subsidy import interest_subsidy
from policies.sharing.takeover import takeover_gates
from policies.sharing.waterfall import distribute
from policies.valuing.collateral import collateral_cap
from policies.valuing.credit_limit import limit_by_value
from policies.valuing.internal_valuation import internal_valuation, internal_valuation_gates

ONE = Fraction(1)
Named = TypeVar("Named")  # a mechanism, or its name


def tiered_share(policy: Policy) -> Cover:
    """The tier of the borrower's balance sets the fund's share; ZD-4.2 [S1, S2].

    Under WHOLE one tier holds for the whole balance, hence the cliff. Under MARGINAL each band of
    the balance has its own share, and the loss is spread over the bands in proportion.
    """
    tiers = (
        _tier(policy, "TIER_1", policy["tier_1_ceiling"], policy["tier_1_fund_share"]),
        _tier(policy, "TIER_2", policy["tier_2_ceiling"], policy["tier_2_fund_share"]),
    )
    marginal = policy["tier_mode"].value == "MARGINAL"
    return Cover(tiers, _components(policy), marginal=marginal)


def fixed_shares(policy: Policy) -> Cover:
    """Fund, insurer and appraiser each bear a fixed share; ZD-4.1 route A, 4.4, 4.8.

    Parties without a share in the policy bear nothing. A first loan may raise the fund's share
    (ZD-4.1 "first-loan bonus").
    """
    parts = [_one(policy, party, name) for party, name in _SHARES.items()]
    found = [part for part in parts if part is not None]
    return _untiered(policy, _with_bonus(policy, found))


def margin_share(policy: Policy) -> Cover:
    """The guarantee fund sets its share aside now and pays when the write-off is complete.

    ZD-4.1 route B [S1, S8].
    """
    return _untiered(policy, _guarantor(policy), margin=True)


def guaranteed_share(policy: Policy) -> Cover:
    """A guarantor bears its share, within its cap and its net assets; ZD-4.6.

    One debtor may not take more than a tenth of a guarantor's net assets (S42, 条例 16); the
    whole balance of guarantees is tested when it is given, in workflows.
    """
    assets, single = policy["guarantor_net_assets"], policy["guarantor_single_limit"]
    cap, share = policy["single_firm_cap"], policy["guarantor_share"]
    limits = (
        CoverLimit("above_single_firm_cap", policy["cap_measured_on"].value, cap.value, cap),
        CoverLimit(
            "above_guarantor_single_limit",
            GUARANTEE,
            assets.value.share_floor(single.value),
            single,
            Fraction(share.value),
        ),
    )
    return _untiered(policy, _guarantor(policy), limits=limits)


def insured_share(policy: Policy) -> Cover:
    """An insurer bears its share, never more than the indemnity limit; ZD-4.3."""
    share, limit = policy["insurer_share"], policy["indemnity_limit"]
    most = Fraction(limit.value)
    part = Part(Fraction(share.value), ((INSURER, ONE),), (share,), most=most)
    return _untiered(policy, (part,))


def pool_takeover(policy: Policy) -> Cover:
    """A pool of government and operator takes the claim over for its principal; ZD-4.5.

    Odd fen fall to the operator.
    """
    share, government = policy["pool_share"], policy["government_part"]
    own = Fraction(government.value)
    holders = ((GOVERNMENT, own), (OPERATOR, ONE - own))
    cash = _limited(policy)
    return _untiered(policy, (Part(Fraction(share.value), holders, (share,), from_cash=cash),))


def guaranteed_notes(policy: Policy) -> Cover:
    """The guarantor pays the noteholders principal and interest; ZD-4.7.

    It may share its loss with the city's pool; odd fen fall to the guarantor.
    """
    cover, reshare = policy["guarantee_cover"], policy["city_pool_share"]
    pool = Fraction(reshare.value) if policy["city_pool_joins"].value else Fraction(0)
    holders = ((CITY_POOL, pool), (GUARANTOR, ONE - pool)) if pool else ((GUARANTOR, ONE),)
    part = Part(Fraction(cover.value), holders, (cover,))
    return Cover((Tier("", (part,)),), _components(policy), creditor=NOTEHOLDERS)


def bank_alone(policy: Policy) -> Cover:
    """Nobody shares: the bank bears all; ZD-4.9, ZD-4.10."""
    return _untiered(policy, ())


def running(named: Mapping[str, Named]) -> dict[str, Named]:
    """Of the mechanisms a case names by role, those that the platform asks for.

    Only these are shown to people: what a case names beside them decides nothing yet.
    """
    return {role: named[role] for role in named if role in RUNNING}


def _tier(policy: Policy, name: str, ceiling: Parameter, share: Parameter) -> Tier:
    cash = _limited(policy)
    return Tier(
        name, (Part(Fraction(share.value), ((FUND, ONE),), (share,), from_cash=cash),), ceiling
    )


def _untiered(
    policy: Policy,
    parts: Iterable[Part],
    *,
    limits: tuple[CoverLimit, ...] = (),
    margin: bool = False,
) -> Cover:
    tier = Tier("", tuple(parts))
    return Cover((tier,), _components(policy), limits=limits, creditor=BANK, margin=margin)


def _one(policy: Policy, party: str, name: str) -> Part | None:
    """A party's part where the policy states its share; only funds are bound to their cash."""
    stated = policy.get(name)
    if stated is None:
        return None
    cash = party == FUND and _limited(policy)
    return Part(Fraction(stated.value), ((party, ONE),), (stated,), from_cash=cash)


def _guarantor(policy: Policy) -> tuple[Part, ...]:
    share, cash = policy["guarantor_share"], _limited(policy)
    return (Part(Fraction(share.value), ((GUARANTOR, ONE),), (share,), from_cash=cash),)


def _with_bonus(policy: Policy, parts: list[Part]) -> list[Part]:
    bonus = policy.get("first_loan_bonus")
    if bonus is None or not policy["first_loan_bonus_applies"].value:
        return parts
    first, *others = parts
    most = ONE - sum((part.share for part in others), Fraction(0))
    raised = min(first.share + Fraction(bonus.value), most)
    return [replace(first, share=raised, stated=(*first.stated, bonus)), *others]


def _limited(policy: Policy) -> bool:
    """Whether the payer owes no more than its fund holds; packs of old say nothing of it."""
    stated = policy.get("liability_limited_to_fund")
    return stated is not None and stated.value is True


def _components(policy: Policy) -> tuple[str, ...]:
    return _COVERED[policy["loss_base"].value]


# fmt: off
_SHARES = {FUND: "fund_share", INSURER: "insurer_share", APPRAISER: "appraiser_share"}

_COVERED: dict[str, tuple[str, ...]] = {
    "PRINCIPAL_ONLY":         (PRINCIPAL,),
    "PRINCIPAL_AND_INTEREST": (PRINCIPAL, INTEREST),
}

MECHANISMS: dict[str, Callable[..., Any]] = {
    "tiered_share":     tiered_share,
    "fixed_shares":     fixed_shares,
    "margin_share":     margin_share,
    "guaranteed_share": guaranteed_share,
    "insured_share":    insured_share,
    "pool_takeover":    pool_takeover,
    "guaranteed_notes": guaranteed_notes,
    "bank_alone":       bank_alone,
    "return_by_shares": return_by_shares,
    # beside the loss: who may borrow, how much, on what
    "points_score":             points_score,
    "navigation_score":         navigation_score,
    "technology_flow":          technology_flow,
    "internal_valuation":       internal_valuation,
    "collateral_cap":           collateral_cap,
    "limit_by_points":          limit_by_points,
    "limit_by_value":           limit_by_value,
    "reserve":                  reserve,
    "campaign_gates":           campaign_gates,
    "foreign_debt_gates":       foreign_debt_gates,
    "internal_valuation_gates": internal_valuation_gates,
    "distribute":               distribute,
    "interest_subsidy":         interest_subsidy,
    # beside the loss: before the loan, before the claim, after the write-off
    "reconcile_pre_compensation": reconcile_pre_compensation,
    "settle_margin":              settle_margin,
    "fund_capacity":              fund_capacity,
    "guarantor_gates":            guarantor_gates,
    "takeover_gates":             takeover_gates,
    "failure_indemnity":          failure_indemnity,
    "recommend_products":         recommend_products,
    "listed_firms":               listed_firms,
    "bank_score":                 bank_score,
}

# What may play which part in a case.
ROLES: dict[str, tuple[str, ...]] = {
    "compensation": (
        "tiered_share", "fixed_shares", "margin_share", "guaranteed_share", "insured_share",
        "pool_takeover", "guaranteed_notes", "bank_alone",
    ),
    "recovery":     ("return_by_shares",),
    "rating":       ("points_score", "navigation_score", "technology_flow"),
    "valuation":    ("internal_valuation",),
    "collateral":   ("collateral_cap",),
    "limit":        ("limit_by_points", "limit_by_value"),
    "quota":        ("reserve",),
    "gates":        ("campaign_gates", "foreign_debt_gates", "internal_valuation_gates"),
    "waterfall":    ("distribute",),
    "subsidy":      ("interest_subsidy",),
    "settlement":   ("reconcile_pre_compensation", "settle_margin"),
    "capacity":     ("fund_capacity",),
    "guarantee":    ("guarantor_gates",),
    "takeover":     ("takeover_gates",),
    "indemnity":    ("failure_indemnity",),
    "advice":       ("recommend_products",),
    "listing":      ("listed_firms",),
    "evaluation":   ("bank_score",),
}
# fmt: on

RUNNING = ("compensation", "recovery")
"""The roles that a claim, a recovery, a comparison or a replay asks for."""
