"""A running platform: find it, or start one for as long as it is needed and stop all of it.

What stops it is leaving `started`; against dying without leaving there are the tethers.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from signal import SIGTERM

from services.embedded import presence, supervise
from services.embedded.ports import reserved_port
from services.embedded.programs import Programs, application
from services.embedded.readiness import reachable, until, web_answers
from services.embedded.servers import Premises, former_ended, ground
from services.embedded.signals import Stopped, stoppable
from services.embedded.supervise import Program, Supervisor
from services.kernel import settings as configuration
from services.kernel import watch
from services.kernel.i18n import text
from services.kernel.logins import logins
from services.kernel.problems import Problem
from services.kernel.settings import ROOT, Settings

Say = Callable[[str], None]
"""Tells a person what is happening, one sentence at a time."""

_STOP_SECONDS = 150
_OTHER_SECONDS = 180
_SUPERVISOR_SECONDS = 30
_WEB_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Running:
    """A platform that answers. `owned`: started by this process, and ends with it.

    database_url is the application's login, owner_url that of the owner of its databases.
    """

    database_url: str
    owner_url: str
    redis_url: str
    url: str
    pid: int
    owned: bool


class AlreadyRunning(Problem):
    """Another process runs the platform of this data folder, or is about to."""


def running(settings: Settings) -> Running | None:
    """The platform that runs in the data folder, whoever started it; None while there is none.

    With ZHIDAI_DEPLOYED it is the one the two URLs name, whose processes somebody else keeps up.
    """
    if settings.deployed:
        return _deployed(settings)
    note = presence.read(settings.data) if presence.held(settings.data) else None
    if note is None or note.state != "ready":
        return None
    return _noted(note, owned=False)


@contextmanager
def seen(settings: Settings) -> Iterator[Running | None]:
    """The platform that runs, its URLs shown inside the block as by `started`; starts nothing.

    Without one the URLs stay what the settings say.
    """
    found = running(settings)
    if found is None:
        yield None
        return
    with _exported(found):
        yield found


def _deployed(settings: Settings) -> Running:
    if not (settings.database_url and settings.redis_url):
        raise Problem("platform.deployed_urls")
    url = _url(settings.host, settings.port)
    known = logins(settings)
    return Running(known.app, known.owner, settings.redis_url, url, 0, owned=False)


def migrate(settings: Settings) -> None:
    """Bring the databases to the newest version; who asks `running` need not load the ORM."""
    import_module("services.kernel.migrations").migrate()


@contextmanager
def started(
    settings: Settings,
    *,
    say: Say,
    attach: bool = True,
    programs: Programs = application,
    prepare: Callable[[Settings], None] = migrate,
) -> Iterator[Running]:
    """A platform for the length of the block: the one that runs already, else one of our own.

    Inside, ZHIDAI_DATABASE_URL, ZHIDAI_OWNER_URL and ZHIDAI_REDIS_URL are set. `prepare` runs
    between the servers and the programs. Raises AlreadyRunning where one runs and attach is False,
    Problem when something does not start or the supervisor is lost, Stopped on a signal.
    """
    settings = settings.model_copy(update={"data": settings.data.absolute()})
    with stoppable(), ExitStack() as stack:
        there = _attached(settings, say, stack, attach=attach)
        if there is None:
            there = stack.enter_context(_own(settings, say, programs, prepare))
        else:
            stack.enter_context(_exported(there))
            if not settings.deployed:
                stack.enter_context(watch.supervised(lambda: presence.held(settings.data)))
        yield there


def _attached(settings: Settings, say: Say, stack: ExitStack, *, attach: bool) -> Running | None:
    """The platform that is there, or None with the data folder claimed on the stack."""
    deadline = time.monotonic() + _OTHER_SECONDS
    waiting = False
    while True:
        if found := running(settings):
            if attach:
                return found
            key = "platform.deployed" if settings.deployed else "platform.already"
            raise AlreadyRunning(key, {"url": found.url, "pid": found.pid})
        try:
            stack.enter_context(presence.claimed(settings.data))
        except presence.Taken as taken:
            if not attach:
                raise AlreadyRunning(taken.key, taken.values) from None
            if time.monotonic() > deadline:
                raise
        else:
            return None
        if not waiting:
            say(text("platform.waiting"))
        waiting = True


@contextmanager
def _own(
    settings: Settings, say: Say, programs: Programs, prepare: Callable[[Settings], None]
) -> Iterator[Running]:
    former_ended(settings.data, say)
    if not (settings.data / "postgres").exists():
        say(text("platform.new_data", {"folder": settings.data}))
    say(text("platform.starting"))
    with (
        ground(settings, say) as below,
        reserved_port(settings.host, settings.port) as port,
        ExitStack() as shown,
    ):
        note = presence.Note(
            "starting", os.getpid(), str(below.run), _url(settings.host, port),
            below.database_url, below.owner_url, below.redis_url,
        )  # fmt: skip
        found = _noted(note, owned=True)
        presence.write(settings.data, note)
        ours = programs(settings, port)
        with _supervised(settings, below, ours, say) as supervisor:
            _servers_up(supervisor, below, settings)
            with _exported(replace(found, database_url=below.login)):
                prepare(configuration.settings())
            shown.enter_context(_exported(found))
            _programs_up(supervisor, ours, settings, port)
            presence.write(settings.data, replace(note, state="ready"))
            yield found


def _noted(note: presence.Note, *, owned: bool) -> Running:
    return Running(
        note.database_url, note.owner_url, note.redis_url, note.url, note.pid, owned=owned
    )


@contextmanager
def _supervised(
    settings: Settings, below: Premises, ours: tuple[Program, ...], say: Say
) -> Iterator[Supervisor]:
    logs = _logs(settings)
    logs.mkdir(exist_ok=True)
    supervisor = supervise.supervisor_started(
        [*(server.program for server in below.servers), *ours],
        below.run,
        logs=logs,
        environment=_environment(settings, below),
    )
    leaving, lost = threading.Event(), threading.Event()
    _watch(supervisor, leaving, lost)
    try:
        yield supervisor
    except Stopped:
        if lost.is_set():
            raise Problem("platform.lost", {"logs": logs}) from None
        raise
    finally:
        leaving.set()
        presence.rewrite(settings.data, state="stopping")
        say(text("platform.stopping"))
        supervise.ended(supervisor, seconds=_STOP_SECONDS)


def _watch(supervisor: Supervisor, leaving: threading.Event, lost: threading.Event) -> None:
    """Interrupt the main thread when supervisord dies under it: all else is dead by then, too."""

    def watch() -> None:
        supervisor.process.wait()
        if not leaving.is_set():
            lost.set()
            os.kill(os.getpid(), SIGTERM)

    if threading.current_thread() is threading.main_thread():
        threading.Thread(target=watch, daemon=True).start()


def _servers_up(supervisor: Supervisor, below: Premises, settings: Settings) -> None:
    until(
        lambda: supervise.answers(below.run), supervisor, "",
        logs=_logs(settings), seconds=_SUPERVISOR_SECONDS,
    )  # fmt: skip
    for server in below.servers:
        supervise.launch(supervisor, server.program.name)
    for server in below.servers:
        until(
            server.answers, supervisor, server.program.name,
            logs=_logs(settings), seconds=server.seconds,
        )  # fmt: skip


def _programs_up(
    supervisor: Supervisor, ours: tuple[Program, ...], settings: Settings, port: int
) -> None:
    for program in ours:
        supervise.launch(supervisor, program.name)
    if any(program.name == "web" for program in ours):
        until(
            lambda: web_answers(settings.host, port), supervisor, "web",
            logs=_logs(settings), seconds=_WEB_SECONDS,
        )  # fmt: skip


def _logs(settings: Settings) -> Path:
    return settings.data / "logs"


def _url(host: str, port: int) -> str:
    address = reachable(host)
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _environment(settings: Settings, below: Premises) -> dict[str, str]:
    """What the children see: our environment, these very settings, and this very code."""
    values = settings.model_dump()
    values |= {
        "database_url": below.database_url,
        "database_password": "",
        "owner_url": below.owner_url,
        "redis_url": below.redis_url,
    }
    variables = {f"ZHIDAI_{name.upper()}": str(value) for name, value in values.items()}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, **variables, "PYTHONPATH": path}


@contextmanager
def _exported(found: Running) -> Iterator[None]:
    """Show the URLs to this process and to what it starts, for the length of the block."""
    shown = {
        "ZHIDAI_DATABASE_URL": found.database_url,
        "ZHIDAI_OWNER_URL": found.owner_url,
        "ZHIDAI_REDIS_URL": found.redis_url,
    }
    before = {name: os.environ.get(name) for name in shown}
    os.environ.update(shown)
    configuration.settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        configuration.settings.cache_clear()
