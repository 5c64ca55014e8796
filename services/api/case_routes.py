"""GET /cases: the rules of each case, every value with its source, clause and grade."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from policies.mechanisms import running
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import Pack, cases, load
from policies.reading.pack import Parameter
from services.api import wire
from services.api.act_routes import IdIn
from services.api.caller import CallerIn
from services.api.failures import of, of_read
from services.api.root import clause_url
from services.api.sight import Unseen
from services.api.wire import Day
from services.sandbox.library import sample_case

Words = dict[str, str]


class CaseLine(BaseModel):
    """One case."""

    id: str = Field(examples=[sample_case()])
    title: Words = Field(description="By language")
    issuer: Words
    kind: str
    fingerprint: str = Field(description="First 12 hex digits of the case file's SHA-256")
    assumptions: int = Field(description="Parameters that no source states")


class SourceOut(BaseModel):
    """A document that values are read from."""

    key: str
    title: str
    document: str
    url: str
    grade: str = Field(description="A government, B press or mirror, C commercial, P platform")


class ParameterOut(BaseModel):
    """One parameter as it stands on the day asked for."""

    name: str = Field(examples=["tier_1_ceiling"])
    label: Words
    unit: str
    value: Any
    text: str
    values: list[dict[str, Any]] = Field(description="All dated values: from, value")
    grade: str = Field(description="seed, public or assumed")
    layer: str = Field(description="Which layer says it: case, form, a family, platform, national")
    source: str
    clause: str
    clause_url: str = Field(description='Where the rule is told; "" where it is in no rulebook')
    note: str


class GapOut(BaseModel):
    """What the case leaves open, and the parameters that stand on defaults for it."""

    label: Words
    parameters: list[str]
    document: str


class Case(BaseModel):
    """A case with its parameters, the mechanisms that run, sources and gaps."""

    case: CaseLine
    on: date
    mechanisms: dict[str, str]
    parameters: list[ParameterOut]
    sources: list[SourceOut]
    absent: list[GapOut]


class Cases(BaseModel):
    """All cases."""

    items: list[CaseLine]


router = APIRouter(tags=["cases"])
NEWEST = date.max


@router.get("/cases", operation_id="cases_list", responses=of_read())
def listing(_: CallerIn) -> Cases:
    """The cases whose rules the platform knows."""
    return Cases(items=[CaseLine(**_line(load(case))) for case in cases()])


@router.get("/cases/{id}", operation_id="cases_get", responses=of(401, 404, 409, 422, 503))
def single(
    known: CallerIn,
    id: IdIn,
    on: Annotated[Day | None, Query(description="The day; the newest values without it")] = None,
) -> Case:
    """One case: each parameter with value, unit, grade, source and clause."""
    if id not in cases():
        raise Unseen("case", id)
    pack, day = load(id), on or NEWEST
    policy = pack.on(day)
    return Case(
        case=CaseLine(**_line(pack)),
        on=day,
        mechanisms=running(pack.mechanisms),
        parameters=[_parameter(pack, one, known.lang) for one in policy.parameters.values()],
        sources=[SourceOut(**wire.shown(one)) for one in pack.sources.values()],
        absent=[
            GapOut(label=dict(gap.names), parameters=list(gap.parameters), document=gap.document)
            for gap in pack.gaps
        ],
    )


def _line(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.case,
        "title": dict(pack.title),
        "issuer": dict(pack.file.issuer),
        "kind": pack.file.kind,
        "fingerprint": pack.fingerprint,
        "assumptions": len(pack.assumptions(NEWEST)),
    }


def _parameter(pack: Pack, one: Parameter, lang: str) -> ParameterOut:
    dated = pack.stated[one.name].values
    return ParameterOut(
        name=one.name,
        label=dict(CATALOGUE[one.name].names),
        unit=one.unit,
        value=wire.shown(one.said),
        text=one.text,
        values=[{"from": start.isoformat(), "value": wire.shown(value)} for start, value in dated],
        grade=one.citation.grade.value,
        layer=one.citation.layer,
        source=one.citation.source,
        clause=one.citation.clause,
        clause_url=clause_url(one.citation.clause),
        note=one.note_zh if lang == "zh" else one.note,
    )
