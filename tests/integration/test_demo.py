"""`zhidai demo` from outside: with and without a terminal, and beside a running one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from services.embedded.platform import running
from services.kernel.settings import ROOT, Settings

pytest.importorskip("services.worker", reason="the demo needs the whole application")

DEMO = [sys.executable, "-c", "from services.cli.main import main; main()", "demo"]
SECONDS = 120


def environment(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDAI_")}
    ours = {"ZHIDAI_DATA": str(data), "ZHIDAI_PORT": "0", "ZHIDAI_LANG": "en"}
    return {**clean, **ours, "PYTHONPATH": str(ROOT)}


def test_without_a_terminal_the_demo_ends_with_0_after_the_story(data_folder: Path) -> None:
    told = subprocess.run(
        DEMO, env=environment(data_folder), stdin=subprocess.DEVNULL, timeout=SECONDS,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 0, told.stderr
    assert "http://127.0.0.1:" in told.stdout
    assert running(Settings(data=data_folder)) is None


def test_in_a_terminal_the_demo_stays_until_ctrl_c_and_refuses_a_second(data_folder: Path) -> None:
    ours, theirs = pty.openpty()
    demo = subprocess.Popen(
        [sys.executable, Path(__file__).parent / "standins" / "terminal.py", *DEMO],
        env=environment(data_folder), stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        shown = ""
        while "Ctrl-C" not in shown:
            shown += os.read(ours, 4096).decode(errors="replace")
        below = psutil.Process(demo.pid).children(recursive=True)

        second = subprocess.run(
            [*DEMO, "--exit"], env=environment(data_folder), stdin=subprocess.DEVNULL,
            timeout=SECONDS, capture_output=True, text=True, check=False,
        )  # fmt: skip
        os.write(ours, b"\x03")
        code = demo.wait(SECONDS)
    finally:
        demo.kill()
        demo.wait()
        os.close(ours)

    assert second.returncode == 1
    assert str(demo.pid) in second.stderr
    assert "attach" in second.stderr
    assert code == 0
    assert not psutil.wait_procs(below, timeout=SECONDS)[1]
