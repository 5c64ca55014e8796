"""Find quickly what stands still: every page and every scrape counts it."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0016_standing_still"
down_revision = "0015_loans_by_state"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_timer_parked", "timer", ["stream"], postgresql_where=sa.text("parked"))
    op.create_index(
        "ix_act_failed", "act", ["script"], postgresql_where=sa.text("state = 'FAILED'")
    )


def downgrade() -> None:
    op.drop_index("ix_act_failed", "act")
    op.drop_index("ix_timer_parked", "timer")
