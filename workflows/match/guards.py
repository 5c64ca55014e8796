"""Only if: what each act on a match asks before it may happen. ZD-3.5."""

from __future__ import annotations

from policies.reading.pack import SILENT
from workflows.bank.records import Bank
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.match.facts import BankOutstanding
from workflows.match.records import (
    DeclineMatch,
    ExpressInterest,
    Match,
    ReopenMatch,
    SelectBank,
)


def bank_invited(s: Situation[Match, ExpressInterest | DeclineMatch]) -> Refusal | None:
    """The bank is one of those it is shown to, and has not answered (ZD-3.5)."""
    bank, it = s.act.bank, s.it
    if bank in it.banks and bank not in it.lost and bank not in it.offered:
        return None
    return refuse(s, "bank_not_invited", clauses.MATCHING, actual=bank)


def bank_below_quota(s: Situation[Match]) -> Refusal | None:
    """The bank is not at the limit of its agreement (ZD-3.5.1); without one it has none."""
    if s.policy["agreement_parties"].said is SILENT:
        return None
    quota, used = s.row(Bank).quota, s.fact(BankOutstanding).amount
    if not quota or used < quota:
        return None
    return refuse(s, "bank_at_limit", clauses.AGREEMENT, actual=used, threshold=quota)


def reason_given(s: Situation[Match, DeclineMatch]) -> Refusal | None:
    """A bank that declines says why (ZD-3.5)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def window_over(s: Situation[Match]) -> Refusal | None:
    """The last day of whoever acts next is past (ZD-3.5)."""
    last = given(s.it.due_by)
    if s.today > last:
        return None
    return refuse(
        s, "window_still_open", clauses.MATCHING, actual=s.today, threshold=last,
        legal_from=day_after(last),
    )  # fmt: skip


def rounds_left(s: Situation[Match]) -> Refusal | None:
    """Shown matching_rounds times, the first included (ZD-3.5)."""
    rounds = s.policy["matching_rounds"]
    if s.it.rounds < rounds.value:
        return None
    return against("rounds_used", rounds, s.it.rounds)


def bank_offered(s: Situation[Match, SelectBank]) -> Refusal | None:
    """The chosen bank is an interested one (ZD-3.5)."""
    if s.act.bank in s.it.offered:
        return None
    return refuse(
        s, "bank_not_interested", clauses.MATCHING, actual=s.act.bank,
        threshold=s.it.offered, needs="match.express_interest",
    )  # fmt: skip


def banks_named(s: Situation[Match, ReopenMatch]) -> Refusal | None:
    """A follow-up names banks (ZD-3.5)."""
    if s.act.banks:
        return None
    return refuse(s, "bank_not_invited", clauses.MATCHING, actual="-")
