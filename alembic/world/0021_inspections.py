"""Keep when a loan was looked at after the draw, and what of its use was found."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0021_inspections"
down_revision = "0020_watched_security"
branch_labels = None
depends_on = None


def upgrade() -> None:
    looks = "looks after the draw, the first at the use"
    op.add_column(
        "loan",
        sa.Column("inspections", sa.Integer(), nullable=False, server_default="0", comment=looks),
    )
    op.alter_column("loan", "inspections", server_default=None)
    op.add_column("loan", _day("inspected_on", "last looked at"))
    op.add_column("loan", _day("inspect_by", "last day of the next look"))
    op.add_column("loan", _day("diverted_on", "the money was found used otherwise"))


def downgrade() -> None:
    for name in ("diverted_on", "inspect_by", "inspected_on", "inspections"):
        op.drop_column("loan", name)


def _day(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=True, comment=comment)
