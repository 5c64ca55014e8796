"""What a scenario's file may say, and the sentence that tells what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.kernel.problems import Problem
from services.sandbox import library
from services.sandbox.scenario import Scenario, WrongScenario
from services.wiring import registry

FILE = """
[scenario]
id = "small"
title = { zh = "小", en = "Small" }
aim = "to be read"
case = "jiangsu"
form = "jiangsu"
level = 1
minutes = 2

[cast]
finance = { user = "fin-1", role = "FIN", organisation = "JS-FIN" }
finance_2 = { user = "fin-2", role = "FIN", organisation = "JS-FIN" }

[[step]]
on = 2025-05-26
do = "EstablishFund"
by = "finance"
checked_by = "finance_2"
with = { fund = "F", name = "Fund", amount = "50000000.00" }
event = "Fund.Established"

[[step]]
name = "again"
on = 2025-05-27
do = "EstablishFund"
by = "finance"
with = { fund = "F", name = "Fund", amount = "1.00 CNY" }
refused = "no_such_step"

[[step]]
on = 2025-06-30
event = "Fund.Established"

[expect]
on = 2025-07-01
never = ["Claim.Paid"]

[expect.rows]
"fund/F" = { state = "ACTIVE", cash = "50000000.00" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(FILE, "utf-8")
    return path


def reading(file: Path, *changes: tuple[str, str]) -> Scenario:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    return library.read(file, registry())


def test_a_file_is_read_as_it_is_played(file: Path) -> None:
    found = reading(file)

    assert [step.events for step in found.steps] == [
        ("Fund.Established",),
        (),
        ("Fund.Established",),
    ]
    assert [act.refused for act in found.acts] == [(), ("no_such_step",)]
    assert found.acts[0].command.case == "jiangsu"  # the scenario's, where the act does not say
    assert str(found.ends_on) == "2025-07-01"
    assert found.aim == {"zh": "to be read", "en": "to be read"}


def test_an_act_may_be_named_by_noun_and_trigger(file: Path) -> None:
    named = reading(file, ('do = "EstablishFund"', 'do = "fund.establish"'))

    assert type(named.acts[0].command).__name__ == "EstablishFund"


def test_steps_end_at_a_name_a_number_or_a_day(file: Path) -> None:
    found = reading(file)

    assert [len(found.until(where)[0]) for where in ("again", "1", "2025-05-26")] == [2, 1, 1]
    for where in ("nowhere", "9", "2025-05-25"):
        with pytest.raises(WrongScenario):
            found.until(where)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('by = "finance"', 'by = "nobody"', r"step\]\] 1 \(2025-05-26 EstablishFund\).*nobody"),
        ('checked_by = "finance_2"', "checked_by = [1]", "checked_by"),
        ('do = "EstablishFund"', 'do = "EstablishFunds"', "EstablishFunds.*EstablishFund"),
        ("on = 2025-05-26", 'on = "someday"', r"step\]\] 1.*someday"),
        ("on = 2025-05-26", "at = 2025-05-26", "at"),
        ('amount = "50000000.00"', 'amount = "many"', r"step\]\] 1.*many|amount"),
        ('amount = "50000000.00"', 'sum = "1.00"', "sum.*amount"),
        ('refused = "no_such_step"', 'refused = "no_such_steps"', "no_such_step"),
        ('event = "Fund.Established"', 'event = "Fund.Founded"', "Fund.Founded"),
        ('event = "Fund.Established"', 'event = "Fund.Established"\nrefused = "x"', "1"),
        ('role = "FIN"', 'role = "BOSS"', "BOSS.*FIN"),
        ('user = "fin-1", ', "", "finance.*user"),
        ('case = "jiangsu"', 'case = "utopia"', "utopia.*jiangsu"),
        ('form = "jiangsu"', 'form = "margin"', "margin"),
        ('id = "small"\n', "", "id"),
        ("minutes = 2", 'minutes = "two"', "minutes.*two"),
        ("[cast]", "[people]", "people"),
        ('"fund/F"', '"fond/F"', "fond/F.*fund"),
        ("cash =", "money =", "money.*cash"),
        ("on = 2025-07-01", "on = 2025-06-01", "2025-06-01.*2025-06-30"),
        ("[scenario]", "[scenario", "TOML"),
        ("minutes = 2", 'begins = { with = "nothing" }', "nothing"),
        ("minutes = 2", 'begins = { with = "jiangsu-default", until = "x" }', "x.*drawn"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(file: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(WrongScenario) as wrong:
        reading(file, (old, new))

    assert wrong.value.exit_code == 2
    assert wrong.value.key not in str(wrong.value)
    assert str(file) in str(wrong.value)
    assert "\n" not in str(wrong.value).strip() or "TOML" in said
    assert __import__("re").search(said, str(wrong.value)), str(wrong.value)


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none\.toml"):
        library.read(tmp_path / "none.toml", registry())


def test_every_scenario_that_comes_along_can_be_read_and_says_all_of_itself() -> None:
    for ident, path in library.listing().items():
        found = library.read(path, registry())

        assert found.ident == ident
        assert all(found.title.values())
        assert all(found.aim.values())
        assert found.minutes > 0
        assert found.expect or any(step.events for step in found.steps)


def test_a_beginning_is_taken_with_other_names_and_amounts(file: Path) -> None:
    begins = """begins = { with = "jiangsu-default", from = "fund", until = "agreement", \
rename = { JS-FUND = "XX" }, cast = { finance = "finance_2" }, without = ["agreement"], \
change = { fund = { with = { amount = "7.00 CNY" } } } }"""

    found = reading(file, ("minutes = 2", begins))

    [taken] = [act for act in found.acts if getattr(act.command, "fund", "") == "XX"]
    assert (taken.command.amount.yuan, taken.actor.user) == ("7.00", "fin-2")
