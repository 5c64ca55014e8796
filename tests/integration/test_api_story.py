"""The Jiangsu story, played from outside by a program that knows only openapi.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from secrets import token_hex
from typing import Any

import pytest

from services.kernel import codec, users
from services.sandbox import demo_users, library
from services.sandbox.scenario import Scenario
from services.wiring import registry
from tests.integration.api_outside import Outsider
from tests.integration.api_platform import running

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
    """A value of the scenario as the specification writes it."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.removesuffix(" CNY") if isinstance(value, str) else value


def told(path: str) -> Scenario:
    """Who does what on which day; nothing about the API."""
    found = library.of_case("jiangsu", registry(), path=path)
    assert found is not None
    return found


def play(outside: Outsider, path: str) -> None:
    """Create the world, act on each day, confirm what needs others, wait, go on."""
    scenario = told(path)
    clerk = "fin-1"
    world = {"name": outside.world, "starts_on": scenario.starts_on.isoformat()}
    assert outside.call("worlds_create", clerk, world).status_code == 201
    for act in scenario.acts:
        outside.advance(clerk, act.due_on.isoformat())
        name = type(act.command).__name__
        operation, noun = outside.operation_of(name)
        body = plain(codec.plain(act.command))
        row = body.pop(noun)
        answer = outside.call(operation, act.actor.user, body, row=row)
        for checker in act.checkers:
            assert answer.status_code == 202, (name, answer.text)
            proposed = answer.json()
            answer = outside.call(
                "proposals_confirm", checker.user, {"digest": proposed["digest"]},
                row=proposed["proposal"],
            )  # fmt: skip
        assert answer.status_code == 200, (name, answer.text)
        outside.at_rest(clerk)
    outside.advance(clerk, scenario.ends_on.isoformat())


def test_an_unpaid_loan_is_compensated_recovered_and_settled_to_the_fen(
    outside: Outsider,
) -> None:
    play(outside, "default")

    loan = outside.call("loan_get", "bk-m-1", row=LOAN).json()
    claim = outside.call("claim_get", "fm-m-1", row=LOAN).json()
    fund = outside.call("fund_get", "fin-1", row="JS-FUND").json()
    assert (loan["state"], claim["state"]) == ("WRITTEN_OFF", "SETTLED")
    _what_is_owed_is_told_for_any_day(outside)
    assert (claim["paid"], claim["fund_share"]) == ("3360000.00", "3360000.00")
    assert (claim["bank_principal"], claim["bank_interest"]) == ("840000.00", "63000.00")
    assert (claim["returned_fund"], claim["returned_bank"]) == ("768000.00", "192000.00")
    assert (loan["recovered"], loan["written_off"]) == ("960000.00", "3240000.00")
    assert (fund["cash"], fund["paid_out"], fund["returned"]) == (
        "47408000.00",
        "3360000.00",
        "768000.00",
    )


def _what_is_owed_is_told_for_any_day(outside: Outsider) -> None:
    """Principal, interest, penalty, compound and their total, as the story had them."""

    def owed(on: str) -> list[str]:
        told = outside.call("loan_owed", "bk-m-1", row=LOAN, query={"on": on}).json()
        assert (told["on"], told["cost"]) == (on, "0.00")
        return [told[kind] for kind in ("principal", "interest", "penalty", "compound", "total")]

    assert owed("2025-08-13") == ["0.00", "0.00", "0.00", "0.00", "0.00"]
    assert owed("2026-02-09") == ["6000000.00", "107400.00", "0.00", "0.00", "6107400.00"]
    assert owed("2026-02-10") == ["4200000.00", "0.00", "0.00", "0.00", "4200000.00"]
    assert owed("2026-11-22") == ["4200000.00", "0.00", "63000.00", "0.00", "4263000.00"]
    unknown = outside.call("loan_owed", "bk-m-1", row="SZD-9999", query={"on": "2026-11-22"})
    assert unknown.status_code == 404


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
