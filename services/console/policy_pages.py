"""Pages of the policies: the ten cases side by side by parameter, and one case with its sources.

They need no loan: the values are those in force on the world's business date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from policies.mechanisms import MECHANISMS, running
from policies.reading.catalogue import STAGES
from policies.reading.pack import Grade, Policy, UnknownCase
from policies.reading.variants import Form, forms, policy_of
from services.console import policy_cells, policy_filter, policy_headlines, render
from services.console.policy_cells import ParameterLine
from services.console.policy_filter import PolicyFilter
from services.console.shell import NoWorld, Shell, bare, framed

LONGEST_IDENT = 60
STAGE_NAMES = {stage.key: stage.names for stage in STAGES}

router = APIRouter(include_in_schema=False)


def dated(request: Request) -> tuple[Shell, date]:
    """The frame and the day whose values are shown; without a world, the newest values."""
    try:
        shell, _, today = framed(request)
    except NoWorld:
        return bare(request), date.max
    return shell, today


@router.get("/policies", response_class=HTMLResponse)
def policies(request: Request) -> HTMLResponse:
    """The cases side by side: one stage of a loan's life, its parameters down, cases across."""
    shell, day = dated(request)
    known = forms()
    world = shell.world.name if shell.world else ""
    asked = policy_filter.read(request.query_params.multi_items(), world=world, forms=known)
    shown = policy_filter.columns(asked, known)
    staged = policy_cells.by_stage(_wanted(asked, shown, day=day, lang=shell.lang))
    stage = asked.stage or "claim"
    lines = staged.get(stage, ())
    first = not asked.stage and not asked.differ and not asked.grade
    values = {
        "asked": asked,
        "columns": shown,
        "picture": policy_headlines.picture(shown, day, shell.lang) if first else (),
        "headlines": tuple(policy_headlines.HEADLINES),
        "default": policy_headlines.total(),
        "staged": staged,
        "lines": lines,
        "sources": policy_cells.sources(lines),
        "stage": stage,
        "stages": STAGE_NAMES,
        "stands": policy_filter.standing(asked, known),
        "cases": _by_case(known),
        "grades": tuple(Grade),
        "day": day,
    }
    return render.page(request, "policies.html", shell, values)


def _wanted(
    asked: PolicyFilter, shown: Sequence[Form], *, day: date, lang: str
) -> list[ParameterLine]:
    return [
        line
        for line in policy_cells.lines(shown, day, lang)
        if (line.differs or not asked.differ) and (not asked.grade or line.graded(asked.grade))
    ]


def _by_case(known: Sequence[Form]) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for form in known:
        found.setdefault(form.pack.case, []).append(form)
    return found


@router.get("/policies/{ident}", response_class=HTMLResponse)
def policy(request: Request, ident: str) -> HTMLResponse:
    """One case, or one of its forms: all it says, from which source, and what it leaves open."""
    shell, day = dated(request)
    siblings = _forms_of(ident)
    form = next((one for one in siblings if one.ident == ident), _main(siblings))
    lines = policy_cells.lines([form], day, shell.lang)
    values = {
        "form": form,
        "pack": form.pack,
        "forms": siblings if len(siblings) > 1 else (),
        "staged": policy_cells.by_stage([line for line in lines if line.said_itself]),
        "layered": policy_cells.by_layer(lines),
        "unfolded": request.query_params.get("layer", ""),
        "stages": STAGE_NAMES,
        "mechanisms": _mechanisms(policy_of(form.ident, day)),
        "counts": {grade: sum(line.graded(grade.value) for line in lines) for grade in Grade},
        "day": day,
        "question": shell.link("/compare") + f"#{form.ident}",
    }
    return render.page(request, "policy.html", shell, values)


def _main(siblings: Sequence[Form]) -> Form:
    """The first of a case's main forms."""
    return next((one for one in siblings if one.headline), siblings[0])


def _forms_of(ident: str) -> list[Form]:
    """All forms of the case that is named, by itself or by one of them. Raises UnknownCase."""
    case = ident.partition(":")[0]
    found = [form for form in forms() if form.pack.case == case]
    if ident != case and ident not in {form.ident for form in found}:
        found = []
    if not found:
        raise UnknownCase(ident[:LONGEST_IDENT])
    return found


def _mechanisms(told: Policy) -> dict[str, str]:
    """Names of the functions that play a part on the platform, by part."""
    names = {function: name for name, function in MECHANISMS.items()}
    return {role: names[function] for role, function in running(told.mechanisms).items()}
