"""A campaign's quota: approval reserves, the draw consumes, lapse releases, repayment does not.

ZD-4.9; reserved + consumed never exceed the envelope. Who may ask is campaign.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota or a part of one: a branch's, a chain node's. All amounts in fen."""

    size: Money
    reserved: Money = Money.ZERO
    consumed: Money = Money.ZERO

    @property
    def free(self) -> Money:
        """What may still be reserved."""
        return self.size - self.reserved - self.consumed


def opened(policy: Policy) -> Quota:
    """The envelope of the campaign of the policy's day."""
    return Quota(policy["campaign_envelope"].value)


def reserve(policy: Policy, envelope: Quota, amount: Money) -> Quota | Unmet:
    """An approval takes its amount out of what is free, or is refused for want of it."""
    if amount > envelope.free:
        rule = policy["campaign_envelope"]
        return unmet("quota_exhausted", rule, amount, threshold=envelope.free)
    return replace(envelope, reserved=envelope.reserved + amount)


def consume(envelope: Quota, amount: Money) -> Quota:
    """The draw of a reserved amount. Raises ValueError above what is reserved."""
    return replace(_released(envelope, amount, "drawn"), consumed=envelope.consumed + amount)


def release(envelope: Quota, amount: Money) -> Quota:
    """An offer lapsed: its amount is free again. Raises ValueError above what is reserved."""
    return _released(envelope, amount, "released")


def _released(envelope: Quota, amount: Money, what: str) -> Quota:
    if not Money.ZERO <= amount <= envelope.reserved:
        raise ValueError(f"{amount} cannot be {what}: {envelope.reserved} are reserved")
    return replace(envelope, reserved=envelope.reserved - amount)


def repaid(policy: Policy, envelope: Quota, amount: Money) -> Quota:
    """A repayment: quota comes back in a revolving envelope only."""
    if policy["envelope_type"].value != "REVOLVING":
        return envelope
    return replace(envelope, consumed=envelope.consumed - min(amount, envelope.consumed))


def divided(policy: Policy, sizes: Mapping[str, Money]) -> Mapping[str, Quota] | Unmet:
    """The envelope by branch and chain node; refused where the parts are more than the whole."""
    whole, parts = policy["campaign_envelope"], total(sizes.values())
    if parts > whole.value:
        return unmet("parts_above_envelope", whole, parts)
    return {name: Quota(size) for name, size in sizes.items()}


def moved(
    policy: Policy, source: Quota, target: Quota, *, amount: Money
) -> tuple[Quota, Quota] | Unmet:
    """Head office moves free quota from one part to another; what is reserved or drawn stays."""
    if amount > source.free:
        rule = policy["sub_envelopes"]
        return unmet("quota_exhausted", rule, amount, threshold=source.free)
    less = replace(source, size=source.size - amount)
    return less, replace(target, size=target.size + amount)
