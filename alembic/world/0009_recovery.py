"""Let a recovery belong to its loan: who is sued where, limitation, guarantee, compromise."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0009_recovery"
down_revision = "0008_apart"
branch_labels = None
depends_on = None

NONE = {"server_default": sa.text("''")}
ZERO = {"server_default": sa.text("0")}
FALSE = {"server_default": sa.text("false")}
EMPTY = {"server_default": sa.text("'[]'::jsonb")}

# name, type, what a row of before has (None: may be null), comment
COLUMNS = (
    ("pledge", sa.Text, NONE, None),
    ("limitation_on", sa.Date, None, "last day of the limitation; none once sued"),
    ("barred", sa.Boolean, FALSE, "limitation is over"),
    ("demands", sa.Integer, ZERO, None),
    ("demanded_on", sa.Date, None, None),
    ("court", sa.Text, NONE, None),
    ("case_number", sa.Text, NONE, None),
    ("judged_on", sa.Date, None, None),
    ("preserved", sa.Text, NONE, "ruling on preservation"),
    ("enforcement_on", sa.Date, None, None),
    ("enforcement_ended_on", sa.Date, None, None),
    ("ruling", sa.Text, NONE, "by which enforcement or bankruptcy ended"),
    ("disposed", postgresql.JSONB, EMPTY, "rights realised"),
    ("guarantor", sa.Text, NONE, None),
    ("guarantee", sa.Text, NONE, "GENERAL or JOINT"),
    ("guarantee_until", sa.Date, None, "last day of the period; none once kept"),
    ("guarantee_lost", sa.Boolean, FALSE, None),
    ("agreed", sa.BigInteger, ZERO, "under a compromise, fen"),
    ("paid_since", sa.BigInteger, ZERO, "of what was agreed, fen"),
    ("agreed_by", sa.Date, None, None),
    ("recourse_written_off", sa.BigInteger, ZERO, "by the fund, fen"),
)
STATES = (
    "'OPEN', 'LITIGATION', 'ENFORCEMENT', 'ASSET_DISPOSAL', 'SETTLEMENT_AGREED',"
    " {}'FULLY_RECOVERED', 'UNRECOVERABLE'"
)
PLEDGE_STATES = (
    "'PREPARED', 'FILED', 'CORRECTION', 'REGISTERED', 'CANCELLED', 'REFUSED',"
    " {}'REVOKED', 'WITHDRAWN'"
)


def upgrade() -> None:
    for name, kind, default, comment in COLUMNS:
        column = sa.Column(
            name, kind(), nullable=default is None, comment=comment, **(default or {})
        )
        op.add_column("recovery", column)
        op.alter_column("recovery", name, server_default=None)
    op.drop_column("recovery", "claim")
    op.alter_column("recovery", "suit_by", nullable=True)
    op.alter_column("recovery", "loan", comment="the recovery's id is the loan's")
    op.alter_column("recovery", "fund", comment="empty where no fund covers the loan")
    _states("recovery", STATES.format("'DISCONTINUED', "))
    _states("pledge", PLEDGE_STATES.format("'REALISED', "))
    forgiven = sa.Column(
        "forgiven",
        sa.BigInteger(),
        nullable=False,
        comment="principal, fen, by a compromise",
        **ZERO,
    )
    op.add_column("loan", forgiven)
    op.alter_column("loan", "forgiven", server_default=None)
    _kept("outstanding + recovered + written_off + forgiven <= disbursed")


def downgrade() -> None:
    _kept("outstanding + recovered + written_off <= disbursed")
    op.drop_column("loan", "forgiven")
    _states("pledge", PLEDGE_STATES.format(""))
    _states("recovery", STATES.format(""))
    op.alter_column("recovery", "fund", comment=None)
    op.alter_column("recovery", "loan", comment=None)
    op.alter_column("recovery", "suit_by", nullable=False)
    claim = sa.Column("claim", sa.Text(), nullable=True, comment="the recovery's id is the claim's")
    op.add_column("recovery", claim)
    op.execute("UPDATE recovery SET claim = id")
    op.alter_column("recovery", "claim", nullable=False)
    for name, *_ in reversed(COLUMNS):
        op.drop_column("recovery", name)


def _states(table: str, names: str) -> None:
    op.drop_constraint(f"ck_{table}_state", table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_state"), table, f"state IN ({names})")


def _kept(rule: str) -> None:
    op.drop_constraint("ck_loan_principal_kept", "loan", type_="check")
    op.create_check_constraint(op.f("ck_loan_principal_kept"), "loan", rule)
