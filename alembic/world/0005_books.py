"""Keep loan books that are being boarded."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0005_books"
down_revision = "0004_loans_and_cover"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book",
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the file"),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column(
            "fund_given",
            sa.BigInteger(),
            nullable=False,
            comment="fen given to the fund for this book",
        ),
        sa.Column(
            "last_date", sa.Date(), nullable=False, comment="business date when all is boarded"
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_book")),
    )
    op.create_table(
        "book_line",
        sa.Column(
            "loan_id",
            sa.Text(),
            nullable=False,
            comment="one line a loan, whatever file it came in",
        ),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column(
            "line", sa.Integer(), nullable=False, comment="line of the file, the header is 1"
        ),
        sa.Column("digest", sa.Text(), nullable=False, comment="of what the line says"),
        sa.Column("life", postgresql.JSONB(), nullable=False),
        sa.Column(
            "standing",
            postgresql.JSONB(),
            nullable=False,
            comment="book and fund just before its acceptance",
        ),
        sa.Column(
            "pay_order",
            sa.Integer(),
            nullable=True,
            comment="place of its claim in the fund's queue; null: no claim",
        ),
        sa.Column("state", sa.Text(), server_default=sa.text("'WAITING'"), nullable=False),
        sa.Column(
            "waived", postgresql.JSONB(), nullable=True, comment="codes of the guards waived"
        ),
        sa.Column("error", sa.Text(), nullable=True, comment="why it could not be boarded"),
        sa.CheckConstraint(
            "state IN ('WAITING','CLAIMING','BOARDED','FAILED')", name=op.f("ck_book_line_state")
        ),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_book_line")),
    )
    op.create_index("ix_book_line_book", "book_line", ["book"], unique=False)
    op.create_index(
        "ix_book_line_claiming",
        "book_line",
        ["pay_order"],
        unique=False,
        postgresql_where=sa.text("state = 'CLAIMING'"),
    )
    op.create_index(
        "ix_book_line_waiting",
        "book_line",
        ["line"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )


def downgrade() -> None:
    op.drop_table("book_line")
    op.drop_table("book")
