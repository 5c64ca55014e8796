"""Find a bank's loans by their state, and a borrower's, without reading the whole book."""

from __future__ import annotations

from alembic import op

revision = "0015_loans_by_state"
down_revision = "0014_write_off"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_loan_bank", "loan")
    op.create_index("ix_loan_bank_state", "loan", ["bank", "state"])
    op.create_index("ix_loan_enterprise", "loan", ["enterprise"])


def downgrade() -> None:
    op.drop_index("ix_loan_enterprise", "loan")
    op.drop_index("ix_loan_bank_state", "loan")
    op.create_index("ix_loan_bank", "loan", ["bank"])
