"""Security of a drawn loan: looked at anew, found short, made good, or a breach. ZD-3.3.4.

Commands and events of its own; which rows ask what stands in table.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from policies.money import Money
from workflows.asset.states import AssetState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after, working_days_from
from workflows.lifecycle.evolution import Decide, Evolve, takes, takes_and
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.records import Loan
from workflows.loan.states import LIVE
from workflows.pledge.facts import Rights
from workflows.pledge.impairment import LOSSES
from workflows.pledge.security import carried


@dataclass(frozen=True, slots=True)
class ExamineCollateral:
    """Look at what the loan's security carries today, for a cause of pledge/impairment.py."""

    trigger: ClassVar[str] = "examine_collateral"
    loan: str
    asset: str
    ground: str


@dataclass(frozen=True, slots=True)
class RestoreCollateral:
    """Find that the security carries the debt again: substituted, topped up or prepaid."""

    trigger: ClassVar[str] = "restore_collateral"
    loan: str


@dataclass(frozen=True, slots=True)
class BreachCollateral:
    """The time to make the security good is over."""

    trigger: ClassVar[str] = "breach_collateral"
    loan: str


@dataclass(frozen=True, slots=True)
class LoanCollateralExamined:
    """carried: most that may be lent on the security; secured: the part of the debt it is for."""

    wire: ClassVar[str] = "Loan.CollateralExamined"
    ground: str
    asset: str
    carried: Money
    secured: Money


@dataclass(frozen=True, slots=True)
class LoanCollateralShortfallRaised:
    """The fund is told and the undrawn part frozen; made good by `shortfall_by`, inclusive.

    shortfall: what the security lacks; where it lacks nothing, nothing is asked (None).
    """

    wire: ClassVar[str] = "Loan.CollateralShortfallRaised"
    fund: str
    ground: str
    asset: str
    shortfall: Money
    shortfall_by: date | None


@dataclass(frozen=True, slots=True)
class LoanCollateralRestored:
    """The security carries the debt again."""

    wire: ClassVar[str] = "Loan.CollateralRestored"
    carried: Money


@dataclass(frozen=True, slots=True)
class LoanCollateralBreached:
    """It was not made good in time: the bank may call the loan in (ZD-3.6.2)."""

    wire: ClassVar[str] = "Loan.CollateralBreached"
    shortfall: Money
    breached_on: date


OnLoan = Situation[Loan]


def cap(s: OnLoan) -> Money:
    """The most that may be lent on the loan's registered rights today."""
    return carried(s.policy, s.fact(Rights).each, s.today).cap


def secured_part(it: Loan) -> Money:
    """The part of what is owed that IP secures; before the draw, of what was approved."""
    return (it.outstanding if it.disbursed_on else it.approved_amount).share_floor(it.ip_share)


def carries_debt(s: OnLoan) -> Refusal | None:
    """What is registered carries the part of the debt IP secures (ZD-3.3.4)."""
    most, secured = cap(s), secured_part(s.it)
    if secured <= most:
        return None
    rates = s.policy["pledge_rate_caps"]
    needs = "pledge.prepare_substitute"
    return against("secured_over_collateral", rates, secured, threshold=most, needs=needs)


def falls_short(s: OnLoan) -> Refusal | None:
    """Only a shortfall is made good (ZD-3.3.4)."""
    if s.it.shortfall_by is not None or s.it.breached_on is not None:
        return None
    return refuse(s, "no_shortfall", clauses.SHORTFALL)


def time_is_over(s: OnLoan) -> Refusal | None:
    """The last day to make the security good is past (ZD-3.3.4)."""
    last = given(s.it.shortfall_by)
    if s.today > last:
        return None
    window = s.policy["substitute_security_wd"]
    return against("window_still_open", window, last, legal_from=day_after(last))


def security_whole(s: OnLoan) -> Refusal | None:
    """Nothing is drawn while the security falls short (ZD-3.3.4)."""
    if s.it.shortfall_by is None and s.it.breached_on is None:
        return None
    return refuse(
        s, "undrawn_frozen", clauses.SHORTFALL, actual=s.it.shortfall,
        needs="loan.restore_collateral",
    )  # fmt: skip


def rights_stand(s: OnLoan) -> Refusal | None:
    """Nothing is drawn while a right has missed its fee, is disputed or lost (ZD-5.5)."""
    fallen = tuple(state for state in s.fact(Rights).states if state != AssetState.ENCUMBERED.name)
    if not fallen:
        return None
    return refuse(s, "undrawn_frozen", clauses.SHORTFALL, actual=fallen, needs="asset.cure_fee")


def examine(s: Situation[Loan, ExamineCollateral]) -> tuple[Any, ...]:
    """Looked at; of a loan that has ended nothing follows."""
    it, act, most, secured = s.it, s.act, cap(s), secured_part(s.it)
    looked = LoanCollateralExamined(act.ground, act.asset, most, secured)
    lacking = max(Money.ZERO, secured - most)
    if it.state not in {state.name for state in LIVE}:
        return (looked,)
    if lacking or act.ground in LOSSES:
        by = it.shortfall_by or working_days_from(s, "substitute_security_wd")
        raised = LoanCollateralShortfallRaised(
            it.fund, act.ground, act.asset, shortfall=lacking, shortfall_by=by if lacking else None
        )
        return (looked, raised)
    if it.shortfall_by is not None or it.breached_on is not None:
        return (looked, LoanCollateralRestored(most))
    return (looked,)


def restore(s: OnLoan) -> tuple[Any, ...]:
    """The bank has looked and is content."""
    return (LoanCollateralRestored(cap(s)),)


def breach(s: OnLoan) -> tuple[Any, ...]:
    """A breach, unless repayments or new rights have made it good by now."""
    most, secured = cap(s), secured_part(s.it)
    if secured <= most:
        return (LoanCollateralRestored(most),)
    return (LoanCollateralBreached(secured - most, s.today),)


NOTES = (LoanCollateralShortfallRaised, LoanCollateralRestored)
DECIDE: dict[str, Decide] = {
    "examine_collateral": examine,
    "restore_collateral": restore,
    "breach_collateral": breach,
}
EVOLVE: dict[type[Any], Evolve] = {
    LoanCollateralExamined: takes(),
    LoanCollateralShortfallRaised: takes("shortfall", "shortfall_by"),
    LoanCollateralRestored: takes_and(
        (), {"shortfall": Money.ZERO, "shortfall_by": None, "breached_on": None}
    ),
    LoanCollateralBreached: takes_and(("shortfall", "breached_on"), {"shortfall_by": None}),
}
