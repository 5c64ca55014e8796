"""Take compensation back from a bank: clawbacks, and claims that end in one."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0025_clawback"
down_revision = "0024_cover"
branch_labels = None
depends_on = None

STATES = "'OPENED', 'DISMISSED', 'CONFIRMED', 'DEMANDED', 'OVERDUE', 'REPAID', 'OFFSET', 'REFERRED'"
CLAIM_STATES = (
    "'NOTIFIED', 'DRAFT', 'SUBMITTED', 'RETURNED', 'ACCEPTED', 'UNDER_REVIEW', 'SUPPLEMENT',"
    " 'APPROVED', 'PAYABLE', 'PARTIALLY_PAID', 'PAID', 'SETTLED', 'REJECTED', 'WITHDRAWN',"
    " 'EXPIRED'{}"
)


def upgrade() -> None:
    op.create_table(
        "clawback",
        _needed("id", sa.Text(), "business key; the stream is <noun>/<id>"),
        _needed("state", sa.Text(), "name of the lifecycle's state"),
        _needed("version", sa.Integer(), "sequence of the stream's last event"),
        _needed("chain", sa.LargeBinary(), "SHA-256 of the stream's last event"),
        _needed("claim", sa.Text(), "the clawback's id is the claim's"),
        _needed("loan", sa.Text()),
        _needed("bank", sa.Text()),
        _needed("fund", sa.Text()),
        _needed("enterprise", sa.Text()),
        _needed("policy", sa.Text(), "Policy.ref: case@fingerprint:date"),
        _needed("ground", sa.Text()),
        _needed("finding", sa.Text()),
        _needed("amount", sa.BigInteger(), "borne by the fund when it was opened, fen"),
        _needed("opened_on", sa.Date()),
        _needed("paid_on", sa.Date(), "by the fund: funding cost runs from then"),
        _needed("annual_rate", sa.Numeric(), "one-year LPR on the day of confirmation"),
        sa.Column("repay_by", sa.Date(), nullable=True, comment="last day to repay"),
        _needed("principal", sa.BigInteger(), "given back, fen"),
        _needed("interest", sa.BigInteger(), "funding cost, fen"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _needed("reason", sa.Text()),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_clawback_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clawback")),
    )
    _claims(CLAIM_STATES.format(", 'CLAWED_BACK'"))


def downgrade() -> None:
    _claims(CLAIM_STATES.format(""))
    op.drop_table("clawback")


def _claims(names: str) -> None:
    op.drop_constraint("ck_claim_state", "claim", type_="check")
    op.create_check_constraint(op.f("ck_claim_state"), "claim", f"state IN ({names})")


def _needed(
    name: str, kind: sa.types.TypeEngine[object], comment: str | None = None
) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, comment=comment)
