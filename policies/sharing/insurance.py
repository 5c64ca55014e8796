"""Premium of a loan insurance, and what the implementation-failure cover pays; ZD-4.3."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.money import Money, round_half_up
from policies.reading.pack import Policy
from policies.sharing.loss import Step

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Indemnity:
    """to_bank: up to the debt, applied as a prepayment. to_firm: what is left of the amount."""

    amount: Money
    to_bank: Money
    to_firm: Money
    working: tuple[Step, ...]


def premium(policy: Policy, insured: Money, *, months: int) -> Money:
    """Paid at the draw for the whole term, half-up to the fen. insured: principal."""
    rate: Decimal = policy["premium_rate"].value
    return Money(round_half_up(insured.fen * rate * months / MONTHS_A_YEAR))


def failure_indemnity(policy: Policy, proven_cost: Money, *, debt: Money) -> Indemnity:
    """The share of the proven R&D and tooling cost, up to the cap. debt: owed to the bank."""
    share, cap = policy["failure_cover_share"], policy["failure_cover_cap"]
    part = proven_cost.share_floor(share.value)
    amount = min(part, cap.value)
    to_bank = min(amount, debt)
    told = {"cost": proven_cost.yuan, "share": share.text}
    working = (
        Step("proven_cost", told, part, share.citation),
        Step("capped", {"cap": cap.value.yuan}, amount, cap.citation),
        Step("to_bank", {"debt": debt.yuan}, to_bank, policy["failure_beneficiary"].citation),
    )
    return Indemnity(amount, to_bank, amount - to_bank, working)
