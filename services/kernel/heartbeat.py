"""Signs of life of workers, beat and web: a row each in the control database, rewritten often.

Says that a process's own loop turns; whether work gets done is the age of the oldest delivery.
Works with Celery's remote control off, across containers and machines.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Column, DateTime, Integer, Table, Text, func, text

from services.kernel import db
from services.kernel.worlds import metadata

SECONDS = 5.0
"""How often a process beats."""
SILENT_AFTER = 30.0
"""Seconds without a beat after which a process counts as dead."""
KINDS = ("worker", "beat", "web")
_FORGET = timedelta(hours=1)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("kind", Text, primary_key=True, comment="worker, beat or web"),
    Column("host", Text, primary_key=True, comment="host name; in a container its id"),
    Column("pid", Integer, primary_key=True),
    Column("beat_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

_BEAT = text(
    "INSERT INTO heartbeat (kind, host, pid, beat_at)"
    " VALUES (:kind, :host, :pid, clock_timestamp())"
    " ON CONFLICT (kind, host, pid) DO UPDATE SET beat_at = excluded.beat_at"
)
_OLD = text("DELETE FROM heartbeat WHERE kind = :kind AND beat_at < clock_timestamp() - :forget")
_GONE = text("DELETE FROM heartbeat WHERE kind = :kind AND host = :host AND pid = :pid")
_ALL = text(
    "SELECT kind, host, pid, extract(epoch FROM clock_timestamp() - beat_at)::float8 AS age"
    " FROM heartbeat ORDER BY kind, beat_at DESC"
)


@dataclass(frozen=True, slots=True)
class Beat:
    """One process and how many seconds ago it last beat."""

    kind: str
    host: str
    pid: int
    age: float

    @property
    def alive(self) -> bool:
        """Whether it beat lately."""
        return self.age <= SILENT_AFTER


def beat(kind: str) -> None:
    """Write this process's sign of life, and forget those an hour old. Raises DBAPIError."""
    with db.engine().begin() as connection:
        connection.execute(_BEAT, _self(kind))
        connection.execute(_OLD, {"kind": kind, "forget": _FORGET})


def stop(kind: str) -> None:
    """An orderly end: this process is no longer expected to beat."""
    with db.engine().begin() as connection:
        connection.execute(_GONE, _self(kind))


def beats() -> list[Beat]:
    """Every process that beat within the hour, by kind, the freshest first."""
    with db.engine().connect() as connection:
        return [Beat(*row) for row in connection.execute(_ALL)]


def alive_here(kind: str) -> bool:
    """Whether a process of that kind on this host (in a container: this very one) beats."""
    here = socket.gethostname()
    return any(one.alive for one in beats() if one.kind == kind and one.host == here)


def _self(kind: str) -> dict[str, str | int]:
    return {"kind": kind, "host": socket.gethostname(), "pid": os.getpid()}
