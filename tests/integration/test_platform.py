"""The embedded platform: comes up anywhere, ends completely, and recovers from any killing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg
import pytest
from redis import Redis

from services.embedded import accounts, postgres, presence
from services.embedded.platform import AlreadyRunning, Running, running, started
from services.embedded.programs import servers_only
from services.embedded.supervise import Program
from services.kernel.problems import Problem
from services.kernel.settings import ROOT, Settings

DRIVE = Path(__file__).parent / "standins" / "drive.py"
SECONDS = 60
SIGNALS = [
    signal.SIGTERM,
    pytest.param(signal.SIGINT, marks=pytest.mark.slow),
    pytest.param(signal.SIGHUP, marks=pytest.mark.slow),
]
T = TypeVar("T")


@dataclass
class Driven:
    """A platform in a process of its own, and everything below it when it was ready."""

    process: subprocess.Popen[str]
    below: list[psutil.Process]
    note: presence.Note

    def look(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def errors(self) -> str:
        return self.process.communicate()[1]

    def named(self, word: str) -> psutil.Process:
        return next(each for each in self.below if word in _said(each))

    def all_gone(self) -> bool:
        self.process.wait(SECONDS)
        return not psutil.wait_procs(self.below, timeout=SECONDS)[1]


Drive = Callable[[], Driven]


@pytest.fixture
def drive(data_folder: Path) -> Iterator[Drive]:
    """Starts a platform on the data folder as often as it is called; kills what is left."""
    driven: list[Driven] = []

    def start() -> Driven:
        process = _process(data_folder)
        assert process.stdout
        told = process.stdout.readline()
        assert told.startswith("http://"), process.communicate()[1]
        note = presence.read(data_folder)
        assert note
        made = Driven(process, [], note)
        driven.append(made)
        made.below = _until(made.look, _complete)
        return made

    yield start
    for each in driven:
        each.process.terminate()
        each.process.communicate(timeout=SECONDS)
        for process in psutil.wait_procs(each.below, timeout=SECONDS)[1]:
            process.kill()
        shutil.rmtree(each.note.run, ignore_errors=True)


def _process(data: Path) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDAI_")}
    return subprocess.Popen(
        [sys.executable, DRIVE, data],
        env={**clean, "PYTHONPATH": str(ROOT), "ZHIDAI_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _complete(processes: list[psutil.Process]) -> bool:
    """Whether the tree has everything down to the two pool processes of the worker."""
    said = [_said(process) for process in processes]
    once = all(any(word in each for each in said) for word in ("walwriter", "redis", "page.py"))
    return once and sum("celery" in each for each in said) == 3


def _said(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _until(ask: Callable[[], T], holds: Callable[[T], bool]) -> T:
    deadline = time.monotonic() + SECONDS
    while not holds(answer := ask()):
        assert time.monotonic() < deadline, answer
        time.sleep(0.05)
    return answer


def _alone(settings: Settings, *, attach: bool = True) -> AbstractContextManager[Running]:
    return started(
        settings, say=print, attach=attach, programs=servers_only, prepare=lambda _: None
    )


def _below(others: Sequence[psutil.Process] = ()) -> list[psutil.Process]:
    """Processes under this one, but for those of the session's own servers."""
    found = psutil.Process().children(recursive=True)
    return [each for each in found if each not in others]


def test_servers_answer_inside_the_block_and_nothing_is_left_after_it(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHIDAI_DATABASE_URL", raising=False)
    monkeypatch.delenv("ZHIDAI_REDIS_URL", raising=False)
    here = Settings(data=data_folder, port=0)

    before = _below()
    with _alone(here) as platform:
        found = running(here)
        exported = os.environ["ZHIDAI_DATABASE_URL"], os.environ["ZHIDAI_REDIS_URL"]
        with psycopg.connect(platform.database_url) as connection:
            row = connection.execute(
                "select current_database(), session_user::text, current_setting('fsync')"
            )
            database = row.fetchone()
        mode = (data_folder / "platform.json").stat().st_mode & 0o777
        with Redis.from_url(platform.redis_url) as redis:
            pong = redis.ping()
        note = presence.read(data_folder)
        below = _below(before)

    assert platform.owned
    assert found == replace(platform, owned=False)
    assert exported == (platform.database_url, platform.redis_url)
    assert database == ("zhidai", "zhidai_app", "on")
    assert mode == 0o600
    assert pong
    assert below
    assert not psutil.wait_procs(below, timeout=SECONDS)[1]
    assert note
    assert not Path(note.run).exists()
    assert running(here) is None
    assert "ZHIDAI_DATABASE_URL" not in os.environ


def test_a_second_start_attaches_or_is_refused_with_the_way_on(data_folder: Path) -> None:
    here = Settings(data=data_folder, port=0, database_url="", redis_url="")

    with _alone(here) as first:
        with _alone(here) as second:
            attached = second
        with pytest.raises(AlreadyRunning) as refused, _alone(here, attach=False):
            pass
        still = running(here)

    assert attached == replace(first, owned=False)
    assert still == attached
    assert first.url in str(refused.value)
    assert str(first.pid) in str(refused.value)


def test_servers_that_are_named_are_used_and_none_is_started(data_folder: Path) -> None:
    named = Settings(
        data=data_folder, port=0, database_url="postgresql://db.test/a", redis_url="redis://r.test"
    )

    before = _below()
    with _alone(named) as platform:
        below = _below(before)

    assert platform.database_url == "postgresql://a_app@db.test/a"
    assert platform.owner_url == "postgresql://a_owner@db.test/a"
    assert platform.redis_url == named.redis_url
    assert [each for each in below if "postgres" in _said(each) or "redis" in _said(each)] == []


@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_stops_all_of_it_in_order(
    drive: Drive, data_folder: Path, signum: signal.Signals
) -> None:
    driven = drive()

    driven.process.send_signal(signum)
    driven.process.send_signal(signum)

    assert driven.all_gone()
    assert driven.process.returncode == 0
    log = (data_folder / "logs" / "supervisord.log").read_text()
    assert re.findall(r"stopped: (\w+)", log) == ["web", "beat", "worker", "redis", "postgres"]


def test_nothing_outlives_a_killed_parent_and_the_next_start_waits_for_it(drive: Drive) -> None:
    driven = drive()

    driven.process.kill()
    again = drive()

    assert driven.all_gone()
    assert not Path(driven.note.run).exists()
    again.process.terminate()
    assert again.all_gone()


def test_nothing_outlives_a_killed_supervisor(drive: Drive) -> None:
    driven = drive()

    driven.named("supervisord").kill()

    assert driven.all_gone()
    assert driven.process.returncode == 1
    assert "The supervisor of the platform was killed" in driven.errors()


def test_killing_everything_loses_no_committed_row(drive: Drive, data_folder: Path) -> None:
    driven = drive()
    with psycopg.connect(driven.note.owner_url) as connection:
        connection.execute("create table kept as select 42 as answer")
    driven.process.kill()
    for process in driven.below:
        with suppress(psutil.NoSuchProcess):  # its tether was quicker
            process.kill()
    driven.all_gone()
    # The worst leftover: the number of the old postmaster is that of a living process by now.
    _reuse_pid(data_folder / "postgres" / "postmaster.pid")

    again = drive()

    with psycopg.connect(again.note.owner_url) as connection:
        row = connection.execute("select answer from kept").fetchone()
    assert row == (42,)


def test_what_dies_alone_takes_its_children_along_and_is_started_again(drive: Drive) -> None:
    driven = drive()
    victims = [driven.named(word) for word in ("postgres -D", "redis", "celery", "page.py")]
    with_them = [each for victim in victims for each in (victim, *victim.children(recursive=True))]

    for victim in victims:
        victim.kill()

    assert not psutil.wait_procs(with_them, timeout=SECONDS)[1]
    driven.below = _until(driven.look, _complete)


def test_a_program_that_falls_over_is_named_with_the_last_line_of_its_log(
    data_folder: Path,
) -> None:
    here = Settings(data=data_folder, port=0, database_url="postgresql://x", redis_url="redis://x")
    broken = Program("web", (sys.executable, "-c", "raise SystemExit('no such thing')"), rank=50)

    with (
        pytest.raises(Problem, match="no such thing") as told,
        started(here, say=print, programs=lambda *_: (broken,), prepare=lambda _: None),
    ):
        pass

    assert told.value.values["program"] == "web"
    assert not presence.held(data_folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand PostgreSQL to another user")
def test_root_keeps_the_data_outside_a_home_that_others_cannot_enter() -> None:
    home = Path(tempfile.mkdtemp())
    here = Settings(data=home / "zhidai", port=0, database_url="", redis_url="")

    try:
        with _alone(here) as platform, psycopg.connect(_superuser(platform)) as connection:
            row = connection.execute("show data_directory").fetchone()
        assert row
        kept = Path(row[0])
        assert kept == accounts.sheltered(here.data) / "postgres"
        assert kept.owner() in accounts.UNPRIVILEGED
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(home)
        shutil.rmtree(accounts.sheltered(here.data))


def _superuser(platform: Running) -> str:
    return platform.owner_url.replace("zhidai_owner@", f"{postgres.SUPERUSER}@")


def _reuse_pid(file: Path) -> None:
    if not file.exists():  # data kept elsewhere, for root in a closed home
        return
    lines = file.read_text().split("\n")
    lines[0] = str(os.getppid())
    file.write_text("\n".join(lines))
