"""The page of one default under every form of every case, and its chart. The URL is the question.

It needs no claim: the policies are those in force on the world's business date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from policies.reading.loader import load
from policies.sharing.assess import Outcome
from services.comparison.chart import stacked
from services.comparison.compare import compare as compared
from services.comparison.question import Question
from services.console import compare_question, compare_rows, render
from services.console.compare_ledgers import view_of
from services.console.compare_question import FIGURES, LOSS, VIEWS, Asked
from services.console.policy_pages import dated

SVG = "image/svg+xml"
UNANSWERED = 422

router = APIRouter(include_in_schema=False)


@router.get("/compare", response_class=HTMLResponse)
def compare(request: Request) -> HTMLResponse:
    """Who pays one default under every form; with faults in the question, the form alone."""
    shell, day = dated(request)
    world = shell.world.name if shell.world else ""
    asked = compare_question.read(dict(request.query_params), world=world, lang=shell.lang)
    values = {
        **_answered(asked, day=day, lang=shell.lang),
        "asked": asked,
        "fields": FIGURES,
        "views": VIEWS,
        "left_out": _left_out(shell.lang),
        "day": day,
        "command": asked.command(shell.today),
    }
    return render.page(
        request, "compare.html", shell, values, status=UNANSWERED if asked.faults else 200
    )


def _answered(asked: Asked, *, day: date, lang: str) -> dict[str, Any]:
    """Who pays, or one of the ledgers; neither where the question has faults."""
    if asked.question is None:
        return {"ledger": None}
    found = _outcomes(asked, asked.question, day)
    if asked.view == LOSS:
        rows = compare_rows.rows(found, lang)
        return {"rows": rows, "alike": compare_rows.alike(rows), "ledger": None}
    return {"ledger": view_of(found, asked.view, asked.terms, lang=lang)}


@router.get("/compare.svg")
def chart(request: Request) -> Response:
    """The chart of the same question, as a picture of its own: its style may not stand in a page.

    404 where the question has faults.
    """
    shell, day = dated(request)
    asked = compare_question.read(dict(request.query_params), world="", lang=shell.lang)
    if asked.question is None:
        raise HTTPException(404)
    svg = stacked(_outcomes(asked, asked.question, day), shell.lang)
    return Response(svg, media_type=SVG)


def _outcomes(asked: Asked, question: Question, day: date) -> Sequence[Outcome]:
    found = compared(question, day)
    return found.outcomes if asked.every else found.shown


def _left_out(lang: str) -> list[tuple[str, int]]:
    """Cases with forms that are not shown at first, by title, and how many."""
    return [(load(case).title[lang], n) for case, n in compare_rows.left_out().items()]
