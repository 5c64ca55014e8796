"""What follows from an act on a fund that may happen: what has happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundFeeCharged,
    FundInterestCredited,
    FundReactivated,
    FundRecoveryReturned,
    FundToppedUp,
    FundTopUpCommitted,
    FundTopUpRequested,
    FundWatchEnded,
)
from workflows.fund.facts import Reached
from workflows.fund.records import (
    ChargeFee,
    CommitTopUp,
    CreditInterest,
    DebitFund,
    DeclareExhausted,
    EstablishFund,
    Fund,
    ReturnRecovery,
    TakeBackCompensation,
    TopUpFund,
    WatchFund,
)
from workflows.fund.states import FundState
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation

Outcome = tuple[Any, ...]


def establish(s: Situation[None, EstablishFund]) -> Outcome:
    """With its first contribution, under the policy of the day."""
    return (FundEstablished(s.act.name, s.policy.ref, s.act.amount, s.actor.organisation),)


def top_up(s: Situation[Fund, TopUpFund]) -> Outcome:
    """More cash; what waits in line may be paid again."""
    reached, low = s.facts.get(Reached), (FundState.WATCH.name, FundState.EXHAUSTED.name)
    line = () if reached is None else reached.claims
    return (FundToppedUp(s.act.amount, line, s.it.state in low),)


def commit_top_up(s: Situation[Fund, CommitTopUp]) -> Outcome:
    """On paper, and counted for capacity."""
    return (FundTopUpCommitted(s.act.amount, s.act.paper),)


def credit_interest(s: Situation[Fund, CreditInterest]) -> Outcome:
    """Into cash."""
    return (FundInterestCredited(s.act.amount),)


def charge_fee(s: Situation[Fund, ChargeFee]) -> Outcome:
    """Out of cash."""
    return (FundFeeCharged(s.act.amount, s.act.paper),)


def watch(s: Situation[Fund, WatchFund]) -> Outcome:
    """Asked of the fiscal department."""
    return (FundTopUpRequested(s.act.amount),)


def end_watch(s: Situation[Fund]) -> Outcome:
    """Enough again."""
    return (FundWatchEnded(s.it.cash),)


def reactivate(s: Situation[Fund]) -> Outcome:
    """As before."""
    return (FundReactivated(s.it.cash),)


def debit(s: Situation[Fund, DebitFund]) -> Outcome:
    """Compensation leaves the fund."""
    return (FundDebited(s.act.amount, s.act.claim),)


def declare_exhausted(s: Situation[Fund, DeclareExhausted]) -> Outcome:
    """The claim that was not met in full is named."""
    return (FundExhausted(s.act.claim),)


def take_back(s: Situation[Fund, TakeBackCompensation]) -> Outcome:
    """The expenditure is undone."""
    return (FundCompensationReturned(s.act.amount, s.act.claim),)


def return_recovery(s: Situation[Fund, ReturnRecovery]) -> Outcome:
    """The fund's part comes back."""
    return (FundRecoveryReturned(s.act.amount, s.act.recovery),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "establish":         establish,
    "top_up":            top_up,
    "commit_top_up":     commit_top_up,
    "credit_interest":   credit_interest,
    "charge_fee":        charge_fee,
    "watch":             watch,
    "end_watch":         end_watch,
    "reactivate":        reactivate,
    "debit":             debit,
    "declare_exhausted": declare_exhausted,
    "take_back":         take_back,
    "return_recovery":   return_recovery,
}
# fmt: on
