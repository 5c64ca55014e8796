"""The Celery application of the toy: `celery -A tests.toy.worker`. Only the wiring is another."""

from __future__ import annotations

from services import wiring
from services.kernel import work
from tests.toy.wiring import registry

wiring.registry = registry  # type: ignore[assignment]  # before the worker imports it
wiring.JOBS = work.JOBS

from services.worker import app  # noqa: E402

__all__ = ["app"]
