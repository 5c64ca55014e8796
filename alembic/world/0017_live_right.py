"""One right is live once: a unique index on type and number decides races."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0017_live_right"
down_revision = "0016_standing_still"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "uq_asset_live_right",
        "asset",
        ["ip_type", "number"],
        unique=True,
        postgresql_where=sa.text(
            "state NOT IN ('RELEASED', 'INVALIDATED', 'TRANSFERRED', 'DISPOSED')"
        ),
    )


def downgrade() -> None:
    op.drop_index("uq_asset_live_right", table_name="asset")
