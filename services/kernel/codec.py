"""Commands and events as canonical JSON and back; the hash that chains a stream's events.

Canonical: keys sorted, no spaces, money as `3360000.00 CNY`, rates as text, dates ISO.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from policies.money import Money

T = TypeVar("T")

_SHA256 = hashlib.sha256()
GENESIS = b""  # the "previous hash" of a stream's first event


def _encode_hook(value: Any) -> Any:
    if isinstance(value, Money):
        return value.wire
    raise NotImplementedError(f"{type(value).__name__} has no wire form")


def _decode_hook(kind: type[Any], value: Any) -> Any:
    if kind is Money:
        return Money.of_wire(value)
    raise NotImplementedError(f"{kind.__name__} has no wire form")


_encoder = msgspec.json.Encoder(enc_hook=_encode_hook, order="sorted")


def encode(value: Any) -> str:
    """Canonical JSON of a command, an event or plain data."""
    return _encoder.encode(value).decode()


def plain(value: Any) -> Any:
    """The same as plain dicts, lists and strings (for templates and JSON answers)."""
    return msgspec.to_builtins(value, enc_hook=_encode_hook, str_keys=True)


@lru_cache(maxsize=512)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_decode_hook)


def decode(kind: type[T], text: str | bytes) -> T:
    """Read `encode`'s output back. Raises msgspec.ValidationError."""
    value: T = _decoder(cast(Hashable, kind)).decode(text)
    return value


def of_plain(kind: type[T], value: Any) -> T:
    """Read plain data (a jsonb column) as a command or event. Raises msgspec.ValidationError."""
    return msgspec.convert(value, kind, dec_hook=_decode_hook)


def digest(value: Any) -> bytes:
    """SHA-256 of the canonical form: of an input, or of what a proposal proposes."""
    return hashlib.sha256(_encoder.encode(value)).digest()


def chain_hash(
    previous: bytes,
    *,
    stream: str,
    seq: int,
    type_: str,
    version: int,
    payload: str,
    step: tuple[str, str, str],
    persons: Sequence[tuple[str, str, str]],
    came_of: tuple[str, str | None, str],
    business_date: date,
    policy: str | None,
    postings: Sequence[tuple[str, str, int, str]],
) -> bytes:
    """Hash of one event over all that it says, what it books, and the hash before it.

    step: trigger and the two states; persons: user, role and organisation of the maker and of each
    who confirmed, in order; came_of: command, cause and correlation; postings: owner, account, fen
    and currency. Neither recorded_at nor position takes part (seals.py has them): the same story
    told again has the same hashes.
    """
    content = _encoder.encode(
        (stream, seq, type_, version, step, persons, came_of, business_date, policy, postings)
    )
    hashed = _SHA256.copy()  # copying costs a fifth of looking the algorithm up each time
    hashed.update(previous + content + payload.encode())
    return hashed.digest()
