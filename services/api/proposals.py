"""What waits for another person: read it, confirm exactly that, or decline it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, text

from services.api import because, sight, wire
from services.api.act_routes import IdIn, KeyIn, answer, scoped
from services.api.caller import ActIn, Visit, VisitIn
from services.api.failures import WAITS, Reason, of, of_read
from services.api.rows import MOST, USUAL
from services.api.sight import Unseen
from services.api.told import ActDone
from services.kernel import commands, doorbell
from services.kernel import proposals as proposals_kept
from services.kernel.proposals import Pending
from services.kernel.unit import Unit
from workflows.lifecycle.refusals import NotAllowed

State = Literal["PENDING", "CONFIRMED", "DECLINED"]
WAITING = "PENDING"

_SEEN = "(maker ->> 'organisation' = :org OR {seen})"


class By(BaseModel):
    """A person in a role."""

    user: str
    role: str
    organisation: str


class Proposal(BaseModel):
    """A command that one person gave and another must confirm."""

    id: str = Field(examples=["loan-L-1-1"])
    stream: str = Field(description="noun/id of the row it is about", examples=["loan/L-1"])
    trigger: str
    command: str = Field(description="Name of the command", examples=["DisburseLoan"])
    data: dict[str, Any] = Field(description="The command's fields: what is confirmed")
    digest: str = Field(description="Cite it when confirming")
    state: State
    maker: By
    proposed_on: date
    confirmations: list[By] = Field(description="Who confirmed so far, in order")
    decided_by: By | None
    decided_on: date | None
    may_confirm: bool = Field(description="Whether the caller may confirm it next")
    reasons: list[Reason] = Field(description="Why not, where they may not")

    @property
    def waits(self) -> bool:
        """Whether it still waits for its second person."""
        return self.state == WAITING


class Proposals(BaseModel):
    """Proposals, oldest first."""

    items: list[Proposal]


class Confirmation(BaseModel):
    """Confirm exactly what was read."""

    model_config = ConfigDict(extra="forbid")
    digest: str = Field(pattern=r"^[0-9a-f]{64}$", description="The proposal's digest")


class ProposalDeclined(BaseModel):
    """The proposal is closed; nothing happened."""

    outcome: Literal["declined"] = "declined"
    proposal: str


router = APIRouter(tags=["proposals"])


@router.get("/proposals", operation_id="proposals_list", responses=of_read())
def proposals(
    visit: VisitIn,
    state: State = "PENDING",
    after: Annotated[str, Query(max_length=300, pattern=r"^[^\x00]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
) -> Proposals:
    """Proposals of a state that the caller sees, in the order of their ids."""
    with visit.world.engine.connect() as connection:
        where = "state = :state AND id > :after"
        values = {"state": state, "after": after}
        return Proposals(items=_select(connection, visit, where, values, limit=limit))


@router.get("/proposals/{id}", operation_id="proposals_get", responses=of_read())
def proposal(visit: VisitIn, id: IdIn) -> Proposal:
    """One proposal with what exactly it proposes."""
    return proposal_of(visit, id)


@router.post(
    "/proposals/{id}/confirm",
    operation_id="proposals_confirm",
    responses={**of(400, 401, 403, 404, 409, 422, 503), 202: WAITS},
    response_model=ActDone,
)
def confirm(
    visit: ActIn,
    background: BackgroundTasks,
    response: Response,
    id: IdIn,
    body: Confirmation,
    key: KeyIn = None,
) -> ActDone | JSONResponse:
    """Be the next person: what was proposed is carried out now, under today's rules.

    202 where the act asks for yet another person.
    """
    stream = proposal_of(visit, id).stream
    outcome = commands.confirm(
        visit.world.engine, visit.registry, id, digest=body.digest, checker=visit.actor,
        key=scoped(visit, key),
    )  # fmt: skip
    background.add_task(doorbell.ring, visit.world.name)
    return answer(visit, stream, outcome, response)


@router.post(
    "/proposals/{id}/decline",
    operation_id="proposals_decline",
    responses=of(400, 401, 403, 404, 409, 422, 503),
)
def decline(visit: ActIn, id: IdIn, key: KeyIn = None) -> ProposalDeclined:
    """Say no as one who confirms or confirmed it, or take one's own proposal back."""
    proposal_of(visit, id)
    commands.decline(visit.world.engine, visit.registry, id, by=visit.actor, key=scoped(visit, key))
    return ProposalDeclined(proposal=id)


def pending_of(connection: Connection, visit: Visit, stream: str) -> list[Proposal]:
    """What waits on one row."""
    where, values = "state = 'PENDING' AND stream = :stream", {"stream": stream}
    return _select(connection, visit, where, values, limit=MOST)


def proposals_of(connection: Connection, visit: Visit) -> list[Proposal]:
    """All that waits in this world and the visitor sees, oldest first."""
    return _select(connection, visit, "state = 'PENDING'", {}, limit=MOST)


def proposal_of(visit: Visit, ident: str) -> Proposal:
    """One proposal. Raises Unseen."""
    with visit.world.engine.connect() as connection:
        for one in _select(connection, visit, "id = :id", {"id": ident}, limit=1):
            return one
    raise Unseen("proposal", ident)


def _select(
    connection: Connection, visit: Visit, where: str, values: dict[str, Any], *, limit: int
) -> list[Proposal]:
    seen = _SEEN.format(seen=sight.streams(visit.registry, visit.actor, "p.stream"))
    statement = text(
        f"SELECT * FROM proposal p WHERE {where} AND {seen} ORDER BY p.id LIMIT :limit"
    )
    given = {**values, "org": visit.actor.organisation, "limit": limit}
    rows = connection.execute(statement, given).mappings().all()
    return [_proposal(connection, visit, row) for row in rows]


def _proposal(connection: Connection, visit: Visit, row: Any) -> Proposal:
    pending = proposals_kept.pending_of(visit.registry, row)
    refused = _refused(connection, visit, row, pending)
    names = ("id", "stream", "trigger", "command", "digest", "state", "maker", "proposed_on",
             "confirmations", "decided_by", "decided_on")  # fmt: skip
    return Proposal(
        data=wire.shown(pending.command),
        may_confirm=not refused and row["state"] == "PENDING",
        reasons=refused,
        **{name: row[name] for name in names},
    )


def _refused(connection: Connection, visit: Visit, row: Any, pending: Pending) -> list[Reason]:
    asked = replace(pending.confirmed(by=visit.actor, today=row["proposed_on"]), facts={})
    try:
        Unit(connection, visit.registry).ask_persons(asked)
    except NotAllowed as error:
        return [Reason(**one) for one in because.reasons((error.reason,), visit.lang)]
    return []
