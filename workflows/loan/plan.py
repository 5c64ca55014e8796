"""How a live loan is repaid: its terms from the product, its plan and its changes. ZD-3.6.7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from policies.money import Money
from workflows.lending.arrears.instalments import overdue_principal, plan_of
from workflows.lending.days.due_dates import Dates
from workflows.lending.schedule.periods import Draw
from workflows.lending.terms import (
    AT_MATURITY,
    FIXED_PRINCIPAL,
    Plan,
    RepaymentTerms,
    count,
    due_dates,
    planned,
)
from workflows.lifecycle.machine import Situation
from workflows.loan.records import BOARDED, Loan, OpenLoan
from workflows.product.records import Product


def repayment_terms(s: Situation[None, OpenLoan]) -> RepaymentTerms:
    """Those of the product; where it leaves the settlement open, the case's.

    A boarded loan is repaid at its maturity: a tape tells no other day.
    """
    if s.act.origin == BOARDED:
        return AT_MATURITY
    usual: str = s.policy["interest_settlement"].value
    product: Product | None = s.rows.get(Product)
    if product is None:
        return RepaymentTerms(settlement=usual)
    terms = product.repayment
    return replace(terms, settlement=terms.settlement or usual)


def first_plan(loan: Loan, amount: Money, today: date) -> Plan:
    """The instalments that repay a first drawing. Raises NoSchedule."""
    dates = due_dates(loan.terms, today, today + relativedelta(months=loan.term_months))
    return planned(loan.terms, loan.annual_rate, (Draw(today, amount.fen),), dates)


def unmatured(loan: Loan, today: date) -> Money:
    """Principal that is not due yet."""
    return loan.outstanding - overdue_principal(plan_of(loan), loan.outstanding, today)


def replanned(loan: Loan, today: date, *, prepaid: Money = Money.ZERO) -> Plan:
    """The plan once part of what is not due yet was prepaid; interest is posted to today."""
    return _anew(loan, today, (Draw(today, (unmatured(loan, today) - prepaid).fen),))


def drawn_again(loan: Loan, amount: Money, today: date) -> tuple[Decimal, Plan]:
    """What the balance before a drawing has borne since the last posting, and the new plan."""
    since = loan.counted_from or loan.interest_from or today
    before = unmatured(loan, today)
    products = loan.products + before.fen * count(since, today, loan.terms.counting)
    draws = (Draw(loan.interest_from or today, before.fen), Draw(today, amount.fen))
    return products, _anew(loan, today, tuple(one for one in draws if one.fen))


def extended_plan(loan: Loan, today: date, due_on: date) -> Plan:
    """What is not due yet, over the same rhythm of dates, to a later maturity."""
    before = unmatured(loan, today)
    start = loan.interest_from or today
    dates = due_dates(loan.terms, loan.disbursed_on or start, due_on)
    return _over(loan, today, (Draw(start, before.fen),), tuple(d for d in dates if d > today))


def restructured_plan(loan: Loan, today: date) -> Plan:
    """All that is outstanding, from today to the new maturity; interest is posted to today."""
    dates = due_dates(loan.terms, today, loan.due_on or today)
    return _over(loan, today, (Draw(today, loan.outstanding.fen),), dates)


def _anew(loan: Loan, today: date, draws: tuple[Draw, ...]) -> Plan:
    """Instalments due by today as they are, those to come from what bears interest."""
    dates = tuple(one.due_on for one in plan_of(loan) if one.due_on > today)
    return _over(loan, today, draws, dates)


def _over(loan: Loan, today: date, draws: tuple[Draw, ...], dates: Dates) -> Plan:
    past = tuple(one for one in plan_of(loan) if one.due_on <= today)
    terms = replace(loan.terms, grace=max(0, loan.terms.grace - len(past)))
    if terms.method == FIXED_PRINCIPAL:
        left = sum(one.fen for one in draws)
        part = terms.share * loan.disbursed.fen / left
        terms = replace(terms, share=min(Decimal(1), part))
    return (*past, *planned(terms, loan.annual_rate, draws, dates))
