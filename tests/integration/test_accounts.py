"""Organisations, users, grants and tokens: who makes them, what they are good for, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.kernel import db, grants, tokens, users, worlds
from services.kernel.grants import Grant
from services.kernel.worlds import World
from tests.integration.api_stage import FIRM, FUND, ROOT, Desk, Office, kind, office
from workflows.lifecycle.roles import Actor, Role

KEEPERS = {
    "op-1": (Actor("op-1", Role.NONE, "PLATFORM"), Grant.OPERATOR),
    "teach-1": (Actor("teach-1", Role.NONE, "PLATFORM"), Grant.INSTRUCTOR),
}


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    issued = users.issue([actor for actor, _ in KEEPERS.values()], demo=True)
    for name, (_, grant) in KEEPERS.items():
        grants.give(name, grant)
    with office() as made:
        known = {**made.passwords, **{one.actor.user: one.password for one in issued}}
        yield Office(made.client, known)


@pytest.fixture
def at(open_office: Office, world: World) -> Iterator[Desk]:
    yield Desk(open_office, world)
    with db.engine(as_owner=True).begin() as connection:
        connection.execute(text("DELETE FROM api_token"))
        connection.execute(text("DELETE FROM app_user WHERE name LIKE 'new-%'"))
        connection.execute(text("DELETE FROM organisation WHERE id LIKE 'NEW%'"))


def bank(at: Desk, user: str = "teach-1", **more: Any) -> httpx.Response:
    told = {"id": "NEW-BK", "kind": "BANK", "name": "Second bank", **more}
    return at.post(user, "/organisations", told)


def person(at: Desk, name: str, role: str, organisation: str, user: str = "teach-1") -> Any:
    return at.post(user, "/users", {"name": name, "role": role, "organisation": organisation})


def later(days: int = 1) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def token(at: Desk, user: str = "ent-1", **more: Any) -> httpx.Response:
    told = {"label": "tests", "worlds": [at.world.name], "expires_at": later(), **more}
    return at.post(user, "/tokens", told)


def with_token(at: Desk, secret: str, method: str, path: str, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {secret}", "Zhidai-World": at.world.name}
    headers |= more.pop("headers", {})
    return at.client.request(method, f"{ROOT}{path}", headers=headers, **more)


def test_a_second_borrower_is_made_by_api_and_acts(at: Desk) -> None:
    assert bank(at, id="NEW-ENT", kind="ENTERPRISE").status_code == 201
    made = person(at, "new-ent", "ENT", "NEW-ENT")
    assert made.status_code == 201, made.text

    answer = at.client.post(
        f"{ROOT}/enterprises/NEW-ENT/register", json=FIRM,
        auth=("new-ent", made.json()["password"]), headers={"Zhidai-World": at.world.name},
    )  # fmt: skip

    assert answer.is_success, answer.text
    assert at.get("ent-1", "/enterprises").json()["items"] == []


def test_an_office_made_by_api_serves_its_place(at: Desk) -> None:
    assert bank(at, id="NEW-FIN", kind="FISCAL", region="浙江省").json()["region"] == "330000"
    password = person(at, "new-fin", "FIN", "NEW-FIN").json()["password"]

    answer = at.client.post(
        f"{ROOT}/funds/JS-FUND/establish", json=FUND, auth=("new-fin", password),
        headers={"Zhidai-World": at.world.name},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (403, "other_region")


@pytest.mark.parametrize("user", ["ent-1", "aud-1", "fin-1"])
def test_who_was_granted_nothing_makes_nobody(at: Desk, user: str) -> None:
    assert kind(bank(at, user)) == (403, "not-granted")
    assert kind(person(at, "new-1", "BK-M", "BK01", user)) == (403, "not-granted")
    grant = {"grant": "operator"}
    assert kind(at.post(user, f"/users/{user}/grants", grant)) == (403, "not-granted")
    seen = {one["organisation"] for one in at.get(user, "/users").json()["items"]}
    assert len(seen) == 1


def test_only_an_operator_grants(at: Desk) -> None:
    grant = {"grant": "instructor"}
    assert kind(at.post("teach-1", "/users/ent-1/grants", grant)) == (403, "not-granted")

    given = at.post("op-1", "/users/ent-1/grants", grant).json()
    assert given["grants"] == at.get("ent-1", "/me").json()["grants"] == ["instructor"]
    taken = at.client.delete(
        f"{ROOT}/users/ent-1/grants/instructor", auth=("op-1", at.passwords["op-1"])
    )
    assert taken.json()["grants"] == []
    assert kind(at.post("op-1", "/users/nobody/grants", grant)) == (404, "not-found")


def test_a_user_fits_their_organisation_and_bears_a_name_of_their_own(at: Desk) -> None:
    bank(at)
    assert kind(bank(at)) == (409, "name-taken")
    assert kind(person(at, "new-1", "ENT", "NEW-BK")) == (422, "malformed")
    assert kind(person(at, "new-1", "BK-M", "NEW-NO")) == (422, "malformed")
    assert person(at, "new-1", "BK-M", "NEW-BK").status_code == 201
    assert kind(person(at, "new-1", "BK-A", "NEW-BK")) == (409, "name-taken")
    assert kind(person(at, "fin-1", "BK-A", "NEW-BK")) == (409, "name-taken")


def test_a_token_signs_in_where_it_is_good_and_nowhere_else(at: Desk) -> None:
    other = worlds.create("elsewhere", starts_on=at.world.starts_on)
    secret = token(at).json()["token"]

    me = with_token(at, secret, "GET", "/me").json()
    there = with_token(at, secret, "POST", "/enterprises/E-0001/register", json=FIRM)
    names = [one["name"] for one in with_token(at, secret, "GET", "/worlds").json()["items"]]
    away = {"Zhidai-World": other.name}
    elsewhere = with_token(at, secret, "POST", "/enterprises/E-0001/register", json=FIRM,
                           headers=away)  # fmt: skip
    read = with_token(at, secret, "GET", "/enterprises", headers=away)
    unknown = with_token(at, secret, "GET", "/enterprises", headers={"Zhidai-World": "no-such"})
    made = with_token(at, secret, "POST", "/worlds",
                      json={"name": "mine", "starts_on": "2026-01-05"})  # fmt: skip
    worlds.drop(other.name)

    assert (me["user"], me["role"]) == ("ent-1", "ENT")
    assert there.is_success, there.text
    assert names == [at.world.name]
    assert [kind(one) for one in (elsewhere, read, unknown, made)] == [(403, "token-elsewhere")] * 4


def test_a_token_is_kept_as_a_hash_and_shown_once(at: Desk) -> None:
    made = token(at).json()

    listed = at.get("ent-1", "/tokens").json()["items"]
    with db.engine(as_owner=True).connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM api_token")).mappings().all())

    assert [one["id"] for one in listed] == [made["id"]]
    assert made["token"] not in kept + str(listed)


def test_a_token_ends_when_revoked_expired_or_when_its_user_has_another_role(at: Desk) -> None:
    made, second, third = (token(at).json() for _ in range(3))

    def works(one: dict[str, Any]) -> bool:
        return with_token(at, one["token"], "GET", "/me").is_success

    assert works(made)
    assert works(second)
    ends = f"{ROOT}/tokens/{made['id']}"
    assert at.client.delete(ends, auth=("fin-1", at.passwords["fin-1"])).status_code == 404
    assert at.client.delete(ends, auth=("ent-1", at.passwords["ent-1"])).status_code == 204
    with db.engine(as_owner=True).begin() as connection:
        expire = text("UPDATE api_token SET expires_at = now() WHERE id = :id")
        connection.execute(expire, {"id": second["id"]})
        connection.execute(text("UPDATE app_user SET role = 'ENT-S' WHERE name = 'ent-1'"))
    try:
        assert not works(made)
        assert not works(second)
        assert not works(third)
    finally:
        with db.engine(as_owner=True).begin() as connection:
            connection.execute(text("UPDATE app_user SET role = 'ENT' WHERE name = 'ent-1'"))
    assert works(third)


def test_a_token_has_limits_and_keeps_no_accounts(at: Desk) -> None:
    assert kind(token(at, expires_at=later(-1))) == (409, "token-limits")
    assert kind(token(at, expires_at=later(400))) == (409, "token-limits")
    assert kind(token(at, roles=["BK-A"])) == (409, "token-limits")
    secret = token(at, user="op-1").json()["token"]

    for method, path in (("POST", "/tokens"), ("GET", "/tokens"), ("POST", "/organisations")):
        answer = with_token(at, secret, method, path, json={})
        assert kind(answer) == (401, "not-signed-in")


def test_an_operator_sees_and_ends_everybody_s_tokens(at: Desk) -> None:
    made = token(at).json()

    assert [one["id"] for one in at.get("op-1", "/tokens").json()["items"]] == [made["id"]]
    assert at.get("teach-1", "/tokens").json()["items"] == []
    ended = at.client.delete(f"{ROOT}/tokens/{made['id']}", auth=("op-1", at.passwords["op-1"]))
    assert ended.status_code == 204
    assert tokens.signed_in(made["token"]) is None


def test_an_act_without_a_world_is_refused_and_a_reading_means_main(at: Desk) -> None:
    auth = ("fin-1", at.passwords["fin-1"])
    paths = ("/funds/F/establish", "/funds", "/proposals/P/confirm", "/proposals/P/decline",
             "/clock/advance")  # fmt: skip

    for path in paths:
        answer = at.client.post(f"{ROOT}{path}", json=FUND, auth=auth)
        assert kind(answer) == (400, "world-required"), path
    read = at.client.get(f"{ROOT}/clock", auth=auth, headers={"Accept-Language": "en"})
    assert kind(read) == (404, "unknown-world")  # these tests have no main
    assert "main" in read.json()["detail"]
    assert at.client.post(f"{ROOT}/worlds", json={"name": "x"}, auth=auth).status_code == 422
