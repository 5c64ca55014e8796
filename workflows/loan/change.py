"""What follows from a change of a loan's terms: extension, restructuring, renewal. ZD-3.6.5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from workflows.lending.overdue import SPECIAL_MENTION, SUBSTANDARD, is_worse
from workflows.lending.schedule.periods import Draw
from workflows.lending.terms import Plan, due_dates, planned
from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import after, posting_until
from workflows.loan.change_events import (
    LoanChangeAgreed,
    LoanExtended,
    LoanExtensionRefused,
    LoanExtensionRequested,
    LoanObservationEnded,
    LoanObservationStarted,
    LoanRenewed,
    LoanRestructured,
    LoanTakenOver,
)
from workflows.loan.change_records import (
    AgreeToChange,
    EndObservation,
    GrantExtension,
    RefuseExtension,
    RenewLoan,
    RequestExtension,
    RestructureLoan,
    TakeOverLoan,
)
from workflows.loan.facts import DebtorLoans
from workflows.loan.plan import extended_plan, restructured_plan
from workflows.loan.records import Loan

Outcome = tuple[Any, ...]
AGAIN = 2  # restructured so often, a loan is at least substandard


def request_extension(s: Situation[Loan, RequestExtension]) -> Outcome:
    """The bank has extension_answer_wd working days."""
    answer_by = working_days_from(s, "extension_answer_wd")
    return (LoanExtensionRequested(s.act.months, s.act.reason, answer_by),)


def agree_to_change(s: Situation[Loan, AgreeToChange]) -> Outcome:
    """Kept until the change is made."""
    return (LoanChangeAgreed(s.act.change),)


def grant_extension(s: Situation[Loan, GrantExtension]) -> Outcome:
    """Plainly; or, for a debtor in difficulty, as a restructuring too. An overdue debtor is."""
    loan = s.it
    due_on = given(loan.due_on) + relativedelta(months=loan.asked_months)
    granted = LoanExtended(
        months=loan.asked_months,
        extended_months=loan.extended_months + loan.asked_months,
        due_on=due_on,
        schedule=extended_plan(loan, s.today, due_on),
        fund=loan.fund,
        finding=s.act.finding,
    )
    if not (s.act.in_difficulty or s.fact(DebtorLoans).overdue):
        return (granted,)
    posted = posting_until(loan, s.policy, s.today)
    longer = after(loan, *posted, granted)
    return (*posted, granted, *_restructured(s, longer, longer.schedule, s.act.finding))


def refuse_extension(s: Situation[Loan, RefuseExtension]) -> Outcome:
    """The maturity stays."""
    return (LoanExtensionRefused(s.act.reason),)


def restructure(s: Situation[Loan, RestructureLoan]) -> Outcome:
    """Interest is posted to today; all that is owed falls due on the new dates."""
    posted = posting_until(s.it, s.policy, s.today)
    due_on = max(given(s.it.due_on), s.today) + relativedelta(months=s.act.months)
    loan = replace(after(s.it, *posted), annual_rate=s.act.annual_rate, due_on=due_on)
    plan = restructured_plan(loan, s.today)
    return (*posted, *_restructured(s, loan, plan, s.act.finding))


def _restructured(s: Situation[Loan], loan: Loan, plan: Plan, finding: str) -> Outcome:
    times = loan.restructured + 1
    least = SUBSTANDARD if times >= AGAIN else SPECIAL_MENTION
    worse = is_worse(least, loan.classification)
    ahead = [one.due_on for one in plan if one.due_on > s.today]
    changed = LoanRestructured(
        restructured=times,
        annual_rate=loan.annual_rate,
        due_on=given(loan.due_on),
        schedule=plan,
        classification=least if worse else loan.classification,
        former=loan.classification,
        fund=loan.fund,
        finding=finding,
        overdue=s.it.overdue_since is not None,
    )
    return (changed, observation(s, ahead[0], plan))


def observation(s: Situation[Loan], start: date, plan: Plan) -> LoanObservationStarted:
    """At least so many instalments, and not under so many months (S43)."""
    count = s.policy["observation_instalments"].value
    until = start + relativedelta(months=s.policy["observation_months"].value)
    dates = [one.due_on for one in plan if one.due_on >= start][:count]
    return LoanObservationStarted(start, max([until, *dates]))


def end_observation(s: Situation[Loan, EndObservation]) -> Outcome:
    """No class rises by this alone."""
    return (LoanObservationEnded(given(s.it.observed_until)),)


def renew(s: Situation[Loan, RenewLoan]) -> Outcome:
    """The old loan is closed by the new one, which begins in the same breath."""
    loan, a = s.it, s.act
    begins = TakeOverLoan(
        loan=a.renewed_as,
        renews=loan.id,
        policy=loan.policy,
        enterprise=loan.enterprise,
        bank=loan.bank,
        fund=loan.fund,
        product=loan.product,
        application=loan.application,
        pledge=loan.pledge,
        principal=loan.outstanding,
        annual_rate=a.annual_rate,
        term_months=a.term_months,
        ip_share=loan.ip_share,
        asset_class=loan.asset_class,
        classification=loan.classification,
        terms=loan.terms,
        balance_after_draw=loan.balance_after_draw,
    )
    return (LoanRenewed(a.renewed_as, loan.outstanding, loan.fund), Then(begins))


def take_over(s: Situation[None, TakeOverLoan]) -> Outcome:
    """Drawn today, on the terms of the old loan's product; the programme balance stays as it is."""
    a, terms = s.act, s.act.terms
    due_on = s.today + relativedelta(months=a.term_months)
    dates = due_dates(terms, s.today, due_on)
    return (
        LoanTakenOver(
            renews=a.renews,
            policy=a.policy,
            enterprise=a.enterprise,
            bank=a.bank,
            fund=a.fund,
            product=a.product,
            application=a.application,
            pledge=a.pledge,
            approved_amount=a.principal,
            annual_rate=a.annual_rate,
            term_months=a.term_months,
            ip_share=a.ip_share,
            asset_class=a.asset_class,
            classification=a.classification,
            disbursed_on=s.today,
            due_on=due_on,
            terms=terms,
            schedule=planned(terms, a.annual_rate, (Draw(s.today, a.principal.fen),), dates),
            balance_after_draw=a.balance_after_draw,
        ),
    )


CHANGES: Mapping[str, Decide] = {
    "request_extension": request_extension,
    "agree_to_change": agree_to_change,
    "grant_extension": grant_extension,
    "refuse_extension": refuse_extension,
    "restructure": restructure,
    "end_observation": end_observation,
    "renew": renew,
    "take_over": take_over,
}
