"""A loan's class beyond its days past due: the way back, the debtor as a whole. ZD-3.8.3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.money import Money, total
from workflows.lending.overdue import (
    CLASSES,
    DOUBTFUL,
    LOSS,
    NON_PERFORMING,
    NORMAL,
    SPECIAL_MENTION,
    SUBSTANDARD,
    is_worse,
)
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import dpd
from workflows.loan.change_events import LoanAlertRaised, LoanCured, LoanProbationStarted
from workflows.loan.change_records import AssessLoan, ClassWithDebtor, LookAtDebtor, UpgradeLoan
from workflows.loan.events import LoanClassified
from workflows.loan.facts import DebtorLoan, DebtorLoans
from workflows.loan.records import NON_RETAIL, Loan

Outcome = tuple[Any, ...]
EXPECTED_LOSS, CREDIT_IMPAIRED, LIQUIDATION, OVERDUE_ELSEWHERE = GROUNDS = (
    "EXPECTED_LOSS",  # share: of the loan
    "CREDIT_IMPAIRED",
    "LIQUIDATION",  # 破产清算, not 重整
    "OVERDUE_ELSEWHERE",  # share: of the debtor's debt at all banks, overdue more than 90 days
)
DEBTOR = "DEBTOR"
DEEP_DAYS = 90


def probation(s: Situation[Loan]) -> tuple[LoanProbationStarted, ...]:
    """After arrears: the longer of so many instalments and so many months on time."""
    loan = s.it
    if loan.classification == NORMAL:
        return ()
    count = s.policy["probation_instalments"].value
    until = s.today + relativedelta(months=s.policy["probation_months"].value)
    dates = [one.due_on for one in loan.schedule if one.due_on > s.today][:count]
    return (LoanProbationStarted(max([until, *dates])),)


def upgrade(s: Situation[Loan, UpgradeLoan]) -> Outcome:
    """A performing class ends non-accrual; what was noted is income once it is received."""
    loan, wanted = s.it, s.act.classification
    ends = loan.non_accrual and wanted not in NON_PERFORMING
    noted = loan.interest_due + loan.accrued if ends else Money.ZERO
    return (LoanCured(wanted, loan.classification, s.act.finding, noted),)


def assess(s: Situation[Loan, AssessLoan]) -> Outcome:
    """The class that the finding demands."""
    return (_classified(s, assessed(s), s.act.ground),)


def assessed(s: Situation[Loan, AssessLoan]) -> str:
    """The least class by ground and share; NORMAL where the share stays below every threshold."""
    share, policy = s.act.share, s.policy
    if s.act.ground == LIQUIDATION:
        return LOSS
    if s.act.ground == CREDIT_IMPAIRED:
        return SUBSTANDARD
    if s.act.ground == OVERDUE_ELSEWHERE:
        return SUBSTANDARD if share > policy["cross_bank_share"].value else NORMAL
    if share >= policy["expected_loss_loss"].value:
        return LOSS
    return DOUBTFUL if share >= policy["expected_loss_doubtful"].value else NORMAL


def look_at_debtor(s: Situation[Loan, LookAtDebtor]) -> Outcome:
    """Lower the debtor's other loans as far as this one demands it."""
    mine = _as_other(s.it)
    all_loans = (mine, *s.fact(DebtorLoans).others)
    lower = tuple(
        (one, least)
        for one in all_loans
        if one.asset_class == NON_RETAIL
        and is_worse(least := debtor_class(s, one, all_loans), one.classification)
    )
    follow = tuple(Then(ClassWithDebtor(one.loan, least, s.it.id)) for one, least in lower)
    return (LoanAlertRaised(DEBTOR, tuple(one.loan for one, _ in lower)), *follow)


def debtor_class(s: Situation[Loan], one: DebtorLoan, loans: tuple[DebtorLoan, ...]) -> str:
    """The least class of a loan by all that its debtor owes."""
    here = [loan for loan in loans if loan.bank == one.bank]
    bad = [loan for loan in loans if loan.classification in NON_PERFORMING]
    deep = [loan for loan in loans if _deep(s, loan)]
    if _share([loan for loan in here if loan in bad], here) > s.policy["debtor_bad_share"].value:
        return SUBSTANDARD
    if _share(deep, loans) > s.policy["cross_bank_share"].value:
        return SUBSTANDARD
    return SPECIAL_MENTION if any(loan != one for loan in bad) else NORMAL


def class_with_debtor(s: Situation[Loan, ClassWithDebtor]) -> Outcome:
    """At least that class; a worse one stays."""
    worse = is_worse(s.act.classification, s.it.classification)
    return (_classified(s, s.act.classification if worse else s.it.classification, DEBTOR),)


def _classified(s: Situation[Loan], found: str, ground: str) -> LoanClassified:
    loan = s.it
    days = dpd(loan, s.today)
    return LoanClassified(found, loan.classification, days, ground, loan.asset_class)


def _deep(s: Situation[Loan], loan: DebtorLoan) -> bool:
    since = loan.overdue_since
    return since is not None and s.today - since > timedelta(days=DEEP_DAYS)


def _share(part: Any, whole: Any) -> Decimal:
    of = total(one.outstanding for one in whole).fen
    return Decimal(total(one.outstanding for one in part).fen) / of if of else Decimal(0)


def _as_other(loan: Loan) -> DebtorLoan:
    return DebtorLoan(
        loan.id,
        loan.bank,
        loan.asset_class,
        loan.classification,
        loan.overdue_since,
        loan.outstanding,
    )


def is_better(one: str, other: str) -> bool:
    """Whether the first class lies above the second."""
    return CLASSES.index(one) < CLASSES.index(other)


WAYS_BACK: Mapping[str, Decide] = {
    "upgrade": upgrade,
    "assess": assess,
    "look_at_debtor": look_at_debtor,
    "class_with_debtor": class_with_debtor,
}
