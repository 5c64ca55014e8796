"""Keep a seal of each day: a hash over all that was recorded until its end."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0019_day_seal"
down_revision = "0018_incidents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_seal",
        sa.Column("day", sa.Date(), nullable=False, comment="the day that was left"),
        sa.Column(
            "upto", sa.BigInteger(), nullable=False, comment="position of the last event in it"
        ),
        sa.Column(
            "head",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 over the events since the seal before, and that seal",
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_seal")),
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON day_seal"
        " FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
    )


def downgrade() -> None:
    op.drop_table("day_seal")
