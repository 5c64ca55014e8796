"""Celery as it was measured to be quick, made safe by the sweeper: messages carry no work."""

from __future__ import annotations

from celery import Celery
from sqlalchemy import make_url

from services.kernel import heartbeat
from services.kernel.settings import Settings

LOOK = "zhidai.look"
SWEEP = "zhidai.sweep"


def celery_app(settings: Settings) -> Celery:
    """The Celery application of this deployment. No result backend, no remote control."""
    app = Celery("zhidai", broker=_broker(settings.redis_url))
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_time_limit=600,
        task_default_queue=f"zhidai-{_control(settings.database_url)}",
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=1000,
        worker_enable_remote_control=False,
        worker_soft_shutdown_timeout=25,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": 3600,
            "unacked_restore_throttle": 1,
            "health_check_interval": 25,
            "socket_timeout": 30,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
        },
        beat_schedule={SWEEP: {"task": SWEEP, "schedule": settings.sweep_seconds}},
        beat_max_loop_interval=min(settings.sweep_seconds, heartbeat.SECONDS),
        beat_scheduler="services.kernel.ticking:Ticking",
    )
    return app


def _control(url: str) -> str:
    """Name of the control database: two platforms on one Redis must not answer for each other."""
    return (make_url(url).database if url else None) or "none"


def _broker(url: str) -> str:
    """kombu's spelling of a unix socket URL."""
    if url.startswith("unix://"):
        return "redis+socket://" + url.removeprefix("unix://").replace("?db=", "?virtual_host=")
    return url or "redis://localhost:6379/0"
