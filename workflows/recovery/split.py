"""Who gets what of a recovery: the policy's own split, of what each has borne. ZD-3.10.1."""

from __future__ import annotations

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, FUND, Part
from policies.sharing.loss import NotAssessed, Returned
from policies.sharing.recovery import Borne
from workflows.claim.records import Claim
from workflows.claim.shares import assess
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import interest_owed
from workflows.loan.records import Loan
from workflows.recovery.records import Recovery

OnRecovery = Situation[Recovery]  # whatever is asked of it


def compensated(s: OnRecovery) -> Claim | None:
    """The claim on which the fund has paid; None while the loss is the bank's alone."""
    claim = s.rows.get(Claim)
    return claim if claim is not None and claim.paid else None


def split_of(s: OnRecovery, net: Money) -> Returned:
    """The policy's own split: who bore what, less what already came back (ZD-3.10.1)."""
    claim, loan = compensated(s), s.row(Loan)
    interest = {BANK: interest_owed(loan, s.policy, s.today)}
    if claim is None:
        borne = Borne(paid={BANK: loan.unrecovered}, interest=interest)
    else:
        borne = Borne(
            paid={FUND: claim.paid, BANK: claim.principal - claim.paid},
            interest=interest,
            before={FUND: claim.returned_fund, BANK: claim.returned_bank},
            parts=_nominal(claim, loan, s.policy),
        )
    answer: Returned = s.policy.mechanisms["recovery"](s.policy, borne, net)
    return answer


def _nominal(claim: Claim, loan: Loan, policy: Policy) -> tuple[Part, ...]:
    """The shares of the claim's tier, where the fund paid its part whole (ZD-3.10.1)."""
    found = assess(loan, policy, claim.principal, interest=claim.bank_interest)
    if isinstance(found, NotAssessed) or claim.paid < claim.fund_share:
        return ()
    return found.parts
