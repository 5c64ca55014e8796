"""What follows from an act on a fund that may happen: what has happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.fund.events import (
    FundCompensationReturned,
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundRecoveryReturned,
    FundToppedUp,
)
from workflows.fund.records import (
    DebitFund,
    DeclareExhausted,
    EstablishFund,
    Fund,
    ReturnRecovery,
    TakeBackCompensation,
    TopUpFund,
)
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation

Outcome = tuple[Any, ...]


def establish(s: Situation[None, EstablishFund]) -> Outcome:
    """With its first contribution, under the policy of the day."""
    return (FundEstablished(s.act.name, s.policy.ref, s.act.amount, s.actor.organisation),)


def top_up(s: Situation[Fund, TopUpFund]) -> Outcome:
    """More cash; what waits in line may be paid again."""
    return (FundToppedUp(s.act.amount),)


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
    "debit":             debit,
    "declare_exhausted": declare_exhausted,
    "take_back":         take_back,
    "return_recovery":   return_recovery,
}
# fmt: on
