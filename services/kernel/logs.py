"""How every process of ours writes logs: one line an event, JSON unless a person watches.

Web, worker, beat and command line call `configure` once. Ids travel in context variables: what
`bound` binds stands in every line below it. No line holds what a person entered.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars

from services.kernel.settings import Settings, settings

# PostgreSQL repeats the offending row in this line of its errors.
_ROW = re.compile(r"(?m)^(DETAIL:).*$")

# fmt: off
QUIET = {
    "alembic":         logging.WARNING,
    "celery":          logging.WARNING,
    "kombu":           logging.WARNING,
    "sqlalchemy":      logging.WARNING,
    "transitions":     logging.WARNING,
    "uvicorn":         logging.WARNING,
    "uvicorn.access":  logging.ERROR,  # requests.py tells of requests, with their ids
}
"""Other people's loggers and from which level on they are heard."""
# fmt: on


def configure(*, level: str = "") -> None:
    """Send our log and everybody else's to stderr, in the one form. May be called again."""
    chosen = settings()
    shared = _shared()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _ToStderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(chosen),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel((level or chosen.log_level).upper())
    for name, least in QUIET.items():
        other = logging.getLogger(name)
        other.handlers, other.propagate = [], True
        other.setLevel(least)


class _ToStderr(logging.Handler):
    """Writes where stderr is at that moment: a test or a daemon may have moved it."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """Put these ids (world=, request_id=) on every line logged inside the block."""
    with bound_contextvars(**ids):
        yield


def _shared() -> list[Any]:
    return [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]


def _rendering(chosen: Settings) -> list[Any]:
    if chosen.log == "text" or (chosen.log == "auto" and sys.stderr.isatty()):
        plain = structlog.dev.plain_traceback
        return [_without_rows, structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    told = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return [structlog.processors.format_exc_info, _without_rows, told]


def _without_rows(_logger: Any, _method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Cut the row out of a database error; what a person entered stays in the database."""
    return {
        key: _ROW.sub(r"\1 (left out)", value) if isinstance(value, str) else value
        for key, value in entry.items()
    }
