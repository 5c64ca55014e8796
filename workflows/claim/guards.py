"""When a step of a claim may be taken: one question a function, the clause beside it.

Which step asks which question stands in table.py; review and decision ask those of review.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from policies.money import Money
from workflows.claim import clauses
from workflows.claim.line import cash_for, unpaid_now
from workflows.claim.records import (
    Claim,
    NotifyRisk,
    RequestClaimSupplement,
    ReturnClaim,
    SubmitClaim,
    WithdrawClaim,
)
from workflows.claim.window import window_closes
from workflows.filing.clauses import COVER, LATE_COVER
from workflows.filing.records import Filing
from workflows.filing.states import TO_BE_COVERED, FilingState
from workflows.lending.overdue import NON_PERFORMING
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.balance import dpd
from workflows.loan.records import Loan
from workflows.loan.states import LoanState

Notice = Situation[Claim | None, NotifyRisk]
Reasoned = Situation[Claim, ReturnClaim | RequestClaimSupplement | WithdrawClaim]
OnClaim = Situation[Claim]  # whatever is asked of it


def own_loan(s: Notice) -> Refusal | None:
    """A bank speaks for its own loans."""
    if s.act.bank == s.row(Loan).bank:
        return None
    return refuse(s, "not_its_loan", clauses.CLAIM_RULES, actual=s.act.bank)


def principal_lost(s: Situation) -> Refusal | None:
    """There is unpaid principal on a loan that is not current (the fund shares principal only)."""
    loan = s.row(Loan)
    if loan.unrecovered > Money.ZERO and loan.overdue_since is not None:
        return None
    return refuse(s, "nothing_to_claim", clauses.CLAIM_RULES, actual=loan.unrecovered)


def one_claim_a_loan(s: Notice) -> Refusal | None:
    """A loan has one claim, of its own id: no second one beside it (ZD-C.5)."""
    if s.act.claim == s.act.loan:
        return None
    return refuse(s, "second_claim", clauses.CLAIM_RULES, actual=s.act.claim, threshold=s.act.loan)


def overdue_enough_for_notice(s: Notice) -> Refusal | None:
    """claim_notice_min_dpd days past due, or a material event is named (ZD-3.9.1)."""
    least, days = s.policy["claim_notice_min_dpd"], dpd(s.row(Loan), s.today)
    if s.act.grounds or days >= least.value:
        return None
    first = _at_dpd(s, least.value)
    return against("dpd_below_claim_notice", least, days, legal_from=first)


def covered(s: OnClaim) -> Refusal | None:
    """The fund has accepted the filing (ZD-C.5)."""
    filing, wanted = s.rows.get(Filing), FilingState.COVERED.name
    state = "-" if filing is None else filing.state
    since = s.row(Loan).overdue_since
    stopped = None if filing is None else filing.suspended_on
    if state == wanted and stopped is not None and since is not None and since >= stopped:
        return refuse(s, "cover_suspended", COVER, actual=since, threshold=stopped)
    if state == wanted:
        return None
    needs = "filing.accept" if state in TO_BE_COVERED else ""
    return refuse(s, "not_covered", COVER, actual=state, threshold=wanted, needs=needs)


def default_after_cover(s: OnClaim) -> Refusal | None:
    """A loan filed late has no cover for a default before acceptance (ZD-3.7.2)."""
    filing, since = s.rows.get(Filing), s.row(Loan).overdue_since
    if filing is None or not filing.late or filing.accepted_on is None or since is None:
        return None  # in time, or not covered at all, which `covered` says
    accepted = filing.accepted_on
    if since >= accepted:
        return None
    return refuse(s, "default_before_cover", LATE_COVER, actual=since, threshold=accepted)


def overdue_enough(s: OnClaim) -> Refusal | None:
    """claim_min_dpd days past due, or class substandard or worse (ZD-3.9.2)."""
    least, loan = s.policy["claim_min_dpd"], s.row(Loan)
    days = dpd(loan, s.today)
    if days >= least.value or loan.classification in NON_PERFORMING:
        return None
    first = _at_dpd(s, least.value)
    return against("dpd_below_claim_minimum", least, days, legal_from=first)


def claim_window_open(s: OnClaim) -> Refusal | None:
    """Within claim_window_days of the day the window opened (ZD-3.9.3)."""
    window = s.policy["claim_window_days"]
    if s.today <= window_closes(s):
        return None
    return against("claim_window_closed", window, s.today)


def window_over(s: OnClaim) -> Refusal | None:
    """The last day to submit is past."""
    return _past(s, given(s.it.closes_on))


def evidence_complete(s: Situation[Claim, SubmitClaim]) -> Refusal | None:
    """Every document of the evidence pack is there (ZD-3.9.4)."""
    pack = s.policy["claim_evidence"]
    missing = [code for code in pack.value if code not in s.act.evidence]
    if not missing:
        return None
    return against("evidence_incomplete", pack, tuple(missing))


def cut_off_sound(s: Situation[Claim, SubmitClaim]) -> Refusal | None:
    """The loss is calculated to a day between the default and today."""
    since = s.row(Loan).overdue_since or s.today
    if since <= s.act.cut_off <= s.today:
        return None
    return refuse(s, "cut_off_outside_default", clauses.CLAIM_RULES, actual=s.act.cut_off)


def not_compensated_twice(s: Situation[Claim, SubmitClaim]) -> Refusal | None:
    """No other public money for the same loss where stacking is exclusive (S10)."""
    stacking = s.policy["stacking"]
    if stacking.value != "EXCLUSIVE" or not s.act.other_compensation:
        return None
    return against("duplicate_compensation", stacking, s.act.other_compensation)


def resubmission_left(s: OnClaim) -> Refusal | None:
    """After a supplement that never came a claim is submitted once more, not twice."""
    if s.it.lapses <= 1:
        return None
    return refuse(s, "resubmission_used", clauses.CLAIM_RULES, actual=s.it.lapses)


def reason_given(
    s: Situation[Claim, ReturnClaim | RequestClaimSupplement | WithdrawClaim],
) -> Refusal | None:
    """A return, request or withdrawal gives its reason."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)


def answer_overdue(s: OnClaim) -> Refusal | None:
    """The last day for the answer is past."""
    return _past(s, given(s.it.answer_by))


def cash_covers_all(s: OnClaim) -> Refusal | None:
    """Fund cash, less what older claims wait for, meets all that is unpaid (ZD-3.9.9)."""
    need, cash = unpaid_now(s), cash_for(s)
    if cash >= need:
        return None
    return refuse(
        s, "fund_cash_short", clauses.OLDEST_FIRST, actual=cash, threshold=need, needs="fund.top_up"
    )


def cash_covers_part(s: OnClaim) -> Refusal | None:
    """Some cash is left for this claim, but not enough for all of it (ZD-3.9.9)."""
    need, cash = unpaid_now(s), cash_for(s)
    if Money.ZERO < cash < need:
        return None
    enough = cash >= need
    code, needs = ("fund_cash_enough", "") if enough else ("fund_cash_none", "fund.top_up")
    return refuse(s, code, clauses.OLDEST_FIRST, actual=cash, threshold=need, needs=needs)


def final_loss_known(s: OnClaim) -> Refusal | None:
    """The loan is written off or paid, or nothing more will come (ZD-3.9.10)."""
    state, ended = s.row(Loan).state, (LoanState.WRITTEN_OFF, LoanState.SETTLED)
    if s.it.final_loss_on is not None or state in {one.name for one in ended}:
        return None
    return refuse(s, "loss_not_final", clauses.FINAL_LOSS, actual=state, needs="write_off.propose")


def _past(s: OnClaim, last: date) -> Refusal | None:
    """That last day is over."""
    if s.today > last:
        return None
    return refuse(
        s,
        "window_still_open",
        clauses.CLAIM_RULES,
        actual=s.today,
        threshold=last,
        legal_from=day_after(last),
    )


def _at_dpd(s: Situation, days: int) -> date | None:
    """The day on which the loan will be so many days past due; None where nothing is overdue."""
    since = s.row(Loan).overdue_since
    return None if since is None else since + timedelta(days=days)
