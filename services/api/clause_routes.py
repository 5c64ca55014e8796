"""GET /clauses/{id}: one clause of the rulebook, in the caller's language."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.api.act_routes import IdIn
from services.api.caller import CallerIn
from services.api.failures import of_read
from services.api.sight import Unseen
from services.rulebook import clauses
from services.rulebook.clauses import UnknownClause


class Beneath(BaseModel):
    """A clause that lies below."""

    id: str = Field(examples=["ZD-3.8.1"])
    title: str


class ClauseOut(BaseModel):
    """One rule of the rulebook; texts are Markdown, "" where there is nothing to say."""

    id: str = Field(examples=["ZD-3.8"])
    title: str
    lang: str
    text: str
    why: str
    law: str = Field(description="The law or practice behind it")
    grade: str = Field(description="How well it is evidenced, in words")
    platform: str = Field(description="Whether this platform does it")
    page: str = Field(description="Its page in docs/rulebook and below /rulebook")
    url: str = Field(description="Where the console shows it")
    beneath: list[Beneath]


router = APIRouter(tags=["clauses"])


@router.get("/clauses/{id}", operation_id="clauses_get", responses=of_read())
def single(known: CallerIn, id: IdIn) -> ClauseOut:
    """What a clause id such as ZD-3.8 stands for: the rule, its reason, evidence and grade."""
    try:
        found = clauses.clause(id, known.lang)
    except UnknownClause:
        raise Unseen("clause", id) from None
    below = clauses.beneath(found.ident, known.lang)
    return ClauseOut(
        id=found.ident,
        title=found.title,
        lang=found.lang,
        text=found.text,
        why=found.why,
        law=found.law,
        grade=found.grade,
        platform=found.platform,
        page=found.page,
        url=clauses.address(found.ident),
        beneath=[Beneath(id=one.ident, title=one.title) for one in below],
    )
