"""The Jiangsu story, played from outside by a program that knows only openapi.json."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from secrets import token_hex
from typing import Any

import pytest

from services.kernel import users
from services.kernel.settings import ROOT
from services.sandbox import demo_users
from tests.integration.api_outside import Outsider
from tests.integration.api_platform import running

STORY = tomllib.loads(
    (ROOT / "services/sandbox/stories/jiangsu.toml").read_text("utf-8")
)  # who does what on which day; nothing about the API
LOAN = "SZD-0001"


@pytest.fixture(scope="module")
def address(servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("api")) as found:
        yield found


@pytest.fixture
def outside(address: str, passwords: Mapping[str, str]) -> Iterator[Outsider]:
    with Outsider(address, passwords, f"outside-{token_hex(3)}") as made:
        yield made


@pytest.fixture(scope="module")
def passwords(servers: None) -> Mapping[str, str]:
    issued = users.issue(demo_users.people(), demo=True)
    return {one.actor.user: one.password for one in issued}


def plain(value: Any) -> Any:
    """A value of the story as the specification writes it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.removesuffix(" CNY") if isinstance(value, str) else value


def several(names: str | list[str]) -> list[str]:
    """One person's name, or those of several."""
    return [names] if isinstance(names, str) else list(names)


def play(outside: Outsider, path: str) -> None:
    """Create the world, act on each day, confirm what needs two, wait, go on."""
    cast = {name: one["user"] for name, one in STORY["cast"].items()}
    clerk = cast["finance"]
    starts_on = STORY["story"]["starts_on"].isoformat()
    world = {"name": outside.world, "starts_on": starts_on}
    assert outside.call("worlds_create", clerk, world).status_code == 201
    for act in STORY["act"]:
        if path not in act.get("paths", (path,)):
            continue
        outside.advance(clerk, act["on"].isoformat())
        operation, noun = outside.operation_of(act["do"])
        body = {name: plain(value) for name, value in act["with"].items()}
        row = body.pop(noun)
        answer = outside.call(operation, cast[act["by"]], body, row=row)
        for name in several(act.get("checked_by", ())):
            assert answer.status_code == 202, (act["do"], answer.text)
            proposed = answer.json()
            answer = outside.call(
                "proposals_confirm", cast[name], {"digest": proposed["digest"]},
                row=proposed["proposal"],
            )  # fmt: skip
        assert answer.status_code == 200, (act["do"], answer.text)
        outside.at_rest(clerk)
    outside.advance(clerk, STORY["story"]["ends_on"][path].isoformat())


def test_an_unpaid_loan_is_compensated_recovered_and_settled_to_the_fen(
    outside: Outsider,
) -> None:
    play(outside, "default")

    loan = outside.call("loan_get", "bk-m-1", row=LOAN).json()
    claim = outside.call("claim_get", "fm-m-1", row=LOAN).json()
    fund = outside.call("fund_get", "fin-1", row="JS-FUND").json()
    assert (loan["state"], claim["state"]) == ("WRITTEN_OFF", "SETTLED")
    assert (claim["paid"], claim["fund_share"]) == ("3360000.00", "3360000.00")
    assert (claim["bank_principal"], claim["bank_interest"]) == ("840000.00", "63000.00")
    assert (claim["returned_fund"], claim["returned_bank"]) == ("768000.00", "192000.00")
    assert (loan["recovered"], loan["written_off"]) == ("960000.00", "3240000.00")
    assert (fund["cash"], fund["paid_out"], fund["returned"]) == (
        "47408000.00",
        "3360000.00",
        "768000.00",
    )


def test_a_repaid_loan_ends_without_a_claim_and_its_pledge_is_cancelled(
    outside: Outsider,
) -> None:
    play(outside, "happy")

    loan = outside.call("loan_get", "ent-1", row=LOAN).json()
    assert (loan["state"], loan["outstanding"], loan["disbursed"]) == (
        "SETTLED",
        "0.00",
        "6000000.00",
    )
    assert outside.call("pledge_get", "reg-1", row="PL-0001").json()["state"] == "CANCELLED"
    assert outside.call("claim_get", "bk-m-1", row=LOAN).status_code == 404
    assert outside.call("fund_get", "fin-1", row="JS-FUND").json()["cash"] == "50000000.00"
    _the_feed_tells_every_event_once(outside)


def _the_feed_tells_every_event_once(outside: Outsider) -> None:
    seen: list[dict[str, Any]] = []
    after = 0
    while True:
        page = outside.call("events_list", "aud-1", query={"after": after, "limit": 20}).json()
        seen += page["items"]
        after = page["next"]
        if not page["more"]:
            break
    positions = [event["position"] for event in seen]
    assert positions == sorted(set(positions))
    by_stream: dict[str, list[int]] = {}
    for event in seen:
        by_stream.setdefault(event["stream"], []).append(event["seq"])
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_stream.values())
    assert by_stream[f"loan/{LOAN}"]
