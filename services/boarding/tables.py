"""A book under way: what the file said of each loan, and how far its boarding has come."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.kernel.tables import metadata

book = Table(
    "book",
    metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of the file"),
    Column("case_id", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("fund", Text, nullable=False),
    Column("fund_given", BigInteger, nullable=False, comment="fen given to the fund for this book"),
    Column("last_date", Date, nullable=False, comment="business date when all is boarded"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("finished_at", DateTime(timezone=True)),
)

book_line = Table(
    "book_line",
    metadata,
    Column("loan_id", Text, primary_key=True, comment="one line a loan, whatever file it came in"),
    Column("book", Text, nullable=False),
    Column("line", Integer, nullable=False, comment="line of the file, the header is 1"),
    Column("digest", Text, nullable=False, comment="of what the line says"),
    Column("life", JSONB, nullable=False),
    Column("standing", JSONB, nullable=False, comment="book and fund just before its acceptance"),
    Column("pay_order", Integer, comment="place of its claim in the fund's queue; null: no claim"),
    Column("state", Text, nullable=False, server_default=text("'WAITING'")),
    Column("waived", JSONB, comment="codes of the guards waived"),
    Column("error", Text, comment="why it could not be boarded"),
    CheckConstraint("state IN ('WAITING','CLAIMING','BOARDED','FAILED')", name="state"),
    Index("ix_book_line_waiting", "line", postgresql_where=text("state = 'WAITING'")),
    Index("ix_book_line_claiming", "pay_order", postgresql_where=text("state = 'CLAIMING'")),
    Index("ix_book_line_book", "book"),
)
