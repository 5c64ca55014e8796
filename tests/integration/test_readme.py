"""README word by word: every command line of its blocks runs, and the calls of its API answer."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from services.embedded.platform import Running, running
from services.kernel.settings import ROOT, Settings
from services.sandbox import demo_users

README = (ROOT / "README.md").read_text("utf-8")
LINES = re.findall(r"^\./zhidai (.+)$", README, re.MULTILINE)
CALLS = re.findall(r"^curl (.+)$", README, re.MULTILINE)
WORLD = "jiangsu-default-1"
SCENARIO = ROOT / "services" / "sandbox" / "scenarios" / "jiangsu" / "happy.toml"
GIVEN = {
    "BOOK.csv": "tests/data/book_500.csv", "FILE.csv": "tests/data/book_500.csv",
    "FILE.toml": str(SCENARIO), "CASE": "jiangsu", "A": "jiangsu", "B": "chengdu",
    "NAME": "readme-1", "WORLD": WORLD, "ROLE": "BK-M", "ORG": "BK01",
    "USER": "bk-m-1", "LABEL": "readme", "W": WORLD, "N": "30",
}  # fmt: skip
LASTING = ("up", "demo", "test")  # run by tests of their own
REFUSED = ("policy implies",)  # an answer of no is an answer
SECONDS = 300


def commands() -> list[str]:
    """Each command of the lines, alternatives one by one, without what may be left out."""
    found = []
    for line in LINES:
        told = re.split(r"\s{2,}|  # ", line)[0]
        told = re.sub(r"\[[^\]]*\]", "", told).strip()
        first, *others = told.split(" < ")[0].split(" | ")
        group = first.split()[0]
        each = [first, *(f"{group} {other}" for other in others)]
        found += [f"{one} --help" if " < " in told else one for one in each]
    return [one for one in found if one.split()[0] not in LASTING]


@pytest.fixture(scope="module")
def platform(data_folder_of_module: Path) -> Iterator[Running]:
    settings = Settings(data=data_folder_of_module)
    words = [sys.executable, "-c", "from services.cli.main import main; main()", "up"]
    up = subprocess.Popen(words, env=environment(data_folder_of_module), cwd=ROOT)
    try:
        deadline = time.monotonic() + SECONDS
        while (there := running(settings)) is None:
            assert time.monotonic() < deadline
            assert up.poll() is None
            time.sleep(0.2)
        told = zhidai(data_folder_of_module, ["play", "jiangsu"])
        assert told.returncode == 0, told.stderr
        yield there
    finally:
        up.terminate()
        up.wait(SECONDS)


def environment(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDAI_")}
    ours = {"ZHIDAI_DATA": str(data), "ZHIDAI_PORT": "0", "ZHIDAI_LANG": "en"}
    return {**clean, **ours, "PYTHONPATH": str(ROOT)}


def zhidai(data: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from services.cli.main import main; main()", *words]
    return subprocess.run(
        command, env=environment(data), cwd=ROOT, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip


def test_the_blocks_hold_the_commands_that_are_tried() -> None:
    assert len(commands()) > 25
    assert len(CALLS) >= 3


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_runs(
    platform: Running, data_folder_of_module: Path, command: str
) -> None:
    words = [GIVEN.get(word, word) for word in shlex.split(command)]
    if command.startswith(("users add", "users grant")):
        words[2] = "readme-user"

    told = zhidai(data_folder_of_module, words)

    allowed = (0, 1) if command.startswith(REFUSED) else (0,)
    assert told.returncode in allowed, f"{command}: {told.stderr}"
    assert told.stdout.strip()


@pytest.mark.parametrize("call", CALLS)
def test_a_call_of_the_readme_is_answered(
    platform: Running, data_folder_of_module: Path, call: str
) -> None:
    passwords = {one.actor.user: one.password for one in demo_users.read(data_folder_of_module)}
    words = shlex.split(call)
    user = words[words.index("-u") + 1].partition(":")[0]
    url = next(word for word in words if word.startswith("http"))
    address = url.replace("http://127.0.0.1:8765", platform.url)
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    asked = {"auth": (user, passwords[user]), "headers": headers, "timeout": 30}
    if "--json" in words:
        body = words[words.index("--json") + 1].encode()
        headers["Content-Type"] = "application/json"
        answer = httpx.post(address, content=body, **asked)  # type: ignore[arg-type]
    else:
        answer = httpx.get(address, **asked)  # type: ignore[arg-type]

    assert answer.status_code in (200, 201), answer.text
