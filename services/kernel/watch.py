"""Waiting for a platform that works elsewhere: over a server's restart, not for one that is gone.

A command that waits asks through a Watch. While PostgreSQL is away it asks again; after SILENCE
seconds without PostgreSQL or without a living worker it says so and ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from services.kernel import db, heartbeat
from services.kernel.problems import Problem

T = TypeVar("T")

SILENCE = 8.0
"""Seconds without a sign of the platform after which it counts as gone."""
RECOVERY = 60.0
"""The same while its supervisor lives: PostgreSQL may be replaying what a crash left."""
_ASK = 2.0  # seconds between two looks at the workers
PAUSE = 0.2

_supervised: list[Callable[[], bool]] = []


@contextmanager
def supervised(alive: Callable[[], bool]) -> Iterator[None]:
    """Inside, `alive` says whether somebody starts again what dies."""
    _supervised.append(alive)
    try:
        yield
    finally:
        _supervised.pop()


class Watch:
    """Asks, and notices when nobody is there any more."""

    def __init__(self) -> None:
        self.answered = self.worked = time.monotonic()
        self.asked = float("-inf")

    def ask(self, what: Callable[[], T]) -> T | None:
        """Its answer, None while PostgreSQL is away. Raises Problem when the platform is gone."""
        try:
            answer = what()
            self._workers()
        except DBAPIError as error:
            if not db.passing(error):
                raise
            self._away()
            return None
        self.answered = time.monotonic()
        return answer

    def done(self, what: Callable[[], T]) -> T:
        """Ask until it is answered; `what` may be done twice. Raises Problem as `ask` does."""
        while True:
            answer = self.ask(lambda: (what(),))
            if answer is not None:
                return answer[0]
            time.sleep(PAUSE)

    def progress(self) -> None:
        """Something has happened: somebody works."""
        self.worked = time.monotonic()

    def _away(self) -> None:
        alive = [one() for one in _supervised]
        silent = time.monotonic() - self.answered
        if (alive and not alive[-1]) or silent > (RECOVERY if alive else SILENCE):
            raise Problem("platform.gone")
        self.worked = time.monotonic()

    def _workers(self) -> None:
        now = time.monotonic()
        if now - self.asked < _ASK:
            return
        self.asked = now
        if any(one.kind == "worker" and one.age < SILENCE for one in heartbeat.beats()):
            self.worked = now
        elif now - self.worked > SILENCE:
            raise Problem("platform.no_worker")
