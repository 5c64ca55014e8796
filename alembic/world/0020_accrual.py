"""Keep what interest was booked at month ends, and up to which day."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0020_accrual"
down_revision = "0019_day_seal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    about = "booked at month ends since the last posting, fen"
    zero = sa.text("0")
    op.add_column(
        "loan",
        sa.Column("accrued", sa.BigInteger(), nullable=False, server_default=zero, comment=about),
    )
    op.alter_column("loan", "accrued", server_default=None)
    about = "interest is booked up to this day; null: not at month ends"
    op.add_column("loan", sa.Column("accrued_on", sa.Date(), nullable=True, comment=about))
    op.execute("UPDATE loan SET accrued_on = interest_from WHERE origin <> 'BOARDED'")
    op.create_index(
        "ix_loan_accrued_on",
        "loan",
        ["accrued_on", "id"],
        postgresql_where=sa.text(
            "state IN ('ACTIVE', 'OVERDUE', 'ACCELERATED') AND accrued_on IS NOT NULL"
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_loan_accrued_on", "loan")
    op.drop_column("loan", "accrued_on")
    op.drop_column("loan", "accrued")
