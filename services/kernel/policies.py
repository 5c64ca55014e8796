"""Which policy governs a command: that of the rows it concerns, else the case's pack of today.

A pack a row refers to is kept in the world, flattened, so a later edit of its case, of a layer or
of a source changes no older loan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from policies.reading.loader import Pack, load, of_text
from policies.reading.pack import Policy, UnknownCase
from policies.reading.variants import is_joint, joint_pack

_KEEP = text(
    "INSERT INTO policy_pack (case_id, fingerprint, content)"
    " VALUES (:case_id, :fingerprint, :content) ON CONFLICT DO NOTHING"
)
_MISSING = text(
    "SELECT * FROM unnest(CAST(:cases AS text[]), CAST(:fingerprints AS text[]))"
    " AS v(case_id, fingerprint) WHERE NOT EXISTS (SELECT 1 FROM policy_pack p"
    " WHERE p.case_id = v.case_id AND p.fingerprint = v.fingerprint)"
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
    return on_day(case, _today(case).fingerprint, today)


def resolve(connection: Connection, ref: str) -> Policy:
    """The policy a ref such as `jiangsu@1a2b3c4d5e6f:2025-08-14` names.

    Raises UnknownCase, UnknownVariant.
    """
    ident, fingerprint, day = _parts(ref)
    if _today(ident).fingerprint != fingerprint:
        _older(connection, _case(ident), fingerprint)
    return on_day(ident, fingerprint, day)


@lru_cache(maxsize=4096)
def on_day(ident: str, fingerprint: str, day: date) -> Policy:
    """A known pack, or a variant of it, at one date; cached, for a batch asks the same again.

    A combination of two cases is a pack of its own. Raises UnknownCase, UnknownVariant.
    """
    variant, pack = ident.partition(":")[2], _pack(ident, fingerprint)
    return replace(pack.on(day), variant=variant) if is_joint(ident) else pack.on(day, variant)


def _today(ident: str) -> Pack:
    """The pack of a case, or of two combined, as their files stand."""
    return joint_pack(ident) if is_joint(ident) else load(_case(ident))


def _case(ident: str) -> str:
    return ident.partition(":")[0]


_KNOWN: dict[tuple[str, str], Pack] = {}  # older packs by their fingerprint, which is their content


def _pack(ident: str, fingerprint: str) -> Pack:
    return _KNOWN.get((_case(ident), fingerprint)) or _today(ident)


def _older(connection: Connection, case: str, fingerprint: str) -> None:
    if (case, fingerprint) in _KNOWN:
        return
    found = {"case_id": case, "fingerprint": fingerprint}
    content = connection.execute(_FIND, found).scalar_one_or_none()
    if content is None:
        raise UnknownCase(f"{case}@{fingerprint} is neither on file nor kept in this world")
    _KNOWN[(case, fingerprint)] = of_text(content)


def keep(connection: Connection, refs: Iterable[str]) -> None:
    """Keep the packs these refs name in the world.

    Asked of the world each time, once a batch: what this process remembers may have been rolled
    back, or the world dropped and made anew.
    """
    named = {(_case(ident), mark): ident for ident, mark, _ in map(_parts, refs)}
    asked = {"cases": [case for case, _ in named], "fingerprints": [mark for _, mark in named]}
    for case, fingerprint in connection.execute(_MISSING, asked).all():
        content = _pack(named[(case, fingerprint)], fingerprint).text
        values = {"case_id": case, "fingerprint": fingerprint, "content": content}
        connection.execute(_KEEP, values)


@lru_cache(maxsize=8192)
def _parts(ref: str) -> tuple[str, str, date]:
    ident, _, rest = ref.partition("@")
    fingerprint, _, day = rest.partition(":")
    return ident, fingerprint, date.fromisoformat(day)
