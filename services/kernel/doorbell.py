"""Ring the workers for a world. Best effort: if Redis is away the sweeper will find the work."""

from __future__ import annotations

from functools import lru_cache

import structlog
from celery import Celery
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from services.kernel.celery_app import LOOK, celery_app
from services.kernel.settings import settings

ANSWERS_WITHIN = 1.0  # seconds; a request must not wait longer for a bell

log = structlog.get_logger("zhidai.doorbell")


def ring(world: str, times: int = 1) -> bool:
    """Tell `times` workers to look at a world; False when nobody can be told. Never raises."""
    try:
        # Asked first: the broker's own connection tries for six seconds before it gives up.
        _redis().ping()
        for _ in range(times):
            _app().send_task(LOOK, args=[world], retry=False, expires=3600)
    except Exception as error:
        log.warning("the doorbell is out of order; the sweeper will come", error=repr(error))
        return False
    return True


@lru_cache(maxsize=1)
def _app() -> Celery:
    return celery_app(settings())


@lru_cache(maxsize=1)
def _redis() -> Redis:
    return Redis.from_url(
        settings().redis_url,
        socket_connect_timeout=ANSWERS_WITHIN,
        socket_timeout=ANSWERS_WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
