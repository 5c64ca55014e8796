"""Real Celery workers: rung, or found by the sweeper, they do what is due in a world until rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.kernel import clock, doorbell
from services.kernel.settings import settings
from tests.toy import processes
from tests.toy.processes import until
from tests.toy.stage import Stage


@pytest.fixture(scope="module")
def workers(servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One worker for the tests of this module; yields its log folder."""
    folder = tmp_path_factory.mktemp("worker")
    with processes.worker(folder / "worker.log"):
        yield folder


def _handled(stage: Stage) -> bool:
    return bool(stage.one("SELECT count(*) = 0 FROM delivery WHERE handled_at IS NULL"))


def test_a_rung_worker_delivers_and_brings_the_world_to_its_target(
    stage: Stage, workers: Path
) -> None:
    stage.signed("N1")
    stage.draw("N1", "10.00")
    clock.advance_to(stage.engine, date(2025, 4, 12))

    assert doorbell.ring(stage.world.name)
    until(lambda: clock.today(stage.engine) == date(2025, 4, 12))
    until(lambda: not stage.one("SELECT opening FROM clock"))

    assert stage.record("tally", "T").draws == 1
    assert stage.events("note/N1")[-2:] == ["Note.FellDue", "Note.Reminded"]


def test_a_world_that_is_gone_is_no_trouble(stage: Stage, workers: Path) -> None:
    stage.signed("N1")
    stage.draw("N1", "10.00")

    assert doorbell.ring("gone", times=3)
    assert doorbell.ring(stage.world.name)
    until(lambda: _handled(stage))

    assert stage.record("tally", "T").draws == 1


def test_the_sweeper_finds_what_nobody_rang_for(stage: Stage, workers: Path) -> None:
    stage.signed("N1")
    stage.draw("N1", "10.00")

    with processes.beat(workers):
        until(lambda: _handled(stage))

    assert stage.record("tally", "T").draws == 1


def test_two_bells_at_once_do_no_harm(stage: Stage, workers: Path) -> None:
    for number in range(10):
        stage.signed(f"N{number}")
        stage.draw(f"N{number}", "10.00")

    assert doorbell.ring(stage.world.name, times=6)
    until(lambda: _handled(stage))

    assert stage.record("tally", "T").draws == 10


def test_without_redis_nobody_is_told_and_nobody_waits(
    servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "redis_url", "redis://127.0.0.1:1/0")
    doorbell._redis.cache_clear()
    try:
        assert not doorbell.ring("main")
    finally:
        doorbell._redis.cache_clear()
