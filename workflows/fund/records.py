"""The compensation fund: its record and the commands given to it.

Cash moves only by contributions, compensation and recoveries; covered balance and approved unpaid
claims are derived from loans and claims, so that a single loan's step does not touch this row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund and its money, in fen. cash = contributed + interest - fees - paid_out + returned.

    Never negative. committed: top-ups that the fiscal department has bound itself to.
    """

    id: str
    state: str
    name: str
    policy: str
    fiscal: str = ""  # the fiscal department that set it up
    cash: Money = Money.ZERO
    contributed: Money = Money.ZERO
    paid_out: Money = Money.ZERO
    returned: Money = Money.ZERO
    interest: Money = Money.ZERO
    fees: Money = Money.ZERO
    committed: Money = Money.ZERO

    @property
    def fund(self) -> str:
        """The organisation of its managers: itself."""
        return self.id


@dataclass(frozen=True, slots=True)
class EstablishFund:
    """Set the fund up with its first contribution, which may be nothing."""

    trigger: ClassVar[str] = "establish"
    fund: str
    name: str
    amount: Money
    case: str


@dataclass(frozen=True, slots=True)
class TopUpFund:
    """Contribute more cash."""

    trigger: ClassVar[str] = "top_up"
    fund: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CommitTopUp:
    """Bind the fiscal department to a top-up: it counts for the fund's capacity at once."""

    trigger: ClassVar[str] = "commit_top_up"
    fund: str
    amount: Money
    paper: str


@dataclass(frozen=True, slots=True)
class CreditInterest:
    """Interest of the account where the fund's cash lies."""

    trigger: ClassVar[str] = "credit_interest"
    fund: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ChargeFee:
    """What managing the fund costs."""

    trigger: ClassVar[str] = "charge_fee"
    fund: str
    amount: Money
    paper: str


@dataclass(frozen=True, slots=True)
class WatchFund:
    """Cash is low: ask for a top-up of that amount."""

    trigger: ClassVar[str] = "watch"
    fund: str
    amount: Money


@dataclass(frozen=True, slots=True)
class EndWatch:
    """Cash suffices again."""

    trigger: ClassVar[str] = "end_watch"
    fund: str


@dataclass(frozen=True, slots=True)
class ReactivateFund:
    """The line of claims goes on; the fund works as before."""

    trigger: ClassVar[str] = "reactivate"
    fund: str


@dataclass(frozen=True, slots=True)
class DebitFund:
    """Pay compensation on a claim to a bank."""

    trigger: ClassVar[str] = "debit"
    fund: str
    claim: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DeclareExhausted:
    """Say that cash no longer meets the next approved claim."""

    trigger: ClassVar[str] = "declare_exhausted"
    fund: str
    claim: str


@dataclass(frozen=True, slots=True)
class TakeBackCompensation:
    """Take back from a bank what it was paid too much or wrongly."""

    trigger: ClassVar[str] = "take_back"
    fund: str
    claim: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ReturnRecovery:
    """Take back the fund's part of a recovery."""

    trigger: ClassVar[str] = "return_recovery"
    fund: str
    recovery: str
    amount: Money
