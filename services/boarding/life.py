"""One loan's life as the tape tells it, and the order in which claims are paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from policies.money import Money
from services.boarding import origin


@dataclass(frozen=True, slots=True)
class Life:
    """A row that can be boarded. Exactly one of `repaid_on` and `charged_off_on` is set.

    annual_rate: a fraction; charged_off: principal lost; compensation: the fund's part of it;
    by_committee: whether the decision committee must approve that; paid: what the fund can pay;
    exhausts_fund: the first claim for which nothing was left. `region` is generated, as are the
    ids and names below.
    """

    line: int
    loan_id: str
    state: str
    industry: str
    employees: int | None
    region: str
    approved_on: date | None
    approved_amount: Money
    guaranteed: Money | None
    disbursed: Money
    annual_rate: Decimal
    term_months: int
    disbursed_on: date
    due_on: date
    repaid_on: date | None
    charged_off_on: date | None
    charged_off: Money
    compensation: Money
    by_committee: bool
    paid: Money = Money.ZERO
    exhausts_fund: bool = False

    @property
    def told(self) -> Life:
        """What the line itself says, wherever it stands and whatever the fund can pay."""
        return replace(self, line=0, paid=Money.ZERO, exhausts_fund=False)

    @property
    def defaulted(self) -> bool:
        """Whether the loan was charged off, be it with nothing lost."""
        return self.charged_off_on is not None

    @property
    def claimed(self) -> bool:
        """Whether there is a claim; a default that lost no principal has none."""
        return bool(self.charged_off)

    @property
    def ended_on(self) -> date:
        """The last day of the life: that of the charge-off, else of the repayment."""
        return self.charged_off_on or self.repaid_on or self.due_on

    @property
    def repaid(self) -> Money:
        """Principal that comes back on the last day."""
        return self.disbursed - self.charged_off

    @property
    def enterprise(self) -> str:
        """The generated borrower's id."""
        return origin.enterprise_id(self.loan_id)

    @property
    def name(self) -> str:
        """The generated borrower's name."""
        return origin.enterprise_name(self.loan_id)

    @property
    def asset(self) -> str:
        """Reference of the generated IP asset."""
        return origin.asset_id(self.loan_id)


def payment_order(lives: Iterable[Life]) -> tuple[Life, ...]:
    """The lives with a claim as the fund pays them: by date of the charge-off, then line."""
    claims = (life for life in lives if life.claimed)
    return tuple(sorted(claims, key=lambda life: (life.ended_on, life.line)))
