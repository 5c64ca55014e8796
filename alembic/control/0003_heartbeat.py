"""Keep a sign of life of every process."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0003_heartbeat"
down_revision = "0002_users"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("kind", sa.Text(), nullable=False, comment="worker, beat or web"),
        sa.Column("host", sa.Text(), nullable=False, comment="host name; in a container its id"),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column(
            "beat_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("kind", "host", "pid", name=op.f("pk_heartbeat")),
    )


def downgrade() -> None:
    op.drop_table("heartbeat")
