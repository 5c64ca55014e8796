"""Only if: what each act on a programme agreement asks before it may happen. ZD-3.2.1."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal

Asked = Situation[Any]


def term_ahead(s: Asked) -> Refusal | None:
    """The agreement's last day lies ahead (ZD-3.2.1)."""
    ends_on = s.act.ends_on if s.it is None else s.it.ends_on
    if ends_on is None or ends_on > s.today:
        return None
    return refuse(s, "agreement_term_past", clauses.AGREEMENT, actual=ends_on, threshold=s.today)


def cause_named(s: Asked) -> Refusal | None:
    """A stop names its cause (ZD-3.2.1)."""
    if s.act.cause:
        return None
    return refuse(s, "reason_missing", clauses.AGREEMENT)


def cause_gone(s: Asked) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2.1)."""
    if s.act.finding:
        return None
    return refuse(s, "cause_not_gone", clauses.AGREEMENT)


def reason_given(s: Asked) -> Refusal | None:
    """An end gives its reason (ZD-3.2.1)."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", clauses.AGREEMENT)
