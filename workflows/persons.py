"""Who may act and who may confirm: role, organisation, and two different persons.

domain.md 2.1 and 2.2. Asked before any guard; answers by raising NotAllowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflows.refusals import NotAllowed, Refusal
from workflows.roles import ORGANISATION_OF, Actor, Role


@dataclass(frozen=True, slots=True)
class Control:
    """Who must confirm, if anybody. domain.md 2.2.

    `same_organisation` holds for internal steps; where the matrix names two organisations the
    checker's own organisation is asked of the row instead.
    """

    checkers: tuple[Role, ...] = ()
    same_organisation: bool = True


ALONE = Control()


def two_persons(*checkers: Role, same_organisation: bool = True) -> Control:
    """The step is proposed by the row's role and confirmed by one of `checkers`, another user."""
    return Control(checkers, same_organisation)


def ask_maker(
    trigger: str, roles: tuple[Role, ...], actor: Actor, holders: tuple[Any, ...]
) -> None:
    """Raise NotAllowed unless the actor has one of the roles, in the organisation concerned.

    holders: the row, then the command; the first that names an organisation decides.
    """
    if actor.role not in roles:
        names = " / ".join(role.value for role in roles)
        raise NotAllowed(trigger, Refusal("wrong_role", threshold=names, actual=actor.role.value))
    attribute = ORGANISATION_OF.get(actor.role)
    if attribute is None:
        return
    owner = _owner(attribute, holders)
    if owner is not None and owner != actor.organisation:
        raise NotAllowed(
            trigger, Refusal("wrong_organisation", threshold=owner, actual=actor.organisation)
        )


def ask_checker(
    trigger: str, control: Control, maker: Actor, checker: Actor, holders: tuple[Any, ...]
) -> None:
    """Raise NotAllowed unless `checker` may confirm what `maker` proposes."""
    if checker.user == maker.user:
        raise NotAllowed(trigger, Refusal("same_person", actual=checker.user))
    ask_maker(trigger, control.checkers, checker, holders)
    if control.same_organisation and checker.organisation != maker.organisation:
        reason = Refusal(
            "other_organisation", threshold=maker.organisation, actual=checker.organisation
        )
        raise NotAllowed(trigger, reason)


def _owner(attribute: str, holders: tuple[Any, ...]) -> str | None:
    """The organisation a row belongs to: named by the row, else (before it is) by the command."""
    for holder in holders:
        found: str | None = getattr(holder, attribute, None)
        if found is not None:
            return found
    return None
