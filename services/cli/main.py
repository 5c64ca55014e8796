"""The command `zhidai`: finds the command's module and imports that one alone.

Ends with 0 when done, 1 when refused, 2 when the input cannot be used; errors are one sentence.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from services.cli.rules import hint
from services.cli.spoken import asked_for, dressed, fault, speak
from services.cli.voice import complain, say
from services.embedded.signals import Stopped
from services.kernel.i18n import text
from services.kernel.language import language
from services.kernel.problems import Problem

_TAKES_VALUE = {"--lang": True, "--data": True, "--debug": False}
_PASSES_ON = "test"
"""The command whose further words belong to another program."""
_SIGNALLED = 128


def main() -> None:
    """Entry point of the console script."""
    words = globals_first(sys.argv[1:])
    sys.exit(run(words, debug="--debug" in words))


def run(words: Sequence[str], *, debug: bool = False) -> int:
    """Run one command line and return its exit code."""
    speak(asked_for(words))
    try:
        command = dressed(get_command(application(wanted(words))), language())
        code = command(list(words), prog_name="zhidai", standalone_mode=False)
    except Stopped as stopped:
        return _SIGNALLED + stopped.signum
    except typer.Abort:
        return 1
    except TyperException as error:
        if told := _line(fault(error, language())):
            complain(told)
        return error.exit_code
    except Problem as problem:
        if debug:
            traceback.print_exc()
        told = str(problem)
        complain(told)
        if rules := hint(told, language()):
            say(rules)
        return problem.exit_code
    except Exception as error:
        if debug:
            traceback.print_exc()
        complain(text("cli.failed", {"kind": type(error).__name__, "error": _line(str(error))}))
        return 1
    return code if isinstance(code, int) else 0


def application(name: str) -> typer.Typer:
    """The application with one command imported; the others are there by name, for --help."""
    app = typer.Typer(
        name="zhidai", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    app.callback()(_options)
    for each, where in COMMANDS.items():
        told = text(f"cli.{each}")
        command = _imported(each, where) if each == name else _elsewhere
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=each, help=told)
        else:
            app.command(each, help=told)(command)
    return app


def wanted(words: Sequence[str]) -> str:
    """The command's name: the first word that is no global option nor the value of one."""
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            return word
        if _TAKES_VALUE.get(word):
            next(rest, None)
    return ""


def globals_first(words: Sequence[str]) -> list[str]:
    """Move the global options to the front, so that they may stand anywhere before `--`."""
    front: list[str] = []
    back: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--" or (word == _PASSES_ON and not back):
            back += [word, *rest]
            break
        name, equals, _ = word.partition("=")
        if name not in _TAKES_VALUE:
            back.append(word)
            continue
        front.append(word)
        if _TAKES_VALUE[name] and not equals and rest:
            front.append(rest.pop(0))
    return front + back


def _options(
    context: typer.Context,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="语言 · language of what is printed")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="数据目录：内嵌服务、日志与锁 · folder of the embedded servers, logs and lock"
        ),
    ] = None,
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="显示出错位置 · show where an error arose")
    ] = False,
) -> None:
    """知贷：知识产权质押贷款平台的参考实现 · Zhidai: an IP-pledge loan platform, for reference"""
    chosen = {"ZHIDAI_LANG": lang, "ZHIDAI_DATA": str(data.absolute()) if data else None}
    os.environ.update({name: value for name, value in chosen.items() if value})
    if context.invoked_subcommand in PURE:
        return
    import_module("services.kernel.settings").settings.cache_clear()
    import_module("services.kernel.logs").configure(level="warning")  # stdout is for results


def _imported(name: str, where: str) -> Callable[..., Any] | typer.Typer:
    module, _, attribute = where.partition(":")
    try:
        found: Callable[..., Any] | typer.Typer = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise Problem("cli.missing", {"name": name}) from None
    return found


def _elsewhere() -> None:
    """Stand in for a command that was not asked for."""


def _line(told: str) -> str:
    return " ".join(told.split())[:500]


PURE = ("calc", "assess", "compare", "replay", "policy", "explore")
"""Commands that need neither a platform nor logs: they start in half the time without."""

# fmt: off
COMMANDS = {
    "up":      "services.cli.platform.up:up",
    "demo":    "services.cli.platform.demo:demo",
    "test":    "services.cli.test:check",
    "play":    "services.cli.world.play:play",
    "scenario": "services.cli.world.scenario:app",
    "board":   "services.cli.world.board:board",
    "calc":    "services.cli.calc.command:app",
    "assess":  "services.cli.compare.assess:assess",
    "compare": "services.cli.compare.command:compare",
    "replay":  "services.cli.compare.replay:replay",
    "policy":  "services.cli.policy.command:app",
    "world":   "services.cli.world.command:app",
    "explore": "services.cli.world.explore:explore",
    "tasks":   "services.cli.world.tasks:tasks",
    "waiting": "services.cli.world.tasks:waiting",
    "events":  "services.cli.world.events:events",
    "owed":    "services.cli.world.owed:owed",
    "ledger":  "services.cli.world.ledger:app",
    "audit":   "services.cli.world.audit:app",
    "users":   "services.cli.platform.users:app",
    "organisations": "services.cli.platform.accounts:organisations_app",
    "tokens":  "services.cli.platform.accounts:tokens_app",
    "doctor":  "services.cli.platform.doctor:doctor",
    "healthy": "services.cli.platform.healthy:healthy",
    "migrate": "services.cli.platform.migrate:migrate",
}
"""Command -> where its function (or its Typer application, for a group) lies; imported on use."""
# fmt: on
