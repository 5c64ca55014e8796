"""Keep on an application that credit was queried and what the need came to."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0010_security"
down_revision = "0009_recovery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", _column("queried_on", sa.Date(), "credit record queried"))
    need = "new working capital that may be lent, fen"
    op.add_column(
        "application",
        sa.Column("need", sa.BigInteger(), nullable=False, server_default="0", comment=need),
    )
    op.alter_column("application", "need", server_default=None)
    op.add_column("application", _column("need_on", sa.Date(), "need computed"))


def downgrade() -> None:
    for name in ("need_on", "need", "queried_on"):
        op.drop_column("application", name)


def _column(name: str, kind: sa.types.TypeEngine[object], comment: str) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=True, comment=comment)
