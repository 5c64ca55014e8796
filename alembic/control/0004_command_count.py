"""Count commands by who gave them and how they ended."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0004_command_count"
down_revision = "0003_heartbeat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "command_count",
        sa.Column(
            "channel",
            sa.Text(),
            nullable=False,
            comment="people, script, reaction, timer, boarding",
        ),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="done, proposed, refused, not_allowed, ..",
        ),
        sa.Column(
            "number", sa.BigInteger(), nullable=False, comment="since the platform was set up"
        ),
        sa.PrimaryKeyConstraint("channel", "outcome", name=op.f("pk_command_count")),
    )


def downgrade() -> None:
    op.drop_table("command_count")
