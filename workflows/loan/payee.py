"""When the bank pays the borrower's payee instead of the borrower (受托支付). ZD-3.6.6."""

from __future__ import annotations

from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan import clauses
from workflows.loan.change_records import DrawLoan
from workflows.loan.facts import EarlierLoans
from workflows.loan.records import BOARDED, DisburseLoan, Loan

Drawing = Situation[Loan, DisburseLoan | DrawLoan]


def paid_to_payee(s: Drawing) -> Refusal | None:
    """Above the threshold the bank pays the payee, on its account, by contract (ZD-3.6.6)."""
    threshold = s.policy["entrusted_payment_threshold"]
    if paid_well(s) or s.act.amount <= threshold.value:
        return None
    return against("entrusted_payment_required", threshold, s.act.amount)


def new_customer_through_payee(s: Drawing) -> Refusal | None:
    """The first loan of a firm at a bank goes to its payee, whatever the amount (ZD-3.6.6)."""
    rule = s.policy["entrusted_for_new_customers"]
    if paid_well(s) or s.fact(EarlierLoans).count or not rule.value:
        return None
    return against("payee_not_named", rule, s.act.payee or "-")


def payee_whole(s: Drawing) -> Refusal | None:
    """Who names a payee names its account and the contract too (ZD-3.6.6)."""
    a = s.act
    if payee_named(a) or not (a.payee or a.account or a.contract):
        return None
    return refuse(s, "payee_not_whole", clauses.ENTRUSTED, actual=a.payee or "-")


def paid_well(s: Drawing) -> bool:
    """Through a payee; or by the bank that made a boarded loan, whose payee no tape tells."""
    return payee_named(s.act) or s.it.origin == BOARDED


def payee_named(act: DisburseLoan | DrawLoan) -> bool:
    """Payee, account and contract are told."""
    return bool(act.payee and act.account and act.contract)
