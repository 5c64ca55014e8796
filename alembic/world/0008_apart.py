"""Keep who investigated a credit, the account filed with a loan, and both acceptors of a claim."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0008_apart"
down_revision = "0007_persons"
branch_labels = None
depends_on = None

ACCOUNT = "of the bank, to which compensation is paid"
NOBODY = sa.text("'[]'::jsonb")


def upgrade() -> None:
    op.add_column("application", _users("investigated_by", "users who reported it"))
    op.alter_column("application", "investigated_by", server_default=None)
    op.add_column(
        "filing",
        sa.Column("account", sa.Text(), nullable=False, server_default="", comment=ACCOUNT),
    )
    op.alter_column("filing", "account", server_default=None)
    op.alter_column(
        "claim", "accepted_by", type_=postgresql.JSONB(), comment="users",
        postgresql_using="CASE accepted_by WHEN '' THEN '[]'::jsonb"
        " ELSE jsonb_build_array(accepted_by) END",
    )  # fmt: skip


def downgrade() -> None:
    op.alter_column(
        "claim", "accepted_by", type_=sa.Text(), comment="user",
        postgresql_using="coalesce(accepted_by ->> 0, '')",
    )  # fmt: skip
    op.drop_column("filing", "account")
    op.drop_column("application", "investigated_by")


def _users(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(
        name, postgresql.JSONB(), nullable=False, server_default=NOBODY, comment=comment
    )
