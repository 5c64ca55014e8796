"""A loss, who bears it, and the working of both, as plain records. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from policies.money import Money
from policies.reading.pack import Citation, Parameter
from policies.sharing.cover import BANK, FUND, INTEREST, PRINCIPAL, QUEUED, Part


@dataclass(frozen=True, slots=True)
class Loss:
    """What a claim is about. `balance_after_draw`: the borrower's programme balance at the draw.

    drawn: what was lent; None where it is not known: then the balance, the most it can have been.
    """

    principal: Money
    interest: Money
    balance_after_draw: Money
    drawn: Money | None = None

    @property
    def exposure(self) -> Money:
        """Principal and interest together."""
        return self.principal + self.interest

    @property
    def lent(self) -> Money:
        """The amount drawn."""
        return self.balance_after_draw if self.drawn is None else self.drawn


@dataclass(frozen=True, slots=True)
class Share:
    """What one party bears of one component (principal, interest or queued)."""

    party: str
    component: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: what was asked, with which inputs, the amount, and the rule."""

    name: str
    inputs: Mapping[str, str]
    amount: Money | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Assessment:
    """A loss shared among the parties; shares sum to the loss exactly.

    parts: the terms it was shared by, by which a recovery goes back. whole: every part was paid in
    full. transferred: set aside and not yet paid (Shanghai's margin). creditor: bears the rest.
    """

    tier: str
    shares: tuple[Share, ...]
    working: tuple[Step, ...]
    parts: tuple[Part, ...] = ()
    whole: bool = True
    transferred: Money = Money.ZERO
    creditor: str = BANK

    @property
    def fund_share(self) -> Fraction:
        """The fund's nominal part of what is compensated."""
        own = (one.share for one in self.parts if one.holders[0][0] == FUND)
        return sum(own, Fraction(0))

    def totals(self) -> dict[str, Money]:
        """What each party bears in all."""
        return self.borne(PRINCIPAL, INTEREST, QUEUED)

    def borne(self, *components: str) -> dict[str, Money]:
        """What each party bears of the components named; every party of the loss is there."""
        found = {share.party: Money.ZERO for share in self.shares}
        for share in self.shares:
            if share.component in components:
                found[share.party] += share.amount
        return found


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why nothing is covered: the parameter that forbids it, its ceiling and the actual amount."""

    code: str
    parameter: Parameter
    actual: Money
    threshold: Money


@dataclass(frozen=True, slots=True)
class Returned:
    """A net recovery distributed: principal returned + interest + surplus = net.

    interest: by who bore it, most often the bank alone.
    """

    returned: Mapping[str, Money]
    interest: Mapping[str, Money]
    surplus: Money
    working: tuple[Step, ...]

    @property
    def bank_interest(self) -> Money:
        """The bank's part of the interest."""
        return self.interest.get(BANK, Money.ZERO)

    def totals(self) -> dict[str, Money]:
        """What each party gets back, principal and interest together."""
        parties = {**self.returned, **self.interest}
        zero = Money.ZERO
        return {p: self.returned.get(p, zero) + self.interest.get(p, zero) for p in parties}
