"""The table of loans: one row a drawing, as it stands."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
)

from services.kernel.states import quoted
from services.kernel.tables import aggregate_columns, metadata
from workflows.lending.overdue import CLASSES
from workflows.loan.states import LoanState

GRADES = ", ".join(f"'{grade}'" for grade in CLASSES)

loan = Table(
    "loan",
    metadata,
    *aggregate_columns(),
    Column("enterprise", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("fund", Text, nullable=False, comment="who covers it; empty: nobody"),
    Column("policy", Text, nullable=False, comment="Policy.ref: case@fingerprint:date"),
    Column("approved_amount", BigInteger, nullable=False, comment="fen"),
    Column("annual_rate", Numeric, nullable=False, comment="fraction a year"),
    Column("term_months", Integer, nullable=False),
    Column("ip_share", Numeric, nullable=False, comment="part of the loan secured by IP"),
    Column("product", Text, nullable=False, comment="empty on a boarded loan"),
    Column("application", Text, nullable=False, comment="empty on a boarded loan"),
    Column("pledge", Text, nullable=False, comment="empty on a boarded loan"),
    Column("asset_class", Text, nullable=False, comment="NON_RETAIL or RETAIL_SMALL"),
    Column("origin", Text, nullable=False, comment="PLATFORM or BOARDED"),
    Column("draw_by", Date, comment="last day to draw"),
    Column("disbursed", BigInteger, nullable=False, comment="fen"),
    Column("disbursed_on", Date),
    Column("due_on", Date, comment="maturity, or the day of acceleration"),
    Column(
        "balance_after_draw",
        BigInteger,
        nullable=False,
        comment="borrower's programme balance just after the draw, fen: decides the tier",
    ),
    Column("outstanding", BigInteger, nullable=False, comment="principal, fen"),
    Column("interest_from", Date, comment="interest is posted up to this day"),
    Column("interest_due", BigInteger, nullable=False, comment="posted and unpaid, fen"),
    Column("in_term_due", BigInteger, nullable=False, comment="part of it that compounds, fen"),
    Column("overdue_since", Date, comment="due date first missed, day 0"),
    Column("bucket", Text, nullable=False, comment="CURRENT, M0, M1 .."),
    Column("classification", Text, nullable=False, comment="five-class grade"),
    Column("non_accrual", Boolean, nullable=False),
    Column("compensated", BigInteger, nullable=False, comment="received from the fund, fen"),
    Column("returned_to_fund", BigInteger, nullable=False, comment="of recoveries, fen"),
    Column("recovered", BigInteger, nullable=False, comment="principal, fen, before write-off"),
    Column("written_off", BigInteger, nullable=False, comment="principal, fen"),
    Column("written_off_on", Date),
    Column("late_recovered", BigInteger, nullable=False, comment="principal, fen, after write-off"),
    Column("settled_on", Date),
    CheckConstraint(f"state IN ({quoted(LoanState)})", name="state"),
    CheckConstraint(f"classification IN ({GRADES})", name="classification"),
    CheckConstraint("outstanding >= 0 AND interest_due >= 0", name="not_overpaid"),
    CheckConstraint("outstanding + recovered + written_off <= disbursed", name="principal_kept"),
    Index("ix_loan_fund_enterprise", "fund", "enterprise"),
    Index("ix_loan_bank", "bank"),
)
