"""Celery beat that writes its sign of life from its own loop: a loop that hangs falls silent."""

from __future__ import annotations

import time
from typing import Any

import structlog
from celery.beat import PersistentScheduler

from services.kernel import heartbeat

log = structlog.get_logger("zhidai.beat")


class Ticking(PersistentScheduler):  # type: ignore[misc]  # celery has no types
    """The scheduler of celery_app.py. Two at once do no harm: their messages only say "look"."""

    _last_beat = float("-inf")

    def tick(self, *arguments: Any, **named: Any) -> Any:  # the framework's own signature
        """Beat at most every heartbeat.SECONDS, then do what beat does."""
        now = time.monotonic()
        if now - self._last_beat >= heartbeat.SECONDS:
            self._last_beat = now
            safely(heartbeat.beat)
        return super().tick(*arguments, **named)

    def close(self) -> None:
        """An orderly end."""
        safely(heartbeat.stop)
        super().close()


def safely(act: Any, kind: str = "beat") -> None:
    """Write a sign of life, or say that it could not be written: the loop itself goes on."""
    try:
        act(kind)
    except Exception as error:
        log.warning("the sign of life could not be written", kind=kind, error=type(error).__name__)
