"""The command that prints a cited clause, told wherever a clause shows."""

from __future__ import annotations

from collections.abc import Iterable

from services.kernel.i18n import say
from services.rulebook.clauses import cited_in, clauses, command

MOST = 3


def hint(cited: str, lang: str) -> str:
    """How to read the clauses that a text cites, the first ones by name; "" where it cites none."""
    found = [ident for ident in cited_in(cited) if ident in clauses(lang)]
    if not found:
        return ""
    shown = "; ".join(command(ident) for ident in found[:MOST])
    return say("rulebook.hint", lang, {"commands": shown + (" …" if found[MOST:] else "")})


def print_hint(cited: Iterable[str], lang: str) -> None:
    """The same as a last line below a table; nothing where no clause is cited."""
    if told := hint(" ".join(cited), lang):
        print(told)
