"""Create the rows of banks, enterprises, products, rights, pledges, applications and matches."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0003_until_the_contract"
down_revision = "0002_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank",
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
        sa.Column("policy", sa.Text(), nullable=False, comment="policy the agreement is under"),
        sa.Column("fund", sa.Text(), nullable=False, comment="fund the agreement is with"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "quota",
            sa.BigInteger(),
            nullable=False,
            comment="most the bank may have outstanding; 0 = no limit, fen",
        ),
        sa.Column("signed_on", sa.Date(), nullable=True, comment="agreement signed"),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="agreement's last day"),
        sa.Column("stopped_for", sa.Text(), nullable=False, comment="cause of a suspension or end"),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'SIGNED', 'SUSPENDED', 'ENDED')", name=op.f("ck_bank_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
    )
    op.create_table(
        "enterprise",
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
        sa.Column(
            "policy", sa.Text(), nullable=False, comment="policy the firm was registered under"
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False, comment="place of registration"),
        sa.Column(
            "credit_code",
            sa.Text(),
            nullable=False,
            comment="unified social credit code; empty when boarded",
        ),
        sa.Column("industry", sa.Text(), nullable=False, comment="which size thresholds apply"),
        sa.Column("size_class", sa.Text(), nullable=False, comment="LARGE, MEDIUM, SMALL, MICRO"),
        sa.Column("staff", sa.Integer(), nullable=False, comment="heads"),
        sa.Column("revenue", sa.BigInteger(), nullable=False, comment="last year's revenue, fen"),
        sa.Column("ip_rights", sa.Integer(), nullable=False, comment="own IP rights in force"),
        sa.Column("signatory", sa.Text(), nullable=False, comment="who may sign"),
        sa.Column(
            "consent_scope", postgresql.JSONB(), nullable=False, comment="data the consent covers"
        ),
        sa.Column(
            "consent_until", sa.Date(), nullable=True, comment="last day of the data consent"
        ),
        sa.Column("supplement_rounds", sa.Integer(), nullable=False, comment="times sent back"),
        sa.Column("due_by", sa.Date(), nullable=True, comment="last day of whoever acts next"),
        sa.Column("enrolled_on", sa.Date(), nullable=True, comment="entered the library"),
        sa.Column("valid_until", sa.Date(), nullable=True, comment="last day in the library"),
        sa.Column("stopped_for", sa.Text(), nullable=False, comment="cause of a suspension"),
        sa.Column("blacklisted_until", sa.Date(), nullable=True, comment="last day of a bar"),
        sa.Column(
            "generated",
            postgresql.JSONB(),
            nullable=False,
            comment="facts made up for a boarded firm",
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'SUBMITTED', 'SUPPLEMENT', 'ENROLLED', 'SUSPENDED', 'EXPIRED', 'REJECTED', 'REMOVED')",
            name=op.f("ck_enterprise_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
    )
    op.create_index("ix_enterprise_credit_code", "enterprise", ["credit_code"], unique=False)
    op.create_table(
        "product",
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
        sa.Column(
            "policy", sa.Text(), nullable=False, comment="policy the version was written under"
        ),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "amount_cap", sa.BigInteger(), nullable=False, comment="most lent to one borrower, fen"
        ),
        sa.Column("max_term_months", sa.Integer(), nullable=False, comment="longest term, months"),
        sa.Column("annual_rate", sa.Numeric(), nullable=False, comment="rate a year, fraction"),
        sa.Column("fees", sa.BigInteger(), nullable=False, comment="charges beside interest, fen"),
        sa.Column("purposes", postgresql.JSONB(), nullable=False, comment="codes of purposes"),
        sa.Column(
            "replaces",
            sa.Text(),
            nullable=False,
            comment="version it takes the place of; empty for none",
        ),
        sa.Column(
            "review_due", sa.Date(), nullable=True, comment="last day of the programme's check"
        ),
        sa.Column("published_on", sa.Date(), nullable=True, comment="open to applications since"),
        sa.Column("stopped_for", sa.Text(), nullable=False, comment="cause of a suspension or end"),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'REVIEW', 'PUBLISHED', 'SUSPENDED', 'CLOSED')",
            name=op.f("ck_product_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    op.create_index("ix_product_fund_bank", "product", ["fund", "bank"], unique=False)
    op.create_table(
        "asset",
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
        sa.Column(
            "policy", sa.Text(), nullable=False, comment="policy the right was declared under"
        ),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("ip_type", sa.Text(), nullable=False, comment="PATENT, TRADEMARK, COPYRIGHT, GI"),
        sa.Column("number", sa.Text(), nullable=False, comment="the right's official number"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "owners",
            postgresql.JSONB(),
            nullable=False,
            comment="enterprise ids or names of co-owners",
        ),
        sa.Column("term_ends_on", sa.Date(), nullable=False, comment="the right's last day"),
        sa.Column("fee_due_on", sa.Date(), nullable=True, comment="next annual fee falls due"),
        sa.Column("verified_on", sa.Date(), nullable=True, comment="the registry's feed agreed"),
        sa.Column(
            "failed_for", postgresql.JSONB(), nullable=False, comment="why verification failed"
        ),
        sa.Column("value", sa.BigInteger(), nullable=False, comment="last appraised value, fen"),
        sa.Column("appraised_on", sa.Date(), nullable=True, comment="value as of"),
        sa.Column("method", sa.Text(), nullable=False, comment="approach of the appraisal"),
        sa.Column("bank", sa.Text(), nullable=True, comment="pledgee while encumbered"),
        sa.Column(
            "pledge", sa.Text(), nullable=False, comment="pledge that rests on it; empty for none"
        ),
        sa.Column("grace_until", sa.Date(), nullable=True, comment="last day to pay a missed fee"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="the right ended or was realised"),
        sa.Column(
            "alerts", postgresql.JSONB(), nullable=False, comment="attacks and orders on the right"
        ),
        sa.CheckConstraint(
            "state IN ('DECLARED', 'VERIFIED', 'APPRAISED', 'ENCUMBERED', 'RELEASED', 'LAPSING', 'LAPSED', 'INVALIDATED', 'DISPUTED', 'TRANSFERRED', 'DISPOSED')",
            name=op.f("ck_asset_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
    )
    op.create_index("ix_asset_enterprise", "asset", ["enterprise"], unique=False)
    op.create_table(
        "pledge",
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
        sa.Column("policy", sa.Text(), nullable=False, comment="policy of the application"),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False, comment="pledgor's firm"),
        sa.Column("bank", sa.Text(), nullable=False, comment="pledgee"),
        sa.Column(
            "assets", postgresql.JSONB(), nullable=False, comment="ids of the pledged rights"
        ),
        sa.Column("contract", sa.Text(), nullable=False, comment="number of the pledge contract"),
        sa.Column("debt", sa.BigInteger(), nullable=False, comment="secured amount, fen"),
        sa.Column("debt_due_on", sa.Date(), nullable=False, comment="last day of the secured debt"),
        sa.Column("documents", postgresql.JSONB(), nullable=False, comment="papers filed"),
        sa.Column("due_by", sa.Date(), nullable=True, comment="last day of whoever acts next"),
        sa.Column("registered_on", sa.Date(), nullable=True, comment="the pledge exists since"),
        sa.Column(
            "certificate",
            sa.Text(),
            nullable=False,
            comment="number of the registration certificate",
        ),
        sa.Column(
            "insisted",
            postgresql.JSONB(),
            nullable=False,
            comment="waivable grounds set aside at the parties' wish",
        ),
        sa.Column("ground", sa.Text(), nullable=False, comment="why it was refused or struck"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="the pledge ended"),
        sa.CheckConstraint(
            "state IN ('PREPARED', 'FILED', 'CORRECTION', 'REGISTERED', 'CANCELLED', 'REFUSED', 'REVOKED', 'WITHDRAWN')",
            name=op.f("ck_pledge_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    op.create_index("ix_pledge_application", "pledge", ["application"], unique=False)
    op.create_table(
        "application",
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
        sa.Column(
            "policy",
            sa.Text(),
            nullable=False,
            comment="policy of the product it was started under",
        ),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="asked for, fen"),
        sa.Column(
            "requested_months", sa.Integer(), nullable=False, comment="term asked for, months"
        ),
        sa.Column("purpose", sa.Text(), nullable=False, comment="code of the purpose"),
        sa.Column(
            "assets",
            postgresql.JSONB(),
            nullable=False,
            comment="ids of the rights named as security",
        ),
        sa.Column("designated", sa.Boolean(), nullable=False, comment="the firm named the bank"),
        sa.Column("bank", sa.Text(), nullable=True, comment="bank that leads; null before"),
        sa.Column("documents", postgresql.JSONB(), nullable=False, comment="papers attached"),
        sa.Column("missing", postgresql.JSONB(), nullable=False, comment="papers missing"),
        sa.Column("return_rounds", sa.Integer(), nullable=False, comment="times sent back"),
        sa.Column("due_by", sa.Date(), nullable=True, comment="last day of whoever acts next"),
        sa.Column("submitted_on", sa.Date(), nullable=True, comment="handed in"),
        sa.Column("lead_on", sa.Date(), nullable=True, comment="lead taken"),
        sa.Column(
            "awaiting", postgresql.JSONB(), nullable=False, comment="material the bank waits for"
        ),
        sa.Column("diligence_on", sa.Date(), nullable=True, comment="due diligence reported"),
        sa.Column("approved_amount", sa.BigInteger(), nullable=False, comment="offered, fen"),
        sa.Column(
            "annual_rate", sa.Numeric(), nullable=False, comment="rate offered, a year, fraction"
        ),
        sa.Column("term_months", sa.Integer(), nullable=False, comment="term offered, months"),
        sa.Column(
            "ip_share",
            sa.Numeric(),
            nullable=False,
            comment="part of the loan secured by IP, fraction",
        ),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="approved or rejected"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was rejected"),
        sa.Column("signed_on", sa.Date(), nullable=True, comment="contract signed"),
        sa.Column(
            "pledge",
            sa.Text(),
            nullable=False,
            comment="registered pledge; empty before conversion",
        ),
        sa.Column(
            "assets_replaced", sa.Boolean(), nullable=False, comment="security was replaced once"
        ),
        sa.Column("frozen_on", sa.Date(), nullable=True, comment="frozen by the auditor since"),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'SUBMITTED', 'ACCEPTED', 'ROUTED', 'UNDER_REVIEW', 'APPROVED', 'SIGNED', 'CONVERTED', 'WITHDRAWN', 'REJECTED', 'EXPIRED', 'DECLINED_BY_ENTERPRISE')",
            name=op.f("ck_application_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index("ix_application_bank", "application", ["bank"], unique=False)
    op.create_index("ix_application_enterprise", "application", ["enterprise"], unique=False)
    op.create_table(
        "match",
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
        sa.Column("policy", sa.Text(), nullable=False, comment="policy of the application"),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column(
            "banks", postgresql.JSONB(), nullable=False, comment="banks it is shown to, best first"
        ),
        sa.Column(
            "offered", postgresql.JSONB(), nullable=False, comment="banks that would take it"
        ),
        sa.Column(
            "lost",
            postgresql.JSONB(),
            nullable=False,
            comment="banks that declined, lapsed or were not chosen",
        ),
        sa.Column("bank", sa.Text(), nullable=True, comment="bank chosen; null before"),
        sa.Column("rounds", sa.Integer(), nullable=False, comment="times broadcast"),
        sa.Column("due_by", sa.Date(), nullable=True, comment="last day of whoever acts next"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="the bank's decision"),
        sa.CheckConstraint(
            "state IN ('OPEN', 'OFFERED', 'SELECTED', 'CLOSED', 'EXPIRED', 'WITHDRAWN')",
            name=op.f("ck_match_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
    )


def downgrade() -> None:
    op.drop_table("match")
    op.drop_table("application")
    op.drop_table("pledge")
    op.drop_table("asset")
    op.drop_table("product")
    op.drop_table("enterprise")
    op.drop_table("bank")
