"""Which problems an operation may answer with, for the specification."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.api.acts import Act
from services.api.problems import MEDIA
from services.api.told import Waiting

Value = str | int | bool | list[Any]


class Reason(BaseModel):
    """One rule that stands against an act."""

    code: str = Field(examples=["amount_over_ceiling"])
    sentence: str = Field(description="For people, in the language asked for")
    parameter: str = Field(description="Policy parameter, where one is concerned")
    threshold: Value = Field(
        description="What the rule asks for: an amount or a rate as text, a count, a day, a list",
        examples=["10000000.00"],
    )
    actual: Value = Field(description="What stands against it", examples=["10000000.01"])
    legal_from: date | None = Field(description="First day on which this reason is gone")
    needs: str | None = Field(
        description="noun.trigger of the act that would remove it", examples=["pledge.register"]
    )
    case: str
    source: str
    clause: str
    clause_url: str = Field(description='Where the rule is told; "" where it is in no rulebook')
    grade: str = Field(description="How well the clause is evidenced: seed, public or assumed")
    layer: str = Field(description="Which layer says it: case, form, a family, platform, national")


class ProblemDetails(BaseModel):
    """RFC 9457. Which further members there are depends on the type."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(examples=["urn:zhidai:problem:refused"])
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    trigger: str | None = Field(None, description="The act that was refused")
    reasons: list[Reason] | None = Field(None, description="All that stands against it")


_ABOUT = {
    400: "No world is named: an act says in which world it is meant",
    401: "Not signed in",
    403: "Not for this person: role, organisation, second person, grant, or a token of elsewhere",
    404: "No such world or row, or none that the caller may see",
    409: "Refused with reasons, not possible from this state, or a key in flight",
    412: "The row has another version than If-Match says",
    422: "Malformed, or the Idempotency-Key was used for another request",
    503: "The database is away or the business day is opening; try again",
}


WAITS: dict[str, Any] = {
    "model": Waiting,
    "description": "Proposed; waits for another person",
}


def of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that may fail with these."""
    return {status: _response(status) for status in statuses}


def of_read() -> dict[int | str, dict[str, Any]]:
    """Of an operation that changes nothing."""
    return of(401, 403, 404, 422, 503)


def of_act(act: Act) -> dict[int | str, dict[str, Any]]:
    """Of an act; 202 where it asks for two persons."""
    found = of(400, 401, 403, 404, 409, 412, 422, 503)
    if act.checkers:
        found[202] = WAITS
    return found


def _response(status: int) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    return {"description": _ABOUT[status], "content": {MEDIA: {"schema": schema}}}
