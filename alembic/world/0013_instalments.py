"""Keep how a loan is repaid, its instalments, and unpaid interest by its due date."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0013_instalments"
down_revision = "0012_expected"
branch_labels = None
depends_on = None

BULLET = (
    '{"counting": "ACT_360", "every_months": 1, "grace": 0, "instalment": "0.00 CNY",'
    ' "method": "BULLET", "settlement": "%s", "share": "0"}'
)


def upgrade() -> None:
    about = "how its loans are repaid: method, settlement and counting of interest"
    _add("product", _json("repayment", BULLET % "", about))
    about = "how it is repaid: method, settlement and counting of interest, instalments"
    _add("loan", _json("terms", BULLET % "WITH_PRINCIPAL", about))
    _add("loan", _json("schedule", "[]", "what falls due when, past instalments included"))
    about = "day from which the balance bears interest as it is, after a later draw"
    op.add_column("loan", sa.Column("counted_from", sa.Date(), nullable=True, comment=about))
    about = "fen x parts of a 360-part year borne before that and not posted"
    _add("loan", _whole("products", about))
    about = "part of it from the term, by due date: compounds from there"
    _add("loan", _json("unpaid_interest", "[]", about))
    _add("loan", _whole("penalty_due", "part of it on overdue principal, fen"))
    op.execute(
        "UPDATE loan SET unpaid_interest = jsonb_build_array(jsonb_build_object("
        "'due_on', due_on, 'amount', to_char(in_term_due / 100.0, 'FM9999999999990.00') || ' CNY'))"
        " WHERE in_term_due > 0 AND due_on IS NOT NULL"
    )
    op.drop_column("loan", "in_term_due")
    _say(
        "due date of the oldest instalment or interest unpaid, day 0",
        "due date first missed, day 0",
    )


def downgrade() -> None:
    about = "part of it that compounds, fen"
    _add("loan", _whole("in_term_due", about))
    for name in ("penalty_due", "unpaid_interest", "products", "counted_from", "schedule", "terms"):
        op.drop_column("loan", name)
    op.drop_column("product", "repayment")
    _say(
        "due date first missed, day 0",
        "due date of the oldest instalment or interest unpaid, day 0",
    )


def _add(table: str, column: sa.Column[object]) -> None:
    """A column that rows in being need a value for, and new rows give themselves."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _json(name: str, default: str, about: str) -> sa.Column[object]:
    given = sa.text(f"'{default}'::jsonb".replace(":", "\\:"))
    return sa.Column(name, postgresql.JSONB(), nullable=False, server_default=given, comment=about)


def _whole(name: str, about: str) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.Numeric() if name == "products" else sa.BigInteger(),
        nullable=False,
        server_default=sa.text("0"),
        comment=about,
    )


def _say(comment: str, former: str) -> None:
    op.alter_column("loan", "overdue_since", comment=comment, existing_comment=former)
