"""A fund's book and cash, as guards ask for them: derived on read. ZD-3.12."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.money import Money


@dataclass(frozen=True, slots=True)
class CoveredLoans:
    """Covered loans of a programme or of one bank in it. Principal; compensated loans apart."""

    loans: int = 0
    balance: Money = Money.ZERO
    bad: Money = Money.ZERO  # of the balance, substandard or worse
    compensated: Money = Money.ZERO  # paid for by the fund and not come back

    @property
    def bad_ratio(self) -> Decimal:
        """Bad and compensated / covered and compensated, so that paying does not better it."""
        whole = self.balance + self.compensated
        return Decimal((self.bad + self.compensated).fen) / whole.fen if whole else Decimal(0)


@dataclass(frozen=True, slots=True)
class FundBook:
    """The whole programme; and one bank by itself, where its figures are known."""

    programme: CoveredLoans
    bank: CoveredLoans | None = None

    @property
    def parts(self) -> tuple[CoveredLoans, ...]:
        """What the breaker looks at one by one."""
        return (self.programme,) if self.bank is None else (self.programme, self.bank)


@dataclass(frozen=True, slots=True)
class FundCash:
    """What the fund can still promise: cash less approved unpaid claims, and what is committed.

    exhausted: a claim was not met in full.
    """

    amount: Money
    exhausted: bool = False
