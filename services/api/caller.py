"""Who calls, in which world and language: what every request is answered for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.security import (
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
)

from services.api.once import strictly
from services.kernel import tokens, users, worlds
from services.kernel.i18n import FILES
from services.kernel.registry import Registry
from services.kernel.settings import settings
from services.kernel.tokens import Token, TokenElsewhere
from services.kernel.worlds import World
from workflows.lifecycle.roles import Actor

WORLD_HEADER = "Zhidai-World"

_basic = HTTPBasic(
    scheme_name="basic",
    realm="zhidai",
    auto_error=False,
    description="A user's name and password. `zhidai up` prints demo users, one for each role.",
)


_bearer = HTTPBearer(
    scheme_name="token",
    auto_error=False,
    description="A token of token_create: it signs in as its user, within its limits.",
)


class NotSignedIn(Exception):
    """No credentials, or wrong ones."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person of one role of one organisation, and the language answers are written in."""

    actor: Actor
    lang: str
    registry: Registry
    token: Token | None = None  # by which they signed in; None for a password


@dataclass(frozen=True, slots=True)
class Visit:
    """A caller in one world."""

    actor: Actor
    lang: str
    registry: Registry
    world: World


def language(request: Request) -> str:
    """The language the caller likes best of those there are: Accept-Language, else the setting."""
    liked: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, rest = part.partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in FILES:
            liked.append((_weight(rest), name))
    best = max(liked, key=lambda one: one[0], default=(0.0, ""))
    return best[1] if best[0] > 0 else settings().lang


def _weight(rest: str) -> float:
    name, _, number = rest.strip().partition("=")
    try:
        return float(number) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def caller(
    request: Request,
    given: Annotated[HTTPBasicCredentials | None, Depends(_basic)],
    borne: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """Who signs in with this request. Raises NotSignedIn; RequestValidationError, see `once`."""
    by_token = None if borne is None else tokens.signed_in(borne.credentials)
    if by_token is not None:
        actor, token = by_token
    else:
        known = None if given is None else users.signed_in(given.username, given.password)
        if known is None:
            raise NotSignedIn
        actor, token = known, None
    strictly(request)
    return Caller(actor, language(request), registry_of(request), token)


def in_person(known: Annotated[Caller, Depends(caller)]) -> Caller:
    """Who signed in by password: a token keeps no accounts. Raises NotSignedIn."""
    if known.token is not None:
        raise NotSignedIn
    return known


WorldIn = Annotated[
    str,
    Header(
        alias=WORLD_HEADER,
        description="Name of the world the request is about; worlds_list has them all.",
        max_length=40,
    ),
]


def visit(known: Annotated[Caller, Depends(caller)], world: WorldIn = worlds.MAIN) -> Visit:
    """The caller in the world they name, else `main`.

    Raises NotSignedIn, UnknownWorld, TokenElsewhere.
    """
    if known.token is not None and not known.token.serves(world):
        raise TokenElsewhere(world)
    return Visit(known.actor, known.lang, known.registry, worlds.find(world))


def acting(known: Annotated[Caller, Depends(caller)], world: WorldIn) -> Visit:
    """The caller in the world they must name to act there. Raises what `visit` raises."""
    return visit(known, world)


def registry_of(request: Request) -> Registry:
    """The nouns of the application."""
    known: Any = request.app.state.registry
    registry: Registry = known
    return registry


CallerIn = Annotated[Caller, Depends(caller)]
PersonIn = Annotated[Caller, Depends(in_person)]
VisitIn = Annotated[Visit, Depends(visit)]
ActIn = Annotated[Visit, Depends(acting)]
