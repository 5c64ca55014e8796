"""Keep what is watched of a pledged right and of the security of a loan."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0022_watched_security"
down_revision = "0021_way_back"
branch_labels = None
depends_on = None

NONE = sa.text("'[]'::jsonb")
# fmt: off
ADDED = (
    ("asset", "annual_fee",   sa.BigInteger(),    "0",   "the whole fee of that day, fen"),
    ("asset", "well_known",   sa.Boolean(),     "false", "a mark well known, by the registry"),
    ("asset", "similar_to",   postgresql.JSONB(), NONE,  "ids of the firm's similar marks"),
    ("asset", "attacked_on",  sa.Date(),          None,  "an invalidation is pending since"),
    ("asset", "revalue_by",   sa.Date(),          None,  "last day of the next revaluation"),
    ("loan",  "shortfall",    sa.BigInteger(),    "0",   "by which security falls short, fen"),
    ("loan",  "shortfall_by", sa.Date(),          None,  "last day to make a shortfall good"),
    ("loan",  "breached_on",  sa.Date(),          None,  "a shortfall was not made good"),
)
# fmt: on


def upgrade() -> None:
    for table, name, kind, default, comment in ADDED:
        op.add_column(
            table,
            sa.Column(
                name, kind, nullable=default is None, server_default=default, comment=comment
            ),
        )
        if default is not None:
            op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    for table, name, *_ in reversed(ADDED):
        op.drop_column(table, name)
