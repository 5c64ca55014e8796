"""Pages of the rulebook: its contents, one page of it, one clause. They need no database."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from sqlalchemy.exc import OperationalError

from services.console import render
from services.console.shell import NoWorld, Shell, bare, framed
from services.kernel.db import NoDatabase
from services.rulebook import clauses
from services.rulebook.clauses import ADDRESS, LONGEST_ID
from services.rulebook.html import of_markdown
from services.rulebook.reading import Chapter, pages

FIELDS = ("why", "law", "grade", "platform", "context")

LONGEST_PAGE = 24_000  # characters; a longer one is read part by part

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS, response_class=HTMLResponse)
def contents(request: Request) -> HTMLResponse:
    """The chapters with their clauses."""
    shell = _shell(request)
    values = {"pages": [page for page in pages(shell.lang) if page.clauses]}
    return render.page(request, "rulebook.html", shell, values)


@router.get(f"{ADDRESS}/{{ident}}", response_class=HTMLResponse)
def part(request: Request, ident: str) -> HTMLResponse:
    """A page by its name (`loan`), or a clause by its id (`ZD-3.6`). Raises UnknownClause."""
    shell = _shell(request)
    page = clauses.page(ident, shell.lang)
    if page is None:
        return _clause(request, shell, ident[:LONGEST_ID])
    parts = _parts(page.text)
    shown = next((one for one in parts if one[0] == request.query_params.get("part")), parts[0])
    values = {
        "page": page,
        "told": _told(shown[1], shell),
        "parts": [name for name, _ in parts] if len(parts) > 1 else (),
        "part": shown[0],
        "around": _around(page),
    }
    return render.page(request, "rulebook_page.html", shell, values)


def _parts(markdown: str) -> list[tuple[str, str]]:
    """A long page by its second headings, each with its name; a page of usual length whole."""
    if len(markdown) <= LONGEST_PAGE:
        return [("", markdown)]
    head, *rest = re.split(r"^## ", markdown, flags=re.MULTILINE)
    named = [(one.partition("\n")[0].strip(), f"## {one}") for one in rest]
    return [(named[0][0], head + named[0][1]), *named[1:]]


def _shell(request: Request) -> Shell:
    """The frame, with the world where there is one."""
    try:
        return framed(request)[0]
    except (NoWorld, NoDatabase, OperationalError):
        return bare(request)


def _clause(request: Request, shell: Shell, ident: str) -> HTMLResponse:
    found = clauses.clause(ident, shell.lang)
    fields = {name: getattr(found, name) for name in FIELDS}
    values = {
        "clause": found,
        "page": clauses.page(found.page, shell.lang),
        "told": _told(found.text, shell),
        "fields": {name: _told(text, shell) for name, text in fields.items() if text},
        "beneath": clauses.beneath(found.ident, shell.lang),
    }
    return render.page(request, "rulebook_clause.html", shell, values)


def _told(markdown: str, shell: Shell) -> Markup:
    return Markup(of_markdown(markdown, shell.link("")))  # noqa: S704  # our own pages


def _around(page: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The pages before and after one."""
    known = [one for one in pages(page.lang) if one.clauses]
    if page not in known:
        return None, None
    place = known.index(page)
    return (
        known[place - 1] if place else None,
        known[place + 1] if place + 1 < len(known) else None,
    )
