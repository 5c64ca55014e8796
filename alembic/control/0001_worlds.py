"""Keep the registry of worlds."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0001_worlds"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "world",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("database", sa.Text(), nullable=False),
        sa.Column(
            "label",
            sa.Text(),
            nullable=False,
            comment="key of a sentence shown with the world, or ''",
        ),
        sa.Column(
            "origin",
            sa.Text(),
            nullable=False,
            comment="what made it: story:<case>, book:<hash>, ..",
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="CREATING until its database stands, then READY",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_world")),
        sa.UniqueConstraint("database", name=op.f("uq_world_database")),
    )


def downgrade() -> None:
    op.drop_table("world")
