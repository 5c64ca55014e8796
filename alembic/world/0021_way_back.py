"""Keep what has changed of a loan's terms and class, and of its filing after it."""

# ruff: noqa: E501 - one column a line

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0021_way_back"
down_revision = "0020_accrual"
branch_labels = None
depends_on = None

# fmt: off
LOAN = (
    ("noted",           sa.BigInteger, "0",  "unpaid interest off balance sheet after non-accrual has ended, fen"),
    ("asked_months",    sa.Integer,    "0",  "extension asked for and unanswered"),
    ("agreed",          sa.Text,       "''", "change to which the fund has agreed"),
    ("extended_months", sa.Integer,    "0",  "all extensions together"),
    ("restructured",    sa.Integer,    "0",  "times"),
    ("observed_from",   sa.Date,       None, "first due date after a restructuring, or a later default"),
    ("observed_until",  sa.Date,       None, "last day of that observation"),
    ("probation_until", sa.Date,       None, "last day of the probation after arrears were paid"),
    ("renewed_as",      sa.Text,       "''", "the loan that renews it; empty for none"),
    ("renews",          sa.Text,       "''", "the loan that it renews; empty for none"),
)
FILING = (
    ("amend_by",        sa.Date,       None, "last day to tell of a change of the loan"),
    ("suspended_on",    sa.Date,       None, "no cover for what happens from this day on"),
)
STATES = "APPROVED", "ACTIVE", "OVERDUE", "ACCELERATED", "WRITTEN_OFF", "SETTLED"
# fmt: on


def upgrade() -> None:
    for table, columns in (("loan", LOAN), ("filing", FILING)):
        for name, kind, default, about in columns:
            given = None if default is None else sa.text(default)
            null = default is None
            column = sa.Column(name, kind(), nullable=null, server_default=given, comment=about)
            op.add_column(table, column)
            if given is not None:
                op.alter_column(table, name, server_default=None)
    _states(*STATES, "RENEWED", "CANCELLED")


def downgrade() -> None:
    _states(*STATES, "CANCELLED")
    for table, columns in (("filing", FILING), ("loan", LOAN)):
        for name, *_ in reversed(columns):
            op.drop_column(table, name)


def _states(*names: str) -> None:
    op.drop_constraint(op.f("ck_loan_state"), "loan")
    listed = ", ".join(f"'{name}'" for name in names)
    op.create_check_constraint(op.f("ck_loan_state"), "loan", f"state IN ({listed})")
