"""Ring the workers for a world. Best effort: if Redis is away the sweeper will find the work."""

from __future__ import annotations

from functools import lru_cache

import structlog
from celery import Celery

from services.kernel.celery_app import LOOK, celery_app
from services.kernel.settings import settings

log = structlog.get_logger("zhidai.doorbell")


@lru_cache(maxsize=1)
def _app() -> Celery:
    return celery_app(settings())


def ring(world: str, times: int = 1) -> None:
    """Tell `times` workers to look at a world. Never raises: the request must not fail for it."""
    try:
        for _ in range(times):
            _app().send_task(LOOK, args=[world], retry=False, expires=3600)
    except Exception as error:
        log.warning("the doorbell is out of order; the sweeper will come", error=repr(error))
