"""The working of a shared loss and of a recovery: each step with its inputs and its clause.

Names and inputs are keys and plain values; sentences are made of them at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, total
from policies.reading.pack import Parameter, Policy
from policies.sharing.cover import BANK, INTEREST, PRINCIPAL, QUEUED, Cover, CoverLimit, Part, Tier
from policies.sharing.loss import Loss, NotAssessed, Share, Step


def sharing_steps(
    policy: Policy, cover: Cover, tier: Tier, *, loss: Loss, shares: Sequence[Share]
) -> Iterable[Step]:
    """Limits, tier, shares; then what each bears, what waits for cash, what is only set aside."""
    yield from (_limit(limit, loss) for limit in cover.limits)
    if tier.ceiling is not None:
        yield _tier(policy, tier, tier.ceiling, balance=loss.balance_after_draw)
    if cover.marginal:
        yield _bands(policy, cover, loss.balance_after_draw)
    else:
        yield from (step for part in tier.parts for step in _part(part))
    yield from (_indemnity(policy, part, loss) for part in tier.parts if part.most is not None)
    yield from (_borne(policy, tier.parts, one, loss=loss) for one in shares)
    if cover.margin:
        aside = total(one.amount for one in shares if one.party != cover.creditor)
        rule = policy["margin_paid_at"]
        yield Step("margin", {"paid_at": rule.value}, aside, rule.citation)


def refused_steps(loss: Loss, refused: Sequence[NotAssessed]) -> Iterable[Step]:
    """Each ceiling the loan is above, and that all of the loss stays with the bank for it."""
    for one in refused:
        told = {"actual": one.actual.yuan, "ceiling": one.threshold.yuan}
        yield Step("above_ceiling", told, None, one.parameter.citation)
    for one in refused[:1]:
        yield Step("unshared", {"party": BANK}, loss.exposure, one.parameter.citation)


def _limit(limit: CoverLimit, loss: Loss) -> Step:
    measured = Money(limit.measured(loss.lent.fen, loss.balance_after_draw.fen))
    inputs = {"measure": limit.measure, "actual": measured.yuan, "ceiling": limit.ceiling.yuan}
    return Step("limit", inputs, None, limit.parameter.citation)


def _tier(policy: Policy, tier: Tier, ceiling: Parameter, *, balance: Money) -> Step:
    inputs = {
        "balance": balance.yuan,
        "ceiling": ceiling.value.yuan,
        "mode": policy["tier_mode"].value,
        "date": policy["tier_date"].value,
        "tier": tier.name,
    }
    return Step("tier", inputs, None, ceiling.citation)


def _bands(policy: Policy, cover: Cover, balance: Money) -> Step:
    """Each band of the balance with the share of its tier."""
    told = ", ".join(
        f"{Money(fen)} x {tier.parts[0].stated[0].text}" for fen, tier in cover.bands(balance.fen)
    )
    return Step("bands", {"bands": told}, None, policy["tier_mode"].citation)


def _part(part: Part) -> Iterable[Step]:
    """Who bears which share, and what raises it; of a pool, who holds which part of it."""
    first, *more = part.stated
    inputs = {"party": part.holders[0][0], "share": first.text}
    if len(part.holders) > 1:
        inputs["holders"] = ", ".join(f"{party} {of}" for party, of in part.holders)
    yield Step("pool" if "holders" in inputs else "share", inputs, None, first.citation)
    for one in more:
        yield Step("raised", {**inputs, "share": one.text}, None, one.citation)


def _indemnity(policy: Policy, part: Part, loss: Loss) -> Step:
    """The most a payer pays, whatever its share comes to."""
    rule, most = policy["indemnity_limit"], part.most or Fraction(1)
    ceiling = Money(loss.lent.fen * most.numerator // most.denominator)
    inputs = {"party": part.holders[0][0], "share": rule.text, "drawn": loss.lent.yuan}
    return Step("indemnity", inputs, ceiling, rule.citation)


def _borne(policy: Policy, parts: Sequence[Part], one: Share, *, loss: Loss) -> Step:
    """Lost x share = amount for who covers; for the creditor what is left, or waits for cash."""
    if one.component == QUEUED:
        rule = policy["liability_limited_to_fund"]
        return Step("queued", {"party": one.party}, one.amount, rule.citation)
    lost = {PRINCIPAL: loss.principal, INTEREST: loss.interest}[one.component]
    inputs = {"party": one.party, "component": one.component, "lost": lost.yuan}
    for part in parts:
        for party, of in part.holders:
            if party == one.party:
                told = {**inputs, "share": decimal_text(part.share * of)}
                return Step("borne", told, one.amount, part.stated[-1].citation)
    base = policy["loss_base"]
    return Step("left", {**inputs, "base": base.value}, one.amount, base.citation)


def decimal_text(of: Fraction) -> str:
    """A share as decimal text, to six digits where it is no finite decimal: `0.55`."""
    exact = Decimal(of.numerator) / of.denominator
    return f"{exact.quantize(Decimal('0.000001')).normalize():f}"


def returned_step(policy: Policy, net: Money, parts: Mapping[str, Money]) -> Step:
    """What goes back to whom of a recovery, or whom its cost is shared by."""
    rule = policy["recovery_split"]
    name = "cost_shared" if net < Money.ZERO else "principal_returned"
    inputs = {"net": net.yuan, "split": rule.value}
    inputs |= {party: amount.yuan for party, amount in parts.items()}
    return Step(name, inputs, total(parts.values()), rule.citation)


def interest_step(policy: Policy, due: Money, paid: Money) -> Step:
    """How much of the interest due a recovery pays."""
    rule = policy["recovery_allocation"]
    return Step("interest_returned", {"due": due.yuan}, paid, rule.citation)


def surplus_step(policy: Policy, surplus: Money) -> Step:
    """What is left when all are whole (Civil Code 438)."""
    return Step("surplus", {"to": "pledgor"}, surplus, policy["recourse"].citation)
