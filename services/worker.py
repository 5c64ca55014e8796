"""The Celery application that workers and beat load: `celery -A services.worker`."""

from __future__ import annotations

import signal
from typing import Any

import structlog
from celery import bootsteps
from celery.signals import setup_logging, worker_process_init, worker_ready
from sqlalchemy.exc import DBAPIError

from services.embedded.tether import hold
from services.kernel import db, doorbell, heartbeat, logs, tally, work, worlds
from services.kernel.celery_app import LOOK, SWEEP, celery_app
from services.kernel.settings import settings
from services.kernel.ticking import safely
from services.wiring import JOBS, registry

app = celery_app(settings())
log = structlog.get_logger("zhidai.worker")


@app.task(name=LOOK)
def look(world: str) -> None:
    """Do what is due in a world."""
    with logs.bound(world=world):
        try:
            found = worlds.find(world)
        except worlds.UnknownWorld:
            return  # dropped since the bell was rung
        try:
            while not work.look(found.engine, registry(), JOBS):
                if doorbell.ring(world):
                    return  # to the end of the queue: other worlds have their turn
        finally:
            _tell_counts()


@app.task(name=SWEEP)
def sweep() -> None:
    """Ring for every world in which something is due that nobody may have been told of."""
    for world in worlds.listing():
        try:
            if work.waiting(world.engine, JOBS):
                doorbell.ring(world.name)
        except DBAPIError as error:
            log.warning("a world could not be asked", world=world.name, error=repr(error))


def _tell_counts() -> None:
    try:
        tally.flush()
    except DBAPIError as error:
        log.warning("counts are kept for the next time", error=type(error).__name__)


class SignOfLife(bootsteps.StartStopStep):
    """Beats from the worker's event loop, not from a thread: a worker that hangs falls silent.

    The loop stands still while Redis is away, and so does the beat: that worker does no work.
    """

    requires = {"celery.worker.components:Timer"}  # noqa: RUF012  # celery reads it from the class

    def start(self, worker: Any) -> None:
        """Called when the worker is up."""
        safely(heartbeat.beat, "worker")
        worker.timer.call_repeatedly(heartbeat.SECONDS, safely, (heartbeat.beat, "worker"))

    def stop(self, worker: Any) -> None:
        """Called when the worker ends in order."""
        safely(heartbeat.stop, "worker")


app.steps["worker"].add(SignOfLife)


@setup_logging.connect
def _logs(**_: object) -> None:
    logs.configure()  # with a receiver here Celery leaves the loggers alone


@worker_process_init.connect
def _fresh_connections(**_: object) -> None:
    db.after_fork()  # sockets do not survive a fork
    hold(signal.SIGKILL)  # a pool process must not outlive a killed worker


@worker_ready.connect
def _look_around(**_: object) -> None:
    app.send_task(SWEEP, retry=False)
