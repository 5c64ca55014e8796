"""Run a command that ends when its parent ends, however the parent ends (Linux: PR_SET_PDEATHSIG).

    python -I -S tether.py SIGINT [--user UID:GID] [--lock FILE] [--stale FILE].. -- command ..

Standard library only: it runs by path, before anything is installed. Off Linux it only starts.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import os
import signal
import sys
import time
from pathlib import Path

PARENT = "ZHIDAI_TETHER"
"""Environment variable that tells a child which process it hangs on; exec keeps the number."""

_PR_SET_PDEATHSIG = 1
_LOCK_SECONDS = 120


def hold(signum: int) -> None:
    """Have the kernel send this process `signum` as soon as its parent is dead.

    Lost by setuid and by fork, so call it after the one and in each child of the other. Ends the
    process at once when the parent died before the call.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
    parent = os.environ.get(PARENT, "")
    if parent and os.getppid() != int(parent):
        os._exit(0)


def tethered(signum: signal.Signals, *words: str, command: tuple[str, ...]) -> tuple[str, ...]:
    """The command line that runs `command` on a tether; `words` are options of this module."""
    return (sys.executable, "-I", "-S", __file__, signum.name, *words, "--", *command)


def take(lock: Path, *, seconds: float = _LOCK_SECONDS) -> int:
    """Lock a file for as long as this process or a child of it lives; waits for the former holder.

    Returns the descriptor, which exec and fork hand on. Raises TimeoutError.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{lock} is still held after {seconds:.0f} s") from None
            time.sleep(0.1)
        else:
            return descriptor


def _become(user: str) -> None:
    uid, _, gid = user.partition(":")
    os.setgroups([])
    os.setgid(int(gid))
    os.setuid(int(uid))


def main(arguments: list[str]) -> None:
    """Tie this process to its parent, drop to the user, and become the command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("signal")
    parser.add_argument("--user")
    parser.add_argument("--lock", type=Path)
    parser.add_argument("--stale", type=Path, action="append", default=[])
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args(arguments)
    signum = signal.Signals[asked.signal]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    hold(signum)
    if asked.lock:
        take(asked.lock)
        # The lock proves that nobody lives who wrote these; the pids in them may be reused by now.
        for stale in asked.stale:
            stale.unlink(missing_ok=True)
    if asked.user:
        _become(asked.user)
    hold(signum)
    os.environ[PARENT] = str(os.getpid())
    os.execvp(asked.command[0], asked.command)


if __name__ == "__main__":
    main(sys.argv[1:])
