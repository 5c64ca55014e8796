"""Let a script say which acts are to be refused, and keep which events an act led to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0012_expected"
down_revision = "0011_deadlines"
branch_labels = None
depends_on = None

BEFORE = "state IN ('WAITING','DONE','REFUSED','FAILED')"
AFTER = "state IN ('WAITING','DONE','REFUSED','FORBIDDEN','FAILED')"


def upgrade() -> None:
    comment = "codes, one of which must be the reason; empty: the act is to be done"
    op.add_column(
        "act",
        sa.Column(
            "refused",
            postgresql.JSONB(),
            nullable=False,
            server_default=sa.text("'[]'::jsonb"),
            comment=comment,
        ),
    )
    op.add_column("act", sa.Column("first", sa.Text(), comment="stream:seq of its first event"))
    _states(AFTER)


def downgrade() -> None:
    op.execute("UPDATE act SET state = 'REFUSED' WHERE state = 'FORBIDDEN'")
    _states(BEFORE)
    op.drop_column("act", "first")
    op.drop_column("act", "refused")


def _states(allowed: str) -> None:
    op.drop_constraint("ck_act_state", "act", type_="check")
    op.create_check_constraint("ck_act_state", "act", allowed)
