"""Demo users: passwords are random, kept in one file of the owner's, and found again."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pwdlib import PasswordHash

from services.kernel import users
from services.sandbox import demo_users
from workflows.lifecycle.roles import Actor, Role

REAL = users._hasher  # as it is before a fixture takes a quicker one
VISITOR = Actor("visitor-1", Role.AUD, "AUD")


def test_they_are_made_once_and_found_again(servers: None, tmp_path: Path) -> None:
    first = demo_users.renew(tmp_path)
    again = demo_users.ensure(tmp_path)

    assert again == first
    assert {one.actor for one in first} == set(demo_users.people())
    assert len({one.password for one in first}) == len(first)
    file = tmp_path / demo_users.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert users.signed_in(first[0].actor.user, first[0].password) == first[0].actor


def test_a_second_platform_on_the_database_changes_nobody_s_password(
    servers: None, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    first = demo_users.renew(here)

    second = demo_users.ensure(there)

    assert second == []
    assert demo_users.ensure(here) == first
    assert all(users.is_right(one.actor.user, one.password) for one in first)


def test_passwords_are_renewed_when_somebody_asks_for_it(servers: None, tmp_path: Path) -> None:
    before = demo_users.renew(tmp_path)

    after = demo_users.renew(tmp_path)

    assert {one.password for one in before}.isdisjoint({one.password for one in after})
    assert demo_users.ensure(tmp_path) == after


def test_a_file_of_another_database_is_not_believed(servers: None, tmp_path: Path) -> None:
    demo_users.renew(tmp_path)
    demo_users.renew(tmp_path / "other")

    assert demo_users.ensure(tmp_path) == []


def test_a_wrong_password_and_an_unknown_name_are_nobody(servers: None) -> None:
    [issued] = users.issue([VISITOR], demo=False)

    assert users.signed_in("visitor-1", issued.password) == VISITOR
    assert users.signed_in("visitor-1", issued.password + "x") is None
    assert users.signed_in("visitor-2", issued.password) is None
    assert users.signed_in("", "") is None


def test_outside_of_tests_a_password_costs_what_the_library_recommends() -> None:
    kept = PasswordHash.recommended().hash("secret")

    assert REAL().hash("secret").split("$")[:4] == kept.split("$")[:4]
    assert kept.startswith("$argon2id$v=19$m=65536,t=3")


def test_a_demo_user_never_takes_somebody_s_name(servers: None) -> None:
    users.issue([VISITOR], demo=False)

    with pytest.raises(users.NameTaken):
        users.issue([VISITOR], demo=True)
