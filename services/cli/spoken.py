"""One language at a time on the command line: help, its headings, and faults of the words.

Help stands in the code as "中文 · English"; here one half is chosen. English faults are the
parser's own sentences, Chinese ones are told anew from what it found.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from typing import Any

from typer.exceptions import TyperException

from services.kernel.i18n import text
from services.kernel.language import LANGUAGES

_HALVES = re.compile(r"\s*·\s+")
_QUOTED = re.compile(r"'([^']*)'")


def half(told: str, lang: str) -> str:
    """The half of "中文 · English" in a language; all of it where there is one half only."""
    chinese, *english = _HALVES.split(told, maxsplit=1)
    return english[0] if english and lang == "en" else chinese


def asked_for(words: Sequence[str]) -> str:
    """The language that the words ask for, "" for none."""
    for n, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--lang":
            told = value if equals else next(iter(words[n + 1 :]), "")
            return told if told in LANGUAGES else ""
    return ""


def speak(lang: str) -> None:
    """Tell this process its language before anything is said."""
    if lang:
        os.environ["ZHIDAI_LANG"] = lang


def dressed(command: Any, lang: str) -> Any:
    """The command with everything below it, its help in one language."""
    for one in (command, *getattr(command, "commands", {}).values()):
        one.help = half(one.help, lang) if one.help else one.help
        one.options_metavar = text("cli.help.options_metavar")
        if hasattr(one, "subcommand_metavar"):
            one.subcommand_metavar = text("cli.help.subcommand_metavar")
        for parameter in one.params:
            if getattr(parameter, "help", None):
                parameter.help = half(parameter.help, lang)
        one.get_help_option = _help_option(one)
        one.format_help = _with_headings(one)
        if one is not command:
            dressed(one, lang)
    return command


def _help_option(command: Any) -> Any:
    given = type(command).get_help_option

    def option(context: Any) -> Any:
        made = given(command, context)
        if made is not None:
            made.help = text("cli.help.this")
        return made

    return option


def _with_headings(command: Any) -> Any:
    given = type(command).format_help

    def shown(context: Any, formatter: Any) -> None:
        _headings()
        given(command, context, formatter)

    return shown


def _headings() -> None:
    """The parser's own words around the help; it keeps them as names of its module."""
    from typer import rich_utils  # late: answers for programs start without rich
    from typer._click import formatting

    names = {
        "ARGUMENTS_PANEL_TITLE": "arguments",
        "OPTIONS_PANEL_TITLE": "options",
        "COMMANDS_PANEL_TITLE": "commands",
        "REQUIRED_LONG_STRING": "required",
        "DEFAULT_STRING": "default",
    }
    for name, key in names.items():
        setattr(rich_utils, name, text(f"cli.help.{key}"))
    formatting.HelpFormatter.write_usage.__defaults__ = ("", text("cli.help.usage"))


def fault(error: TyperException, lang: str) -> str:
    """What is wrong with the words, as one sentence."""
    told = error.format_message()
    if lang == "en":
        return told
    kind, found = type(error).__name__, _QUOTED.findall(told)
    if kind == "NoArgsIsHelpError":
        return told
    if kind == "NoSuchOption":
        near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
        key = "cli.fault.no_option_near" if near else "cli.fault.no_option"
        return text(key, {"name": getattr(error, "option_name", ""), "near": near})
    if kind == "MissingParameter":
        return text("cli.fault.missing", {"name": _name(error)})
    if kind == "BadParameter":
        return _bad(told, _name(error))
    if told.startswith("No such command"):
        return _no_command(error, found[0] if found else "")
    if kind == "BadOptionUsage":
        key = "cli.fault.no_value" if "does not take" in told else "cli.fault.needs_value"
        return text(key, {"name": getattr(error, "option_name", "")})
    if "unexpected extra argument" in told:
        return text("cli.fault.extra", {"words": told.rpartition("(")[2].rstrip(")")})
    return text("cli.fault.other")


def _bad(told: str, name: str) -> str:
    if "is not one of" in told:
        before, _, after = told.rpartition("is not one of")
        values = {"found": (_QUOTED.findall(before) or [""])[-1], "name": name}
        return text("cli.fault.choice", {**values, "choices": "、".join(_QUOTED.findall(after))})
    whole = "integer" in told or "greater than" in told or "less than" in told
    return text("cli.fault.whole" if whole else "cli.fault.bad", {"name": name})


def _name(error: TyperException) -> str:
    parameter: Any = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", "") or "")
    options = [one for one in getattr(parameter, "opts", ()) if one.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name.upper())


def _no_command(error: TyperException, name: str) -> str:
    context: Any = getattr(error, "ctx", None)
    known = list(getattr(context.command, "commands", ())) if context else []
    near = "、".join(difflib.get_close_matches(name, known))
    key = "cli.fault.no_command_near" if near else "cli.fault.no_command"
    return text(key, {"name": name, "near": near, "known": "、".join(known)})
