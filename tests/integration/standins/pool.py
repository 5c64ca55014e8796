"""A Celery application that has nothing to do; its pool processes hang on their parent."""

from __future__ import annotations

import signal

from celery import Celery
from celery.signals import worker_process_init

from services.embedded.tether import hold
from services.kernel.settings import settings

path = settings().redis_url.removeprefix("unix://").partition("?")[0]
app = Celery("pool", broker=f"redis+socket://{path}")
app.conf.worker_enable_remote_control = False
app.conf.broker_connection_retry_on_startup = True


def tie(**_: object) -> None:
    hold(signal.SIGKILL)


worker_process_init.connect(tie, weak=False)
