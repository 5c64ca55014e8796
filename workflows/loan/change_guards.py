"""When a loan's terms may be changed and its class raised. ZD-3.6.5, ZD-3.6.13, ZD-3.8.3."""

from __future__ import annotations

from datetime import date, timedelta

from policies.money import Money
from workflows.enterprise.records import Enterprise
from workflows.lending.extension import Tenor
from workflows.lending.extension import refusal as extension_refusal
from workflows.lending.overdue import CLASSES, NON_PERFORMING, SPECIAL_MENTION, is_worse
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited, within
from workflows.loan import clauses
from workflows.loan.backdated import replayed
from workflows.loan.balance import dpd, interest_owed
from workflows.loan.change_records import (
    AgreeToChange,
    AssessLoan,
    BookBackdated,
    GrantExtension,
    RenewLoan,
    RequestExtension,
    RestructureLoan,
    UpgradeLoan,
    WaiveTechnical,
)
from workflows.loan.facts import DebtorLoans, LoanThen
from workflows.loan.records import Loan
from workflows.loan.recovering import GROUNDS, assessed, is_better
from workflows.loan.states import LoanState

EXTENSION, RESTRUCTURING, RENEWAL = CHANGES = ("EXTENSION", "RESTRUCTURING", "RENEWAL")
MEDIUM = "MEDIUM"
Asking = Situation[Loan, RequestExtension]
Renewing = Situation[Loan, RenewLoan]


def asked_before_due(s: Situation[Loan]) -> Refusal | None:
    """An overdue loan is not extended: it is asked before the due date (Civil Code 678)."""
    if s.it.state == LoanState.ACTIVE.name:
        return None
    since = given(s.it.overdue_since)
    return refuse(s, "extension_after_due", clauses.EXTENSION, actual=s.today, threshold=since)


def asked_early(s: Asking) -> Refusal | None:
    """At least extension_notice_days before maturity (ZD-3.6.5)."""
    notice = s.policy["extension_notice_days"]
    last = given(s.it.due_on) - timedelta(days=notice.value)
    return None if s.today <= last else against("extension_asked_late", notice, s.today)


def months_asked_left(s: Asking) -> Refusal | None:
    """All extensions together within the limit (V16, V17; ZD-3.6.5)."""
    return _within(s, s.act.months)


def months_granted_left(s: Situation[Loan, GrantExtension]) -> Refusal | None:
    """The same on the day of the answer."""
    return _within(s, s.it.asked_months)


def _within(s: Situation[Loan], months: int) -> Refusal | None:
    if months < 1:
        return refuse(s, "extension_of_nothing", clauses.EXTENSION, actual=months)
    tenor = Tenor(s.it.term_months, s.it.extended_months)
    return extension_refusal(s.policy, tenor, asked_months=months)


def sureties_consent(
    s: Situation[Loan, RequestExtension | RestructureLoan | RenewLoan],
) -> Refusal | None:
    """Guarantor and pledgor agree, else the security may fall away (担保制度解释 16; S46)."""
    if s.act.consented:
        return None
    return refuse(s, "surety_consent_missing", clauses.SURETIES)


def extension_asked(s: Situation[Loan]) -> Refusal | None:
    """Somebody has asked, and nobody has answered."""
    if s.it.asked_months:
        return None
    needs = "loan.request_extension"
    return refuse(s, "extension_not_asked", clauses.EXTENSION, needs=needs)


def nothing_asked_yet(s: Asking) -> Refusal | None:
    """One request at a time."""
    if not s.it.asked_months:
        return None
    return refuse(s, "extension_unanswered", clauses.EXTENSION, actual=s.it.asked_months)


def fund_agrees_to_extension(s: Situation[Loan]) -> Refusal | None:
    """The fund that covers the loan agrees first (ZD-2.2)."""
    return _fund_agrees(s, EXTENSION)


def fund_agrees_to_restructuring(s: Situation[Loan]) -> Refusal | None:
    """The fund that covers the loan agrees first (ZD-2.2)."""
    return _fund_agrees(s, RESTRUCTURING)


def fund_agrees_to_renewal(s: Situation[Loan]) -> Refusal | None:
    """The fund that covers the loan agrees first (ZD-2.2)."""
    return _fund_agrees(s, RENEWAL)


def _fund_agrees(s: Situation[Loan], change: str) -> Refusal | None:
    if not s.it.fund or s.it.agreed == change:
        return None
    needs = "loan.agree_to_change"
    return refuse(s, "fund_consent_missing", clauses.FUND_AGREES, actual=change, needs=needs)


def change_known(s: Situation[Loan, AgreeToChange]) -> Refusal | None:
    """The fund says to which change it agrees."""
    if s.act.change in CHANGES:
        return None
    return refuse(s, "change_unknown", clauses.FUND_AGREES, actual=s.act.change)


def terms_change(s: Situation[Loan, RestructureLoan]) -> Refusal | None:
    """More time or another rate, or nothing is restructured; and a date to come."""
    if s.act.months > 0 and s.act.annual_rate >= 0:
        return None
    return refuse(s, "nothing_restructured", clauses.EXTENSION, actual=s.act.months)


def debtor_in_difficulty(s: Situation[Loan, RestructureLoan]) -> Refusal | None:
    """Overdue here or elsewhere, or a finding says so (S43)."""
    if s.it.overdue_since is not None or s.fact(DebtorLoans).overdue or s.act.finding:
        return None
    return refuse(s, "debtor_not_in_difficulty", clauses.EXTENSION)


def no_arrears(s: Renewing) -> Refusal | None:
    """With arrears nothing is renewed (ZD-3.6.13)."""
    if s.it.state == LoanState.ACTIVE.name:
        return None
    since = given(s.it.overdue_since)
    return refuse(s, "renewal_with_arrears", clauses.RENEWAL, actual=since, needs="loan.repay")


def before_maturity(s: Renewing) -> Refusal | None:
    """The new contract is made before the old loan matures (ZD-3.6.13)."""
    due_on = given(s.it.due_on)
    if s.today < due_on:
        return None
    return refuse(s, "loan_matured", clauses.RENEWAL, actual=s.today, threshold=due_on)


def interest_paid_up(s: Renewing) -> Refusal | None:
    """The new loan repays principal; the interest to the day is the firm's (ZD-3.6.13)."""
    owing = interest_owed(s.it, s.policy, s.today)
    if not owing:
        return None
    return refuse(s, "interest_unpaid", clauses.RENEWAL, actual=owing, needs="loan.repay")


def firm_lawful(s: Renewing) -> Refusal | None:
    """It operates lawfully and goes on (ZD-3.6.13)."""
    return None if s.act.lawful else refuse(s, "firm_not_lawful", clauses.RENEWAL)


def firm_may_renew(s: Renewing) -> Refusal | None:
    """Small and micro firms; medium ones for loans due by a day (S48)."""
    sizes, until = s.policy["renewal_size_classes"], s.policy["renewal_medium_until"]
    firm: Enterprise | None = s.rows.get(Enterprise)
    size = firm.size_class if firm is not None else ""
    last = date.fromisoformat(until.value)
    if size in sizes.value or (size == MEDIUM and given(s.it.due_on) <= last):
        return None
    return against("size_not_renewed", sizes, size or "-")


def renewal_rate_capped(s: Renewing) -> Refusal | Remark | None:
    """The cap is tested as the new contract is signed (ZD-3.6.11)."""
    spread = s.policy.ceiling("rate_cap_spread")
    if spread.unlimited:
        return unlimited(spread.parameter)
    cap = s.policy["lpr_1y"].value + spread.value
    if s.act.annual_rate <= cap:
        return None
    return against("rate_above_cap", spread.parameter, s.act.annual_rate, threshold=cap)


def renewal_has_term(s: Renewing) -> Refusal | None:
    """The new loan runs a month at least."""
    if s.act.term_months >= 1:
        return None
    return refuse(s, "extension_of_nothing", clauses.RENEWAL, actual=s.act.term_months)


def renewal_tenor(s: Renewing) -> Refusal | Remark | None:
    """At most max_tenor_months (ZD-3.4.8)."""
    return within("tenor_too_long", s.policy.ceiling("max_tenor_months"), s.act.term_months)


def observation_over(s: Situation[Loan]) -> Refusal | None:
    """The last day of the observation is past."""
    until = s.it.observed_until
    if until is not None and s.today > until:
        return None
    return refuse(s, "still_observed", clauses.WAY_BACK, actual=s.today, threshold=until or "-")


def probation_served(s: Situation[Loan, UpgradeLoan]) -> Refusal | None:
    """On time for the longer of two instalments and six months since arrears were paid."""
    until = s.it.probation_until
    if until is None or s.today > until:
        return None
    ends = until + timedelta(days=1)
    return refuse(
        s, "on_probation", clauses.WAY_BACK, actual=s.today, threshold=until, legal_from=ends
    )


def class_is_better(s: Situation[Loan, UpgradeLoan]) -> Refusal | None:
    """An upgrade names a class above the present one."""
    wanted, present = s.act.classification, s.it.classification
    if wanted in CLASSES and is_better(wanted, present):
        return None
    return refuse(s, "class_not_better", clauses.WAY_BACK, actual=wanted, threshold=present)


def not_above_observation(s: Situation[Loan, UpgradeLoan]) -> Refusal | None:
    """At least special mention while a restructuring is observed (S43)."""
    until = s.it.observed_until
    better = s.act.classification in CLASSES and is_better(s.act.classification, SPECIAL_MENTION)
    if until is None or not better:
        return None
    return refuse(s, "still_observed", clauses.WAY_BACK, actual=s.today, threshold=until)


def debtor_is_sound(s: Situation[Loan, UpgradeLoan]) -> Refusal | None:
    """While another loan of the debtor is bad, this one is special mention at best (ZD-3.8.3)."""
    bad = [o.loan for o in s.fact(DebtorLoans).others if o.classification in NON_PERFORMING]
    better = s.act.classification in CLASSES and is_better(s.act.classification, SPECIAL_MENTION)
    if not bad or not better:
        return None
    return refuse(s, "debtor_has_bad_loans", clauses.WAY_BACK, actual=", ".join(bad))


def finding_demands_worse(s: Situation[Loan, AssessLoan]) -> Refusal | None:
    """The ground is one of the list, and by its share the class is worse than the present one."""
    if s.act.ground not in GROUNDS:
        return refuse(s, "ground_unknown", clauses.WAY_BACK, actual=s.act.ground)
    found = assessed(s)
    if is_worse(found, s.it.classification):
        return None
    present = s.it.classification
    return refuse(s, "class_not_worse", clauses.WAY_BACK, actual=found, threshold=present)


def paid_before(s: Situation[Loan, BookBackdated]) -> Refusal | None:
    """Something was paid, after the first drawing and before today."""
    first = given(s.it.disbursed_on)
    if s.act.amount > Money.ZERO and first <= s.act.paid_on < s.today:
        return None
    actual = s.act.paid_on
    return refuse(s, "not_paid_before", clauses.PAYMENT, actual=actual, threshold=s.today)


def replay_possible(s: Situation[Loan, BookBackdated]) -> Refusal | None:
    """Nothing but payments has changed the debt since that day."""
    undone_by = s.fact(LoanThen).undone_by
    if not undone_by:
        return None
    return refuse(s, "replay_blocked", clauses.PAYMENT, actual=undone_by)


def replay_within_debt(s: Situation[Loan, BookBackdated]) -> Refusal | None:
    """With all payments in their order none exceeds the debt of its day (ZD-3.6.9)."""
    then = s.fact(LoanThen)
    if then.undone_by or then.row is None or not given(s.it.disbursed_on) <= s.act.paid_on:
        return None  # which the questions before say
    _, over = replayed(s)
    if not over:
        return None
    return refuse(s, "more_than_owed", clauses.PAYMENT, actual=s.act.amount, threshold=over)


def technical_only(s: Situation[Loan, WaiveTechnical]) -> Refusal | None:
    """Special mention for arrears of technical_waiver_days at most (ZD-3.8, M0)."""
    most, days = s.policy["technical_waiver_days"], dpd(s.it, s.today)
    if s.it.classification == SPECIAL_MENTION and days <= most.value and not s.it.restructured:
        return None
    return against("arrears_not_technical", most, days)
