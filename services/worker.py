"""The Celery application that workers and beat load: `celery -A services.worker`."""

from __future__ import annotations

import logging
import signal

import structlog
from celery.signals import worker_process_init, worker_ready
from sqlalchemy.exc import DBAPIError

from services.kernel import db, doorbell, work, worlds
from services.kernel.celery_app import LOOK, SWEEP, celery_app
from services.kernel.embedded.tether import hold
from services.kernel.settings import settings
from services.wiring import JOBS, registry

app = celery_app(settings())
log = structlog.get_logger("zhidai.worker")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))


@app.task(name=LOOK)
def look(world: str) -> None:
    """Do what is due in a world."""
    try:
        found = worlds.find(world)
    except worlds.UnknownWorld:
        return  # dropped since the bell was rung
    while not work.look(found.engine, registry(), JOBS):
        if doorbell.ring(world):
            return  # to the end of the queue: other worlds have their turn


@app.task(name=SWEEP)
def sweep() -> None:
    """Ring for every world in which something is due that nobody may have been told of."""
    for world in worlds.listing():
        try:
            if work.waiting(world.engine, JOBS):
                doorbell.ring(world.name)
        except DBAPIError as error:
            log.warning("a world could not be asked", world=world.name, error=repr(error))


@worker_process_init.connect
def _fresh_connections(**_: object) -> None:
    db.after_fork()  # sockets do not survive a fork
    hold(signal.SIGKILL)  # a pool process must not outlive a killed worker


@worker_ready.connect
def _look_around(**_: object) -> None:
    app.send_task(SWEEP, retry=False)
