"""Whether these persons may make and confirm an act: role, organisation, and two of them."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.refusals import NotAllowed, Refusal
from workflows.lifecycle.roles import ORGANISATION_OF, Actor, Role
from workflows.lifecycle.rows import Row, Situation


def ask_person(row: Row, asked: Situation[Any, Any]) -> None:
    """Role, organisation, and where the row is controlled, two different persons."""
    actor, checker = asked.actor, asked.checker
    _ask_role(row, actor, row.roles, asked)
    if not row.control.checkers or checker is None:
        return  # the kernel turns a controlled act without checker into a proposal
    if checker.user == actor.user:
        raise NotAllowed(row.trigger, Refusal("same_person", actual=checker.user))
    _ask_role(row, checker, row.control.checkers, asked)
    if row.control.same_organisation and checker.organisation != actor.organisation:
        reason = Refusal(
            "other_organisation", threshold=actor.organisation, actual=checker.organisation
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
