"""The console over real worlds: what its pages say, in both languages, and what they survive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlsplit

import html5lib
import httpx
import pytest
from sqlalchemy import text

from services.kernel import db, worlds
from services.web.assets import assets
from tests.integration import console_worlds
from tests.integration.console_worlds import BOARDED, LOAN, shown

LANGUAGES = ("zh", "en")
MIDWAY = date(2026, 11, 28)  # the claim is accepted and not yet decided
PAGES = (
    "/loans?world=played",
    "/loans?world=midway&sort=-dpd",
    "/loans?world=boarded&mark=compensated",
    "/loans?world=boarded&q=nobody",
    "/loans?world=young",
    "/loans?world=nowhere",
    f"/loans/{LOAN}?world=played",
    f"/loans/{LOAN}?world=midway",
    f"/loans/{LOAN}?world=happy",
    f"/loans/{BOARDED}?world=boarded",
    "/loans/none?world=played",
    "/no/such/page",
)
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with console_worlds.servers(tmp_path_factory.mktemp("console")):
        console_worlds.play("played")
        console_worlds.play("midway", until=MIDWAY)
        console_worlds.play("happy", path="happy")
        console_worlds.board_book("boarded")
        worlds.create("young", starts_on=MIDWAY)
        with console_worlds.web() as there:
            yield there


@pytest.fixture
def web(address: str) -> Iterator[httpx.Client]:
    with console_worlds.browser(address) as client:
        yield client


def in_language(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_small(web: httpx.Client, path: str, lang: str) -> None:
    answer = web.get(in_language(path, lang))

    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text
    assert int(answer.headers["Content-Length"]) <= MOST_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_inline_or_asks_another_host(web: httpx.Client, path: str) -> None:
    answer = web.get(path)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", answer.text)
    assert not re.search(r"""(?:href|src|action)=["'](?:\w+:)?//""", answer.text)


def test_static_files_are_kept_for_ever_under_their_hash_only(web: httpx.Client) -> None:
    page = web.get("/loans?world=played").text
    style = re.search(r'href="(/static/\w+/console\.css)"', page)
    assert style is not None

    current, old = web.get(style[1]), web.get("/static/0123/console.css")

    assert "immutable" in current.headers["Cache-Control"]
    assert old.headers["Cache-Control"] == "no-cache"
    assert sum(len(one.content) for one in assets().values()) <= 40_000  # CSS and pictures


def test_the_claim_is_told_with_who_bears_what_and_by_which_rule(web: httpx.Client) -> None:
    page = shown(web.get(f"/loans/{LOAN}?world=played&lang=zh").text)

    assert "基金 3,360,000.00 0.00 3,360,000.00 768,000.00 2,592,000.00" in page
    assert "银行 840,000.00 63,000.00 903,000.00 192,000.00 711,000.00" in page
    assert "江苏案例：代偿 80% 原文" in page
    assert "补偿本金损失，利息损失由银行承担 公开资料" in page


def test_the_story_has_every_step_with_persons_money_and_clause(web: httpx.Client) -> None:
    stations = ("enrolment", "application", "matching", "disbursement", "compensation")
    page = " ".join(
        shown(web.get(f"/loans/{LOAN}?world=played&lang=en&open={name}").text) for name in stations
    )

    assert "2025-06-10 enterprise" in page
    assert "Bank loan operations 1 → Bank loan operations 2" in page
    assert "Longest tenor 36 months press text on the Suzhidai work plan, 2023" in page
    assert "Civil Code art. 444 (民法典) public source" in page
    assert "assumed" in page
    assert "fund/JS-FUND" in page  # what the fund paid for this loan stands among its steps
    assert "Fund JS-FUND Compensation expenditure 3,360,000.00" in page


def test_an_undecided_claim_is_shown_as_an_estimate(web: httpx.Client) -> None:
    page = shown(web.get(f"/loans/{LOAN}?world=midway&lang=en").text)

    assert "not decided yet: what the policy gives" in page
    assert "Fund 3,360,000.00" in page


def test_what_comes_next_and_who_must_act_stand_above_the_story(web: httpx.Client) -> None:
    page = shown(web.get(f"/loans/{LOAN}?world=midway&lang=en").text)
    top = re.split(r"Story \d+ steps", page)[0]

    assert "106 days past due" in top
    assert "principal 4,200,000.00" in top
    assert "Who must act Fund case officer" in top
    soon = (
        r"What happens next, and by when 2026-11-30 claim \(代偿\) · Start of the review in \d+ d"
    )
    assert re.search(soon, top)


def test_a_settled_loan_has_nothing_at_risk(web: httpx.Client) -> None:
    page = shown(web.get(f"/loans/{LOAN}?world=happy&lang=en").text)

    assert "Money at risk 0.00" in page
    assert "Claim calculation" not in page


def test_a_waived_rule_is_told_with_its_reason(web: httpx.Client) -> None:
    page = shown(web.get(f"/loans/{BOARDED}?world=boarded&lang=zh&open=disbursement").text)

    assert "豁免原因：导入的贷款，发放时不在本项目内" in page


def test_the_label_of_a_foreign_book_stands_on_its_world(web: httpx.Client) -> None:
    page = shown(web.get("/loans?world=boarded&lang=en").text)

    assert "foreign loans, not IP-backed" in page


def test_the_list_pages_forth_and_back_over_every_loan_once(web: httpx.Client) -> None:
    seen: list[str] = []
    path: str | None = "/loans?world=boarded&sort=-outstanding"
    back = ""
    while path:
        page = web.get(path).text
        seen += re.findall(r'href="/loans/([^?"]+)\?', page)
        back = next(iter(re.findall(r'rel="prev" href="([^"]+)"', page)), "")
        path = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), "").replace("&amp;", "&")

    with worlds.find("boarded").engine.connect() as connection:
        known = connection.execute(text("SELECT id FROM loan")).scalars().all()
    assert sorted(seen) == sorted(known)
    first = web.get(back.replace("&amp;", "&")).text
    assert re.findall(r'href="/loans/([^?"]+)\?', first) == seen[:50]


def test_no_link_of_a_page_leaves_its_world(web: httpx.Client) -> None:
    for path in ("/loans?world=boarded&sort=-dpd", f"/loans/{LOAN}?world=midway"):
        page = web.get(path).text
        head, _, below = page.partition("</header>")  # where the menu of worlds is
        assert 'class="chip world"' in head
        links = re.findall(r'href="(/(?:loans[^"]*|\?[^"]*|))"', below)

        world = path.partition("world=")[2].partition("&")[0]
        assert [link for link in links if f"world={world}" not in link] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=WRITTEN_OFF", True),
        ("phase=disposal", True),
        ("mark=compensated", True),
        ("origin=platform", True),
        (f"q={LOAN.lower()}", True),
        (f"q={quote('样例智造')}", True),
        ("state=ACTIVE", False),
        ("phase=risk", False),
        ("origin=boarded", False),
        ("q=100%25", False),
    ],
)
def test_the_list_shows_what_its_address_asks_for(
    web: httpx.Client, asked: str, found: bool
) -> None:
    assert (f"/loans/{LOAN}?" in web.get(f"/loans?world=played&{asked}").text) is found


@pytest.mark.parametrize(
    "query",
    [
        "sort=drop", "page=abc", "after=abc", "before=~", "sort=dpd&after=x~y", "phase=%27;--",
        "sort=rate&after=1e99999999~a", "sort=drawn&after=9999999999999999999~a", "q=%00", "q=%25",
        "lang=fr", "sort=due&before=2026-13-45~a", "world=played&world=midway", "q=" + "x" * 5000,
        "sort=due&after=9999-12-31~zzz", "sort=id&after=%ff~%ff",
    ],
)  # fmt: skip
def test_a_wrong_word_in_the_address_of_the_list_is_ignored(web: httpx.Client, query: str) -> None:
    assert web.get(f"/loans?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/loans?world=nowhere", "/loans?world=%00", "/loans?world=..%2F..%2Fetc", "/loans/%00",
        "/loans/none",
        "/loans/" + "x" * 3000, "/loans/a%2Fb", "/loans/%27%20OR%201=1--", "/loans/", "/nothing",
        "/static/../web.py", "/static/x/nothing.css",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_page_of_its_own(web: httpx.Client, path: str) -> None:
    answer = web.get(path)

    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_the_page_of_an_unknown_world_names_the_worlds_there_are(web: httpx.Client) -> None:
    page = web.get("/loans?world=nowhere").text

    assert 'href="/loans?world=played"' in page


def test_the_landing_world_is_the_story_and_never_the_newest_by_accident(
    web: httpx.Client,
) -> None:
    worlds.create("main", starts_on=MIDWAY)
    try:
        first = web.get("/loans").text
        web.get("/loans?world=young")
        again = web.get("/loans").text
    finally:
        worlds.drop("main")

    assert 'href="/loans/SZD-0001?world=happy"' in first  # the story played last
    assert "世界 空白平台" not in first
    assert 'href="/loans?world=young' in again  # the one last chosen


def test_the_language_is_remembered(web: httpx.Client) -> None:
    web.get("/loans?lang=en")

    assert '<html lang="en">' in web.get("/loans?world=played").text


def test_chinese_is_the_language_of_a_first_visit(web: httpx.Client) -> None:
    assert '<html lang="zh-CN">' in web.get("/loans?world=played").text


def test_a_page_that_fails_tells_no_traceback(web: httpx.Client) -> None:
    broken = worlds.create("broken", starts_on=MIDWAY)
    with db.engine(broken.database, as_owner=True).begin() as connection:
        connection.execute(text("DROP TABLE recovery"))

    answer = web.get("/loans?world=broken&lang=en")

    worlds.drop("broken")
    assert answer.status_code == 500
    assert "Request id" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"Traceback|SELECT|relation|psycopg|\.py", answer.text)


def test_a_platform_without_worlds_says_what_to_do(web: httpx.Client) -> None:
    with console_worlds.control_database("zhidai_console_empty"):
        answer = web.get("/loans?lang=en")

    assert answer.status_code == 200
    assert "zhidai play jiangsu" in answer.text


def test_a_healthy_platform_is_ready(web: httpx.Client) -> None:
    assert web.get("/healthz").json() == {"status": "ok"}
    answer = web.get("/readyz")

    assert answer.status_code == 200
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == {
        "database": True,
        "redis": True,
        "migrations": True,
    }


def test_a_platform_without_redis_is_up_but_not_ready(web: httpx.Client) -> None:
    with console_worlds.environment({"ZHIDAI_REDIS_URL": "redis://127.0.0.1:1/0"}):
        answer = web.get("/readyz")

    assert answer.status_code == 503
    assert web.get("/healthz").status_code == 200
    assert answer.json()["checks"]["redis"] == {
        "ok": False,
        "says": "The redis check failed with ConnectionError.",
    }


def test_a_world_of_an_older_version_is_not_ready(web: httpx.Client) -> None:
    old = worlds.create("old", starts_on=MIDWAY)
    with db.engine(old.database, as_owner=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001_kernel'"))

    answer = web.get("/readyz")

    worlds.drop("old")
    assert answer.status_code == 503
    assert (
        "The world tree is at version 0001_kernel" in answer.json()["checks"]["migrations"]["says"]
    )


def test_without_a_database_the_page_says_so(web: httpx.Client) -> None:
    away = "postgresql://nobody@127.0.0.1:1/zhidai"
    with console_worlds.environment({"ZHIDAI_DATABASE_URL": away}):
        answer = web.get("/loans?lang=en")
        ready = web.get("/readyz")

    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    assert urlsplit(away).netloc not in answer.text
    assert ready.json()["checks"]["database"]["ok"] is False
