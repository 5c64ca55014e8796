"""Say whose each world is."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0007_world_owner"
down_revision = "0006_organisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "world",
        sa.Column(
            "owner",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="user who made it; '' the operator",
        ),
    )
    op.alter_column("world", "owner", server_default=None)


def downgrade() -> None:
    op.drop_column("world", "owner")
