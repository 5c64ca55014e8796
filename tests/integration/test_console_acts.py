"""The console worked by seat: who sits down, what they do by form, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import httpx
import pytest
from sqlalchemy import text

from services.api.acts import Act, acts, plural
from services.kernel import users, worlds
from services.sandbox import demo_users
from services.sandbox.demo_users import people
from services.wiring import registry
from tests.integration import console_worlds
from tests.integration.console_desk import Desk, forms, main, parsed, text_of
from tests.integration.console_worlds import LOAN
from workflows.lifecycle.roles import Actor, Role

SEATS = ("ent-1", "bk-m-1", "bk-r-1", "fm-m-1", "fm-m-2", "fm-m-3", "fm-a-1", "fm-a-2",
         "fm-f-1", "fm-f-2")  # fmt: skip
FUNCTIONS = ("企业入库", "产品发布", "贷款申请", "银企对接", "投放统计", "逾期监测", "风险补偿")
EVIDENCE = [
    "CONTRACT", "DRAWDOWN_SLIP", "FILING_ACCEPTANCE", "PLEDGE_CERTIFICATE", "ACCOUNT_STATEMENT",
    "COLLECTION_LOG", "CLASSIFICATION_RECORD", "IP_STATUS", "USE_OF_FUNDS", "LOSS_TABLE",
]  # fmt: skip
NOT_TOLD = ("clawback",)  # the story of Jiangsu has none
CODE = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b|\b[a-z]+_[a-z_]+\b|\b[a-z]{2,4}(?:-[a-z])?-\d\b")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with console_worlds.servers(tmp_path_factory.mktemp("acts")):
        users.issue(demo_users.people(), demo=True)
        for name in ("overdue", "claimed"):
            console_worlds.play(name, path="overdue")
        console_worlds.play("played")
        console_worlds.play("credit", until=date(2025, 7, 4))
        with console_worlds.web() as there:
            yield there


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as made:
        yield made


@pytest.fixture
def desk(client: httpx.Client) -> Desk:
    made = Desk(client, "overdue")
    made.sit(*SEATS)
    return made


def events(world: str = "overdue") -> int:
    with worlds.find(world).engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM event")).scalar_one())


def test_the_first_page_names_the_seven_functions_and_has_a_form_a_seat(
    client: httpx.Client,
) -> None:
    answer = client.get("/")

    page = text_of(main(answer))
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.text
    assert [name for name in FUNCTIONS if name not in page] == []
    assert len(list(forms(answer))) == len(people())
    parsed(answer)


def test_seats_take_a_loan_from_overdue_to_a_paid_claim_by_forms(client: httpx.Client) -> None:
    desk = Desk(client, "claimed")
    desk.sit(*SEATS)

    desk.move(date(2026, 9, 18), "bk-m-1")
    desk.send("/claims/new/notify_risk", "bk-m-1", {"_id": LOAN, "loan": LOAN})
    desk.move(date(2026, 10, 13), "bk-m-1")
    desk.send(f"/claims/{LOAN}/acts/open", "bk-m-1")
    desk.move(date(2026, 11, 23), "bk-m-1")
    values = {"cut_off": "2026-11-22", "evidence": EVIDENCE}
    submitted = desk.send(f"/claims/{LOAN}/acts/submit", "bk-m-1", values)
    desk.confirm(submitted, "bk-r-1")
    desk.confirm(desk.send(f"/claims/{LOAN}/acts/accept", "fm-m-2"), "fm-m-3")
    desk.send(f"/claims/{LOAN}/acts/start_review", "fm-m-2")
    desk.confirm(desk.send(f"/claims/{LOAN}/acts/approve", "fm-m-2"), "fm-a-2")
    account = {"account": "BK01-0001"}
    paid = desk.confirm(desk.send(f"/claims/{LOAN}/acts/pay", "fm-f-1", account), "fm-f-2")

    assert paid.url.path == f"/claims/{LOAN}"
    with worlds.find("claimed").engine.connect() as connection:
        found = connection.execute(text("SELECT state, paid FROM claim")).one()
    assert found.state == "PAID"
    assert "3,360,000.00" in text_of(main(paid))


def test_three_seats_decide_on_credit_by_forms_each_in_turn(client: httpx.Client) -> None:
    desk = Desk(client, "credit")
    desk.sit("bk-m-1", "bk-v-1", "bk-a-1")
    terms = {"amount": "6000000.00", "annual_rate": "3.60", "term_months": "12", "ip_share": "100"}

    proposed = desk.send(f"/applications/{LOAN}/acts/approve_credit", "bk-m-1", terms)
    reviewed = desk.confirm(proposed, "bk-v-1")
    with worlds.find("credit").engine.connect() as connection:
        asked = text("SELECT state, jsonb_array_length(confirmations) AS spoken FROM proposal")
        waits = connection.execute(text(f"{asked} WHERE trigger = 'approve_credit'")).one()
    approved = desk.confirm(reviewed, "bk-a-1")

    assert (waits.state, waits.spoken) == ("PENDING", 1)
    assert approved.url.path == f"/applications/{LOAN}"
    with worlds.find("credit").engine.connect() as connection:
        assert connection.execute(text("SELECT state FROM application")).scalar_one() == "APPROVED"


def test_no_seat_is_given_under_a_name_that_only_leads_here(desk: Desk) -> None:
    given = desk.client.post(
        "/seats", data={"user": "bk-m-1", "back": "/"}, headers={"Host": "bank.example"}
    )

    assert given.status_code == 403
    assert "set-cookie" not in given.headers


def test_a_forged_post_is_403_and_does_nothing(desk: Desk, address: str) -> None:
    form = desk.form("/claims/new/notify_risk", "bk-m-1")
    told = {**form.fields, "_id": LOAN, "loan": LOAN}
    before = events()

    bare = desk.client.post(form.action, data={**told, "csrf": ""})
    foreign = desk.client.post(form.action, data=told, headers={"Origin": "http://evil.test"})
    across = desk.client.post(form.action, data=told, headers={"Sec-Fetch-Site": "cross-site"})
    with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as another:
        Desk(another, "overdue").sit("bk-m-1")
        stolen = another.post(form.action, data=told)

    assert [one.status_code for one in (bare, foreign, across, stolen)] == [403] * 4
    assert events() == before


def test_a_seat_that_was_not_taken_acts_for_nobody(client: httpx.Client) -> None:
    desk = Desk(client, "overdue")
    desk.sit("ent-1")
    form = desk.form(f"/loans/{LOAN}/acts/repay", "ent-1")
    before = events()

    answer = client.post(form.action.replace("seat=ent-1", "seat=fm-a-1"), data=form.fields)

    assert answer.url.path == "/seats"
    assert events() == before


def test_the_loan_of_another_enterprise_is_not_found(client: httpx.Client) -> None:
    stranger = Actor("ent-99", Role.ENT, "E-0099")
    users.issue([stranger], demo=True)
    desk = Desk(client, "overdue")
    desk.sit(stranger.user)

    assert desk.open(f"/loans/{LOAN}", stranger.user).status_code == 404
    assert desk.open(f"/loans/{LOAN}/acts/repay", stranger.user).status_code == 404
    assert LOAN not in text_of(main(desk.open("/loans", stranger.user)))


def test_a_refusal_keeps_what_was_typed_and_says_why(desk: Desk) -> None:
    before = events()

    answer = desk.send("/claims/new/notify_risk", "bk-m-1", {"_id": "SZD-9", "loan": LOAN})

    kept = next(forms(answer))
    assert answer.status_code == 409
    assert (kept.fields["_id"], kept.fields["loan"]) == ("SZD-9", LOAN)
    assert main(answer).find(".//*[@role='alert']") is not None
    assert events() == before


def test_an_unreadable_field_keeps_what_was_typed_and_says_so_beside_it(desk: Desk) -> None:
    answer = desk.send(f"/loans/{LOAN}/acts/repay", "ent-1", {"amount": "a lot"})

    field = main(answer).find(".//input[@name='amount']")
    assert answer.status_code == 422
    assert field is not None
    assert (field.get("value"), field.get("aria-invalid")) == ("a lot", "true")


def test_a_form_of_an_older_version_is_not_carried_out(desk: Desk) -> None:
    form = desk.form(f"/loans/{LOAN}/acts/repay", "ent-1")
    before = events()

    old = {**form.fields, "amount": "10,000.00", "_version": "1"}
    answer = desk.client.post(form.action, data=old)

    assert answer.status_code == 409
    assert next(forms(answer)).fields["amount"] == "10,000.00"
    assert events() == before


def test_a_form_sent_twice_is_done_once(desk: Desk) -> None:
    form = desk.form(f"/loans/{LOAN}/acts/repay", "ent-1")
    told = {**form.fields, "amount": "1,000.00"}

    first = desk.client.post(form.action, data=told)
    done = events()
    second = desk.client.post(form.action, data=told)

    assert first.status_code == 200
    assert second.url == first.url
    assert events() == done


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("noun", list(registry().nouns))
def test_every_noun_has_list_page_and_a_form_for_every_act(
    client: httpx.Client, noun: str, lang: str
) -> None:
    desk = Desk(client, "played")
    wrong = {}
    for act in (one for one in acts(registry()) if one.noun.name == noun):
        user = next(one.user for one in people() if one.role in act.roles)
        desk.sit(user)
        for path in _pages(desk, act, user):
            answer = desk.open(path, user, lang=lang)
            codes = sorted(set(CODE.findall(text_of(main(answer)))))
            if answer.status_code != 200 or codes:
                wrong[path] = (answer.status_code, codes)

    assert wrong == {}


def _pages(desk: Desk, act: Act, user: str) -> Iterator[str]:
    nouns = plural(act.noun.name)
    ident = desk.first(nouns, user)
    assert ident or act.creates or act.noun.name in NOT_TOLD, f"no {act.noun.name} for {user}"
    yield f"/{nouns}"
    yield from (f"/{nouns}/{ident}",) if ident else ()
    if act.creates:
        yield f"/{nouns}/new/{act.trigger}"
    elif ident:
        yield f"/{nouns}/{ident}/acts/{act.trigger}"


@pytest.mark.parametrize(
    "path",
    [
        "/dragons", "/dragons/1", "/dragons/new/hatch", "/loans/none", "/loans/none/acts/repay",
        f"/loans/{LOAN}/acts/hatch", "/claims/new/hatch", "/proposals/none", "/banks/%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(desk: Desk, path: str) -> None:
    assert desk.open(path, "bk-m-1").status_code == 404


def test_without_a_seat_a_form_leads_to_the_seats_and_back(client: httpx.Client) -> None:
    answer = client.get(f"/loans/{LOAN}/acts/repay", params={"world": "overdue"})

    form = next(forms(answer))
    assert answer.url.path == "/seats"
    assert str(form.fields["back"]).startswith(f"/loans/{LOAN}/acts/repay")
