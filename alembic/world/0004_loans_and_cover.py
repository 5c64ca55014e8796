"""Create the rows of funds, loans, filings, claims and recoveries."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0004_loans_and_cover"
down_revision = "0003_until_the_contract"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="business key; the stream is <noun>/<id>"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="Policy.ref: case@fingerprint:date"),
        sa.Column("cash", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("contributed", sa.BigInteger(), nullable=False, comment="fen, all contributions"),
        sa.Column("paid_out", sa.BigInteger(), nullable=False, comment="fen, compensation"),
        sa.Column("returned", sa.BigInteger(), nullable=False, comment="fen, parts of recoveries"),
        sa.CheckConstraint("state IN ('ACTIVE', 'EXHAUSTED')", name=op.f("ck_fund_state")),
        sa.CheckConstraint(
            "cash = contributed - paid_out + returned", name=op.f("ck_fund_cash_adds_up")
        ),
        sa.CheckConstraint("cash >= 0", name=op.f("ck_fund_cash_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
    )
    op.create_table(
        "loan",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="business key; the stream is <noun>/<id>"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False, comment="who covers it; empty: nobody"),
        sa.Column("policy", sa.Text(), nullable=False, comment="Policy.ref: case@fingerprint:date"),
        sa.Column("approved_amount", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("annual_rate", sa.Numeric(), nullable=False, comment="fraction a year"),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column(
            "ip_share", sa.Numeric(), nullable=False, comment="part of the loan secured by IP"
        ),
        sa.Column("product", sa.Text(), nullable=False, comment="empty on a boarded loan"),
        sa.Column("application", sa.Text(), nullable=False, comment="empty on a boarded loan"),
        sa.Column("pledge", sa.Text(), nullable=False, comment="empty on a boarded loan"),
        sa.Column("asset_class", sa.Text(), nullable=False, comment="NON_RETAIL or RETAIL_SMALL"),
        sa.Column("origin", sa.Text(), nullable=False, comment="PLATFORM or BOARDED"),
        sa.Column("draw_by", sa.Date(), nullable=True, comment="last day to draw"),
        sa.Column("disbursed", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("disbursed_on", sa.Date(), nullable=True),
        sa.Column(
            "due_on", sa.Date(), nullable=True, comment="maturity, or the day of acceleration"
        ),
        sa.Column(
            "balance_after_draw",
            sa.BigInteger(),
            nullable=False,
            comment="borrower's programme balance just after the draw, fen: decides the tier",
        ),
        sa.Column("outstanding", sa.BigInteger(), nullable=False, comment="principal, fen"),
        sa.Column(
            "interest_from", sa.Date(), nullable=True, comment="interest is posted up to this day"
        ),
        sa.Column(
            "interest_due", sa.BigInteger(), nullable=False, comment="posted and unpaid, fen"
        ),
        sa.Column(
            "in_term_due", sa.BigInteger(), nullable=False, comment="part of it that compounds, fen"
        ),
        sa.Column(
            "overdue_since", sa.Date(), nullable=True, comment="due date first missed, day 0"
        ),
        sa.Column("bucket", sa.Text(), nullable=False, comment="CURRENT, M0, M1 .."),
        sa.Column("classification", sa.Text(), nullable=False, comment="five-class grade"),
        sa.Column("non_accrual", sa.Boolean(), nullable=False),
        sa.Column(
            "compensated", sa.BigInteger(), nullable=False, comment="received from the fund, fen"
        ),
        sa.Column(
            "returned_to_fund", sa.BigInteger(), nullable=False, comment="of recoveries, fen"
        ),
        sa.Column(
            "recovered", sa.BigInteger(), nullable=False, comment="principal, fen, before write-off"
        ),
        sa.Column("written_off", sa.BigInteger(), nullable=False, comment="principal, fen"),
        sa.Column("written_off_on", sa.Date(), nullable=True),
        sa.Column(
            "late_recovered",
            sa.BigInteger(),
            nullable=False,
            comment="principal, fen, after write-off",
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "classification IN ('NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS')",
            name=op.f("ck_loan_classification"),
        ),
        sa.CheckConstraint(
            "state IN ('APPROVED', 'ACTIVE', 'OVERDUE', 'ACCELERATED', 'WRITTEN_OFF', 'SETTLED', 'CANCELLED')",
            name=op.f("ck_loan_state"),
        ),
        sa.CheckConstraint(
            "outstanding + recovered + written_off <= disbursed",
            name=op.f("ck_loan_principal_kept"),
        ),
        sa.CheckConstraint(
            "outstanding >= 0 AND interest_due >= 0", name=op.f("ck_loan_not_overpaid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index("ix_loan_bank", "loan", ["bank"], unique=False)
    op.create_index("ix_loan_fund_enterprise", "loan", ["fund", "enterprise"], unique=False)
    op.create_table(
        "filing",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="business key; the stream is <noun>/<id>"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("loan", sa.Text(), nullable=False, comment="the filing's id is the loan's"),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="Policy.ref: case@fingerprint:date"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="as drawn, fen"),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("file_by", sa.Date(), nullable=False, comment="last day to file in time"),
        sa.Column(
            "late", sa.Boolean(), nullable=False, comment="no cover for what came before acceptance"
        ),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column(
            "accepted_by", postgresql.JSONB(), nullable=False, comment="users who accepted it"
        ),
        sa.Column("returns", sa.Integer(), nullable=False, comment="times sent back"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('PENDING', 'LATE', 'FILED', 'COVERED', 'REJECTED', 'CEASED')",
            name=op.f("ck_filing_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    op.create_index("ix_filing_fund_state", "filing", ["fund", "state"], unique=False)
    op.create_table(
        "claim",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="business key; the stream is <noun>/<id>"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("loan", sa.Text(), nullable=False, comment="the claim's id is the loan's"),
        sa.Column("filing", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="Policy.ref: case@fingerprint:date"),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True, comment="last day to submit"),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column(
            "cut_off", sa.Date(), nullable=True, comment="the loss is calculated to this day"
        ),
        sa.Column(
            "evidence", postgresql.JSONB(), nullable=False, comment="codes of documents handed in"
        ),
        sa.Column("accepted_by", sa.Text(), nullable=False, comment="user"),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="user"),
        sa.Column("decide_by", sa.Date(), nullable=True, comment="last day of the review"),
        sa.Column("asked_on", sa.Date(), nullable=True, comment="the review waits since then"),
        sa.Column("rounds", sa.Integer(), nullable=False, comment="supplements asked for"),
        sa.Column("lapses", sa.Integer(), nullable=False, comment="supplements that never came"),
        sa.Column("answer_by", sa.Date(), nullable=True, comment="last day for a supplement"),
        sa.Column("decided_by", postgresql.JSONB(), nullable=False, comment="users"),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("objections", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False, comment="claimed, fen"),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("fund_share", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column(
            "bank_principal",
            sa.BigInteger(),
            nullable=False,
            comment="bank's share of principal, fen",
        ),
        sa.Column(
            "bank_interest", sa.BigInteger(), nullable=False, comment="interest to the cut-off, fen"
        ),
        sa.Column("queued_on", sa.Date(), nullable=True, comment="place in the line for payment"),
        sa.Column("paid", sa.BigInteger(), nullable=False, comment="by the fund, fen"),
        sa.Column("paid_on", sa.Date(), nullable=True, comment="of the last payment"),
        sa.Column(
            "returned_fund",
            sa.BigInteger(),
            nullable=False,
            comment="fund's part of recoveries, fen",
        ),
        sa.Column(
            "returned_bank",
            sa.BigInteger(),
            nullable=False,
            comment="bank's part of principal, fen",
        ),
        sa.Column(
            "returned_interest", sa.BigInteger(), nullable=False, comment="interest recovered, fen"
        ),
        sa.Column("adjustment", sa.BigInteger(), nullable=False, comment="at settlement, fen"),
        sa.CheckConstraint(
            "state IN ('NOTIFIED', 'DRAFT', 'SUBMITTED', 'RETURNED', 'ACCEPTED', 'UNDER_REVIEW', 'SUPPLEMENT', 'APPROVED', 'PAYABLE', 'PARTIALLY_PAID', 'PAID', 'SETTLED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')",
            name=op.f("ck_claim_state"),
        ),
        sa.CheckConstraint(
            "paid >= 0 AND paid <= fund_share", name=op.f("ck_claim_paid_within_share")
        ),
        sa.CheckConstraint("returned_fund <= paid", name=op.f("ck_claim_returned_within_paid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(
        "ix_claim_fund_state_queued_on", "claim", ["fund", "state", "queued_on"], unique=False
    )
    op.create_table(
        "recovery",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="business key; the stream is <noun>/<id>"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("claim", sa.Text(), nullable=False, comment="the recovery's id is the claim's"),
        sa.Column("loan", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="Policy.ref: case@fingerprint:date"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column(
            "suit_by", sa.Date(), nullable=False, comment="the bank should have sued by then"
        ),
        sa.Column("suit_on", sa.Date(), nullable=True),
        sa.Column("sources", postgresql.JSONB(), nullable=False, comment="what was booked"),
        sa.Column("gross", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("cost", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("fund_part", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("bank_part", sa.BigInteger(), nullable=False, comment="fen, of principal"),
        sa.Column("bank_interest", sa.BigInteger(), nullable=False, comment="fen"),
        sa.Column("surplus", sa.BigInteger(), nullable=False, comment="the pledgor's, fen"),
        sa.Column("remitted", sa.BigInteger(), nullable=False, comment="to the fund, fen"),
        sa.Column("remit_by", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('OPEN', 'LITIGATION', 'ENFORCEMENT', 'ASSET_DISPOSAL', 'SETTLEMENT_AGREED', 'FULLY_RECOVERED', 'UNRECOVERABLE')",
            name=op.f("ck_recovery_state"),
        ),
        sa.CheckConstraint(
            "gross = cost + fund_part + bank_part + bank_interest + surplus",
            name=op.f("ck_recovery_split_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )


def downgrade() -> None:
    op.drop_table("recovery")
    op.drop_table("claim")
    op.drop_table("filing")
    op.drop_table("loan")
    op.drop_table("fund")
