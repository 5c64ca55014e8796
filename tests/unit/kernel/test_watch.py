"""A command waits for a server that is started again, and says when its platform is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.exc import OperationalError

from services.kernel import heartbeat, watch
from services.kernel.heartbeat import Beat
from services.kernel.problems import Problem
from services.kernel.watch import Watch


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(watch, "time", made)
    return made


@pytest.fixture(autouse=True)
def beats(monkeypatch: pytest.MonkeyPatch) -> list[Beat]:
    """The signs of life there are: one of a worker."""
    found = [Beat("worker", "host", 1, 1.0)]
    monkeypatch.setattr(heartbeat, "beats", lambda: found)
    return found


def away() -> str:
    raise OperationalError(None, None, RuntimeError("connection refused"))


def after(clock: Clock, seconds: float) -> Callable[[], str]:
    """PostgreSQL answers from that second on."""
    return lambda: "here" if clock.now >= seconds else away()


def test_it_goes_on_over_a_restart(clock: Clock) -> None:
    assert Watch().done(after(clock, watch.SILENCE - 1)) == "here"


def test_who_is_away_for_longer_is_gone_within_ten_seconds(clock: Clock) -> None:
    with pytest.raises(Problem, match="PostgreSQL"):
        Watch().done(away)

    assert watch.SILENCE < clock.now <= 10


def test_while_its_supervisor_lives_it_may_recover_for_longer(clock: Clock) -> None:
    with watch.supervised(lambda: True):
        assert Watch().done(after(clock, 30)) == "here"


def test_without_its_supervisor_nobody_starts_it_again(clock: Clock) -> None:
    with watch.supervised(lambda: False), pytest.raises(Problem):
        Watch().done(away)

    assert clock.now == 0


def test_without_a_worker_nothing_is_waited_for(clock: Clock, beats: list[Beat]) -> None:
    beats[:] = [Beat("worker", "host", 1, 20.0), Beat("beat", "host", 2, 0.1)]
    with pytest.raises(Problem, match=r"worker|工作进程"):
        _asked_until_it_is_over(clock, Watch())

    assert watch.SILENCE < clock.now <= 10


def test_a_worker_that_comes_again_in_time_is_enough(clock: Clock, beats: list[Beat]) -> None:
    beats.clear()
    seen = Watch()
    for now in _ticks(clock, until=30):
        if now > 6:
            beats[:] = [Beat("worker", "host", 1, 0.5)]
        assert seen.ask(lambda: "here") == "here"


def test_an_error_that_is_no_absence_is_raised() -> None:
    class Wrong(Exception):
        sqlstate = "42P01"

    def wrong() -> str:
        raise OperationalError(None, None, Wrong())

    with pytest.raises(OperationalError):
        Watch().ask(wrong)


def _asked_until_it_is_over(clock: Clock, seen: Watch) -> None:
    for _ in _ticks(clock):
        seen.ask(lambda: "here")


def _ticks(clock: Clock, *, until: float = 60) -> Iterator[float]:
    while clock.now < until:
        yield clock.now
        clock.sleep(0.5)
