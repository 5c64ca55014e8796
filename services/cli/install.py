"""Make .venv from a lock file and hand over to it. Called by the script `zhidai`.

Standard library only, since nothing is installed yet. Safe when two start at once and when one is
killed in the middle: the stamp is written last, and without it the installation is done again.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_TETHER = Path("services", "embedded", "tether.py")


def main(root: Path, lock: str, stamp: str, words: list[str]) -> None:
    """Install what the lock names and the project itself, then become .venv/bin/zhidai."""
    signal.signal(signal.SIGTERM, _leave)
    with _alone(root):
        kept = root / ".venv" / f"{lock}.stamp"
        if not kept.exists() or kept.read_text(encoding="utf-8").strip() != stamp:
            _install(root, lock)
            kept.write_text(stamp + "\n", encoding="utf-8")
    os.execv(root / ".venv" / "bin" / "zhidai", ["zhidai", *words])


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the checkout's folder locked; the lock dies with the process."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("another zhidai is installing here; waiting for it ..")
        fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(folder)


def _install(root: Path, lock: str) -> None:
    folder = root / ".venv"
    for stale in folder.glob("*.stamp"):
        stale.unlink()
    _say(f"installing {lock} into {folder}; the first time this takes a minute or two ..")
    if not _whole(root, folder):
        venv.create(folder, clear=True, with_pip=True)
    _pip(root, "--require-hashes", "-r", str(root / lock))
    _pip(root, "--no-deps", "--no-build-isolation", "-e", str(root))


def _whole(root: Path, folder: Path) -> bool:
    """Whether a .venv is there that runs, is of this place, and is not the torso of an old try."""
    ours = folder / "bin" / "python"
    asked = "import sys, pip; print(sys.prefix)"
    try:
        told = subprocess.run([ours, "-I", "-c", asked], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return Path(told.stdout.strip()) == folder and not (folder / "installing").exists()


def _pip(root: Path, *words: str) -> None:
    mark = root / ".venv" / "installing"
    mark.touch()
    quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    pip = (str(root / ".venv" / "bin" / "python"), "-I", "-m", "pip", "install", *quiet, *words)
    tether = (sys.executable, "-I", "-S", str(root / _TETHER), "SIGTERM", "--")
    environment = {**os.environ, "PIP_USER": "0"}
    if subprocess.run((*tether, *pip), stdout=sys.stderr, env=environment, check=False).returncode:
        _say("the installation failed, for the reason above; start again when it is mended.")
        sys.exit(1)
    mark.unlink()


def _leave(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def _say(sentence: str) -> None:
    print(f"zhidai: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
