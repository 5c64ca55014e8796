"""When a step of a filing may be taken: one question a function, the rule beside it.

Which step asks which question stands in table.py. What the fund can bear comes as facts.
"""

from __future__ import annotations

from decimal import Decimal

from policies.calendar import add_working_days
from workflows.breaker.facts import BreakersOver
from workflows.filing import clauses
from workflows.filing.records import FileLoan, Filing, OpenFiling, RejectFiling, ReturnFiling
from workflows.fund.book import FundBook, FundCash
from workflows.fund.breaker import tripping_ratio
from workflows.fund.clauses import EXHAUSTED
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited
from workflows.loan.records import Loan

FOUR_DIGITS = Decimal("0.0001")
OnFiling = Situation[Filing]  # whatever is asked of it
Reasoned = Situation[Filing, ReturnFiling | RejectFiling]


def loan_is_covered_kind(s: Situation[None, OpenFiling]) -> Refusal | None:
    """The loan was drawn under a fund."""
    loan = s.row(Loan)
    if loan.fund and loan.disbursed:
        return None
    return refuse(s, "not_covered", clauses.COVER)


def account_named(s: Situation[Filing, FileLoan]) -> Refusal | None:
    """The bank names the account to which compensation would be paid (ZD-2.4)."""
    if s.act.account:
        return None
    return refuse(s, "account_missing", clauses.PAYMENT_ACCOUNT)


def filing_window_open(s: OnFiling) -> Refusal | None:
    """Filed within filing_late_wd working days of the drawing at the latest (ZD-3.7.2)."""
    window = s.policy["filing_late_wd"]
    if s.today <= add_working_days(s.it.drawn_on, window.value).date:
        return None
    return against("filing_window_closed", window, s.today)


def window_over(s: OnFiling) -> Refusal | None:
    """The last day for filing is past."""
    if s.today > s.it.file_by:
        return None
    return refuse(
        s,
        "window_still_open",
        clauses.COVER,
        actual=s.today,
        threshold=s.it.file_by,
        legal_from=day_after(s.it.file_by),
    )


def reason_given(s: Reasoned) -> Refusal | None:
    """A return or refusal gives its reason."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)


def fund_can_carry(s: OnFiling) -> Refusal | Remark | None:
    """Covered balance with this loan within leverage x fund cash (ZD-3.7.3)."""
    leverage, cash = s.policy.ceiling("leverage_cap"), s.fact(FundCash).amount
    if leverage.unlimited:
        return unlimited(leverage.parameter)
    carried = s.fact(FundBook).programme.balance + s.row(Loan).outstanding
    if carried <= cash.share_floor(leverage.value):
        return None
    return against("leverage_exceeded", leverage.parameter, carried, needs="fund.top_up")


def breaker_not_tripped(s: Situation) -> Refusal | Remark | None:
    """No breaker of the programme or of this bank is tripped (ZD-3.12).

    Where no breaker is watched, as on a tape, bad loans stay under breaker_trip.
    """
    trip, standing = s.policy.ceiling("breaker_trip"), s.facts.get(BreakersOver)
    if trip.unlimited:
        return unlimited(trip.parameter)
    if standing is not None:
        if not standing.tripped:
            return None
        return against("breaker_tripped", trip.parameter, standing.ratio, needs="breaker.half_open")
    book = s.facts.get(FundBook)
    worst = Decimal(0) if book is None else tripping_ratio(book, s.policy)
    if worst < trip.value:
        return None
    return against("breaker_tripped", trip.parameter, worst.quantize(FOUR_DIGITS))


def room_on_trial(s: OnFiling) -> Refusal | None:
    """While a breaker is half open, so much a month (ZD-3.12)."""
    standing = s.facts.get(BreakersOver)
    if standing is None or standing.room is None or s.it.amount <= standing.room:
        return None
    share = s.policy["breaker_half_open_share"]
    return against("no_room_on_trial", share, s.it.amount, threshold=standing.room)


def fund_not_exhausted(s: OnFiling) -> Refusal | None:
    """A fund that did not meet a claim in full takes no new filing (ZD-3.12.1)."""
    cash = s.facts.get(FundCash)
    if cash is None or not cash.exhausted:
        return None
    return refuse(s, "fund_exhausted", EXHAUSTED, needs="fund.top_up")


def amendment_missed(s: Situation[Filing]) -> Refusal | None:
    """The last day to tell of the change is past (ZD-3.7.5)."""
    last = s.it.amend_by
    if last is not None and s.today > last:
        return None
    limit = s.policy["amendment_wd"]
    return against("amendment_in_time", limit, s.today, threshold=last or "-")


def amendment_awaited(s: Situation[Filing]) -> Refusal | None:
    """There is a change that the fund does not know (ZD-3.7.5)."""
    if s.it.amend_by is not None or s.it.suspended_on is not None:
        return None
    return refuse(s, "nothing_to_amend", clauses.COVER)
