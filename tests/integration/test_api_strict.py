"""What a request says twice, or says to nobody, is refused and not resolved in silence."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from services.api.app import build, specification
from services.kernel import worlds
from services.wiring import registry
from tests.integration.api_stage import FIRM, ROOT, Desk, Office, kind, office


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    with office() as made:
        yield made


@pytest.fixture(scope="module")
def still(open_office: Office) -> Iterator[Desk]:
    made = worlds.create("strict", starts_on=date(2025, 1, 2))
    yield Desk(open_office, made)
    worlds.drop(made.name)


def sent(at: Desk, method: str, path: str, *, user: str = "ent-1", **more: Any) -> httpx.Response:
    headers = [("Zhidai-World", at.world.name), *more.pop("headers", [])]
    auth = (user, at.passwords[user])
    return at.client.request(method, f"{ROOT}{path}", auth=auth, headers=headers, **more)


@pytest.mark.parametrize(
    "body",
    [
        '{"amount": "1.00", "amount": "2.00"}',
        '{"amount": "1.00", "am\\u006funt": "1.00"}',
        '{"a": {"b": [{"c": 1, "c": 1}]}}',
        '[{"x": null, "x": null}]',
    ],
)
@pytest.mark.parametrize("path", ["/loans/L-1/repay", "/worlds", "/clock/advance", "/nothing"])
def test_a_member_that_stands_twice_is_refused(still: Desk, body: str, path: str) -> None:
    answer = sent(still, "POST", path, content=body, headers=[("content-type", "application/json")])

    assert kind(answer) == (422, "malformed")
    assert "stands twice" in answer.json()["errors"][0]["detail"]


def test_the_same_member_in_two_objects_is_no_repetition(still: Desk) -> None:
    body = '{"to": {"to": 1}}'
    answer = sent(still, "POST", "/clock/advance", content=body)

    assert "stands twice" not in answer.text


@pytest.mark.parametrize("name", ["Idempotency-Key", "If-Match", "Zhidai-World", "Content-Type"])
@pytest.mark.parametrize("same", [True, False])
def test_a_header_that_stands_twice_is_refused(still: Desk, name: str, same: bool) -> None:
    told = {"Content-Type": "application/json", "Zhidai-World": still.world.name}.get(name, "k-1")
    headers = [(name, told), (name, told if same else f"{told}2")]

    answer = sent(still, "POST", "/enterprises/E-0001/register", json=FIRM, headers=headers)

    assert kind(answer) == (422, "malformed")
    assert answer.json()["errors"][0]["in"] == "header"


def reading() -> list[str]:
    """Every path of the API that is read, with an id in it."""
    paths = specification(build(registry()))["paths"]
    read = [path.removeprefix(ROOT) for path, item in paths.items() if "get" in item]
    return [path.replace("{id}", "X-1") for path in (*read, "/openapi.json")]


@pytest.mark.parametrize("path", reading())
def test_an_unknown_query_parameter_is_refused_on_every_route(still: Desk, path: str) -> None:
    answer = sent(still, "GET", f"{path}?surplus=1", user="aud-1")

    assert kind(answer) == (422, "malformed"), path
    assert "surplus" in answer.text


@pytest.mark.parametrize(
    "path", ["/enterprises/E-1/register?dry_run=1", "/worlds?x", "/clock/advance?to=2025-01-03"]
)
def test_an_act_takes_no_query_parameter(still: Desk, path: str) -> None:
    assert kind(sent(still, "POST", path, json={})) == (422, "malformed")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events?wait=1", 422),
        ("/events?after=0&after=0", 422),
        ("/events?after=0&limit=1", 200),
        ("/enterprises?state=DRAFT&limit=2", 200),
        ("/enterprises?State=DRAFT", 422),
        ("/events?limit=%EF%BC%91", 422),
        ("/cases/jiangsu?on=2025-01-01", 200),
        ("/cases/jiangsu?on=1735689600", 422),
        ("/cases/jiangsu?on=%EF%BC%92025-01-01", 422),
        ("/clock?wait=nan", 422),
    ],
)
def test_a_parameter_is_read_as_it_is_documented(still: Desk, path: str, status: int) -> None:
    assert sent(still, "GET", path, user="aud-1").status_code == status


@pytest.mark.parametrize(
    "told",
    [
        "", "Basic", "Basic !!!", "Basic YQ==", "Basic " + "A" * 5, "Bearer x",
        "Digest a=b",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Basic " + base64.b64encode(b"a\0b:x").decode(),
        "Basic " + base64.b64encode(b"ent-1:" + b"x" * 100_000).decode()[:60_000],
    ],
)  # fmt: skip
def test_a_malformed_authorization_is_not_signed_in(still: Desk, told: str) -> None:
    headers = {"Authorization": told, "Zhidai-World": still.world.name}

    answer = still.client.get(f"{ROOT}/me", headers=headers)

    assert kind(answer) == (401, "not-signed-in")
    assert answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize("digits", ["１000000.00", "٣000000.00", "300000０.00", "3000000.0٠"])
def test_an_amount_is_in_ascii(still: Desk, digits: str) -> None:
    answer = still.register("ent-1", "E-0001", revenue=digits)

    assert kind(answer) == (422, "malformed")
    assert answer.json()["errors"][0]["pointer"] == "#/revenue"
