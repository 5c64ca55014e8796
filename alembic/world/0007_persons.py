"""Keep everybody who confirmed an act, in order, with role and organisation."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0007_persons"
down_revision = "0006_day_times"
branch_labels = None
depends_on = None

NOBODY = sa.text("'[]'::jsonb")


def upgrade() -> None:
    op.add_column("event", _persons("checkers", "who confirmed, in order: user, role, .."))
    op.alter_column("event", "checkers", server_default=None)
    op.drop_column("event", "checker")
    op.drop_column("event", "checker_role")
    op.add_column("act", _persons("checkers", "who confirms, in order"))
    op.alter_column("act", "checkers", server_default=None)
    op.drop_column("act", "checker")
    op.add_column("proposal", _persons("confirmations", "who confirmed so far, in order"))


def downgrade() -> None:
    op.drop_column("proposal", "confirmations")
    op.add_column("act", sa.Column("checker", postgresql.JSONB(), nullable=True))
    op.drop_column("act", "checkers")
    op.add_column("event", sa.Column("checker_role", sa.Text(), nullable=True))
    comment = "second person, where the row asks for one"
    op.add_column("event", sa.Column("checker", sa.Text(), nullable=True, comment=comment))
    op.drop_column("event", "checkers")


def _persons(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(
        name, postgresql.JSONB(), nullable=False, server_default=NOBODY, comment=comment
    )
