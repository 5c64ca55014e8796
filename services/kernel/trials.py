"""Who may try a password now: hashing one is slow on purpose, so few are hashed at a time.

A name has one trial at a time, names nobody bears have one together, and all the others share what
is left: whoever guesses is refused before anything is hashed and holds nobody else up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

AT_ONCE = 2
PATIENCE = 2.0  # seconds a name waits while other names are tried


class TooManyTrials(Exception):
    """Somebody is trying that name already, or too many are tried: come again in a second."""


_slots = BoundedSemaphore(AT_ONCE)
_unknown = Lock()
_names: set[str] = set()
_guard = Lock()


@contextmanager
def trial(name: str, *, known: bool) -> Iterator[None]:
    """The right to hash one password for that name. Raises TooManyTrials at once or in time."""
    with _guard:
        if name in _names:
            raise TooManyTrials(name)
        _names.add(name)
    try:
        if not known and not _unknown.acquire(blocking=False):
            raise TooManyTrials(name)
        try:
            if not _slots.acquire(timeout=PATIENCE):
                raise TooManyTrials(name)
            try:
                yield
            finally:
                _slots.release()
        finally:
            if not known:
                _unknown.release()
    finally:
        with _guard:
            _names.discard(name)
