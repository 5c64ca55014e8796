"""Create the kernel's tables: history, deliveries, timers, acts, proposals, receipts, clock."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0001_kernel"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "script",
            sa.Text(),
            nullable=False,
            comment="what the act belongs to: a story, a lesson",
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("actor", postgresql.JSONB(), nullable=False),
        sa.Column("checker", postgresql.JSONB(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'WAITING'"), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=True, comment="why it was refused"),
        sa.CheckConstraint(
            "state IN ('WAITING','DONE','REFUSED','FAILED')", name=op.f("ck_act_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("script", "ordinal", name=op.f("uq_act_script_ordinal")),
    )
    op.create_index(
        "ix_act_waiting",
        "act",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column(
            "target_date",
            sa.Date(),
            nullable=False,
            comment="where an advance is going; else today",
        ),
        sa.Column("opening", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clock_single")),
        sa.CheckConstraint("target_date >= business_date", name=op.f("ck_clock_forward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "stream", "seq", "reaction", name=op.f("uq_delivery_stream_seq_reaction")
        ),
    )
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["id"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL AND NOT parked"),
    )
    op.create_index(
        "ix_delivery_failed",
        "delivery",
        ["stream"],
        unique=False,
        postgresql_where=sa.text("attempts > 0"),
    )
    op.create_index(
        "ix_delivery_parked",
        "delivery",
        ["stream"],
        unique=False,
        postgresql_where=sa.text("parked"),
    )
    op.create_table(
        "event",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False, comment="<noun>/<id>"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="1, 2, 3 .. within the stream"),
        sa.Column("type", sa.Text(), nullable=False, comment="dotted name, Loan.Disbursed"),
        sa.Column("schema_version", sa.SmallInteger(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column(
            "trigger", sa.Text(), nullable=False, comment="the lifecycle's trigger that caused it"
        ),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column(
            "checker", sa.Text(), nullable=True, comment="second person, where the row asks for one"
        ),
        sa.Column("checker_role", sa.Text(), nullable=True),
        sa.Column(
            "command_id", sa.Text(), nullable=False, comment="one for all events of one command"
        ),
        sa.Column(
            "cause",
            sa.Text(),
            nullable=True,
            comment="stream:seq of the event that led to the command",
        ),
        sa.Column("correlation", sa.Text(), nullable=False, comment="the outermost command"),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=True, comment="Policy.ref: case@fingerprint:date"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "hash",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 over content and previous hash",
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_event_stream_seq")),
    )
    op.create_index("ix_event_type_business_date", "event", ["type", "business_date"], unique=False)
    op.create_table(
        "policy_pack",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="the case file as it stood"),
        sa.PrimaryKeyConstraint("case_id", "fingerprint", name=op.f("pk_policy_pack")),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "stream", sa.Text(), nullable=False, comment="journal entry = the event (stream, seq)"
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "owner", sa.Text(), nullable=False, comment="whose book: bank:<id>, fund:<id> .."
        ),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column(
            "fen", sa.BigInteger(), nullable=False, comment="debit positive, credit negative"
        ),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index("ix_posting_stream_seq", "posting", ["stream", "seq"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column(
            "digest",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of what is proposed; confirm cites it",
        ),
        sa.Column("maker", postgresql.JSONB(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'PENDING'"), nullable=False),
        sa.Column("decided_by", postgresql.JSONB(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('PENDING','CONFIRMED','DECLINED')", name=op.f("ck_proposal_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(
        "ix_proposal_pending",
        "proposal",
        ["stream"],
        unique=False,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_table(
        "receipt",
        sa.Column("key", sa.Text(), nullable=False, comment="the caller's idempotency key"),
        sa.Column("input_hash", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_receipt")),
    )
    op.create_table(
        "timer",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "command", sa.Text(), nullable=False, comment="class name of the command given when due"
        ),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("parked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("stream", "kind", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_due_on", "timer", ["due_on"], unique=False)


def downgrade() -> None:
    op.drop_table("timer")
    op.drop_table("receipt")
    op.drop_table("proposal")
    op.drop_table("posting")
    op.drop_table("policy_pack")
    op.drop_table("event")
    op.drop_table("delivery")
    op.drop_table("clock")
    op.drop_table("act")
