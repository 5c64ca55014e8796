"""The platform's own processes: workers, beat and the web app."""

from __future__ import annotations

import sys
from collections.abc import Callable

from services.embedded.supervise import Program
from services.kernel.settings import Settings

Programs = Callable[[Settings, int], tuple[Program, ...]]
"""From the settings and the web app's port to what shall run; ranks above 20, stopped first."""

# Longer than Celery's soft shutdown of 25 s.
_WORKER_GRACE_SECONDS = 40


def application(settings: Settings, port: int) -> tuple[Program, ...]:
    """Workers, beat and web, stopped in the order web, beat, workers."""
    celery = ("celery", "-A", "services.worker")
    return (
        Program(
            "worker",
            _python(
                *celery, "worker", "--without-gossip", "--without-mingle",
                "--concurrency", str(settings.workers), "-l", "warning",
            ),
            rank=30,
            grace_seconds=_WORKER_GRACE_SECONDS,
            environment={"REMAP_SIGTERM": "SIGQUIT"},
        ),
        Program(
            "beat",
            _python(*celery, "beat", "-s", str(settings.data / "beat-schedule"), "-l", "warning"),
            rank=40,
        ),
        Program(
            "web",
            _python(
                "uvicorn", "services.web.app:app", "--host", settings.host, "--port", str(port),
                "--timeout-graceful-shutdown", "5", "--log-level", "warning",
                *(("--workers", str(settings.web_processes)) if settings.web_processes > 1 else ()),
            ),
            rank=50,
        ),
    )  # fmt: skip


def servers_only(settings: Settings, port: int) -> tuple[Program, ...]:
    """PostgreSQL and Redis and nothing of ours: what most tests need."""
    return ()


def _python(*words: str) -> tuple[str, ...]:
    # -P keeps the working folder off the path: it is the log folder.
    return (sys.executable, "-P", "-m", *words)
