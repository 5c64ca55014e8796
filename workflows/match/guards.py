"""Only if: what each act on a match asks before it may happen. ZD-3.5.

Fact: bank_outstanding.
"""

from __future__ import annotations

from typing import Any

from workflows.bank.records import Bank
from workflows.bank.states import BankState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against

Asked = Situation[Any]


def bank_invited(s: Asked) -> Refusal | None:
    """The bank is one of those it is shown to, and has not answered (ZD-3.5)."""
    bank, it = s.act.bank, s.it
    if bank in it.banks and bank not in it.lost and bank not in it.offered:
        return None
    return refuse(s, "bank_not_invited", clauses.MATCHING, actual=bank)


def agreement_signed(s: Asked) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2.1)."""
    state = s.row(Bank).state
    if state == BankState.SIGNED.name:
        return None
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state)


def bank_below_quota(s: Asked) -> Refusal | None:
    """The bank is not at its limit (ZD-3.5). Fact: bank_outstanding."""
    quota, used = s.row(Bank).quota, s.facts["bank_outstanding"]
    if not quota or used < quota:
        return None
    return refuse(s, "bank_at_limit", clauses.AGREEMENT, actual=used, threshold=quota)


def reason_given(s: Asked) -> Refusal | None:
    """A bank that declines says why (ZD-3.5)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def window_over(s: Asked) -> Refusal | None:
    """The last day of whoever acts next is past (ZD-3.5)."""
    if s.today > s.it.due_by:
        return None
    return refuse(s, "window_still_open", clauses.MATCHING, actual=s.today, threshold=s.it.due_by)


def rounds_left(s: Asked) -> Refusal | None:
    """Shown matching_rounds times, the first included (ZD-3.5)."""
    rounds = s.policy["matching_rounds"]
    if s.it.rounds < rounds.value:
        return None
    return against("rounds_used", rounds, s.it.rounds)


def bank_offered(s: Asked) -> Refusal | None:
    """The chosen bank is an interested one (ZD-3.5)."""
    if s.act.bank in s.it.offered:
        return None
    return refuse(
        s, "bank_not_interested", clauses.MATCHING, actual=s.act.bank,
        threshold=", ".join(s.it.offered),
    )  # fmt: skip


def banks_named(s: Asked) -> Refusal | None:
    """A follow-up names banks (ZD-3.5)."""
    if s.act.banks:
        return None
    return refuse(s, "bank_not_invited", clauses.MATCHING, actual="-")
