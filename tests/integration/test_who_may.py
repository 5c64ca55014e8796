"""Who has nothing to do with a row neither acts on it nor sees it; a refused pair is on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.api.acts import plural
from services.kernel import users
from services.kernel.audit import audit
from services.wiring import registry
from tests.integration.api_stage import CAST, FUND, Desk, Office, kind, office
from workflows.lifecycle.roles import Actor, Role

# fmt: off
OTHERS = {
    "fin-3":  Actor("fin-3", Role.FIN, "SU-FIN", "320000"),
    "fin-8":  Actor("fin-8", Role.FIN, "XX-FIN"),
    "fin-9":  Actor("fin-9", Role.FIN, "ZJ-FIN", "330000"),
    "reg-1":  Actor("reg-1", Role.REG, "CNIPA",  "100000"),
    "val-1":  Actor("val-1", Role.VAL, "VAL01"),
    "val-2":  Actor("val-2", Role.VAL, "VAL02"),
    "gu-1":   Actor("gu-1",  Role.GU,  "GU01"),
    "ins-1":  Actor("ins-1", Role.INS, "INS01"),
    "spv-1":  Actor("spv-1", Role.SPV, "SPV01"),
}
# fmt: on
RIGHT: dict[str, Any] = {
    "enterprise": "E-0001",
    "ip_type": "PATENT",
    "number": "ZL202010000001.1",
    "title": "T",
    "owners": ["E-0001"],
    "consents": [],
    "term_ends_on": "2040-03-18",
    "fee_due_on": "2027-03-18",
    "appraiser": "VAL01",
}  # fmt: skip
IN_FORCE = {
    "in_force": True, "owner_matches": True, "fee_paid": True, "pledged_elsewhere": False,
}  # fmt: skip
VALUE = {"value": "9000000.00", "method": "INCOME", "appraiser": "VAL01"}


@pytest.fixture(scope="module")
def open_office(servers: None) -> Iterator[Office]:
    issued = users.issue(list(OTHERS.values()), demo=True)
    with office() as made:
        known = {**made.passwords, **{one.actor.user: one.password for one in issued}}
        yield Office(made.client, known)


@pytest.fixture
def at(open_office: Office, world: Any) -> Desk:
    return Desk(open_office, world)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["reasons"][0]["code"]


def noted(at: Desk, user: str = "aud-1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.get(user, "/incidents").json()["items"]
    return found


def test_a_refused_pair_is_on_record_although_nothing_else_happens(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/JS-FUND/establish", FUND).json()
    confirm, digest = f"/proposals/{proposed['proposal']}/confirm", {"digest": proposed["digest"]}

    assert code(at.post("fin-1", confirm, digest)) == (403, "same_person")
    assert kind(at.post("fin-3", confirm, digest))[0] == 404

    first = noted(at)[0]
    assert (first["stream"], first["act"], first["code"]) == (
        "fund/JS-FUND", "establish", "same_person",
    )  # fmt: skip
    assert (first["users"], first["roles"]) == (["fin-1", "fin-1"], ["FIN", "FIN"])
    assert first["organisations"] == ["JS-FIN", "JS-FIN"]
    assert at.get("fin-1", "/funds").json()["items"] == []
    told = [one["type"] for one in at.get("aud-1", "/events").json()["items"]]
    assert "Security.PairRefused" in told
    with at.world.engine.connect() as connection:
        assert audit(connection, registry()).ok


def test_incidents_are_for_auditors_alone(at: Desk) -> None:
    proposed = at.post("fin-1", "/funds/JS-FUND/establish", FUND).json()
    digest = {"digest": proposed["digest"]}
    at.post("fin-1", f"/proposals/{proposed['proposal']}/confirm", digest)

    assert len(noted(at)) == 1
    for user in (*CAST, *OTHERS):
        if user != "aud-1":
            assert noted(at, user) == []
            assert at.get(user, "/events").json()["items"] == []
    assert at.get("reg-1", f"/incidents/{noted(at)[0]['id']}").status_code == 404


@pytest.mark.parametrize("user", ["fin-8", "fin-9"])
def test_a_fiscal_department_of_elsewhere_sets_no_fund_up(at: Desk, user: str) -> None:
    assert code(at.post(user, "/funds/JS-FUND/establish", FUND)) == (403, "other_region")


def test_a_fund_is_topped_up_by_the_department_that_set_it_up(at: Desk) -> None:
    assert at.establish().is_success

    assert kind(at.post("fin-3", "/funds/JS-FUND/top-up", {"amount": "1.00"}))[0] == 404
    assert at.get("fin-3", "/funds").json()["items"] == []
    assert at.get("fin-1", "/funds/JS-FUND").json()["fiscal"] == "JS-FIN"
    assert at.post("fin-1", "/funds/JS-FUND/top-up", {"amount": "1.00"}).status_code == 202


def test_an_appraiser_values_what_it_is_engaged_for_in_its_own_name(at: Desk) -> None:
    at.register()
    at.run("UPDATE enterprise SET state = 'ENROLLED'")
    assert at.post("ent-1", "/assets/IP-1/declare", RIGHT).is_success
    assert at.post("reg-1", "/assets/IP-1/verify", IN_FORCE).is_success

    assert kind(at.post("val-2", "/assets/IP-1/appraise", VALUE))[0] == 404
    other = {**VALUE, "appraiser": "VAL02"}
    assert code(at.post("val-1", "/assets/IP-1/appraise", other)) == (403, "wrong_organisation")
    assert at.post("val-1", "/assets/IP-1/appraise", VALUE).is_success
    assert [one["id"] for one in at.get("val-1", "/assets").json()["items"]] == ["IP-1"]
    assert at.get("val-1", "/enterprises").json()["items"] == []


@pytest.mark.parametrize("user", ["gu-1", "ins-1", "spv-1", "val-2"])
def test_who_is_named_nowhere_sees_nothing(at: Desk, user: str) -> None:
    at.establish()
    at.agreement()
    at.register()
    at.post("bk-a-1", "/banks/BK01/sign-agreement")

    for noun in registry().nouns:
        assert at.get(user, f"/{plural(noun)}").json()["items"] == []
    assert at.get(user, "/events").json()["items"] == []
    assert at.get(user, "/proposals").json()["items"] == []
