"""Keep refused pairs for auditors, whose fund and whose appraisal it is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0018_incidents"
down_revision = "0017_live_right"
branch_labels = None
depends_on = None

FISCAL = "fiscal department that set it up"
APPRAISER = "engaged to value it; empty for none"


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column(
            "id",
            sa.Text(),
            nullable=False,
            comment="business key; the stream is <noun>/<id>",
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="name of the lifecycle's state"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="sequence of the stream's last event"
        ),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the stream's last event"
        ),
        sa.Column("policy", sa.Text(), nullable=False, comment="policy of the row it was about"),
        sa.Column("stream", sa.Text(), nullable=False, comment="the row it was about: <noun>/<id>"),
        sa.Column("act", sa.Text(), nullable=False, comment="trigger that was tried"),
        sa.Column("code", sa.Text(), nullable=False, comment="of the refusal"),
        sa.Column("against", sa.Text(), nullable=False, comment="whom or what the refusal names"),
        _several("users", "the maker first, who was refused last"),
        _several("roles", "theirs, in the same order"),
        _several("organisations", "theirs, in the same order"),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state IN ('NOTED')", name=op.f("ck_incident_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_stream", "incident", ["stream"])
    _organisation("fund", "fiscal", FISCAL)
    _organisation("asset", "appraiser", APPRAISER)


def downgrade() -> None:
    op.drop_column("asset", "appraiser")
    op.drop_column("fund", "fiscal")
    op.drop_table("incident")


def _several(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(), nullable=False, comment=comment)


def _organisation(table: str, name: str, comment: str) -> None:
    column = sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)
    op.add_column(table, column)
    op.alter_column(table, name, server_default=None)
