"""GET /loans/{id}/owed: what would close a loan on a day, by kind of debt."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.api import wire
from services.api.act_routes import IdIn
from services.api.caller import VisitIn
from services.api.failures import of_read
from services.api.rows import found
from services.kernel import clock
from services.loans.owed import owed

router = APIRouter()


class DebtOnDay(BaseModel):
    """What is owed at the end of a day, if nothing is paid from today until then."""

    on: wire.Day
    principal: wire.Amount
    interest: wire.Amount = Field(description="Of the term, due or not")
    penalty: wire.Amount = Field(description="On overdue principal")
    compound: wire.Amount = Field(description="On interest due and unpaid")
    cost: wire.Amount
    total: wire.Amount


OnIn = Annotated[date | None, Query(description="The day; the business date where none is given")]


@router.get(
    "/loans/{id}/owed", operation_id="loan_owed", tags=["loans"], response_model=DebtOnDay,
    responses=of_read(), summary="What is owed on one loan on a day",
)  # fmt: skip
def of_loan(visit: VisitIn, id: IdIn, on: OnIn = None) -> DebtOnDay:
    """Principal, interest, penalty, compound interest and costs."""
    found(visit, visit.registry.nouns["loan"], id)
    with visit.world.engine.connect() as connection:
        day = on or clock.standing(connection).business_date
        told = owed(connection, id, day)
    return DebtOnDay.model_construct(
        **{name: getattr(told, name) for name in DebtOnDay.model_fields}
    )
