"""Note how long a business day took to open."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0006_day_times"
down_revision = "0005_books"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "clock",
        sa.Column(
            "arrived_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the world came to this day",
        ),
    )
    op.add_column(
        "clock",
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the day's timers had all fired",
        ),
    )


def downgrade() -> None:
    op.drop_column("clock", "opened_at")
    op.drop_column("clock", "arrived_at")
