"""The comparison of cases as its URL says: columns, stage, rows; strange words are ignored."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from policies.reading.variants import forms
from services.console import policy_filter
from services.console.policy_filter import PolicyFilter

KNOWN = forms()
CASES = list(dict.fromkeys(form.pack.case for form in KNOWN))


def asked(query: str) -> PolicyFilter:
    return policy_filter.read(parse_qsl(query), world="main", forms=KNOWN)


def shown(query: str) -> list[str]:
    return [form.ident for form in policy_filter.columns(asked(query), KNOWN)]


def test_every_case_is_shown_once_where_none_is_asked_for() -> None:
    found = shown("")

    assert [ident.partition(":")[0] for ident in found] == CASES


def test_a_main_form_stands_for_its_case() -> None:
    known = {form.ident: form for form in KNOWN}

    assert [ident for ident in shown("") if not known[ident].headline] == []


def test_the_columns_stand_in_the_order_of_the_cases_whatever_the_address_says() -> None:
    found = shown("&".join(f"case={case}" for case in reversed(CASES)))

    assert found == shown("")


def test_only_the_cases_asked_for_are_shown() -> None:
    assert shown("case=jiangsu") == ["jiangsu"]


@pytest.mark.parametrize("form", [form.ident for form in KNOWN if form.variant])
def test_a_form_stands_for_its_case_or_beside_another_of_its_forms(form: str) -> None:
    case = form.partition(":")[0]
    first = next(one.ident for one in KNOWN if one.pack.case == case and one.headline)

    assert shown(f"case={case}&form={form}") == [form]
    assert set(shown(f"case={first}&case={form}")) == {first, form}


@pytest.mark.parametrize(
    "query",
    ["case=nanjing", "form=jiangsu:nowhere", "stage=never", "grade=excellent", "differ=yes"],
)
def test_a_word_it_does_not_know_is_ignored(query: str) -> None:
    assert asked(query) == asked("")


def test_the_headlines_come_first_and_a_stage_where_one_is_asked_for() -> None:
    assert (asked("").stage, asked("stage=pledge").stage) == ("", "pledge")


def test_an_address_read_and_written_is_the_same_question() -> None:
    query = "world=main&case=jiangsu&stage=pledge&differ=1&grade=assumed"

    assert parse_qsl(urlsplit(asked(query).url()).query) == parse_qsl(query)


def test_an_address_without_a_question_is_the_page_itself() -> None:
    assert PolicyFilter().url() == "/policies"
