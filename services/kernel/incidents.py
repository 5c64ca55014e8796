"""Note a refused pair although the act came to nothing: its own transaction, its own event."""

from __future__ import annotations

from sqlalchemy import Connection, text

from services.kernel.registry import Registry
from services.kernel.unit import Envelope, Unit
from workflows.lifecycle.refusals import PairRefused
from workflows.lifecycle.roles import PLATFORM

_TODAY = text("SELECT business_date FROM clock")


def note(connection: Connection, registry: Registry, refused: PairRefused) -> None:
    """Record the event that auditors read, in a transaction of the caller's."""
    if registry.noted is None:
        return
    today = connection.execute(_TODAY).scalar_one()
    unit = Unit(connection, registry)
    unit.run([Envelope(registry.noted(connection, refused), PLATFORM, today)])
    unit.flush()
