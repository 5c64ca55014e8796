"""Keep when a loan was looked at after the draw, and by which channel a pledge was filed."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0023_inspections"
down_revision = "0022_watched_security"
branch_labels = None
depends_on = None


def upgrade() -> None:
    looks = "looks after the draw, the first at the use"
    op.add_column(
        "loan",
        sa.Column("inspections", sa.Integer(), nullable=False, server_default="0", comment=looks),
    )
    op.alter_column("loan", "inspections", server_default=None)
    by = "ONLINE or PAPER; empty before"
    op.add_column(
        "pledge", sa.Column("channel", sa.Text(), nullable=False, server_default="", comment=by)
    )
    op.alter_column("pledge", "channel", server_default=None)
    op.add_column("loan", _day("inspected_on", "last looked at"))
    op.add_column("loan", _day("inspect_by", "last day of the next look"))
    op.add_column("loan", _day("diverted_on", "the money was found used otherwise"))


def downgrade() -> None:
    op.drop_column("pledge", "channel")
    for name in ("diverted_on", "inspect_by", "inspected_on", "inspections"):
        op.drop_column("loan", name)


def _day(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=True, comment=comment)
