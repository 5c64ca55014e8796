"""Write loans off by ground and papers against an allowance; note when a loss is final."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0014_write_off"
down_revision = "0013_instalments"
branch_labels = None
depends_on = None

STATES = "'PROPOSED', 'REVIEWED', 'RETURNED', 'APPROVED', 'BOOKED', 'CONCLUDED'"


def upgrade() -> None:
    op.create_table(
        "write_off",
        _text("id", "business key; the stream is <noun>/<id>"),
        _text("state", "name of the lifecycle's state"),
        _needed("version", sa.Integer(), "sequence of the stream's last event"),
        _needed("chain", sa.LargeBinary(), "SHA-256 of the stream's last event"),
        _text("loan", "the write-off's id is the loan's"),
        _text("bank"),
        _text("fund", "told of it; empty where no fund covers the loan"),
        _text("enterprise"),
        _text("policy", "Policy.ref: case@fingerprint:date"),
        _text("ground"),
        _needed("papers", postgresql.JSONB(), "codes of papers"),
        _needed("amount", sa.BigInteger(), "the bank's own loss, fen"),
        _needed("debt", sa.BigInteger(), "principal the borrower still owes, fen"),
        _needed("proposed_on", sa.Date()),
        _needed("proposed_by", postgresql.JSONB(), "users"),
        _needed("members", postgresql.JSONB(), "of the committee that reviewed it"),
        _needed("in_favour", sa.Integer()),
        _needed("decided_by", postgresql.JSONB(), "users"),
        _text("reason"),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column(
            "answer_by",
            sa.Date(),
            nullable=True,
            comment="last day for a finding on responsibility",
        ),
        _text("finding"),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_write_off_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_off")),
    )
    provision = sa.Column(
        "provision",
        sa.BigInteger(),
        nullable=False,
        server_default=sa.text("0"),
        comment="impairment allowance, fen",
    )
    op.add_column("loan", provision)
    op.alter_column("loan", "provision", server_default=None)
    known = sa.Column("final_loss_on", sa.Date(), nullable=True, comment="the day it was known")
    op.add_column("claim", known)
    op.add_column("claim", sa.Column("settle_by", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "settle_by")
    op.drop_column("claim", "final_loss_on")
    op.drop_column("loan", "provision")
    op.drop_table("write_off")


def _needed(
    name: str, kind: sa.types.TypeEngine[object], comment: str | None = None
) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _text(name: str, comment: str | None = None) -> sa.Column[object]:
    return _needed(name, sa.Text(), comment)
