"""The tether and the lock: what dies with whom, and who waits for whom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.embedded import presence, tether
from services.embedded.tether import PARENT, tethered
from services.kernel.settings import ROOT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has PR_SET_PDEATHSIG")


@LINUX
def test_a_tethered_command_dies_with_its_parent() -> None:
    # The parent prints the child's number and is killed; the pipe closes when the child is dead.
    parent = (
        "import os, subprocess, sys, signal; "
        "from services.embedded.tether import tethered; "
        "c = subprocess.Popen(tethered(signal.SIGKILL, command=('sh', '-c', 'echo up; cat')), "
        "stdin=subprocess.PIPE); "
        "c.wait()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "up\n"

    process.kill()

    assert process.communicate(timeout=30)[0] == ""


@LINUX
def test_a_command_whose_parent_is_gone_already_is_not_started() -> None:
    told = subprocess.run(
        tethered(signal.SIGKILL, command=("echo", "started")),
        env={**os.environ, PARENT: "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == ""


def test_a_command_waits_for_the_former_holder_of_its_lock(tmp_path: Path) -> None:
    lock = tmp_path / "server.lock"
    stale = tmp_path / "server.pid"
    stale.touch()
    held = tether.take(lock)
    waiting = subprocess.Popen(
        tethered(
            signal.SIGTERM, "--lock", str(lock), "--stale", str(stale), command=("ls", str(stale))
        ),
        stderr=subprocess.PIPE,
        text=True,
    )
    before = waiting.poll(), stale.exists()

    os.close(held)

    assert before == (None, True)
    assert "No such file" in waiting.communicate(timeout=30)[1]


def test_a_lock_that_stays_held_is_an_error(tmp_path: Path) -> None:
    held = tether.take(tmp_path / "server.lock")

    with pytest.raises(TimeoutError):
        tether.take(tmp_path / "server.lock", seconds=0)

    os.close(held)


def test_a_note_without_a_holder_tells_of_no_platform(tmp_path: Path) -> None:
    presence.write(tmp_path, presence.Note("ready", pid=os.getpid()))

    assert not presence.held(tmp_path)


def test_a_claimed_folder_is_held_until_it_is_given_back(tmp_path: Path) -> None:
    with presence.claimed(tmp_path):
        inside = presence.held(tmp_path)
        with pytest.raises(presence.Taken), presence.claimed(tmp_path):
            pass

    assert inside
    assert not presence.held(tmp_path)


def test_a_torn_note_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "platform.json").write_text('{"state": "rea')

    assert presence.read(tmp_path) is None
