"""A fresh demo platform and a browser before it; both skip with a sentence where they cannot be.

ZHIDAI_CHROMIUM names another browser than the one on the PATH. With ZHIDAI_SCREENSHOTS set to a
folder every page a story looks at is kept there as a picture.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from services.kernel.settings import ROOT
from tests.browser.visitor import Visitor

DEMO = [sys.executable, "-c", "from services.cli.main import main; main()", "demo", "--stay"]
START_SECONDS, STOP_SECONDS = 180, 60
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser: `./zhidai test` leaves it to `make test-browser`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo(data_folder_of_session: Path) -> Iterator[str]:
    """Address of `zhidai demo` in a data folder of its own: its workers, clock and servers."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDAI_")}
    ours = {"ZHIDAI_DATA": str(data_folder_of_session), "ZHIDAI_PORT": "0", "PYTHONPATH": str(ROOT)}
    log = data_folder_of_session / "demo.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            DEMO, env={**clean, **ours, "ZHIDAI_LANG": "en"}, stdin=subprocess.DEVNULL,
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        process.kill()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        told = log.read_text(errors="replace")
        if found := re.search(r"http://127\.0\.0\.1:\d+/loans/\S+", told):
            there = urlsplit(found.group())
            return f"{there.scheme}://{there.netloc}"
        time.sleep(0.2)
    raise AssertionError(log.read_text(errors="replace"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for the session."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("ZHIDAI_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on the PATH (on Debian: apt-get install chromium fonts-noto-cjk)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each of the console's languages."""
    return str(request.param)


@pytest.fixture
def visitor(chromium: object, demo: str) -> Iterator[Visitor]:
    """Somebody with a browser of their own; afterwards: no request left for another host."""
    with Visitor.arriving(chromium, demo) as made:
        yield made
        assert made.elsewhere == []
        assert made.errors == []
