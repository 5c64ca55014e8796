"""`zhidai test`: what CI runs. pytest comes last, so that its closing line is the last line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from services.cli.voice import say
from services.kernel.i18n import text
from services.kernel.settings import ROOT


def check(
    words: Annotated[
        list[str] | None, typer.Argument(help="传给 pytest 的参数 · further words for pytest")
    ] = None,
) -> None:
    """Run style, types and layers, then every test but slow ones and browser stories."""
    running = {name: _started(command) for name, command in checks().items()}
    failed = [name for name, process in running.items() if not _passes(name, process)]
    pytest = (sys.executable, "-m", "pytest", "-m", "not slow and not browser")
    tested = subprocess.call([*pytest, *(words or [])], cwd=ROOT)
    if failed or tested:
        raise typer.Exit(1)


def checks() -> dict[str, tuple[str, ...]]:
    """What is checked before the tests, by name."""
    python = sys.executable
    return {
        "ruff check": (python, "-m", "ruff", "check"),
        "ruff format": (python, "-m", "ruff", "format", "--check"),
        "mypy": (python, "-m", "mypy"),
        "lint-imports": (str(Path(python).parent / "lint-imports"),),
    }


def _started(command: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _passes(name: str, process: subprocess.Popen[str]) -> bool:
    told, _ = process.communicate()
    passed = process.returncode == 0
    if not passed:
        say(told)
    say(text("cli.check", {"name": name, "verdict": _verdict(passed=passed)}))
    return passed


def _verdict(*, passed: bool) -> str:
    return text("cli.passed" if passed else "cli.not_passed")
