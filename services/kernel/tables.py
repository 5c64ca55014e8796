"""Tables of the kernel in every world, and what each noun's table has in common.

Rows of `event`, `posting` and `day_seal` are append-only; triggers and the application's rights see
to it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def aggregate_columns() -> tuple[Column[Any], ...]:
    """The columns every noun's table begins with; `version` and `chain` belong to the kernel."""
    return (
        Column("id", Text, primary_key=True, comment="business key; the stream is <noun>/<id>"),
        Column("state", Text, nullable=False, comment="name of the lifecycle's state"),
        Column("version", Integer, nullable=False, comment="sequence of the stream's last event"),
        Column("chain", LargeBinary, nullable=False, comment="SHA-256 of the stream's last event"),
    )


def _now() -> Any:
    return func.clock_timestamp()


event = Table(
    "event",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("stream", Text, nullable=False, comment="<noun>/<id>"),
    Column("seq", Integer, nullable=False, comment="1, 2, 3 .. within the stream"),
    Column("type", Text, nullable=False, comment="dotted name, Loan.Disbursed"),
    Column("schema_version", SmallInteger, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("trigger", Text, nullable=False, comment="the lifecycle's trigger that caused it"),
    Column("from_state", Text, nullable=False),
    Column("to_state", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("checkers", JSONB, nullable=False, comment="who confirmed, in order: user, role, .."),
    Column("command_id", Text, nullable=False, comment="one for all events of one command"),
    Column("cause", Text, comment="stream:seq of the event that led to the command"),
    Column("correlation", Text, nullable=False, comment="the outermost command"),
    Column("business_date", Date, nullable=False),
    Column("policy", Text, comment="Policy.ref: case@fingerprint:date"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_now()),
    Column("hash", LargeBinary, nullable=False, comment="SHA-256 over content and previous hash"),
    UniqueConstraint("stream", "seq"),
    Index("ix_event_type_business_date", "type", "business_date"),
)

posting = Table(
    "posting",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("stream", Text, nullable=False, comment="journal entry = the event (stream, seq)"),
    Column("seq", Integer, nullable=False),
    Column("owner", Text, nullable=False, comment="whose book: bank:<id>, fund:<id> .."),
    Column("account", Text, nullable=False),
    Column("fen", BigInteger, nullable=False, comment="debit positive, credit negative"),
    Column("currency", Text, nullable=False),
    Column("business_date", Date, nullable=False),
    Index("ix_posting_stream_seq", "stream", "seq"),
)

day_seal = Table(
    "day_seal",
    metadata,
    Column("day", Date, primary_key=True, comment="the day that was left"),
    Column("upto", BigInteger, nullable=False, comment="position of the last event in it"),
    Column(
        "head",
        LargeBinary,
        nullable=False,
        comment="SHA-256 over the events since the seal before, and that seal",
    ),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("stream", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("reaction", Text, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("due_at", DateTime(timezone=True), nullable=False, server_default=_now()),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now()),
    Column("handled_at", DateTime(timezone=True)),
    Column("parked", Boolean, nullable=False, server_default=text("false")),
    Column("error", Text),
    UniqueConstraint("stream", "seq", "reaction"),
    Index("ix_delivery_open", "id", postgresql_where=text("handled_at IS NULL AND NOT parked")),
    Index("ix_delivery_failed", "stream", postgresql_where=text("attempts > 0")),
    Index("ix_delivery_parked", "stream", postgresql_where=text("parked")),
)

timer = Table(
    "timer",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("due_on", Date, comment="when it fires; NULL: a missed duty that is still owed"),
    Column("command", Text, nullable=False, comment="class name of the command given when due"),
    Column("payload", JSONB, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("parked", Boolean, nullable=False, server_default=text("false")),
    Column("error", Text),
    Column("nature", Text, comment="LAPSE or DUTY; NULL: a date on which something happens"),
    Column("since", Date, comment="the day the deadline began"),
    Column("last_day", Date, comment="the last day of the deadline"),
    Column("roles", Text, comment="codes of who acts until then, joined by commas"),
    Column("organisation", Text, comment="whose; empty where they serve the whole programme"),
    Column("rule", Text, comment="the parameter or clause that says how long"),
    Index("ix_timer_due_on", "due_on"),
    Index("ix_timer_parked", "stream", postgresql_where=text("parked")),
    Index("ix_timer_deadline", "nature", "last_day", postgresql_where=text("nature IS NOT NULL")),
    Index(
        "ix_timer_owed",
        "nature",
        "organisation",
        "last_day",
        postgresql_where=text("nature IS NOT NULL"),
    ),
)

act = Table(
    "act",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("script", Text, nullable=False, comment="what the act belongs to: a story, a lesson"),
    Column("ordinal", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("command", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("actor", JSONB, nullable=False),
    Column("checkers", JSONB, nullable=False, comment="who confirms, in order"),
    Column("state", Text, nullable=False, server_default=text("'WAITING'")),
    Column("reasons", JSONB, comment="why it was refused"),
    Column(
        "refused",
        JSONB,
        nullable=False,
        server_default=text("'[]'::jsonb"),
        comment="codes, one of which must be the reason; empty: the act is to be done",
    ),
    Column("first", Text, comment="stream:seq of its first event"),
    CheckConstraint("state IN ('WAITING','DONE','REFUSED','FORBIDDEN','FAILED')", name="state"),
    UniqueConstraint("script", "ordinal"),
    Index("ix_act_waiting", "due_on", "id", postgresql_where=text("state = 'WAITING'")),
    Index("ix_act_failed", "script", postgresql_where=text("state = 'FAILED'")),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stream", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("digest", Text, nullable=False, comment="SHA-256 of what is proposed; confirm cites it"),
    Column("maker", JSONB, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column(
        "confirmations",
        JSONB,
        nullable=False,
        server_default=text("'[]'::jsonb"),
        comment="who confirmed so far, in order",
    ),
    Column("state", Text, nullable=False, server_default=text("'PENDING'")),
    Column("decided_by", JSONB),
    Column("decided_on", Date),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_now()),
    CheckConstraint("state IN ('PENDING','CONFIRMED','DECLINED')", name="state"),
    Index("ix_proposal_pending", "stream", postgresql_where=text("state = 'PENDING'")),
)

receipt = Table(
    "receipt",
    metadata,
    Column("key", Text, primary_key=True, comment="the caller's idempotency key"),
    Column("input_hash", LargeBinary, nullable=False),
    Column("outcome", JSONB, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_now()),
)

clock = Table(
    "clock",
    metadata,
    Column("id", SmallInteger, primary_key=True, server_default=text("1")),
    Column("business_date", Date, nullable=False),
    Column("target_date", Date, nullable=False, comment="where an advance is going; else today"),
    Column("opening", Boolean, nullable=False, server_default=text("false")),
    Column("arrived_at", DateTime(timezone=True), comment="when the world came to this day"),
    Column("opened_at", DateTime(timezone=True), comment="when the day's timers had all fired"),
    CheckConstraint("id = 1", name="single"),
    CheckConstraint("target_date >= business_date", name="forward"),
)

policy_pack = Table(
    "policy_pack",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("content", Text, nullable=False, comment="the case file as it stood"),
)
