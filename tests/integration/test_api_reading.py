"""What the API lets whom read: rows, pages, events, actions, proposals; and each POST done once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from policies.reading.loader import cases
from services.kernel import db, feed
from services.kernel.worlds import World
from tests.integration.api_stage import FIRM, FUND, Desk, Office, kind, office

OTHER = {**FIRM, "name": "另一家有限公司", "credit_code": "91320100MA1000002L"}
CONSENT = {
    "scope": ["CREDIT", "IP", "TAX"],
    "purpose": "知识产权质押融资",
    "until": "2025-12-31",
    "signatory": "ents-1",
    "mandate_until": "2028-12-31",
}


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    with office() as made:
        yield made


@pytest.fixture
def at(open_office: Office, world: World) -> Desk:
    return Desk(open_office, world)


def ids(answer: Any) -> list[str]:
    return [one["id"] for one in answer.json()["items"]]


def test_an_enterprise_sees_its_own_rows_and_the_programme_sees_all(at: Desk) -> None:
    at.register("ent-1", "E-0001")
    at.post("ent-2", "/enterprises/E-0002/register", OTHER)

    assert ids(at.get("ent-1", "/enterprises")) == ["E-0001"]
    assert ids(at.get("ent-2", "/enterprises")) == ["E-0002"]
    assert ids(at.get("aud-1", "/enterprises")) == ["E-0001", "E-0002"]
    assert kind(at.get("ent-1", "/enterprises/E-0002")) == (404, "not-found")
    assert kind(at.get("ent-1", "/enterprises/E-0002/events")) == (404, "not-found")
    assert kind(at.get("ent-1", "/enterprises/E-0002/actions")) == (404, "not-found")
    left = at.post("ent-1", "/enterprises/E-0002/leave")
    assert kind(left) == (404, "not-found")


def test_a_bank_sees_its_own_agreement_and_a_fund_its_banks(at: Desk) -> None:
    at.establish()
    at.agreement("BK01")
    at.agreement("BK02")

    assert ids(at.get("bk-m-1", "/banks")) == ["BK01"]
    assert ids(at.get("fm-m-1", "/banks")) == ["BK01", "BK02"]
    assert ids(at.get("fm-m-9", "/banks")) == []
    assert ids(at.get("ent-1", "/banks")) == []  # not signed yet
    assert ids(at.get("bk-m-1", "/funds")) == ["JS-FUND"]
    assert ids(at.get("ent-1", "/funds")) == []


def test_the_feed_shows_what_the_caller_may_see_and_no_more(at: Desk) -> None:
    at.register("ent-1", "E-0001")
    at.establish()

    def streams(user: str) -> set[str]:
        return {one["stream"] for one in at.get(user, "/events").json()["items"]}

    assert streams("ent-1") == {"enterprise/E-0001"}
    assert streams("ent-2") == set()
    assert streams("aud-1") == {"enterprise/E-0001", "fund/JS-FUND"}


def test_a_list_is_paged_by_cursor_and_filtered(at: Desk) -> None:
    at.establish()
    names = [f"BK0{number}" for number in range(1, 6)]
    for name in names:
        at.agreement(name)

    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = at.get("fm-m-1", f"/banks?limit=2&cursor={cursor}")
        seen += ids(page)
        cursor = page.json()["next"]

    assert seen == names
    assert ids(at.get("aud-1", "/banks?fund=JS-FUND&state=PROPOSED")) == names
    assert ids(at.get("aud-1", "/banks?fund=XX-FUND")) == []
    assert ids(at.get("aud-1", "/banks?state=SIGNED")) == []


def test_a_row_has_its_version_as_etag(at: Desk) -> None:
    made = at.register()

    row = at.get("ent-1", "/enterprises/E-0001")

    assert made.headers["etag"] == row.headers["etag"] == '"1"'
    assert (row.json()["version"], row.json()["revenue"]) == (1, "64000000.00")


def test_a_row_is_made_by_its_collection_too(at: Desk) -> None:
    made = at.post("ent-1", "/enterprises", {"id": "E-0001", **FIRM})

    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/enterprises/E-0001"
    assert made.json()["events"][0]["type"] == "Enterprise.Registered"


def test_a_row_s_events_are_read_first_to_last(at: Desk) -> None:
    at.register()
    at.post("ents-1", "/enterprises/E-0001/grant-consent", CONSENT)

    first = at.get("ent-1", "/enterprises/E-0001/events?limit=1").json()
    rest = at.get("ent-1", f"/enterprises/E-0001/events?after={first['next']}").json()

    assert [one["type"] for one in first["items"]] == ["Enterprise.Registered"]
    assert [one["type"] for one in rest["items"]] == ["Enterprise.ConsentGranted"]
    assert rest["next"] is None
    event = first["items"][0]
    assert event["actor"] == {"user": "ent-1", "role": "ENT", "organisation": "E-0001"}
    assert event["data"]["revenue"] == "64000000.00"


def test_actions_tell_what_may_be_done_and_why_not_the_rest(at: Desk) -> None:
    at.register()

    told = at.get("ent-1", "/enterprises/E-0001/actions").json()
    found = {one["trigger"]: one for one in told["actions"]}

    assert (told["state"], told["version"]) == ("DRAFT", 1)
    assert found["leave"]["verdict"] == "allowed"
    assert found["leave"]["href"] == "/api/v1/enterprises/E-0001/leave"
    assert found["leave"]["operation"] == "enterprise_leave"
    assert found["grant_consent"]["verdict"] == "not_allowed"
    assert found["grant_consent"]["reasons"][0]["code"] == "wrong_role"
    assert found["approve_enrolment"]["verdict"] == "not_possible"
    assert found["approve_enrolment"]["from_states"] == ["SUBMITTED"]
    assert found["lapse_enrolment"]["operation"] is None
    refused = found["submit_enrolment"]
    assert refused["verdict"] == "refused"  # no consent was given
    assert all(one["sentence"] and one["code"] for one in refused["reasons"])


def test_what_depends_on_the_command_is_left_open(at: Desk) -> None:
    at.register()

    told = at.get("ents-1", "/enterprises/E-0001/actions").json()
    consent = next(one for one in told["actions"] if one["trigger"] == "grant_consent")

    assert consent["verdict"] == "depends"
    assert set(consent["depends_on"]) <= set(CONSENT)
    answer = at.post("ents-1", "/enterprises/E-0001/grant-consent", CONSENT)
    assert answer.status_code == 200


def test_a_proposal_is_read_before_it_is_confirmed(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/F-1/establish", FUND)
    ident = proposed.json()["proposal"]

    maker = at.get("fin-1", f"/proposals/{ident}").json()
    second = at.get("fin-2", f"/proposals/{ident}").json()

    assert proposed.status_code == 202
    assert proposed.json()["checkers"] == ["FIN"]
    assert second["data"] == {"fund": "F-1", **FUND}
    assert second["digest"] == proposed.json()["digest"]
    assert (maker["may_confirm"], second["may_confirm"]) == (False, True)
    assert maker["reasons"][0]["code"] == "same_person"
    assert ids(at.get("fin-2", "/proposals?state=PENDING")) == [ident]
    assert ids(at.get("ent-1", "/proposals")) == []
    assert kind(at.get("ent-1", f"/proposals/{ident}")) == (404, "not-found")


def test_a_maker_takes_his_proposal_back_and_a_stranger_does_not(at: Desk) -> None:
    ident = at.post("fin-1", "/funds/F-1/establish", FUND).json()["proposal"]

    stranger = at.post("aud-1", f"/proposals/{ident}/decline")
    own = at.post("fin-1", f"/proposals/{ident}/decline")

    assert kind(stranger) == (403, "not-allowed")
    assert own.json() == {"outcome": "declined", "proposal": ident}
    assert at.get("aud-1", f"/proposals/{ident}").json()["state"] == "DECLINED"


def test_the_same_key_gets_the_same_answer_and_one_event(at: Desk) -> None:
    key = {"Idempotency-Key": "k-7"}
    first = at.post("ent-1", "/enterprises/E-0001/register", FIRM, headers=key)
    at.post("ents-1", "/enterprises/E-0001/grant-consent", CONSENT)

    again = at.post("ent-1", "/enterprises/E-0001/register", FIRM, headers=key)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.headers["etag"] == first.headers["etag"] == '"1"'
    assert len(at.get("aud-1", "/events").json()["items"]) == 2


def test_a_proposal_and_its_confirmation_are_made_once_each(at: Desk) -> None:
    key = {"Idempotency-Key": "k-8"}
    first = at.post("fin-1", "/funds/F-1/establish", FUND, headers=key).json()
    again = at.post("fin-1", "/funds/F-1/establish", FUND, headers=key).json()
    where, body = f"/proposals/{first['proposal']}/confirm", {"digest": first["digest"]}

    done = [at.post("fin-2", where, body, headers=key) for _ in range(2)]

    assert first == again
    assert done[0].json() == done[1].json()
    assert done[0].json()["state"] == "ACTIVE"
    assert done[0].json()["events"][0]["checker"]["user"] == "fin-2"


def test_a_date_is_moved_by_whoever_made_the_world(at: Desk) -> None:
    asked = at.post("aud-1", "/clock/advance", {"to": "2025-03-03"})

    assert asked.status_code == 403
    assert asked.json()["reasons"][0]["code"] == "not_your_world"
    assert at.get("aud-1", "/clock").json()["target_date"] == "2025-01-02"


def test_an_advance_is_asked_for_and_arrives(at: Desk) -> None:
    asked = at.post("fin-1", "/clock/advance", {"to": "2025-03-03"})
    before = at.get("fin-1", "/clock").json()
    at.settle()

    after = at.get("fin-1", "/clock").json()

    assert asked.status_code == 202
    assert (before["business_date"], before["target_date"]) == ("2025-01-02", "2025-03-03")
    assert before["at_rest"] is False
    assert (after["business_date"], after["at_rest"]) == ("2025-03-03", True)


def test_cases_show_every_value_with_source_clause_and_grade(at: Desk) -> None:
    case = at.get("ent-1", "/cases/jiangsu?on=2025-08-14").json()
    ceiling = next(one for one in case["parameters"] if one["name"] == "tier_1_ceiling")

    assert [one["id"] for one in at.get("ent-1", "/cases").json()["items"]] == list(cases())
    assert (ceiling["value"], ceiling["unit"]) == ("10000000.00", "money")
    assert all(one["clause"] and one["source"] and one["grade"] for one in case["parameters"])
    assert case["absent"]
    assert case["sources"]


def test_me_says_what_my_role_does_and_confirms(at: Desk) -> None:
    me = at.get("bk-a-1", "/me").json()

    assert (me["user"], me["role"], me["organisation"]) == ("bk-a-1", "BK-A", "BK01")
    assert "bank_sign_agreement" in me["does"]
    assert "application_approve_credit" in me["confirms"]


def test_the_feed_stops_below_a_transaction_in_flight(at: Desk) -> None:
    """A takes a position, B a later one and commits first: B's event waits for A's."""
    bind = at.world.engine
    with bind.connect() as slow, bind.connect() as reader:
        feed.announce(slow)
        slow.execute(text("SELECT nextval('event_position_seq')"))
        at.register()
        during = feed.settled(reader)
        seen = at.get("aud-1", "/events").json()
        slow.rollback()
    after = at.get("aud-1", "/events").json()

    assert during == 0
    assert seen == {"items": [], "next": 0, "more": False}
    assert [one["position"] for one in after["items"]] == [2]
    assert after["next"] == 2


def test_passwords_are_kept_as_hashes_only(at: Desk) -> None:
    with db.engine(as_owner=True).connect() as connection:
        kept = connection.execute(text("SELECT password_hash FROM app_user")).scalars().all()

    assert kept
    assert all(one.startswith("$argon2") for one in kept)
    assert not set(kept) & set(at.passwords.values())


def test_the_docs_page_needs_no_other_host_and_nothing_inline(at: Desk) -> None:
    page = at.client.get("/docs").text

    assert "http" not in page.replace("/api/v1/openapi.json", "")
    assert "<script>" not in page
    assert "style=" not in page
    for part in page.split('"'):
        if part.startswith("/docs/"):
            assert at.client.get(part).status_code == 200
    spec = at.client.get("/openapi.json", follow_redirects=True).json()
    assert spec["openapi"].startswith("3.1")
