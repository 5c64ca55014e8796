"""Fold a stream's events into the record they describe: a row is nothing but its history.

Evolves as every step does, so that a row can be rebuilt, explained, and checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.kernel.registry import Noun, Registry
from workflows.lifecycle.step import evolved


def fold(registry: Registry, noun: Noun, ident: str, rows: Iterable[Any]) -> Any:
    """The record after these event rows (type, schema_version, to_state, payload), oldest first.

    None for no rows. Raises KeyError for an unknown event, UnknownVersion.
    """
    record: Any = None
    for row in rows:
        event = registry.event_of(row)
        record = evolved(noun.lifecycle, ident, record, event=event, state=row.to_state)
    return record
