"""Say of a timer whether it is a lapse or a duty, whose, since when and by which rule."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0011_deadlines"
down_revision = "0010_security"
branch_labels = None
depends_on = None

COLUMNS = (
    ("nature", sa.Text(), "LAPSE or DUTY; NULL: a date on which something happens"),
    ("since", sa.Date(), "the day the deadline began"),
    ("last_day", sa.Date(), "the last day of the deadline"),
    ("roles", sa.Text(), "codes of who acts until then, joined by commas"),
    ("organisation", sa.Text(), "whose; empty where they serve the whole programme"),
    ("rule", sa.Text(), "the parameter or clause that says how long"),
)
WHERE = sa.text("nature IS NOT NULL")
FIRES = "when it fires; NULL: a missed duty that is still owed"


def upgrade() -> None:
    op.alter_column("timer", "due_on", nullable=True, comment=FIRES)
    for name, kind, comment in COLUMNS:
        op.add_column("timer", sa.Column(name, kind, comment=comment))
    op.create_index("ix_timer_deadline", "timer", ["nature", "last_day"], postgresql_where=WHERE)
    owed = ["nature", "organisation", "last_day"]
    op.create_index("ix_timer_owed", "timer", owed, postgresql_where=WHERE)


def downgrade() -> None:
    op.drop_index("ix_timer_owed", "timer")
    op.drop_index("ix_timer_deadline", "timer")
    for name, _, _ in reversed(COLUMNS):
        op.drop_column("timer", name)
    op.execute("DELETE FROM timer WHERE due_on IS NULL")
    op.alter_column("timer", "due_on", nullable=False, comment=None)
