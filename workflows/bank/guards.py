"""Only if: what each act on a programme agreement asks before it may happen. ZD-3.2.1."""

from __future__ import annotations

from policies.reading.pack import SILENT
from workflows.bank.records import (
    Bank,
    EndAgreement,
    ProposeAgreement,
    ResumeAgreement,
    SuspendAgreement,
)
from workflows.bank.states import TOWARDS_SIGNED, BankState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, within

_FUND = "FUND"


def term_ahead(s: Situation[Bank | None]) -> Refusal | None:
    """The agreement's last day lies ahead (ZD-3.2.1)."""
    ends_on = s.act.ends_on if s.it is None else s.it.ends_on
    if ends_on is None or ends_on > s.today:
        return None
    return refuse(s, "agreement_term_past", clauses.AGREEMENT, actual=ends_on, threshold=s.today)


def agreement_foreseen(s: Situation[None, ProposeAgreement]) -> Refusal | Remark | None:
    """The programme has a fund that banks agree with (ZD-3.2.1); else there is no such step."""
    return within("agreement_not_foreseen", s.policy.among("agreement_parties"), _FUND)


def agreement_signed(s: Situation) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2.1). Asked by whoever acts with the bank.

    Where the programme has no fund there is no agreement to sign.
    """
    if s.policy["agreement_parties"].said is SILENT:
        return None
    state = s.row(Bank).state
    if state == BankState.SIGNED.name:
        return None
    needs = TOWARDS_SIGNED.get(state, "")
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state, needs=needs)


def cause_named(s: Situation[Bank, SuspendAgreement]) -> Refusal | None:
    """A stop names its cause (ZD-3.2.1)."""
    if s.act.cause:
        return None
    return refuse(s, "reason_missing", clauses.AGREEMENT)


def cause_gone(s: Situation[Bank, ResumeAgreement]) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2.1)."""
    if s.act.finding:
        return None
    return refuse(s, "cause_not_gone", clauses.AGREEMENT)


def reason_given(s: Situation[Bank, EndAgreement]) -> Refusal | None:
    """An end gives its reason (ZD-3.2.1)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", clauses.AGREEMENT)
