"""The script `zhidai`: what it says on a bare machine, and how it installs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services.kernel.settings import ROOT

NEEDED = ("sh", "dirname", "cksum", "cat", "rm")
SCRIPT = ("zhidai", "services/cli/install.py", "services/embedded/tether.py")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH of four programs and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The start-up script and the locks alone, in a folder whose name has spaces."""
    folder = tmp_path / "a check out"
    for name in (*SCRIPT, "requirements.lock", "requirements-test.lock"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def python(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def cksum(file: Path) -> str:
    with file.open("rb") as content:
        return subprocess.check_output(["cksum"], stdin=content, text=True).strip()


def call(checkout: Path, path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "zhidai", *words],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_one_sentence_says_what_to_install(checkout: Path, bare: Path) -> None:
    told = call(checkout, bare, "demo")

    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.splitlines() == [
        "zhidai: this machine lacks Python 3.11, 3.12 or 3.13; install it and start again."
    ]


def test_a_python_that_is_too_old_does_not_count(checkout: Path, bare: Path) -> None:
    python(bare, "python3", "exit 1")

    assert "lacks Python 3.11, 3.12 or 3.13" in call(checkout, bare, "demo").stderr


def test_a_python_without_venv_is_named_with_the_package_to_install(
    checkout: Path, bare: Path
) -> None:
    real = f'exec "{sys.executable}" "$@"'
    python(bare, "python3", f'case "$*" in *ensurepip*) exit 1 ;; *) {real} ;; esac')
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

    told = call(checkout, bare, "demo")

    assert told.returncode == 1
    assert f"lacks the module venv of python3 (on Debian and Ubuntu: apt install {package})" in (
        told.stderr
    )


@pytest.mark.parametrize(
    ("words", "lock"),
    [
        (("demo",), "requirements.lock"),
        (("play", "test"), "requirements.lock"),
        (("test", "-k", "x"), "requirements-test.lock"),
        (("--lang", "en", "test"), "requirements-test.lock"),
    ],
)
def test_a_matching_stamp_hands_over_at_once_and_another_installs(
    checkout: Path, bare: Path, words: tuple[str, ...], lock: str
) -> None:
    installed = checkout / ".venv" / "bin" / "zhidai"
    installed.parent.mkdir(parents=True)
    python(installed.parent, "zhidai", 'echo "handed over: $*"')
    python(bare, "python3", 'case "$1" in -I) echo "installs $4" ;; esac')

    before = call(checkout, bare, *words).stdout
    (checkout / ".venv" / f"{lock}.stamp").write_text(f"{cksum(checkout / lock)} {checkout}\n")
    after = call(checkout, bare, *words).stdout

    assert before == f"installs {lock}\n"
    assert after == f"handed over: {' '.join(words)}\n"


@pytest.mark.slow
def test_two_first_starts_at_once_and_a_killed_one_end_with_a_whole_installation(
    tmp_path: Path,
) -> None:
    fresh = tmp_path / "fresh clone"
    subprocess.run(["git", "clone", "-q", ROOT, fresh], check=True)
    command = [str(fresh / "zhidai"), "--help"]
    killed = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert killed.stderr
    assert "installing" in killed.stderr.readline()
    killed.kill()
    killed.communicate()

    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    told = [each.communicate(timeout=600)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert all("demo" in each for each in told)
    assert (fresh / ".venv" / "requirements.lock.stamp").exists()
    assert not (fresh / ".venv" / "installing").exists()
    assert os.access(fresh / ".venv" / "bin" / "zhidai", os.X_OK)
