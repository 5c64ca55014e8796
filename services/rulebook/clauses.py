"""One clause by its id, what lies beneath it, and the ids a text cites."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from services.kernel.problems import Unusable
from services.rulebook.reading import CITED, Chapter, Provision, order, pages

ADDRESS = "/rulebook"
"""Where the console shows the rulebook."""
MOST_NEAR = 5
LONGEST_ID = 40


class UnknownClause(Unusable):
    """The rulebook has no clause of that id; `near` are ids that look like it."""

    def __init__(self, ident: str, near: tuple[str, ...]) -> None:
        values = {"clause": ident, "near": ", ".join(near) or "—"}
        super().__init__("rulebook.unknown_clause", values)
        self.ident = ident
        self.near = near


@lru_cache(maxsize=2)
def clauses(lang: str) -> Mapping[str, Provision]:
    """Every clause of a language by id, in the order of the rulebook."""
    found = (clause for page in pages(lang) for clause in page.clauses)
    return {clause.ident: clause for clause in sorted(found, key=lambda one: one.order)}


def clause(ident: str, lang: str) -> Provision:
    """One clause; `3.8` and `zd-3.8` are ZD-3.8. Raises UnknownClause."""
    wanted = _written(ident)
    found = clauses(lang).get(wanted)
    if found is None:
        raise UnknownClause(wanted[:LONGEST_ID], near(wanted, lang))
    return found


def beneath(ident: str, lang: str) -> tuple[Provision, ...]:
    """The clauses directly below one: ZD-3.8.1 and its kin below ZD-3.8, ZD-1.1 below ZD-1."""
    depth = ident.count(".") + 1
    return tuple(
        one
        for key, one in clauses(lang).items()
        if key.startswith(f"{ident}.") and key.count(".") == depth
    )


def near(ident: str, lang: str) -> tuple[str, ...]:
    """Ids to offer for one that is unknown: those it lies beneath, then those that look alike."""
    known = clauses(lang)
    parts = ident.split(".")
    above = [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
    alike = get_close_matches(ident, known, n=MOST_NEAR)
    found = dict.fromkeys([*(one for one in above if one in known), *sorted(alike, key=order)])
    return tuple(found)[:MOST_NEAR]


def page(name: str, lang: str) -> Chapter | None:
    """One page by its file's name."""
    return next((one for one in pages(lang) if one.name == name), None)


def cited_in(text: str) -> tuple[str, ...]:
    """The ids of the rulebook that a text cites, each once, as they come."""
    return tuple(dict.fromkeys(CITED.findall(text)))


def address(ident: str) -> str:
    """Where the console shows a clause."""
    return f"{ADDRESS}/{ident}"


def command(ident: str) -> str:
    """How the command line prints a clause."""
    return f"zhidai policy clause {ident}"


def _written(ident: str) -> str:
    bare = ident.strip().upper().removeprefix("ZD-")
    return f"ZD-{bare}"
