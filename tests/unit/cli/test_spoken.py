"""The command line speaks one language at a time: help, headings, and what is wrong with words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command

from services.cli.main import COMMANDS, application, run
from services.cli.spoken import dressed

pytestmark = pytest.mark.usefixtures("own_language")
HANZI = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"\b(JSON|CSV|SVG|Ctrl-C|CI|pytest|xlsx|toml|claim|loan|need)\b|\.\w+|--[\w-]+")


def below(command: Any) -> list[Any]:
    """The command and everything below it."""
    own = getattr(command, "commands", {}).values()
    return [command, *(one for each in own for one in below(each))]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_help_is_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    monkeypatch.setenv("ZHIDAI_LANG", lang)
    whole = dressed(get_command(application(name)), lang)

    said = {}
    for one in below(whole):
        said[one.name] = one.help or ""
        said |= {f"{one.name} {p.name}": getattr(p, "help", "") or "" for p in one.params}
    wrong = {
        where: told
        for where, told in said.items()
        if (lang == "en" and HANZI.search(told))
        or (lang == "zh" and LATIN.search(NAMES.sub("", told)) and not HANZI.search(told))
        or " · " in told
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "没有命令 fly；有："),
        (["bord"], "没有命令 bord；是否想用 board"),
        (["play"], "缺少 WHAT"),
        (["calc", "schedule", "--months", "x"], "--months 须是范围内的整数"),
        (["calc", "schedule", "--months", "0"], "--months 须是范围内的整数"),
        (["calc", "schedule", "--method", "x"], "--method 只能是 annuity、"),
        (["calc", "schedule", "--monts", "3"], "没有选项 --monts；是否想用"),
        (["policy", "list", "a", "b"], "多余的参数：a b"),
        (["policy", "show", "jiangsu", "--all=3"], "选项 --all 不带值"),
        (["assess", "jiangsu", "--principal"], "选项 --principal 须带值"),
        (["--lang", "fr", "policy", "list"], "--lang 只能是 zh、en，不能是 fr"),
        (["world", "advance", "w", "+30"], "+30 不是日期"),
        (["world", "advance", "w", "soon"], "soon 不是日期"),
        (["world", "advance", "w", "1893456000"], "1893456000 不是日期"),
        (["world", "advance", "w", "２０２６-01-01"], "不是日期"),
        (["world", "drop", "main"], "不能删除"),
        (["world", "new", "w", "--starts-on", "2025-02-30"], "不是日期"),
    ],
)
def test_a_fault_of_the_words_is_told_in_chinese(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = run(words)

    told = capsys.readouterr().err
    assert code in (1, 2)
    assert said in told
    assert not re.search(r"(?i)no such|missing|invalid|value error|must be|requires", told)


@pytest.mark.parametrize("words", [["fly"], ["play"], ["calc", "schedule", "--months", "x"]])
def test_a_fault_is_told_in_english_where_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(["--lang", "en", *words]) == 2
    assert not HANZI.search(capsys.readouterr().err)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_headings_of_a_help_are_in_one_language(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    assert run(["--lang", lang, "policy", "show", "--help"]) == 0

    shown = capsys.readouterr().out
    found = {
        word for word in ("Usage", "Options", "Arguments", "用法", "选项", "参数") if word in shown
    }
    assert found == (
        {"用法", "选项", "参数"} if lang == "zh" else {"Usage", "Options", "Arguments"}
    )


def test_a_case_may_be_named_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("江苏", "苏知贷"):
        assert run(["policy", "show", name, "--json"]) == 0
        assert '"case": "jiangsu"' in capsys.readouterr().out
    assert run(["policy", "show", "知识产权"]) == 2


def test_nothing_is_told_of_two_that_do_not_differ(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "diff", "jiangsu", "jiangsu"]) == 0
    assert "没有不同" in capsys.readouterr().out


def test_a_day_before_the_case_is_in_force_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["assess", "jiangsu", "--principal", "100", "--interest", "0", "--on", "2020-01-01"]

    assert run(words) == 0
    assert "2020-01-01 尚未施行" in capsys.readouterr().err


def test_a_case_that_cannot_board_names_those_that_can(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["board", "tests/data/book_500.csv", "--case", "上海"]) == 2

    told = capsys.readouterr().err
    assert "jiangsu" in told
    assert "cap_per_borrower" not in told
    assert "UnknownParameter" not in told


@pytest.mark.parametrize("words", [["replay"], ["board", "--case", "jiangsu"]])
@pytest.mark.parametrize(("file", "said"), [("no-such.csv", "没有这个文件"), ("/", "文件夹")])
def test_a_file_that_cannot_be_read_is_told_in_one_language(
    capsys: pytest.CaptureFixture[str], words: list[str], file: str, said: str
) -> None:
    assert run([words[0], file, *words[1:]]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "rror" not in told
