"""Workers killed, Redis restarted, backends terminated under load: nothing lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.kernel import clock, commands, db, doorbell
from services.kernel.audit import audit
from services.kernel.settings import settings
from tests.toy import processes
from tests.toy.note_records import DrawNote
from tests.toy.processes import until
from tests.toy.stage import OFFICER, Stage, yuan

pytestmark = pytest.mark.slow

NOTES, TALLIES = 60, 6
SECONDS = 25
TARGET = date(2025, 4, 30)  # notes signed on 2 January fall due and are reminded on the way
SEED = 20250814
_LOG = count(1)


class Platform:
    """A worker and beat that are started again when they were killed, and their Redis."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.folder = folder
        self.stack = stack
        self.redis = stack.enter_context(ExitStack())
        self.restart_redis()
        stack.enter_context(processes.beat(folder))
        self.start_worker()

    def start_worker(self) -> None:
        """One more worker; what was there is dead."""
        log = self.folder / f"worker-{next(_LOG)}.log"
        self.worker = psutil.Process(self.stack.enter_context(processes.worker(log)).pid)

    def keep(self) -> None:
        """What supervisord does: a worker that has ended is started again.

        Celery's own ends, too, when its pool processes are killed while they start.
        """
        if not self.worker.is_running() or self.worker.status() == psutil.STATUS_ZOMBIE:
            self.start_worker()

    def restart_redis(self) -> None:
        """Redis ends with all it knew and begins empty on the same socket."""
        self.redis.close()
        url = self.redis.enter_context(processes.redis_server(self.folder))
        assert url == settings().redis_url

    def kill_a_pool_process(self, chance: random.Random) -> None:
        """SIGKILL to one of the processes that do the work."""
        if children := self.worker.children():
            chance.choice(children).kill()

    def kill_the_worker(self, _chance: random.Random) -> None:
        """SIGKILL to the worker itself; its pool dies with it."""
        self.worker.kill()


@pytest.fixture
def platform(servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Processes on a Redis of their own."""
    url = f"unix://{tmp_path / 'redis.sock'}?db=0"
    monkeypatch.setenv("ZHIDAI_REDIS_URL", url)
    monkeypatch.setattr(settings(), "redis_url", url)
    _forget_the_broker()
    with ExitStack() as stack:
        yield Platform(stack, tmp_path)
    _forget_the_broker()


def _forget_the_broker() -> None:
    doorbell._app.cache_clear()
    doorbell._redis.cache_clear()


def _terminate_backends(stage: Stage) -> None:
    with db.engine("postgres", as_owner=True).connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = :name AND pid <> pg_backend_pid()"
            ),
            {"name": stage.world.database},
        )


def _draws(stage: Stage, number: int) -> bool:
    """One command of a person, who tries again with the same key when the platform stumbles."""
    command = DrawNote(f"N{number % NOTES}", yuan("1.00"))
    for _ in range(5):
        try:
            key = f"draw-{number}"
            commands.execute(stage.engine, stage.registry, command, actor=OFFICER, key=key)
        except DBAPIError:
            continue
        return True
    return False


def test_nothing_is_lost_nor_done_twice_whatever_is_killed(
    stage: Stage, platform: Platform
) -> None:
    chance = random.Random(SEED)
    for number in range(TALLIES):
        stage.open_tally(f"T{number}")
    for number in range(NOTES):
        stage.signed(f"N{number}", "10000.00", f"T{number % TALLIES}")
    blows: tuple[Callable[[], None], ...] = (
        lambda: platform.kill_a_pool_process(chance),
        lambda: platform.kill_a_pool_process(chance),
        lambda: platform.kill_the_worker(chance),
        platform.restart_redis,
        lambda: _terminate_backends(stage),
    )

    drawn, struck, began, next_blow = 0, 0, monotonic(), 1.0
    while (passed := monotonic() - began) < SECONDS:
        drawn += _draws(stage, drawn)
        if drawn % 20 == 0:
            doorbell.ring(stage.world.name, times=2)
        platform.keep()
        if passed > next_blow:
            chance.choice(blows)()
            struck += 1
            next_blow = passed + chance.uniform(0.3, 2.0)
        sleep(0.002)

    _moved_on(stage, platform)
    _nothing_wrong(stage, drawn)
    assert struck > 5
    assert drawn > 100


def _moved_on(stage: Stage, platform: Platform) -> None:
    clock.advance_to(stage.engine, TARGET)

    def at_rest() -> bool:
        platform.keep()
        return bool(stage.one(AT_REST))

    until(at_rest)
    assert clock.today(stage.engine) == TARGET


def _nothing_wrong(stage: Stage, drawn: int) -> None:
    kinds = {row.type: row.n for row in stage.rows(KINDS)}
    assert kinds["Note.Drawn"] == kinds["Tally.Counted"] == drawn
    assert kinds["Note.FellDue"] == NOTES
    assert kinds["Note.Reminded"] == 2 * NOTES
    assert stage.rows(DOUBLED) == []
    assert stage.one("SELECT sum(draws) FROM tally") == drawn
    assert stage.one("SELECT coalesce(sum(fen), 0) FROM posting") == 0
    assert stage.one("SELECT sum(fen) FROM posting WHERE account = 'loans'") == drawn * 100
    assert stage.one("SELECT count(*) FROM delivery WHERE parked OR handled_at IS NULL") == 0
    with stage.engine.connect() as connection:
        assert audit(connection, stage.registry).bad == []


AT_REST = (
    "SELECT business_date = target_date AND NOT opening"
    " AND NOT EXISTS (SELECT 1 FROM delivery WHERE handled_at IS NULL) FROM clock"
)
KINDS = "SELECT type, count(*) AS n FROM event GROUP BY type"
DOUBLED = "SELECT cause FROM event WHERE type = 'Tally.Counted' GROUP BY cause HAVING count(*) <> 1"
