"""How a loss is shared under a policy, with its working. Asks the policy's own mechanism.

Whether a claim may be made at all is decided in workflows/claim/; who is paid when, in services/.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, INTEREST, PRINCIPAL, Cover, Line, Part, divide
from policies.sharing.loss import Assessment, Loss, NotAssessed, Share
from policies.sharing.working import refused_steps, sharing_steps


def share(policy: Policy, loss: Loss, *, cash: Money | None = None) -> Assessment | NotAssessed:
    """Share a loss by the policy's compensation mechanism; the first refusal where it is refused.

    cash: what the fund holds, where that is in question.
    """
    cover: Cover = policy.mechanisms["compensation"](policy)
    refused = refusals(cover, loss)
    if refused:
        return refused[0]
    return shared(policy, cover, loss, cash=cash)


def refusals(cover: Cover, loss: Loss) -> tuple[NotAssessed, ...]:
    """Every ceiling that the loan is above; none where it is covered."""
    drawn, balance = loss.lent.fen, loss.balance_after_draw.fen
    found = [
        NotAssessed(limit.code, limit.parameter, Money(measured), limit.ceiling)
        for limit in cover.limits
        if (measured := limit.measured(drawn, balance)) > limit.ceiling.fen
    ]
    top = cover.tiers[-1].ceiling
    if top is not None and balance > top.value.fen:
        actual = loss.balance_after_draw
        found.append(NotAssessed("balance_above_top_tier", top, actual, top.value))
    return tuple(found)


def shared(policy: Policy, cover: Cover, loss: Loss, *, cash: Money | None = None) -> Assessment:
    """Share a loss that no ceiling refuses. Raises ValueError above the top tier."""
    tier = cover.tier(loss.balance_after_draw.fen)
    if tier is None:
        raise ValueError("no tier holds; ask `refusals` first")
    lost, drawn = (loss.principal.fen, loss.interest.fen), loss.lent.fen
    lines = divide(cover, tier.parts, lost, drawn=drawn, cash=None if cash is None else cash.fen)
    shares = _joined(lines)
    others = [one.amount for one in shares if one.party != cover.creditor]
    return Assessment(
        tier.name,
        shares,
        tuple(sharing_steps(policy, cover, tier, loss=loss, shares=shares)),
        parts=tier.parts,
        whole=lines == divide(cover, _unlimited(tier.parts), lost, drawn=drawn, cash=None),
        transferred=total(others) if cover.margin else Money.ZERO,
        creditor=cover.creditor,
    )


def unshared(loss: Loss, refused: Sequence[NotAssessed]) -> Assessment:
    """A loss that nobody shares: all of it stays with the bank."""
    shares = (Share(BANK, PRINCIPAL, loss.principal), Share(BANK, INTEREST, loss.interest))
    return Assessment("", shares, tuple(refused_steps(loss, refused)))


def _unlimited(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(replace(part, from_cash=False, most=None) for part in parts)


def _joined(lines: Sequence[Line]) -> tuple[Share, ...]:
    """Lines of the same party and component as one share, in order."""
    sums: dict[tuple[str, str], int] = {}
    for party, component, fen in lines:
        sums[party, component] = sums.get((party, component), 0) + fen
    return tuple(Share(party, component, Money(fen)) for (party, component), fen in sums.items())
