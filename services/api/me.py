"""GET /me: who the caller is, and which acts their role takes part in."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.api.acts import acts
from services.api.caller import CallerIn
from services.api.failures import of
from services.kernel import grants
from services.kernel.i18n import label


class Me(BaseModel):
    """The signed-in user."""

    user: str
    role: str = Field(examples=["BK-L"])
    role_label: str
    organisation: str
    does: list[str] = Field(description="operationIds of the acts of this role")
    confirms: list[str] = Field(description="operationIds this role confirms as second person")
    grants: list[str] = Field(description="What they may do beside lending")


router = APIRouter(tags=["me"])


@router.get("/me", operation_id="me_get", responses=of(401, 503))
def me(known: CallerIn) -> Me:
    """Who am I here?"""
    actor, every = known.actor, acts(known.registry)
    return Me(
        user=actor.user,
        role=actor.role.value,
        role_label=label(f"role.{actor.role.value}", known.lang),
        organisation=actor.organisation,
        does=[act.operation for act in every if actor.role in act.roles],
        confirms=[act.operation for act in every if actor.role in act.checkers],
        grants=sorted(grant.value for grant in grants.of(actor.user)),
    )
