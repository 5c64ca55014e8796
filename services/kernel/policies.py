"""Which policy governs a command: that of the rows it concerns, else the case's pack of today.

A pack a row refers to is kept in the world, so a later edit of the file changes no older loan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from policies.loader import Pack, load, of_text
from policies.pack import Policy, UnknownCase

_KEEP = text(
    "INSERT INTO policy_pack (case_id, fingerprint, content)"
    " VALUES (:case_id, :fingerprint, :content) ON CONFLICT DO NOTHING"
)
_FIND = text(
    "SELECT content FROM policy_pack WHERE case_id = :case_id AND fingerprint = :fingerprint"
)


def governing(
    connection: Connection, holders: Sequence[Any], *, case: str | None, today: date
) -> Policy:
    """The policy of the first holder (command, row, rows read) that names one, else of `case`.

    Raises UnknownCase when nothing names a case.
    """
    for holder in holders:
        ref: str | None = getattr(holder, "policy", None)
        if ref:
            return resolve(connection, ref)
    if case is None:
        raise UnknownCase("neither the command nor a row it concerns names a case")
    return on_day(case, load(case).fingerprint, today)


def resolve(connection: Connection, ref: str) -> Policy:
    """The policy a ref such as `jiangsu@1a2b3c4d5e6f:2025-08-14` names. Raises UnknownCase."""
    case, fingerprint = _parts(ref)
    day = ref.rpartition(":")[2]
    if load(case).fingerprint != fingerprint:
        _older(connection, case, fingerprint)
    return on_day(case, fingerprint, date.fromisoformat(day))


@lru_cache(maxsize=4096)
def on_day(case: str, fingerprint: str, day: date) -> Policy:
    """A known pack at one date; cached, for a batch asks the same again and again."""
    return _KNOWN.get((case, fingerprint), load(case)).on(day)


_KNOWN: dict[tuple[str, str], Pack] = {}


def _older(connection: Connection, case: str, fingerprint: str) -> None:
    if (case, fingerprint) in _KNOWN:
        return
    found = {"case_id": case, "fingerprint": fingerprint}
    content = connection.execute(_FIND, found).scalar_one_or_none()
    if content is None:
        raise UnknownCase(f"{case}@{fingerprint} is neither on file nor kept in this world")
    _KNOWN[(case, fingerprint)] = of_text(content)


def keep(connection: Connection, refs: Iterable[str]) -> None:
    """Keep the packs these refs name in the world, once a process and database."""
    database = connection.engine.url.database or ""
    for case, fingerprint in {_parts(ref) for ref in refs}:
        if (database, case, fingerprint) in _KEPT:
            continue
        pack = _KNOWN.get((case, fingerprint), load(case))
        values = {"case_id": case, "fingerprint": fingerprint, "content": pack.text}
        connection.execute(_KEEP, values)
        _KEPT.add((database, case, fingerprint))


_KEPT: set[tuple[str, str, str]] = set()


def _parts(ref: str) -> tuple[str, str]:
    case, _, rest = ref.partition("@")
    return case, rest.partition(":")[0]
