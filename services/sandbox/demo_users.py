"""Users to try the platform with: the cast of the demo's case, each with a random password.

The passwords stand in a file that its owner alone may read, so that a second terminal finds them;
the database keeps hashes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from services.kernel import codec, grants, users
from services.kernel.grants import Grant
from services.kernel.users import Issued
from services.sandbox import library
from services.sandbox.written import told_in
from workflows.lifecycle.roles import Actor, Role

FILE = "demo-users.txt"

# Roles that act in no scenario yet, and who keeps the platform or teaches with it.
_FURTHER = (
    Actor("operator-1", Role.NONE, "PLATFORM"),
    Actor("instructor-1", Role.NONE, "PLATFORM"),
    Actor("bk-c-1", Role.BK_C, "BK01"),
    Actor("fc-1", Role.FC, "JS-FUND"),
    Actor("aud-1", Role.AUD, "JS-AUD", "320000"),
)

_GRANTED = {"operator-1": Grant.OPERATOR, "instructor-1": Grant.INSTRUCTOR}


def people() -> tuple[Actor, ...]:
    """Everybody there is to be, by name."""
    found = {actor.user: actor for actor in _FURTHER}
    case = library.sample_case()
    for path in library.listing().values():
        told = told_in(path)
        if told["scenario"]["case"] == case:
            cast = told.get("cast", {}).values()
            found |= {one["user"]: codec.of_plain(Actor, one) for one in cast}
    return tuple(found[name] for name in sorted(found))


def ensure(folder: Path) -> list[Issued]:
    """The demo users whose passwords are known here; those that are missing are made.

    Nobody's password is changed: another platform on this database may have made them.
    """
    kept = [one for one in read(folder) if _true(one)]
    missing = [actor for actor in people() if actor.user not in users.demo_names()]
    if missing:
        kept = _kept(folder, [*kept, *users.issue(missing, demo=True)])
    for name, grant in _GRANTED.items():
        grants.give(name, grant)
    return kept


def renew(folder: Path) -> list[Issued]:
    """Give every demo user a new password; the old ones work no more."""
    return _kept(folder, users.issue(people(), demo=True))


def _kept(folder: Path, issued: list[Issued]) -> list[Issued]:
    with suppress(OSError):  # a container's folder may not be written to: shown once, then lost
        _write(folder, issued)
    return issued


def read(folder: Path) -> list[Issued]:
    """What the file says; empty where there is none."""
    try:
        lines = (folder / FILE).read_text("utf-8").splitlines()
    except OSError:
        return []
    return [_issued(line.split()) for line in lines if line and not line.startswith("#")]


def _issued(words: Sequence[str]) -> Issued:
    name, password, role, organisation, *region = words
    return Issued(Actor(name, Role(role), organisation, *region), password)


def _true(one: Issued) -> bool:
    """Whether it is of this database: another one has other passwords."""
    return users.is_right(one.actor.user, one.password)


def _write(folder: Path, issued: Sequence[Issued]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# user password role organisation region"]
    for one in issued:
        actor = one.actor
        words = (actor.user, one.password, actor.role.value, actor.organisation, actor.region)
        lines.append(" ".join(words).rstrip())
    fresh = folder / f"{FILE}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    fresh.replace(folder / FILE)
