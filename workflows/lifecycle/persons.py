"""Whether these persons may make and confirm an act: role, organisation, and two of them."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.refusals import NotAllowed, Refusal
from workflows.lifecycle.roles import ORGANISATION_OF, Actor, Role
from workflows.lifecycle.rows import Row, Situation


def ask_person(row: Row, asked: Situation[Any, Any]) -> None:
    """Role and organisation of the maker and of who confirmed so far; nobody speaks twice."""
    _ask_role(row, asked.actor, row.roles, asked)
    spoken = {asked.actor.user}
    # Fewer than there are turns: the kernel keeps the act as a proposal.
    for turn, checker in zip(row.control.turns, asked.checkers, strict=False):
        if checker.user in spoken:
            raise NotAllowed(row.trigger, Refusal("same_person", actual=checker.user))
        spoken.add(checker.user)
        _ask_role(row, checker, turn.roles, asked)
        if turn.same_organisation:
            _ask_same_organisation(row, asked.actor, checker)


def _ask_same_organisation(row: Row, maker: Actor, checker: Actor) -> None:
    if checker.organisation != maker.organisation:
        reason = Refusal(
            "other_organisation", threshold=maker.organisation, actual=checker.organisation
        )
        raise NotAllowed(row.trigger, reason)


def _ask_role(row: Row, actor: Actor, roles: tuple[Role, ...], asked: Situation[Any, Any]) -> None:
    if actor.role not in roles:
        names = " / ".join(role.value for role in roles)
        raise NotAllowed(
            row.trigger, Refusal("wrong_role", threshold=names, actual=actor.role.value)
        )
    attribute = ORGANISATION_OF.get(actor.role)
    if attribute is None:
        return
    owner = _owner(attribute, asked)
    if owner is not None and owner != actor.organisation:
        raise NotAllowed(
            row.trigger,
            Refusal("wrong_organisation", threshold=owner, actual=actor.organisation),
        )


def _owner(attribute: str, asked: Situation[Any, Any]) -> str | None:
    """The organisation a row belongs to: named by the row, else (while new) by the command."""
    for holder in (asked.it, asked.act):
        found: str | None = getattr(holder, attribute, None)
        if found is not None:
            return found
    return None
