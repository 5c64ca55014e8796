"""Whether these persons may make and confirm an act: role, organisation, and others than before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.regions import NATION, lies_in
from workflows.lifecycle.refusals import NotAllowed, PairRefused, Refusal
from workflows.lifecycle.roles import ORGANISATION_OF, PLACED, Actor, Role
from workflows.lifecycle.rows import Row, Situation, Turn


def ask_person(noun: str, row: Row, asked: Situation[Any, Any]) -> None:
    """Role and organisation of the maker and of who confirmed so far; nobody speaks twice.

    Raises NotAllowed, and PairRefused where one person alone would have been let in.
    """
    against = _role(asked.actor, row.roles) or _organisation(asked.actor, asked)
    if against is not None:
        raise NotAllowed(row.trigger, against)
    against = _second(row, asked) or _apart(row, asked)
    if against is not None:
        stream = f"{noun}/{getattr(asked.act, noun)}"
        raise PairRefused(
            row.trigger, against, persons=asked.persons, stream=stream, policy=asked.policy.ref
        )


def _second(row: Row, asked: Situation[Any, Any]) -> Refusal | None:
    """What speaks against one of those who confirmed, each at their turn."""
    spoken = {asked.actor.user}
    # Fewer than there are turns: the kernel keeps the act as a proposal.
    turns = row.control.asked_of(asked) if asked.checkers else ()
    for turn, checker in zip(turns, asked.checkers, strict=False):
        against = _turn(turn, checker, spoken, asked)
        if against is not None:
            return against
        spoken.add(checker.user)
    return None


def _apart(row: Row, asked: Situation[Any, Any]) -> Refusal | None:
    """What an earlier step forbids one of them; the platform takes no step as a person."""
    if asked.actor.role is Role.SYS:
        return None
    said = (rule(asked) for rule in row.control.apart)
    return next((against for against in said if against is not None), None)


def _turn(
    turn: Turn, checker: Actor, spoken: set[str], asked: Situation[Any, Any]
) -> Refusal | None:
    """What speaks against that person at that turn."""
    if checker.user in spoken:
        return Refusal("same_person", actual=checker.user)
    roles, over = turn.of(asked), turn.over(asked)
    if checker.role not in roles and checker.role in turn.roles:
        return over
    wrong = _role(checker, roles) or _organisation(checker, asked)
    if wrong is None and turn.same_organisation:
        return _same_organisation(asked.actor, checker)
    return wrong


def _same_organisation(maker: Actor, checker: Actor) -> Refusal | None:
    if checker.organisation == maker.organisation:
        return None
    return Refusal("other_organisation", threshold=maker.organisation, actual=checker.organisation)


def _role(actor: Actor, roles: tuple[Role, ...]) -> Refusal | None:
    if actor.role in roles:
        return None
    names = " / ".join(role.value for role in roles)
    return Refusal("wrong_role", threshold=names, actual=actor.role.value)


def _organisation(actor: Actor, asked: Situation[Any, Any]) -> Refusal | None:
    """Whether the actor's organisation has to do with the row: it is named there, or serves there.

    An organisation's people act on what names it, and name no other in its place; what is new is
    theirs who bring it into being, where no field says whose it is.
    """
    attribute = ORGANISATION_OF.get(actor.role)
    if attribute is not None:
        named = tuple(_named(attribute, asked))
        if not named and asked.it is not None:
            return Refusal("not_concerned", actual=actor.organisation)
        for owner in named:
            if owner != actor.organisation:
                return Refusal("wrong_organisation", threshold=owner, actual=actor.organisation)
    return _place(actor, asked) if actor.role in PLACED else None


def _named(attribute: str, asked: Situation[Any, Any]) -> Iterable[str]:
    """The organisation of that kind which the row names, and the one that the command names.

    Where neither names one, a row read with them does.
    """
    own = [getattr(holder, attribute, None) for holder in (asked.it, asked.act)]
    found = [one for one in own if one is not None]
    if found:
        return found
    others = (getattr(row, attribute, None) for row in asked.rows.values())
    return [one for one in others if one is not None]


def _place(actor: Actor, asked: Situation[Any, Any]) -> Refusal | None:
    """Whether the office serves the row's place, or the whole area of its programme."""
    if actor.region == NATION:
        return None
    place: str | None = getattr(asked.it, "region", None)
    area = asked.policy.among("regions")
    if place is None and area.unlimited:
        return None
    places = area.value if place is None else (place,)
    if actor.region and all(lies_in(one, (actor.region,)) for one in places):
        return None
    return Refusal("other_region", threshold=places, actual=actor.region or "-")
