"""When a step of a claim may be taken: one question a function, the clause beside it.

Which step asks which question stands in table.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from policies.money import Money
from policies.sharing.loss import NotAssessed
from workflows.claim import clauses
from workflows.claim.line import cash_for, unpaid_now
from workflows.claim.records import REJECT_CODES
from workflows.claim.shares import assess, is_large, still_lost
from workflows.claim.window import window_closes
from workflows.filing.clauses import COVER, LATE_COVER
from workflows.filing.records import Filing
from workflows.filing.states import FilingState
from workflows.lending.overdue import NON_PERFORMING
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.loan.balance import dpd
from workflows.loan.records import Loan
from workflows.loan.states import LoanState

Asked = Situation[Any]


# --- only if: notice and opening --------------------------------------------------------------


def own_loan(s: Asked) -> Refusal | None:
    """A bank speaks for its own loans."""
    if s.act.bank == s.row(Loan).bank:
        return None
    return refuse(s, "not_its_loan", clauses.CLAIM_RULES, actual=s.act.bank)


def principal_lost(s: Asked) -> Refusal | None:
    """There is unpaid principal on a loan that is not current (the fund shares principal only)."""
    loan = s.row(Loan)
    if loan.unrecovered > Money.ZERO and loan.overdue_since is not None:
        return None
    return refuse(s, "nothing_to_claim", clauses.CLAIM_RULES, actual=loan.unrecovered)


def one_claim_a_loan(s: Asked) -> Refusal | None:
    """A loan has one claim, of its own id: no second one beside it (ZD-C.5)."""
    if s.act.claim == s.act.loan:
        return None
    return refuse(s, "second_claim", clauses.CLAIM_RULES, actual=s.act.claim, threshold=s.act.loan)


def overdue_enough_for_notice(s: Asked) -> Refusal | None:
    """claim_notice_min_dpd days past due, or a material event is named (ZD-3.9)."""
    least, days = s.policy["claim_notice_min_dpd"], dpd(s.row(Loan), s.today)
    if s.act.grounds or days >= least.value:
        return None
    return against("dpd_below_claim_notice", least, days)


def covered(s: Asked) -> Refusal | None:
    """The fund has accepted the filing (ZD-C.5)."""
    filing, wanted = s.rows.get(Filing), FilingState.COVERED.name
    state = "-" if filing is None else filing.state
    if state == wanted:
        return None
    return refuse(s, "not_covered", COVER, actual=state, threshold=wanted)


def default_after_cover(s: Asked) -> Refusal | None:
    """A loan filed late has no cover for a default before acceptance (ZD-3.7)."""
    filing, since = s.rows.get(Filing), s.row(Loan).overdue_since
    if filing is None or not filing.late or filing.accepted_on is None or since is None:
        return None  # in time, or not covered at all, which `covered` says
    accepted = filing.accepted_on
    if since >= accepted:
        return None
    return refuse(s, "default_before_cover", LATE_COVER, actual=since, threshold=accepted)


def overdue_enough(s: Asked) -> Refusal | None:
    """claim_min_dpd days past due, or class substandard or worse (ZD-3.9)."""
    least, loan = s.policy["claim_min_dpd"], s.row(Loan)
    days = dpd(loan, s.today)
    if days >= least.value or loan.classification in NON_PERFORMING:
        return None
    return against("dpd_below_claim_minimum", least, days)


# --- only if: submission ------------------------------------------------------------------------


def claim_window_open(s: Asked) -> Refusal | None:
    """Within claim_window_days of the day the window opened (ZD-3.9)."""
    window = s.policy["claim_window_days"]
    if s.today <= window_closes(s):
        return None
    return against("claim_window_closed", window, s.today)


def window_over(s: Asked) -> Refusal | None:
    """The last day to submit is past."""
    if s.today > s.it.closes_on:
        return None
    return refuse(
        s, "window_still_open", clauses.CLAIM_RULES, actual=s.today, threshold=s.it.closes_on
    )


def evidence_complete(s: Asked) -> Refusal | None:
    """Every document of the evidence pack is there (ZD-3.9)."""
    pack = s.policy["claim_evidence"]
    missing = [code for code in pack.value if code not in s.act.evidence]
    if not missing:
        return None
    return against("evidence_incomplete", pack, ", ".join(missing))


def cut_off_sound(s: Asked) -> Refusal | None:
    """The loss is calculated to a day between the default and today."""
    since = s.row(Loan).overdue_since or s.today
    if since <= s.act.cut_off <= s.today:
        return None
    return refuse(s, "cut_off_outside_default", clauses.CLAIM_RULES, actual=s.act.cut_off)


def not_compensated_twice(s: Asked) -> Refusal | None:
    """No other public money for the same loss where stacking is exclusive (S10)."""
    stacking = s.policy["stacking"]
    if stacking.value != "EXCLUSIVE" or not s.act.other_compensation:
        return None
    return against("duplicate_compensation", stacking, s.act.other_compensation)


def resubmission_left(s: Asked) -> Refusal | None:
    """After a supplement that never came a claim is submitted once more, not twice."""
    if s.it.lapses <= 1:
        return None
    return refuse(s, "resubmission_used", clauses.CLAIM_RULES, actual=s.it.lapses)


# --- only if: review and decision ---------------------------------------------------------------


def reason_given(s: Asked) -> Refusal | None:
    """A return, request or withdrawal gives its reason."""
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)


def reviewer_is_another(s: Asked) -> Refusal | None:
    """Whoever accepted the filing does not review the claim (ZD-2.2)."""
    filing = s.rows.get(Filing)
    if filing is None or s.actor.user not in filing.accepted_by:
        return None
    return refuse(s, "reviewer_accepted_filing", clauses.OTHER_REVIEWER, actual=s.actor.user)


def supplement_rounds_left(s: Asked) -> Refusal | None:
    """At most supplement_rounds requests (ZD-3.9)."""
    rounds = s.policy["supplement_rounds"]
    if s.it.rounds < rounds.value:
        return None
    return against("supplement_rounds_used", rounds, s.it.rounds)


def answer_in_time(s: Asked) -> Refusal | None:
    """The answer comes by its last day."""
    if s.today <= s.it.answer_by:
        return None
    return against("supplement_too_late", s.policy["supplement_wd"], s.today)


def answer_overdue(s: Asked) -> Refusal | None:
    """The last day for the answer is past."""
    if s.today > s.it.answer_by:
        return None
    return refuse(
        s, "window_still_open", clauses.CLAIM_RULES, actual=s.today, threshold=s.it.answer_by
    )


def still_unpaid(s: Asked) -> Refusal | None:
    """The borrower has not paid the principal since (ZD-3.14 case 18)."""
    lost = still_lost(s.it, s.row(Loan))
    if lost:
        return None
    return refuse(s, "nothing_to_claim", clauses.CLAIM_RULES, actual=lost)


def tier_holds(s: Asked) -> Refusal | None:
    """The borrower's balance at the drawing lies in a tier (ZD-4.2)."""
    found = assess(s.row(Loan), s.policy, s.it.principal, interest=s.it.bank_interest)
    if not isinstance(found, NotAssessed):
        return None
    return against(found.code, found.parameter, found.actual)


def committee_where_large(s: Asked) -> Refusal | None:
    """From committee_limit on the decision committee is the second person (ZD-2.2)."""
    if s.checker is None or s.checker.role is Role.FC:
        return None
    if not is_large(s.it, s.row(Loan), s.policy):
        return None
    return against("committee_required", s.policy["committee_limit"], s.checker.role.value)


def another_team(s: Asked) -> Refusal | None:
    """After an objection nobody decides who decided before (ZD-3.9)."""
    users = {person.user for person in (s.actor, s.checker) if person is not None}
    again = users & set(s.it.decided_by) if s.it.objections else set()
    if not again:
        return None
    return refuse(s, "same_team", clauses.OTHER_TEAM, actual=", ".join(sorted(again)))


def reject_code_known(s: Asked) -> Refusal | None:
    """A rejection names one of the reject codes (ZD-3.9)."""
    if s.act.reason in REJECT_CODES:
        return None
    return refuse(s, "reject_code_unknown", clauses.REJECT_CODES, actual=s.act.reason)


def objects_once(s: Asked) -> Refusal | None:
    """The bank may object once (ZD-3.9)."""
    if not s.it.objections:
        return None
    return refuse(s, "objection_used", clauses.CLAIM_RULES, actual=s.it.objections)


def objects_in_time(s: Asked) -> Refusal | None:
    """Within objection_days of the rejection (ZD-3.9)."""
    window = s.policy["objection_days"]
    if s.today <= s.it.decided_on + timedelta(days=window.value):
        return None
    return against("objection_too_late", window, s.today)


def new_evidence(s: Asked) -> Refusal | None:
    """An objection brings evidence that was not there before (ZD-3.9)."""
    if set(s.act.evidence) - set(s.it.evidence):
        return None
    return refuse(s, "no_new_evidence", clauses.CLAIM_RULES)


# --- only if: payment and closing ---------------------------------------------------------------


def cash_covers_all(s: Asked) -> Refusal | None:
    """Fund cash, less what older claims wait for, meets all that is unpaid (ZD-3.12)."""
    need, cash = unpaid_now(s), cash_for(s)
    if cash >= need:
        return None
    return refuse(s, "fund_cash_short", clauses.OLDEST_FIRST, actual=cash, threshold=need)


def cash_covers_part(s: Asked) -> Refusal | None:
    """Some cash is left for this claim, but not enough for all of it (ZD-3.12)."""
    need, cash = unpaid_now(s), cash_for(s)
    if Money.ZERO < cash < need:
        return None
    code = "fund_cash_enough" if cash >= need else "fund_cash_none"
    return refuse(s, code, clauses.OLDEST_FIRST, actual=cash, threshold=need)


def final_loss_known(s: Asked) -> Refusal | None:
    """The loan is written off or paid (ZD-3.9)."""
    state = s.row(Loan).state
    if state in (LoanState.WRITTEN_OFF.name, LoanState.SETTLED.name):
        return None
    return refuse(s, "loss_not_final", clauses.FINAL_LOSS, actual=state)
