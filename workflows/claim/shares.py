"""Who bears what of a claimed loss: the policy's own mechanism, asked for one claim."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, FUND, INTEREST, PRINCIPAL
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss, NotAssessed
from workflows.claim.records import Claim
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.records import Loan


@dataclass(frozen=True, slots=True)
class Shares:
    """principal + interest = fund + bank_principal + bank_interest, to the fen."""

    tier: str
    principal: Money
    fund: Money
    bank_principal: Money
    bank_interest: Money


def assess(
    loan: Loan, policy: Policy, principal: Money, *, interest: Money
) -> Assessment | NotAssessed:
    """Ask the policy's compensation mechanism; the tier is that of the drawing."""
    return share(policy, Loss(principal, interest, loan.balance_after_draw))


def shares(loan: Loan, policy: Policy, principal: Money, *, interest: Money) -> Shares:
    """The assessment as amounts. Raises ValueError where no tier holds (a guard asks first)."""
    found = assess(loan, policy, principal, interest=interest)
    if isinstance(found, NotAssessed):
        raise ValueError(f"{found.code}: {found.actual}")

    def borne(party: str, *components: str) -> Money:
        parts = (s for s in found.shares if s.party == party and s.component in components)
        return total(part.amount for part in parts)

    return Shares(
        tier=found.tier,
        principal=principal,
        fund=borne(FUND, PRINCIPAL, INTEREST),
        bank_principal=borne(BANK, PRINCIPAL),
        bank_interest=borne(BANK, INTEREST),
    )


def still_lost(claim: Claim, loan: Loan) -> Money:
    """Claimed principal that is still unpaid: less than claimed where the borrower paid since."""
    return min(claim.principal, loan.unrecovered)


def final_loss(claim: Claim, loan: Loan) -> Money:
    """Claimed principal that did not come back, and costs that no recovery covered."""
    lost = still_lost(claim, loan)
    came_back = claim.principal - lost
    return lost + max(Money.ZERO, came_back - claim.returned_fund - claim.returned_bank)


def shares_now(claim: Claim, loan: Loan, policy: Policy) -> Shares:
    """Shares of what is still lost; from the first payment on they are fixed."""
    if claim.paid:
        tier, bank = claim.tier, claim.bank_principal
        return Shares(tier, claim.principal, claim.fund_share, bank, claim.bank_interest)
    return shares(loan, policy, still_lost(claim, loan), interest=claim.bank_interest)


def large(claim: Claim, loan: Loan, policy: Policy) -> Refusal | None:
    """Why the committee decides: the fund's share reaches committee_limit.

    None below it, where no tier holds, and where no limit is set.
    """
    found = assess(loan, policy, still_lost(claim, loan), interest=claim.bank_interest)
    if isinstance(found, NotAssessed):
        return None
    limit, fund = policy.ceiling("committee_limit"), found.totals().get(FUND, Money.ZERO)
    if limit.unlimited or fund < limit.value:
        return None
    return against("committee_required", limit.parameter, fund)
