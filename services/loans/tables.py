"""The table of loans: one row a drawing, as it stands."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Index,
    text,
)

from services.kernel.columns import noun_table
from services.kernel.states import quoted
from workflows.lending.overdue import CLASSES
from workflows.loan.records import Loan
from workflows.loan.states import LIVE, LoanState

GRADES = ", ".join(f"'{grade}'" for grade in CLASSES)

loan = noun_table(
    "loan",
    Loan,
    LoanState,
    {
        "fund": "who covers it; empty: nobody",
        "policy": "Policy.ref: case@fingerprint:date",
        "approved_amount": "fen",
        "annual_rate": "fraction a year",
        "ip_share": "part of the loan secured by IP",
        "product": "empty on a boarded loan",
        "application": "empty on a boarded loan",
        "pledge": "empty on a boarded loan",
        "asset_class": "NON_RETAIL or RETAIL_SMALL",
        "origin": "PLATFORM or BOARDED",
        "draw_by": "last day to draw",
        "disbursed": "fen",
        "due_on": "maturity, or the day of acceleration",
        "terms": "how it is repaid: method, settlement and counting of interest, instalments",
        "schedule": "what falls due when, past instalments included",
        "balance_after_draw": "borrower's programme balance just after the draw, fen: "
        "decides the tier",
        "outstanding": "principal, fen",
        "interest_from": "interest is posted up to this day",
        "interest_due": "posted and unpaid, fen",
        "counted_from": "day from which the balance bears interest as it is, after a later draw",
        "products": "fen x parts of a 360-part year borne before that and not posted",
        "unpaid_interest": "part of it from the term, by due date: compounds from there",
        "penalty_due": "part of it on overdue principal, fen",
        "accrued": "booked at month ends since the last posting, fen",
        "accrued_on": "interest is booked up to this day; null: not at month ends",
        "overdue_since": "due date of the oldest instalment or interest unpaid, day 0",
        "bucket": "CURRENT, M0, M1 ..",
        "classification": "five-class grade",
        "noted": "unpaid interest off balance sheet after non-accrual has ended, fen",
        "asked_months": "extension asked for and unanswered",
        "agreed": "change to which the fund has agreed",
        "extended_months": "all extensions together",
        "restructured": "times",
        "observed_from": "first due date after a restructuring, or a later default",
        "observed_until": "last day of that observation",
        "probation_until": "last day of the probation after arrears were paid",
        "renewed_as": "the loan that renews it; empty for none",
        "renews": "the loan that it renews; empty for none",
        "compensated": "received from the fund, fen",
        "returned_to_fund": "of recoveries, fen",
        "recovered": "principal, fen, before write-off",
        "written_off": "principal, fen",
        "shortfall": "by which security falls short, fen",
        "shortfall_by": "last day to make a shortfall good",
        "breached_on": "a shortfall was not made good",
        "inspections": "looks after the draw, the first at the use",
        "inspected_on": "last looked at",
        "inspect_by": "last day of the next look",
        "diverted_on": "the money was found used otherwise",
        "late_recovered": "principal, fen, after write-off",
        "forgiven": "principal, fen, by a compromise",
        "provision": "impairment allowance, fen",
    },
    CheckConstraint(f"classification IN ({GRADES})", name="classification"),
    CheckConstraint("outstanding >= 0 AND interest_due >= 0", name="not_overpaid"),
    CheckConstraint(
        "outstanding + recovered + written_off + forgiven <= disbursed", name="principal_kept"
    ),
    Index("ix_loan_fund_enterprise", "fund", "enterprise"),
    Index(
        "ix_loan_accrued_on",
        "accrued_on",
        "id",
        postgresql_where=text(f"state IN ({quoted(LIVE)}) AND accrued_on IS NOT NULL"),
    ),
    Index("ix_loan_bank_state", "bank", "state"),
    Index("ix_loan_enterprise", "enterprise"),
    Index("ix_loan_undrawn", "fund", postgresql_where=text(f"state = '{LoanState.APPROVED.name}'")),
)
