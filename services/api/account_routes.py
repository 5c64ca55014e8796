"""Organisations, users, what users may do beside lending, and tokens for programs.

Kept for all worlds. What is shown once (a password, a token) is nowhere kept, so these operations
take no idempotency key; and a token keeps no accounts: they ask for a password.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from fastapi.exceptions import RequestValidationError
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from policies.regions import NATION, UnknownRegion, folded
from services.api.caller import CallerIn, PersonIn
from services.api.failures import of
from services.kernel import grants, organisations, tokens, users
from services.kernel.grants import Grant
from services.kernel.organisations import Organisation, UnknownOrganisation
from services.kernel.tokens import Token
from workflows.lifecycle.roles import KIND_OF, Actor, Kind, Role

KINDS = tuple(kind.name for kind in Kind)
ROLES = tuple(role.value for role in Role if role is not Role.SYS)
GRANTS = tuple(grant.value for grant in Grant)
NAME = r"^[A-Za-z0-9._@-]{1,64}$"
NameIn = Annotated[str, Path(pattern=NAME, examples=["bk-m-9"])]
READ = of(401, 403, 503)
WRITTEN = of(401, 403, 404, 409, 422, 503)


class OrganisationOut(BaseModel):
    """A bank, a firm, a fund, an office: whose people act."""

    id: str = Field(description="What rows call it", examples=["BK02"])
    kind: Literal[KINDS] = Field(description="Its people have the roles of its kind")  # type: ignore[valid-type]  # the codes
    name: str = Field(description="What people call it")
    region: str = Field(description="Of an office, the division (GB/T 2260) it serves; else empty")


class NewOrganisation(BaseModel):
    """An organisation to be put on file."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=NAME, description="What rows will call it", examples=["BK02"])
    kind: Literal[KINDS] = Field(description="What it is", examples=["BANK"])  # type: ignore[valid-type]  # the codes
    name: str = Field(min_length=1, max_length=200, examples=["第二样例银行"])
    region: str = Field(
        "", max_length=100, examples=[""],
        description="Of an office, the division it serves, by code or name; 100000 is the country",
    )  # fmt: skip


class Organisations(BaseModel):
    """Organisations, by id."""

    items: list[OrganisationOut]


class UserOut(BaseModel):
    """Somebody who may sign in."""

    name: str = Field(examples=["bk-m-9"])
    role: str = Field(description="Code of ZD-2.1", examples=["BK-M"])
    organisation: str = Field(examples=["BK02"])
    grants: list[str] = Field(description="What they may do beside lending")


class NewUser(BaseModel):
    """Somebody who is to sign in."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(pattern=NAME, examples=["bk-m-9"])
    role: Literal[ROLES] = Field(description="One of their organisation's kind", examples=["BK-M"])  # type: ignore[valid-type]  # the codes
    organisation: str = Field(description="One on file", examples=["BK02"])


class UserMade(UserOut):
    """The new user with their password: shown this once."""

    password: str


class UserList(BaseModel):
    """Users, by name."""

    items: list[UserOut]


class Granting(BaseModel):
    """What is granted."""

    model_config = ConfigDict(extra="forbid")
    grant: Literal[GRANTS] = Field(description="What they may do", examples=["instructor"])  # type: ignore[valid-type]  # the codes


class TokenOut(BaseModel):
    """A token, without its secret."""

    id: str
    user: str = Field(description="As whom it signs in")
    label: str = Field(description="What it is for")
    worlds: list[str] = Field(description="Where it is good; everywhere where empty")
    roles: list[str] = Field(description="Good while its user has one of these roles")
    expires_at: datetime


class NewToken(BaseModel):
    """A token to be made for oneself."""

    model_config = ConfigDict(extra="forbid")
    label: str = Field(min_length=1, max_length=200, examples=["nightly tests"])
    worlds: list[str] = Field(description="Names of worlds; empty for all", examples=[["lesson-1"]])
    roles: list[Literal[ROLES]] = Field(  # type: ignore[valid-type]  # the codes
        description="Good while the user has one of these; the user's own by default",
        default_factory=list,
        examples=[["BK-M"]],
    )
    expires_at: AwareDatetime = Field(
        description="At most 366 days off", examples=["2026-12-31T00:00:00+08:00"]
    )


class TokenMade(TokenOut):
    """The new token: shown this once."""

    token: str = Field(description="Send it as `Authorization: Bearer`")


class Tokens(BaseModel):
    """Tokens that are good."""

    items: list[TokenOut]


router = APIRouter(tags=["accounts"])


@router.get("/organisations", operation_id="organisation_list", responses=READ)
def organisation_list(known: CallerIn) -> Organisations:
    """All organisations on file."""
    return Organisations(items=[_organisation(one) for one in organisations.listing()])


@router.post(
    "/organisations", operation_id="organisation_create", status_code=201, responses=WRITTEN
)
def organisation_create(known: PersonIn, body: NewOrganisation) -> OrganisationOut:
    """Put an organisation on file: a second bank, a second borrower. By operator or instructor."""
    grants.ask(known.actor.user, Grant.OPERATOR, Grant.INSTRUCTOR)
    kind = Kind[body.kind]
    made = Organisation(body.id, kind, body.name, _region(body.region, kind))
    organisations.add(made)
    return _organisation(made)


@router.get("/users", operation_id="user_list", responses=READ)
def user_list(known: CallerIn) -> UserList:
    """All users for operator and instructor, else those of one's own organisation."""
    whole = bool(grants.of(known.actor.user))
    granted = grants.everybody()
    found = users.listing("" if whole else known.actor.organisation)
    return UserList(items=[_user(one, granted.get(one.user, ())) for one in found])


@router.post("/users", operation_id="user_create", status_code=201, responses=WRITTEN)
def user_create(known: PersonIn, body: NewUser) -> UserMade:
    """Let somebody sign in, with a password shown this once. By operator or instructor."""
    grants.ask(known.actor.user, Grant.OPERATOR, Grant.INSTRUCTOR)
    role = Role(body.role)
    try:
        there = organisations.find(body.organisation)
    except UnknownOrganisation:
        raise _wrong("organisation", "no organisation of that id is on file") from None
    if there.kind is not KIND_OF[role]:
        raise _wrong("role", f"{there.id} is {there.kind.name}: its people have other roles")
    issued = users.create(Actor(body.name, role, there.id))
    return UserMade(**_user(issued.actor, ()).model_dump(), password=issued.password)


@router.post("/users/{name}/grants", operation_id="user_grant", responses=WRITTEN)
def user_grant(known: PersonIn, name: NameIn, body: Granting) -> UserOut:
    """Let a user keep the platform (operator), or teach with it (instructor). By an operator."""
    grants.ask(known.actor.user, Grant.OPERATOR)
    actor = users.find(name)
    grants.give(name, Grant(body.grant))
    return _user(actor, grants.of(name))


@router.delete(
    "/users/{name}/grants/{grant}", operation_id="user_withdraw_grant", responses=WRITTEN
)
def user_withdraw_grant(
    known: PersonIn,
    name: NameIn,
    grant: Annotated[Literal[GRANTS], Path()],  # type: ignore[valid-type]  # the codes
) -> UserOut:
    """Take a grant back. By an operator."""
    grants.ask(known.actor.user, Grant.OPERATOR)
    actor = users.find(name)
    grants.take(name, Grant(grant))
    return _user(actor, grants.of(name))


@router.get("/tokens", operation_id="token_list", responses=READ)
def token_list(known: PersonIn) -> Tokens:
    """One's own tokens that are good; everybody's for an operator."""
    return Tokens(items=[_token(one) for one in tokens.listing(_whose(known.actor))])


@router.post("/tokens", operation_id="token_create", status_code=201, responses=WRITTEN)
def token_create(known: PersonIn, body: NewToken) -> TokenMade:
    """Make a token for oneself, for some worlds, some roles and until a day; shown this once."""
    roles = tuple(body.roles) or (known.actor.role.value,)
    minted = tokens.mint(
        known.actor, label=body.label, worlds=body.worlds, roles=roles,
        expires_at=body.expires_at,
    )  # fmt: skip
    return TokenMade(**_token(minted.token).model_dump(), token=minted.secret)


@router.delete("/tokens/{id}", operation_id="token_revoke", status_code=204, responses=WRITTEN)
def token_revoke(known: PersonIn, id: Annotated[str, Path(max_length=100)]) -> None:
    """End a token of one's own; an operator ends any."""
    tokens.revoke(id, _whose(known.actor))


def _whose(actor: Actor) -> str:
    """The user whose tokens the caller keeps; empty for all."""
    return "" if Grant.OPERATOR in grants.of(actor.user) else actor.user


def _region(said: str, kind: Kind) -> str:
    if not said and not kind.office:
        return ""
    if said == NATION:
        return NATION
    try:
        return folded(said)
    except UnknownRegion as error:
        raise _wrong("region", str(error)) from None


def _wrong(field: str, told: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", field), "msg": told, "type": "value_error"}])


def _organisation(one: Organisation) -> OrganisationOut:
    return OrganisationOut(id=one.id, kind=one.kind.name, name=one.name, region=one.region)


def _user(actor: Actor, granted: Sequence[Grant] | frozenset[Grant]) -> UserOut:
    told = sorted(grant.value for grant in granted)
    return UserOut(
        name=actor.user, role=actor.role.value, organisation=actor.organisation, grants=told
    )


def _token(one: Token) -> TokenOut:
    return TokenOut(
        id=one.id, user=one.user, label=one.label, worlds=list(one.worlds),
        roles=list(one.roles), expires_at=one.expires_at,
    )  # fmt: skip
