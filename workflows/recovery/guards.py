"""When a step of recovery may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from policies.money import Money
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal
from workflows.recovery import clauses
from workflows.recovery.records import AgreeCompromise, BookRecovery, ConfirmUnrecoverable, Recovery

Booking = Situation[Recovery, BookRecovery]


def money_came_in(s: Booking) -> Refusal | None:
    """Gross above zero, costs not below (ZD-3.10)."""
    if s.act.gross > Money.ZERO and s.act.cost >= Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.RECOVERY_RULES, actual=s.act.gross)


def source_is_new(s: Booking) -> Refusal | None:
    """The same money is booked once (ZD-3.10: source id unique)."""
    if s.act.source and s.act.source not in s.it.sources:
        return None
    return refuse(s, "source_already_booked", clauses.RECOVERY_RULES, actual=s.act.source)


def fund_part_held(s: Situation[Recovery]) -> Refusal | None:
    """The bank holds something that is the fund's (ZD-3.10)."""
    if s.it.to_remit > Money.ZERO:
        return None
    held = s.it.to_remit
    return refuse(s, "nothing_to_remit", clauses.RECOVERY_RULES, actual=held, needs="recovery.book")


def terms_given(s: Situation[Recovery, AgreeCompromise]) -> Refusal | None:
    """A compromise states its terms."""
    if s.act.terms:
        return None
    return refuse(s, "reason_missing", REASONS)


def reason_given(s: Situation[Recovery, ConfirmUnrecoverable]) -> Refusal | None:
    """Court ended enforcement, bankruptcy, or three years without assets (ZD-3.10)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)
