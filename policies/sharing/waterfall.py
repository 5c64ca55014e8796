"""What notes are paid on a payment date, in which order, and when the guarantor is called.

ZD-4.7. Knows no dates and moves no money; a claim is an amount by its step of the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.loss import Step

GUARANTOR_FEE = "GUARANTOR_FEE"
SUBORDINATED = "SUBORDINATED"


@dataclass(frozen=True, slots=True)
class Tranches:
    """The notes a pool is cut into; the subordinated one bears losses first."""

    senior: Money
    subordinated: Money
    working: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Distribution:
    """A payment date. called: what the guarantor put in. unpaid: by step, what found no cash.

    paid sums to the cash plus what was called.
    """

    paid: Mapping[str, Money]
    called: Money
    unpaid: Mapping[str, Money]
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NoteLoss:
    """A loss of the pool: what the guarantor covers, then which notes are written down."""

    guarantor: Money
    subordinated: Money
    senior: Money
    working: tuple[Step, ...]


def tranches(policy: Policy, pool: Money) -> Tranches:
    """Senior notes floored to the fen, the rest subordinated; ZD-4.7 "tranche split"."""
    share = policy["senior_share"]
    senior = pool.share_floor(share.value)
    inputs = {"pool": pool.yuan, "share": share.text}
    return Tranches(senior, pool - senior, (Step("senior", inputs, senior, share.citation),))


def distribute(
    policy: Policy,
    cash: Money,
    *,
    claims: Mapping[str, Money],
    guarantor: Money | None = None,
) -> Distribution:
    """Pay the claims in the order of the policy; what is left goes to the subordinated notes.

    Before anything stays unpaid that ranks ahead of the guarantor, the guarantor is called.
    guarantor: what it can pay, None for all it owes. Raises ValueError for an unknown step.
    """
    order = policy["waterfall_order"]
    if strange := set(claims) - set(order.value) | {SUBORDINATED} & set(claims):
        raise ValueError(f"no claims are made for {', '.join(sorted(strange))}")
    called = _called(policy, cash, claims, guarantor=guarantor)
    paid = _in_order(order.value, cash + called, claims)
    short = {step: due - paid[step] for step, due in claims.items() if due > paid[step]}
    call = Step("guarantor_called", {}, called, policy["guarantee_cover"].citation)
    steps = (Step("paid_to", {"step": n}, m, order.citation) for n, m in paid.items())
    return Distribution(paid, called, short, (call, *steps))


def _in_order(order: Sequence[str], cash: Money, claims: Mapping[str, Money]) -> dict[str, Money]:
    """Each step paid as far as the cash goes; the subordinated notes take what is left."""
    left, paid = cash, {}
    for step in order:
        due = left if step == SUBORDINATED else claims.get(step, Money.ZERO)
        paid[step] = min(due, left)
        left -= paid[step]
    return paid


def _called(
    policy: Policy, cash: Money, claims: Mapping[str, Money], *, guarantor: Money | None
) -> Money:
    """The covered part of what those ahead of the guarantor lack, as far as it can pay."""
    order = policy["waterfall_order"].value
    ahead = total(claims.get(step, Money.ZERO) for step in order[: order.index(GUARANTOR_FEE)])
    short = max(ahead - cash, Money.ZERO).share_floor(policy["guarantee_cover"].value)
    return short if guarantor is None else min(short, guarantor)


def loss_on_notes(
    policy: Policy, pool: Money, loss: Money, *, guarantor: Money | None = None
) -> NoteLoss:
    """A loss of the pool: the guarantor first, then the subordinated notes, the senior last.

    guarantor: what it can pay, None for all it owes; zero where it failed. Raises ValueError for
    a loss above the pool.
    """
    if loss > pool:
        raise ValueError(f"a pool of {pool} cannot lose {loss}")
    cover, notes = policy["guarantee_cover"], tranches(policy, pool)
    covered = loss.share_floor(cover.value)
    covered = covered if guarantor is None else min(covered, guarantor)
    junior = min(loss - covered, notes.subordinated)
    senior = loss - covered - junior
    share = policy["senior_share"].citation
    working = (
        *notes.working,
        Step("guarantor_called", {}, covered, cover.citation),
        Step("written_down", {"step": SUBORDINATED}, junior, share),
        Step("written_down", {"step": "SENIOR_PRINCIPAL"}, senior, share),
    )
    return NoteLoss(covered, junior, senior, working)
