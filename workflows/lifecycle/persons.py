"""Whether these persons may make and confirm an act: role, organisation, and others than before."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.refusals import NotAllowed, PairRefused, Refusal
from workflows.lifecycle.roles import ORGANISATION_OF, Actor, Role
from workflows.lifecycle.rows import Row, Situation, Turn


def ask_person(row: Row, asked: Situation[Any, Any]) -> None:
    """Role and organisation of the maker and of who confirmed so far; nobody speaks twice.

    Raises NotAllowed, and PairRefused where one person alone would have been let in.
    """
    against = _role(asked.actor, row.roles) or _organisation(asked.actor, asked)
    if against is not None:
        raise NotAllowed(row.trigger, against)
    spoken = {asked.actor.user}
    # Fewer than there are turns: the kernel keeps the act as a proposal.
    turns = row.control.asked_of(asked) if asked.checkers else ()
    for turn, checker in zip(turns, asked.checkers, strict=False):
        against = _turn(turn, checker, spoken, asked)
        if against is not None:
            raise PairRefused(row.trigger, against)
        spoken.add(checker.user)
    for rule in row.control.apart if asked.actor.role is not Role.SYS else ():
        against = rule(asked)
        if against is not None:
            raise PairRefused(row.trigger, against)


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
    attribute = ORGANISATION_OF.get(actor.role)
    owner = None if attribute is None else _owner(attribute, asked)
    if owner is None or owner == actor.organisation:
        return None
    return Refusal("wrong_organisation", threshold=owner, actual=actor.organisation)


def _owner(attribute: str, asked: Situation[Any, Any]) -> str | None:
    """The organisation a row belongs to: named by the row, else (while new) by the command."""
    for holder in (asked.it, asked.act):
        found: str | None = getattr(holder, attribute, None)
        if found is not None:
            return found
    return None
