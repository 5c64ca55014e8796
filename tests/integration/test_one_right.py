"""One right is live once on the platform, whoever declares it and however its number is written."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from services.kernel.worlds import World
from tests.integration.api_stage import Desk, Office, kind, office
from workflows.asset.states import FREE_AGAIN, AssetState

NUMBER = "ZL202010000001.1"
FULL_WIDTH = "ZL２０２０１００００００１.1"
RIGHT = {
    "ip_type": "PATENT", "title": "one patent", "consents": [],
    "term_ends_on": "2040-03-18", "fee_due_on": "2028-03-18",
}  # fmt: skip


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    with office() as made:
        yield made


@pytest.fixture
def at(open_office: Office, world: World) -> Desk:
    desk = Desk(open_office, world)
    assert desk.register().status_code == 200
    other = {"name": "样例软件有限公司", "credit_code": "91320100MA1000002L"}
    answer = desk.register("ent-2", "E-0002", **other)
    assert answer.status_code == 200, answer.text
    return desk


def declare(at: Desk, row: str, *, number: str = NUMBER, firm: int = 1) -> tuple[int, str]:
    """Status of the answer, and of a refusal the first reason."""
    owner = f"E-000{firm}"
    body = {**RIGHT, "enterprise": owner, "number": number, "owners": [owner]}
    answer = at.post(f"ent-{firm}", f"/assets/{row}/declare", body)
    if answer.status_code == 200:
        return 200, ""
    assert kind(answer) == (409, "refused"), answer.text
    return 409, answer.json()["reasons"][0]["code"]


def test_a_second_declaration_is_refused_whoever_makes_it(at: Desk) -> None:
    assert declare(at, "IP-0001") == (200, "")

    assert declare(at, "IP-0002") == (409, "right_declared_twice")
    assert declare(at, "IP-0102", firm=2) == (409, "right_declared_twice")
    assert declare(at, "IP-0006", number=FULL_WIDTH) == (409, "right_declared_twice")


@pytest.mark.parametrize("state", list(AssetState), ids=str)
def test_a_right_may_be_declared_again_once_it_is_free(at: Desk, state: AssetState) -> None:
    assert declare(at, "IP-0001") == (200, "")
    at.run(f"UPDATE asset SET state = '{state.name}'")

    again = declare(at, "IP-0002", firm=2)

    assert again == ((200, "") if state in FREE_AGAIN else (409, "right_declared_twice"))


def test_of_two_declarations_at_one_moment_one_is_refused(at: Desk) -> None:
    with ThreadPoolExecutor(2) as both:
        told = list(both.map(lambda n: declare(at, f"IP-000{n}", firm=n), (1, 2)))

    assert sorted(told) == [(200, ""), (409, "right_declared_twice")]


def test_the_database_itself_takes_no_second_live_right(at: Desk) -> None:
    assert declare(at, "IP-0001") == (200, "")
    copy = (
        "CREATE TEMP TABLE twin AS SELECT * FROM asset;"
        " UPDATE twin SET id = 'IP-0009'; INSERT INTO asset SELECT * FROM twin"
    )

    with pytest.raises(IntegrityError, match="uq_asset_live_right"):
        at.run(copy)
