"""Each sentence stands in the file of its noun or room, sorted by key, and nowhere else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import services

LOCALE = Path(services.__file__ or "").parent / "locale"
LANGS = ("zh_CN", "en")
NOUNS = (
    *("enterprise", "bank", "product", "pledge", "asset", "loan"),
    *("fund", "filing", "match", "application", "claim", "recovery"),
)

# Events named by an older word than the noun that they belong to.
EVENT_NOUNS = {
    "Inspection": "loan",
    "IpAsset": "asset",
    "DueDiligence": "application",
    "Contract": "application",
    "Security": "incident",
    "Credit": "application",
    "WriteOff": "write_off",
}

# fmt: off
ROOMS = {
    # prefix of the key      file
    "calendar.":             "kernel",
    "deadline.":             "deadlines",
    "layer.":                "policy",
    "console.compare.":      "console_compare",
    "console.policies.":     "console_policies",
    "console.rulebook":      "rulebook",
    "rulebook.":             "rulebook",
    "table.":                "rulebook",
    "console.":              "console",
    "problem.":              "api",
    "cli.":                  "cli",
    "calc.":                 "calc",
    "boarding.":             "boarding",
    "book.":                 "boarding",
    "waiver.":               "boarding",
    "doctor.":               "doctor",
    "platform.":             "platform",
    "comparison.":           "compare",
    "ledger.":               "compare",
    "replay.":               "replay",
    "scenario.":             "scenario",
    "statute.":              "statutes",
    "policy.code.":          "policy_codes",
    "policy.":               "policy",
    "step.":                 "mechanisms",
    "tier.":                 "mechanisms",
    "component.":            "mechanisms",
    "measure.":              "mechanisms",
    "field.":                "fields",
    "code.":                 "fields",
    "world.title.":          "cli",
    "account.":              "kernel",
    "grade.":                "kernel",
    "noun.":                 "kernel",
    "party.":                "kernel",
    "role.":                 "kernel",
    "remark.":              "kernel",
    "refusal_door.":        "kernel",
}
# fmt: on


def keys(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [str(message.id) for message in read_po(file) if message.id]


def files(lang: str) -> dict[str, list[str]]:
    return {path.name.partition(".")[0]: keys(path) for path in LOCALE.glob(f"*.{lang}.po")}


def home(key: str) -> str:
    """The file of a key; empty for a refusal, which stands with the noun that gives it."""
    first, _, rest = key.partition(".")
    if first in ("trigger", "state"):
        return rest.partition(".")[0]
    if first == "event":
        noun = rest.partition(".")[0]
        return EVENT_NOUNS.get(noun, noun.lower())
    if first == "refusal":
        return ""
    named = (file for prefix, file in ROOMS.items() if key.startswith(prefix))
    return next(named, "a file that ROOMS names")


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_is_written_twice(lang: str) -> None:
    # As text: a reader of gettext would keep the last of two.
    lines = [
        line
        for path in LOCALE.glob(f"*.{lang}.po")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith('msgid "') and line != 'msgid ""'
    ]

    assert [line for line, count in Counter(lines).items() if count > 1] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_stands_in_the_file_of_its_noun_or_room(lang: str) -> None:
    misplaced = [
        f"{key} is in {name}, belongs in {home(key)}"
        for name, found in files(lang).items()
        for key in found
        if home(key) not in ("", name)
    ]

    assert misplaced == []


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_are_sorted_by_key(lang: str) -> None:
    assert [name for name, found in files(lang).items() if found != sorted(found)] == []


def test_both_languages_have_the_same_keys_in_the_same_files() -> None:
    assert files("zh_CN") == files("en")


def test_every_noun_has_its_file() -> None:
    assert set(NOUNS) <= set(files("en"))
