"""Keep what users may do beside lending, and the tokens by which programs sign in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0008_grants_and_tokens"
down_revision = "0007_world_owner"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_grant",
        sa.Column("name", sa.Text(), nullable=False, comment="of the user"),
        sa.Column("grant", sa.Text(), nullable=False, comment="operator or instructor"),
        _made_at(),
        sa.PrimaryKeyConstraint("name", "grant", name=op.f("pk_app_grant")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="SHA-256 of the token; never the token"
        ),
        sa.Column("user_name", sa.Text(), nullable=False, comment="as whom it signs in"),
        sa.Column("label", sa.Text(), nullable=False, comment="what it is for"),
        sa.Column("worlds", postgresql.JSONB(), nullable=False, comment="names; empty for all"),
        sa.Column(
            "roles", postgresql.JSONB(), nullable=False, comment="codes its user must have one of"
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _made_at(),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
    )
    op.create_index("ix_api_token_digest", "api_token", ["digest"], unique=True)


def downgrade() -> None:
    op.drop_table("api_token")
    op.drop_table("app_grant")


def _made_at() -> sa.Column[object]:
    now = sa.text("now()")
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False)
