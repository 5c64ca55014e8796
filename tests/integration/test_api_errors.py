"""Every error the API documents, provoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from services.api.problems import STATUS
from services.kernel import commands, db, worlds
from services.kernel import settings as configuration
from services.kernel.settings import settings
from services.kernel.trials import trial
from services.kernel.worlds import World
from services.web import brakes
from tests.integration.api_stage import FIRM, FUND, ROOT, Desk, Office, kind, office

KEY = {"Idempotency-Key": "k-1"}


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    with office() as made:
        yield made


@pytest.fixture
def at(open_office: Office, world: World) -> Desk:
    return Desk(open_office, world)


@pytest.fixture(scope="module")
def still(open_office: Office) -> Iterator[Desk]:
    """A desk in a world that no test changes."""
    made = worlds.create("still", starts_on=date(2025, 1, 2), owner="fin-1")
    yield Desk(open_office, made)
    worlds.drop(made.name)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_who_is_not_signed_in_is_asked_to(still: Desk, password: str) -> None:
    answer = still.client.get(f"{ROOT}/me", auth=("fin-1", password))

    assert kind(answer) == (401, "not-signed-in")
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert kind(still.client.get(f"{ROOT}/me")) == (401, "not-signed-in")
    assert kind(still.client.get(f"{ROOT}/me", auth=("nobody", "x"))) == (401, "not-signed-in")


def test_another_role_is_not_allowed(still: Desk) -> None:
    answer = still.register("fin-1")

    assert kind(answer) == (403, "not-allowed")
    assert answer.json()["reasons"][0]["code"] == "wrong_role"


def test_another_organisation_is_not_allowed(still: Desk) -> None:
    answer = still.register("ent-2")

    assert kind(answer) == (403, "not-allowed")
    assert answer.json()["reasons"][0]["code"] == "wrong_organisation"


def test_nobody_confirms_his_own_proposal(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/F/establish", FUND).json()

    answer = at.post(
        "fin-1", f"/proposals/{proposed['proposal']}/confirm", {"digest": proposed["digest"]}
    )

    assert kind(answer) == (403, "not-allowed")
    assert answer.json()["reasons"][0]["code"] == "same_person"


def test_what_is_not_there_is_not_found(still: Desk) -> None:
    unknown = ("/loans/L-9", "/loans/L-9/events", "/loans/L-9/actions", "/cases/atlantis")

    for path in (*unknown, "/proposals/loan-L-9-1", "/nothing"):
        assert kind(still.get("aud-1", path)) == (404, "not-found")
    assert kind(still.post("ent-1", "/loans/L-9/repay", {"amount": "1.00"})) == (404, "not-found")


def test_a_row_that_the_body_names_and_nobody_has_is_not_found_with_a_pointer(at: Desk) -> None:
    at.register()
    body = {
        "enterprise": "E-0001", "product": "P-9", "amount": "1.00", "requested_months": 12,
        "purpose": "WORKING_CAPITAL", "assets": [],
    }  # fmt: skip

    answer = at.post("ent-1", "/applications/A-1/start", body)

    assert kind(answer) == (404, "not-found")
    assert answer.json()["pointer"] == "#/product"


def test_an_unknown_world_comes_with_a_hint(still: Desk) -> None:
    answer = still.get("fin-1", "/loans", headers={"Zhidai-World": "atlantis"})

    assert kind(answer) == (404, "unknown-world")
    assert "/api/v1/worlds" in answer.json()["detail"]


def test_an_address_answers_to_its_own_methods_only(still: Desk) -> None:
    answer = still.client.delete(f"{ROOT}/loans", auth=("fin-1", still.passwords["fin-1"]))

    assert kind(answer) == (405, "wrong-method")


def test_a_refusal_names_every_rule_with_clause_and_grade(at: Desk) -> None:
    at.register()

    answer = at.post("ent-1", "/enterprises/E-0001/submit-enrolment", {"ip_rights": 0})

    assert kind(answer) == (409, "refused")
    reasons = answer.json()["reasons"]
    assert reasons
    assert all(one["code"] and one["sentence"] for one in reasons)
    cited = [one for one in reasons if one["parameter"]]
    assert all(one["clause"] and one["grade"] in ("seed", "public", "assumed") for one in cited)


def test_a_refusal_speaks_the_caller_s_language(at: Desk) -> None:
    at.register()
    path, body = "/enterprises/E-0001/submit-enrolment", {"ip_rights": 0}

    chinese = at.post("ent-1", path, body, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    english = at.post("ent-1", path, body, headers={"Accept-Language": "fr, en;q=0.8, zh;q=0.1"})

    assert chinese.headers["content-language"] == "zh"
    assert english.headers["content-language"] == "en"
    assert chinese.json()["title"] == "不符合规则"
    assert english.json()["title"] == "Refused by rules"


def test_an_act_without_a_row_from_here_is_not_possible(at: Desk) -> None:
    at.register()

    answer = at.register()

    assert kind(answer) == (409, "not-possible")
    assert answer.json()["state"] == "DRAFT"


def test_an_id_of_somebody_else_s_row_is_taken_and_says_no_more(at: Desk) -> None:
    at.register()
    mine = {**FIRM, "credit_code": "91320100MA1000002L"}

    answer = at.post("ent-2", "/enterprises", {"id": "E-0001", **mine})

    assert kind(answer) == (409, "id-taken")
    assert "state" not in answer.json()


def test_a_row_that_has_gone_missing_is_said_to_be(at: Desk) -> None:
    at.establish()
    at.agreement()
    proposed = at.post("bk-a-1", "/banks/BK01/sign-agreement").json()
    digest = {"digest": proposed["digest"]}
    assert at.post("fm-a-1", f"/proposals/{proposed['proposal']}/confirm", digest).is_success
    draft = {
        "bank": "BK01", "fund": "JS-FUND", "name": "P", "amount_cap": "30000000.00",
        "max_term_months": 36, "annual_rate": "0.0360", "purposes": ["WORKING_CAPITAL"],
        "fees": "0.00", "case": "jiangsu",
    }  # fmt: skip
    made = at.post("bk-m-1", "/products/P-1/draft", draft)
    assert made.is_success, made.text
    at.run("DELETE FROM bank")

    answer = at.post("bk-m-1", "/products/P-1/submit")

    assert kind(answer) == (409, "missing-row")


def test_a_closed_proposal_is_neither_confirmed_nor_declined_again(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/F/establish", FUND).json()
    where = f"/proposals/{proposed['proposal']}"
    assert at.post("fin-2", f"{where}/decline").json()["outcome"] == "declined"

    again = at.post("fin-2", f"{where}/confirm", {"digest": proposed["digest"]})

    assert kind(again) == (409, "proposal-closed")
    assert kind(at.post("fin-2", f"{where}/decline")) == (409, "proposal-closed")


def test_only_what_was_read_is_confirmed(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/F/establish", FUND).json()

    answer = at.post("fin-2", f"/proposals/{proposed['proposal']}/confirm", {"digest": "0" * 64})

    assert kind(answer) == (409, "proposal-changed")


def test_a_second_call_with_a_key_in_flight_is_told_so_at_once(at: Desk) -> None:
    held = text("SELECT pg_advisory_xact_lock(hashtextextended('receipt:api:ent-1:k-1', 0))")
    with at.inside() as first:
        first.execute(held)
        answer = at.post("ent-1", "/enterprises/E-0001/register", FIRM, headers=KEY)

    assert kind(answer) == (409, "key-in-flight")
    assert answer.headers["retry-after"] == "1"


def test_a_change_that_never_gets_through_is_a_conflict(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "TRIES", 1)
    at.run(
        "INSERT INTO proposal (id, stream, trigger, command, payload, digest, maker, proposed_on)"
        " VALUES ('fund-F-1', 'fund/other', 'x', 'x', '{}', '', '{}', '2025-01-01')"
    )

    assert kind(at.post("fin-1", "/funds/F/establish", FUND)) == (409, "conflict")


def test_a_date_never_goes_back(still: Desk) -> None:
    for day in ("2025-01-01", "2101-01-01"):
        assert kind(still.post("fin-1", "/clock/advance", {"to": day})) == (409, "no-way-back")


def test_a_world_s_name_is_taken_once(still: Desk) -> None:
    body = {"name": still.world.name, "starts_on": "2025-01-02"}

    assert kind(still.post("fin-1", "/worlds", body)) == (409, "world-exists")


def test_an_old_version_is_stale_and_the_present_one_is_told(at: Desk) -> None:
    at.register()
    consent = {
        "scope": ["CREDIT"], "purpose": "知识产权质押融资", "until": "2025-12-31",
        "signatory": "ents-1", "mandate_until": "2028-12-31",
    }  # fmt: skip
    path = "/enterprises/E-0001/grant-consent"

    for tag in ('"2"', '"x"', "W/2x"):
        answer = at.post("ents-1", path, consent, headers={"If-Match": tag})
        assert kind(answer) == (412, "stale")
        assert answer.headers["etag"] == '"1"'
    assert at.post("ents-1", path, consent, headers={"If-Match": '"1"'}).status_code == 200


def test_too_large_a_body_is_refused(still: Desk) -> None:
    def in_parts() -> Iterator[bytes]:
        yield from (b" " * 100_000 for _ in range(11))

    whole = still.register(name="x" * 1_100_000)
    parts = still.client.post(
        f"{ROOT}/enterprises/E-0001/register", content=in_parts(),
        headers={"content-type": "application/json"}, auth=("ent-1", still.passwords["ent-1"]),
    )  # fmt: skip

    assert kind(whole) == (413, "too-large")
    assert kind(parts) == (413, "too-large")


@pytest.mark.parametrize(
    ("field", "value"),
    [("revenue", 64000000), ("staff", "86"), ("case", "atlantis"), ("name", "\x00"), ("x", 1)],
)
def test_what_is_malformed_is_pointed_at(still: Desk, field: str, value: object) -> None:
    answer = still.post("ent-1", "/enterprises/E-0001/register", {**FIRM, field: value})

    assert kind(answer) == (422, "malformed")
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"#/{field}"]


def test_a_body_that_is_no_json_is_malformed(still: Desk) -> None:
    told = {"content-type": "application/json", "Zhidai-World": still.world.name}
    answer = still.client.post(
        f"{ROOT}/enterprises/E-0001/register", content=b"{", headers=told,
        auth=("ent-1", still.passwords["ent-1"]),
    )  # fmt: skip

    assert kind(answer) == (422, "malformed")


@pytest.mark.parametrize(
    "path", ["/loans?limit=201", "/loans?cursor=%20", "/loans?colour=red", "/events?after=-1"]
)
def test_a_wrong_word_in_an_address_is_malformed(still: Desk, path: str) -> None:
    assert kind(still.get("aud-1", path)) == (422, "malformed")


def test_a_key_is_good_for_one_request(at: Desk) -> None:
    path = "/enterprises/E-0002/register"
    body = {**FIRM, "credit_code": "91320100MA1000002L"}
    assert at.post("ent-2", path, body, headers=KEY).status_code == 200

    other = at.post("ent-2", path, {**body, "staff": 87}, headers=KEY)

    assert kind(other) == (422, "key-reused")


def test_a_world_s_key_is_good_for_one_world(at: Desk) -> None:
    body = {"name": f"{at.world.name}-k", "starts_on": "2025-01-02"}
    key = {"Idempotency-Key": f"w-{at.world.name}"}
    first = at.post("fin-1", "/worlds", body, headers=key)
    again = at.post("fin-1", "/worlds", body, headers=key)
    other = at.post("fin-1", "/worlds", {**body, "starts_on": "2025-01-03"}, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert kind(other) == (422, "key-reused")


def test_our_own_fault_tells_the_request_s_id_and_nothing_else(at: Desk) -> None:
    at.run("ALTER TABLE loan RENAME TO gone")

    answer = at.get("aud-1", "/loans")

    assert kind(answer) == (500, "our-fault")
    assert answer.json()["request_id"] in answer.json()["detail"]
    assert "gone" not in answer.text
    assert "SELECT" not in answer.text


def test_without_a_database_the_caller_may_try_again(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.get("fin-1", "/me")
    monkeypatch.setenv("ZHIDAI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    configuration.settings.cache_clear()
    try:
        answer = at.get("fin-1", "/loans")
    finally:
        monkeypatch.undo()
        configuration.settings.cache_clear()

    assert kind(answer) == (503, "database-away")
    assert answer.headers["retry-after"] == "1"


def test_no_act_comes_before_the_timers_of_its_day(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "DAY_OPENS_WITHIN", 0.0)
    at.run("UPDATE clock SET opening = true")

    assert kind(at.register()) == (503, "day-is-opening")


def test_no_documented_problem_is_left_out_here() -> None:
    """Each problem's name stands in a test of this folder."""
    source = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))

    assert [name for name in STATUS if f'"{name}"' not in source] == []


def test_a_case_that_is_silent_refuses_and_says_of_what(at: Desk) -> None:
    """The Bank of China's campaigns have no fund, so there is no agreement to propose."""
    answer = at.agreement(case="boc")

    assert kind(answer) == (409, "refused")
    (silent,) = answer.json()["reasons"]
    assert (silent["code"], silent["parameter"]) == ("case_is_silent", "agreement_parties")
    assert "boc" in silent["sentence"]


def test_a_case_without_an_area_lets_a_firm_of_any_place_enrol(at: Desk) -> None:
    at.register(case="boc", region="拉萨")

    answer = at.post("ent-1", "/enterprises/E-0001/submit-enrolment", {"ip_rights": 6})

    assert {one["code"] for one in answer.json()["reasons"]} == {"consent_missing"}


def test_too_many_worlds_too_many_tries_and_a_slow_body_are_told(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "worlds_each", 0)
    body = {"name": "one-more", "starts_on": "2025-01-02"}

    assert kind(at.post("fin-1", "/worlds", body)) == (409, "too-many-worlds")
    with trial("nobody", known=True):
        answer = at.client.get(f"{ROOT}/me", auth=("nobody", "x"))
    assert kind(answer) == (429, "too-many-tries")
    assert answer.headers["Retry-After"] == "1"
    assert STATUS["too-slow"] == 408
    monkeypatch.setattr(brakes, "AT_ONCE", 0)
    refused = at.get("fin-1", "/me")
    assert kind(refused) == (503, "overloaded")
    assert refused.headers["Retry-After"] == "1"
    assert at.client.get("/healthz").status_code == 200


def test_a_day_outside_of_the_calendar_is_well_formed_and_of_no_use(still: Desk) -> None:
    assert kind(still.get("fin-1", "/cases/jiangsu?on=0001-01-01")) == (409, "day-far-away")


def test_a_wrong_method_is_answered_with_all_that_are_right(still: Desk) -> None:
    answer = still.client.delete(f"{ROOT}/worlds", auth=("fin-1", still.passwords["fin-1"]))

    assert kind(answer) == (405, "wrong-method")
    assert answer.headers["Allow"] == "GET, POST"
