"""The pages of the policies over a real world: what they say of sources, grades and a default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree

import html5lib
import httpx
import pytest

from policies.money import yuan
from policies.reading.catalogue import CATALOGUE, STAGES
from policies.reading.loader import cases, load
from policies.reading.variants import forms, policy_of
from policies.sharing.assess import Outcome, assess
from services.comparison.compare import compare
from services.comparison.ledgers import LedgerTerms
from services.comparison.ledgers import sample as sample_of_ledgers
from services.comparison.question import ToldDefault, question, sample, with_sample
from services.comparison.views import ledgers
from services.kernel import worlds
from services.kernel.i18n import catalogue
from tests.integration import console_worlds
from tests.integration.console_worlds import LOAN, shown

VIEWS = ("enterprise", "bank", "public")
LANGUAGES = ("zh", "en")
BEFORE_ALL = date(2020, 1, 2)
PAGES = (
    *(f"/policies?world=played&stage={stage.key}" for stage in STAGES),
    "/policies?world=played&differ=1",
    "/policies?world=played&grade=assumed&case=jiangsu",
    "/policies?world=played&stage=product&grade=seed",
    *(f"/policies/{form.ident}?world=played" for form in forms() if form.headline),
    "/compare?world=played",
    "/compare?world=played&all=1",
    *(f"/compare?world=played&view={view}" for view in VIEWS),
    "/compare?world=played&view=bank&rate=abc",
    "/compare?world=played&principal=30000000.01&fund_cash=5",
    "/compare?world=played&principal=abc&cost=-1",
    "/policies/nanjing?world=played",
)
MOST_BYTES = 60_000
WORDS = catalogue("en")
MOST_OWN_BYTES = 40_000
B0 = question(sample())


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with console_worlds.servers(tmp_path_factory.mktemp("policies")):
        console_worlds.play("played")
        worlds.create("early", starts_on=BEFORE_ALL)
        with console_worlds.web() as there:
            yield there


@pytest.fixture
def web(address: str) -> Iterator[httpx.Client]:
    with console_worlds.browser(address) as client:
        yield client


def details(page: str, ident: str) -> str:
    """The working of one form, which others of its case may share."""
    start = page.index(">", page.index(f' id="{ident}"')) + 1
    return shown(page[start : page.index("</details>", start)])


def row(page: str, ident: str) -> list[str]:
    """The cells of a form's row in the table of who pays."""
    start = page.index(f'<a href="#{ident}">')
    return [shown(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", page[start:], re.S)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_small(web: httpx.Client, path: str, lang: str) -> None:
    answer = web.get(f"{path}&lang={lang}")

    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text
    assert int(answer.headers["Content-Length"]) <= MOST_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_inline_or_loads_from_another_host(web: httpx.Client, path: str) -> None:
    answer = web.get(path)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", answer.text)
    assert not re.search(r"""(?:src|action)=["'](?:\w+:)?//|<link[^>]+//""", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_table_has_a_caption_and_every_heading_of_one_a_scope(
    web: httpx.Client, path: str
) -> None:
    page = web.get(path).text

    assert len(re.findall(r"<table", page)) == len(re.findall(r"<caption", page))
    assert re.findall(r"<th(?![^>]*\bscope=)[\s>]", page) == []


def test_our_own_style_is_light(web: httpx.Client) -> None:
    page = web.get("/compare?world=played").text

    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    assert len(sheets) == 2
    assert sum(len(web.get(sheet).content) for sheet in sheets) <= MOST_OWN_BYTES


def test_the_cases_stand_side_by_side_in_the_order_of_their_numbers(web: httpx.Client) -> None:
    page = web.get("/policies?world=played&lang=zh").text

    head = page[page.index("<thead>") : page.index("</thead>")]
    found = re.findall(r'href="/policies/([\w:]+)\?', head)
    numbered = sorted((load(case) for case in cases()), key=lambda pack: pack.file.number)
    assert [ident.partition(":")[0] for ident in found] == [pack.case for pack in numbered]


def test_a_cell_tells_value_grade_source_clause_and_note(web: httpx.Client) -> None:
    page = shown(web.get("/policies/jiangsu?world=played&lang=zh").text)

    assert (
        "一档基金分担比例 tier_1_fund_share 80% 原 S1 本案例 江苏案例：代偿 80%"
        " 基金承担本金损失的比例，其余归银行" in page
    )


def test_the_sources_of_a_stage_stand_below_it_without_a_click(web: httpx.Client) -> None:
    page = web.get("/policies?world=played&stage=claim&case=jiangsu&lang=zh").text

    told = shown(page[page.index("</table>") :])
    listed = "第二批知识产权质押融资典型案例清单 · 十个案例，编号 1 至 10"
    assert f"S1 {listed} · 政府或法律文本" in told
    assert told.count("S2 ") == 1


def test_forms_of_a_case_with_one_working_show_it_once(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&all=1&lang=en").text

    assert details(page, "guangdong:foshan").strip() in details(page, "guangdong:shantou")
    assert page.count('<details class="form">') < len(forms())


def test_a_gap_says_where_to_look(web: httpx.Client) -> None:
    page = shown(web.get("/policies/jiangsu?world=played&layer=platform&lang=en").text)

    assert "The case leaves this open; look in: 苏财规〔2020〕14 号全文" in page


def test_what_a_case_does_not_state_is_said_with_where_to_look(web: httpx.Client) -> None:
    both = "/policies?world=played&case=jiangsu&case=zhejiang&lang=en"
    page = web.get(f"{both}&stage=claim").text

    cells = shown(page[page.index("<code>tier_1_ceiling</code>") :])
    assert cells.index("not applicable") < cells.index("tier_1_fund_share")
    silent = shown(web.get(f"{both}&stage=programme").text)
    assert "not stated" in silent[silent.index("fund_name") :][:120]
    foot = page[page.index("<tfoot>") : page.index("</tfoot>")]
    assert 'href="/policies/zhejiang?world=played#gaps"' in foot


@pytest.mark.parametrize("stage", [stage.key for stage in STAGES])
def test_a_stage_shows_all_its_parameters_that_a_case_states(web: httpx.Client, stage: str) -> None:
    page = web.get(f"/policies?world=played&case=jiangsu&stage={stage}").text

    wanted = [n for n, e in CATALOGUE.items() if e.stage == stage and n in load("jiangsu").stated]
    assert re.findall(r"<code>(\w+)</code></th>", page) == wanted


def test_only_rows_of_a_grade_are_shown_where_one_is_asked_for(web: httpx.Client) -> None:
    page = web.get("/policies?world=played&case=jiangsu&grade=seed").text

    assert re.findall(r"<code>(\w+)</code></th>", page) == ["tier_1_ceiling", "tier_1_fund_share"]


def test_one_case_alone_differs_from_nothing(web: httpx.Client) -> None:
    page = shown(web.get("/policies?world=played&case=jiangsu&differ=1&lang=en").text)

    assert "No parameter of this stage fits the filter." in page


def test_a_filter_survives_the_change_of_the_stage(web: httpx.Client) -> None:
    page = web.get("/policies?world=played&case=jiangsu&grade=assumed").text

    nav = page[page.index('<nav class="stages"') :]
    assert (
        'href="/policies?world=played&amp;case=jiangsu&amp;stage=pledge&amp;grade=assumed"' in nav
    )


def test_the_values_are_those_of_the_business_date(web: httpx.Client) -> None:
    assert "2020-01-02" in shown(web.get("/policies?world=early&lang=zh").text)


@pytest.mark.parametrize("case", cases())
def test_a_case_tells_every_parameter_gap_sibling_and_source(web: httpx.Client, case: str) -> None:
    page, pack = web.get(f"/policies/{case}?world=played&lang=zh").text, load(case)

    said = shown(page)
    layers = set(re.findall(rf'href="(/policies/{case}\?[^"]*layer=\w+)', page))
    pages = [page, *(web.get(unescape(link)).text for link in layers)]
    told = {name for one in pages for name in re.findall(r"<code>(\w+)</code></th>", one)}
    assert set(pack.stated) <= told
    assert [gap.names["zh"] for gap in pack.gaps if gap.names["zh"] not in said] == []
    assert [one.names["zh"] for one in pack.siblings if one.names["zh"] not in said] == []
    assert [key for key in pack.sources if f'id="s-{key}"' not in page] == []


@pytest.mark.parametrize("case", cases())
def test_titles_of_sources_are_told_apart(case: str) -> None:
    titles = [source.title for source in load(case).sources.values()]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("path", ["/policies/nanjing", "/policies/jiangsu:north", "/policies/%00"])
def test_a_case_that_does_not_exist_is_a_page_of_its_own(web: httpx.Client, path: str) -> None:
    answer = web.get(path)

    assert answer.status_code == 404
    assert "<h1>" in answer.text


@pytest.mark.parametrize("form", [form for form in forms() if form.headline], ids=lambda f: f.ident)
def test_the_example_is_shared_on_the_page_as_assess_shares_it(
    web: httpx.Client, form: object
) -> None:
    ident = form.ident  # type: ignore[attr-defined]
    outcome = assess(policy_of(ident, date(2027, 9, 20)), B0.default)

    page = web.get("/compare?world=played").text

    cells = row(page, ident)
    totals = outcome.assessment.totals()
    bank = outcome.burden.get("bank")
    assert cells[4] == "4,263,000.00"
    assert cells[7] == (bank.grouped if bank else "0.00")
    assert cells[8] == "3,303,000.00"
    for party, amount in totals.items():
        assert not amount or party == "bank" or amount.grouped in " ".join(cells[:2])


def test_the_default_of_the_spine_is_told_as_the_loan_page_does(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&lang=en").text

    assert row(page, "jiangsu")[:9] == [
        "3,360,000.00",
        "—",
        "840,000.00",
        "63,000.00",
        "4,263,000.00",
        "2,592,000.00",
        "—",
        "711,000.00",
        "3,303,000.00",
    ]


def test_the_working_is_a_click_away_with_amount_clause_and_grade(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&lang=zh").text

    told = details(page, "jiangsu")
    assert "3,360,000.00 第二批知识产权质押融资典型案例清单 · 江苏案例：代偿 80% 原文" in told
    assert "项为假设" in told


def test_a_refused_form_says_by_which_ceiling(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&principal=30000000.01&lang=zh").text

    told = details(page, "jiangsu")
    assert "不予分担： 余额 30,000,000.01 超过最高档 30,000,000.00，不予补偿" in told
    assert row(page, "jiangsu")[2] == "30,000,000.01"


def test_what_waits_for_the_funds_cash_is_told(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&principal=100&fund_cash=30&lang=zh").text

    assert row(page, "jiangsu")[:3] == ["30.00", "—", "20.00 待付 50.00"]


def test_a_wrong_figure_is_said_beside_its_field_and_kept(web: httpx.Client) -> None:
    answer = web.get("/compare?world=played&principal=abc&interest=7&lang=en")

    assert answer.status_code == 422
    assert (
        'value="abc" required aria-invalid="true" aria-describedby="principal-fault"' in answer.text
    )
    assert re.search(r'id="principal-fault">[^<]*Principal unpaid', answer.text)
    assert (
        'name="interest" inputmode="decimal" autocomplete="off" maxlength="40" value="7"'
        in answer.text
    )
    assert "<img" not in answer.text


def test_the_other_forms_of_a_case_stand_behind_a_link(web: httpx.Client) -> None:
    few, all_of_them = (web.get(f"/compare?world=played{more}").text for more in ("", "&all=1"))

    hidden = [form.ident for form in forms() if not form.headline]
    assert [ident for ident in hidden if f' id="{ident}">' in few] == []
    assert [ident for ident in hidden if f' id="{ident}">' not in all_of_them] == []


def test_the_chart_is_a_picture_of_the_same_question_that_asks_nobody(web: httpx.Client) -> None:
    page = web.get("/compare?world=played&principal=5000000&lang=en").text
    found = re.search(r'<img class="chart" src="([^"]+)" alt="([^"]+)"', page)
    assert found is not None

    answer = web.get(found[1].replace("&amp;", "&"))

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert not re.search(r"""<script|(?:href|src)=["'](?!#)|@import|url\(["']?(?!#)""", answer.text)
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")
    assert "principal=5000000" in found[1]


def test_a_refused_form_is_striped_in_the_chart_and_says_why(web: httpx.Client) -> None:
    above = web.get("/compare.svg?world=played&principal=30000000.01&lang=zh").text
    covered = web.get("/compare.svg?world=played&principal=100&lang=zh").text

    assert above.count("url(#striped)") == sum(bool(one.refused) for one in refusing())
    assert "余额 30,000,000.01 超过最高档 30,000,000.00" in above
    assert "striped" not in covered


def refusing() -> Sequence[Outcome]:
    """The main forms on a default above Jiangsu's top tier."""
    return compare(question(with_sample(ToldDefault("30000000.01"))), date(2027, 9, 20)).shown


def test_there_is_no_chart_of_a_wrong_question(web: httpx.Client) -> None:
    assert web.get("/compare.svg?principal=abc").status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_a_ledger_shows_the_figures_of_the_command_line(web: httpx.Client, view: str) -> None:
    found = compare(B0, date(2027, 9, 20))
    terms = LedgerTerms(B0, sample_of_ledgers()["rate"], told_rate=False)

    page = web.get(f"/compare?world=played&view={view}&lang=en").text

    assert "<img" not in page
    for told in ledgers(found.shown, view, terms):
        ident = told.outcome.policy.ident
        amounts = [line.amount.grouped for line in told.lines if line.amount is not None]
        assert [one for one in amounts if one not in details(page, ident)] == []
        assert [one for one in _money(told.facts) if one not in row(page, ident)] == []


def _money(facts: Mapping[str, str | None]) -> Iterator[str]:
    """The facts that are sums and have a column."""
    for name, value in facts.items():
        if value and re.fullmatch(r"-?\d+\.\d\d", value) and f"ledger.fact.{name}" in WORDS:
            yield yuan(value).grouped


def test_a_ledger_reckons_with_the_rate_that_is_asked(web: httpx.Client) -> None:
    rate = {"world": "played", "view": "enterprise", "rate": "4.00", "lang": "en"}

    page = web.get(f"/compare?{urlencode(rate)}").text

    assert "6,000,000.00 × 4.00%" in shown(page)
    assert 'value="4.00"' in page


def test_a_claim_leads_to_the_same_default_under_every_policy(web: httpx.Client) -> None:
    page = web.get(f"/loans/{LOAN}?world=played&lang=zh").text

    asked = {
        "world": "played",
        "principal": "4200000.00",
        "interest": "63000.00",
        "drawn": "6000000.00",
        "balance_after_draw": "6000000.00",
        "recovery": "1000000.00",
        "cost": "40000.00",
    }
    assert f'href="/compare?{urlencode(asked).replace("&", "&amp;")}"' in page


def test_the_same_question_can_be_asked_on_the_command_line(web: httpx.Client) -> None:
    page = shown(web.get("/compare?world=played&principal=5&lang=en").text)

    assert "zhidai compare --principal 5.00 --interest 0.00" in page


def test_the_navigation_leads_to_both_pages_and_marks_the_one_shown(web: httpx.Client) -> None:
    for path in ("/policies", "/compare"):
        page = web.get(f"{path}?world=played").text
        nav = page[page.index("<nav") : page.index("</nav>")]

        assert 'href="/policies?world=played"' in nav
        assert 'href="/compare?world=played"' in nav
        assert f'href="{path}?world=played" aria-current="page"' in nav


def test_without_any_world_the_newest_values_are_shown(web: httpx.Client) -> None:
    with console_worlds.control_database("zhidai_policies_empty"):
        policies, compare = (web.get(path) for path in ("/policies?case=jiangsu", "/compare"))

    assert (policies.status_code, compare.status_code) == (200, 200)
    assert row(compare.text, "jiangsu")[0] == "3,360,000.00"
