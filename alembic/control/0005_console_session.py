"""Keep who sits in front of a browser: a session with the seats it has taken."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op

revision = "0005_console_session"
down_revision = "0004_command_count"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "console_session",
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="SHA-256 of the cookie; never the cookie"
        ),
        sa.Column("seats", JSONB(), nullable=False, comment="names of users, last taken last"),
        sa.Column("csrf", sa.Text(), nullable=False, comment="token every form carries"),
        sa.Column(
            "used_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="ends when idle for too long",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_console_session")),
    )


def downgrade() -> None:
    op.drop_table("console_session")
