"""Users named by a row or an event as persons: `基金经办 1`, never the name they sign in with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.console import words
from services.kernel import users
from workflows.lifecycle.roles import Actor

FIELDS = frozenset(
    {
        "accepted_by", "decided_by", "investigated_by", "members", "proposed_by", "reviewer",
        "signatory",
    }
)  # fmt: skip


def known(told_of: Iterable[Mapping[str, Any]]) -> Mapping[str, Actor]:
    """Everybody whom FIELDS of these values name, by one statement."""
    found = {user for values in told_of for name in FIELDS for user in _listed(values.get(name))}
    return users.named(sorted(found)) if found else {}


def told(values: Mapping[str, Any], persons: Mapping[str, Actor], lang: str) -> dict[str, Any]:
    """The same values, users of FIELDS as persons; one who is gone keeps their name."""

    def person(user: str) -> str:
        found = persons.get(user)
        return words.person(user, found.role.value, lang) if found else user

    named = {name: [person(one) for one in _listed(values.get(name))] for name in FIELDS}
    return {**values, **{name: each for name, each in named.items() if each}}


def one(name: str, value: Any, lang: str) -> Any:
    """A single field's value."""
    return told({name: value}, known([{name: value}]), lang)[name]


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) and value else list(value or ())
