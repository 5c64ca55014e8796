"""Keep who may sign in, in which role of which organisation."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0002_users"
down_revision = "0001_worlds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False, comment="code of ZD-2.1"),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False, comment="argon2"),
        sa.Column("demo", sa.Boolean(), nullable=False, comment="made by zhidai up for trying"),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_app_user")),
    )


def downgrade() -> None:
    op.drop_table("app_user")
