"""supervisord as our child: it restarts what dies and stops all of it in order.

Each program hangs on a tether, so that nothing outlives supervisord, nor supervisord us.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM
from socket import socket as connection
from typing import Any
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from services.embedded.tether import PARENT, tethered


@dataclass(frozen=True, slots=True)
class Program:
    """A process to keep alive. Ranks stop from the highest down, each after the one before ended.

    stop: signal of an orderly end, then SIGKILL after `grace_seconds`; orphan: signal it gets from
    the kernel when supervisord is dead; tether: options of tether.py, such as --user.
    """

    name: str
    argv: tuple[str, ...]
    rank: int
    stop: str = "TERM"
    orphan: str = "KILL"
    grace_seconds: int = 10
    tether: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A running supervisord and the folder of its socket."""

    process: subprocess.Popen[bytes]
    run: Path


def supervisor_started(
    programs: Sequence[Program], run: Path, *, logs: Path, environment: Mapping[str, str]
) -> Supervisor:
    """Start supervisord with all programs known and none running.

    A session of its own: Ctrl-C in the terminal reaches us alone, and we stop the rest in order.
    """
    conf = run / "supervisord.conf"
    conf.write_text(configuration(programs, run), encoding="utf-8")
    command = (sys.executable, "-P", "-m", "supervisor.supervisord", "-n", "-c", str(conf))
    with (logs / "supervisord.err").open("wb") as errors:
        process = subprocess.Popen(
            tethered(signal.SIGTERM, command=command),
            cwd=logs,
            env={**environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    return Supervisor(process, run)


def configuration(programs: Sequence[Program], run: Path) -> str:
    """supervisord.conf. Log files are relative to its working folder, which is the log folder."""
    head = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        "logfile=supervisord.log",
        "logfile_maxbytes=5MB",
        "logfile_backups=1",
        "childlogdir=.",
        f"pidfile={run / 'supervisord.pid'}",
        *(["user=root"] if os.geteuid() == 0 else []),
        "[unix_http_server]",
        f"file={socket(run)}",
        "chmod=0700",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    ]
    return "\n".join([*head, *(line for each in programs for line in _section(each)), ""])


def _section(program: Program) -> list[str]:
    orphan = signal.Signals[f"SIG{program.orphan}"]
    command = tethered(orphan, *program.tether, command=program.argv)
    pairs = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
    return [
        f"[program:{program.name}]",
        f"command={_quoted(command)}",
        f"environment={pairs}",
        f"priority={program.rank}",
        "autostart=false",
        "autorestart=true",
        "startsecs=1",
        "startretries=1000000",
        f"stopsignal={program.stop}",
        f"stopwaitsecs={program.grace_seconds}",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={program.name}.log",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=2",
    ]


def _quoted(command: Sequence[str]) -> str:
    """Quote for three readers: the ini file (; and # after a space), % expansion, and shlex."""
    words = (shlex.quote(word).replace("%", "%%") for word in command)
    return " ".join(word.replace(";", "'';''").replace("#", "''#''") for word in words)


def socket(run: Path) -> Path:
    """Where supervisord of that run is asked."""
    return run / "supervisord.sock"


def launch(supervisor: Supervisor, name: str) -> None:
    """Start a program without waiting for it."""
    _ask(supervisor, "startProcess", name, False)


def state(supervisor: Supervisor, name: str) -> str:
    """RUNNING, STARTING, BACKOFF (it fell over and waits to be tried again), STOPPED, .."""
    return str(_ask(supervisor, "getProcessInfo", name)["statename"])


def answers(run: Path) -> bool:
    """Whether the supervisord of that run is there."""
    with connection(AF_UNIX, SOCK_STREAM) as line:
        return line.connect_ex(str(socket(run))) == 0


def ended(supervisor: Supervisor, *, seconds: float) -> None:
    """Stop all programs in order of rank and wait for the end; SIGKILL when it takes longer."""
    supervisor.process.terminate()
    deadline = time.monotonic() + seconds
    while supervisor.process.poll() is None:
        # Its loop sleeps for a second between two steps of stopping; a caller wakes it.
        answers(supervisor.run)
        if time.monotonic() > deadline:
            supervisor.process.kill()
        time.sleep(0.05)


def _ask(supervisor: Supervisor, method: str, *arguments: object) -> Any:
    transport = SupervisorTransport(None, None, f"unix://{socket(supervisor.run)}")
    with ServerProxy("http://127.0.0.1", transport=transport) as server:
        return getattr(server.supervisor, method)(*arguments)
