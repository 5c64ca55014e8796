"""Sessions of browsers: a random cookie, kept hashed, with the seats its holder has taken.

One session may hold several seats, so that two tabs show two persons; which one a page is for
stands in its address (`seat`). A session ends when it is idle for IDLE_HOURS.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import Column, DateTime, Table, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB

from services.kernel import codec, db, users, worlds
from workflows.lifecycle.roles import Actor

console_session = Table(
    "console_session",
    worlds.metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of the cookie; never the cookie"),
    Column("seats", JSONB, nullable=False, comment="names of users, last taken last"),
    Column("csrf", Text, nullable=False, comment="token every form carries"),
    Column(
        "used_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="ends when idle for too long",
    ),
)

COOKIE = "zhidai_session"
IDLE_HOURS = 12
TOKEN_BYTES = 32
MOST_SEATS = 40

_LIVE = f"used_at > now() - interval '{IDLE_HOURS} hours'"
_FIND = text(f"SELECT digest, seats, csrf FROM console_session WHERE digest = :digest AND {_LIVE}")
_PUT = text(
    "INSERT INTO console_session (digest, seats, csrf)"
    " VALUES (:digest, CAST(:seats AS jsonb), :csrf)"
)
_SEAT = text(
    "UPDATE console_session SET seats = CAST(:seats AS jsonb), used_at = now()"
    " WHERE digest = :digest"
)
_TOUCH = text(
    "UPDATE console_session SET used_at = now()"
    " WHERE digest = :digest AND used_at < now() - interval '1 minute'"
)
_END = text("DELETE FROM console_session WHERE digest = :digest")
_SWEEP = text(f"DELETE FROM console_session WHERE NOT ({_LIVE})")


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has signed in. seats: the persons it may act as, last taken last."""

    digest: str
    csrf: str
    seats: tuple[Actor, ...]

    def seat(self, name: str) -> Actor | None:
        """The seat of that name, or the one last taken for no name; None for one not taken."""
        if not name:
            return self.seats[-1] if self.seats else None
        return next((seat for seat in self.seats if seat.user == name), None)

    def knows(self, token: str) -> bool:
        """Whether a form's token is this session's."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


def find(cookie: str) -> Session | None:
    """The session of a cookie; None where it has ended or was never ours."""
    if not cookie:
        return None
    with db.engine().begin() as connection:
        row = connection.execute(_FIND, {"digest": _digest(cookie)}).one_or_none()
        if row is None:
            return None
        connection.execute(_TOUCH, {"digest": row.digest})
    known = users.named(row.seats)
    return Session(row.digest, row.csrf, tuple(known[name] for name in row.seats if name in known))


def take(cookie: str, actor: Actor) -> str:
    """Sit down as that person; returns the cookie to keep, a new one where there was none."""
    with db.engine().begin() as connection:
        row = connection.execute(_FIND, {"digest": _digest(cookie)}).one_or_none()
        if row is not None:
            seats = [name for name in row.seats if name != actor.user]
            kept = [*seats, actor.user][-MOST_SEATS:]
            connection.execute(_SEAT, {"digest": row.digest, "seats": codec.encode(kept)})
            return cookie
        connection.execute(_SWEEP)
        made, token = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        seats_of = codec.encode([actor.user])
        values = {"digest": _digest(made), "seats": seats_of, "csrf": token}
        connection.execute(_PUT, values)
        return made


def end(cookie: str) -> None:
    """Forget the session with all its seats."""
    with db.engine().begin() as connection:
        connection.execute(_END, {"digest": _digest(cookie)})


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
