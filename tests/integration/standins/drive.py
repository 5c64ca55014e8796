"""Hold a platform up until a signal, as `zhidai up` does, with stand-ins for our own programs."""

from __future__ import annotations

import sys
from pathlib import Path

from services.cli.platform.up import stay
from services.cli.voice import complain, say
from services.embedded.platform import started
from services.embedded.signals import Stopped
from services.embedded.supervise import Program
from services.kernel.problems import Problem
from services.kernel.settings import Settings

HERE = Path(__file__).parent


def programs(settings: Settings, port: int) -> tuple[Program, ...]:
    python = (sys.executable, "-P")
    celery = (*python, "-m", "celery", "-A", "pool", "worker", "--concurrency", "2")
    quiet = ("--without-gossip", "--without-mingle", "-l", "warning")
    return (
        Program(
            "worker",
            (*celery, *quiet),
            rank=30,
            grace_seconds=40,
            environment={"REMAP_SIGTERM": "SIGQUIT", "PYTHONPATH": f"{HERE}:{HERE.parents[2]}"},
        ),
        Program("beat", ("sleep", "1000"), rank=40),
        Program("web", (*python, str(HERE / "page.py"), str(port)), rank=50),
    )


def main() -> int:
    settings = Settings(data=Path(sys.argv[1]), port=0)
    try:
        with started(
            settings, say=say, attach=False, programs=programs, prepare=lambda _: None
        ) as running:
            sys.stdout.write(f"{running.url}\n")
            sys.stdout.flush()
            stay()
    except Stopped:
        return 0
    except Problem as problem:
        complain(str(problem))
        return problem.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
