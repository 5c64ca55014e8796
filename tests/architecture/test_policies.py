"""The catalogue is closed: what is stated is read, what is read is stated, and no figure hides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

import pytest

from policies.mechanisms import MECHANISMS, ROLES
from policies.reading.catalogue import CATALOGUE, DOCS, Entry
from policies.reading.layers import shelf
from policies.reading.loader import cases, load
from policies.reading.pack import FORM, OWN, Unstated
from policies.reading.variants import forms, policy_of
from services.kernel.i18n import catalogue as words

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""policy\[["'](\w+)["']\]""")


def module_of(reader: str) -> str:
    """The longest leading part of a dotted name that is a module."""
    parts = reader.split(".")
    for end in range(len(parts), 0, -1):
        name = ".".join(parts[:end])
        try:
            if find_spec(name) is not None:
                return name
        except ModuleNotFoundError:
            continue
    raise LookupError(f"{reader} lies in no module")


def unread(entries: Iterable[Entry]) -> list[str]:
    """A sentence for each parameter whose reader does not exist or does not name it."""
    faults: list[str] = []
    for entry in entries:
        if entry.reader == DOCS:
            continue
        try:
            spec = find_spec(module_of(entry.reader))
            resolve_name(entry.reader)
        except (LookupError, ImportError, AttributeError):
            faults.append(f"{entry.name}: no reader {entry.reader}")
            continue
        assert spec is not None
        if f'"{entry.name}"' not in Path(str(spec.origin)).read_text("utf-8"):
            faults.append(f"{entry.name}: {entry.reader} does not read it")
    return faults


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def entry(name: str, reader: str) -> Entry:
    return Entry(name, "claim", "money", reader, {"zh": name, "en": name})


def test_every_parameter_has_a_reader_that_reads_it() -> None:
    assert unread(CATALOGUE.values()) == []


@pytest.mark.parametrize(
    ("name", "reader", "fault"),
    [
        ("tier_1_ceiling", "policies.mechanisms.tiered_share", []),
        ("tier_1_ceiling", "policies.mechanisms", []),
        ("tier_1_ceiling", DOCS, []),
        ("tier_9_ceiling", "policies.mechanisms.tiered_share", ["tier_9_ceiling: policies.mech"]),
        ("tier_1_ceiling", "policies.mechanisms.shared", ["tier_1_ceiling: no reader policies.m"]),
        ("tier_1_ceiling", "policies.nowhere.tiered_share", ["tier_1_ceiling: no reader policies"]),
    ],
)
def test_an_unread_parameter_is_found(name: str, reader: str, fault: list[str]) -> None:
    found = unread([entry(name, reader)])

    assert [sentence[: len(start)] for sentence, start in zip(found, fault, strict=True)] == fault


def test_every_parameter_of_the_catalogue_is_stated_by_some_case() -> None:
    packs = [load(case) for case in cases()]
    stated = {name for pack in packs for name in pack.stated}
    stated |= {name for pack in packs for one in pack.variants.values() for name in one.stated}

    assert set(CATALOGUE) - stated == set()


@pytest.mark.parametrize("ident", [form.ident for form in forms()])
def test_what_the_lifecycles_read_is_said_by_every_form(ident: str) -> None:
    """A value, no limit or no such step: nothing is left unsaid (ZD-0.1)."""
    read = {name for name, one in CATALOGUE.items() if one.reader.startswith("workflows.")}

    assert read - set(policy_of(ident, date(2025, 8, 14)).parameters) == set()


def test_every_parameter_that_the_code_reads_is_in_the_catalogue() -> None:
    read = {
        name
        for path in sources("policies", "workflows", "services")
        for name in READ.findall(path.read_text("utf-8"))
    }

    assert read - set(CATALOGUE) == set()
    assert "tier_mode" in read


def test_no_code_asks_which_case_it_is() -> None:
    asks = re.compile(rf"""["']({"|".join(cases())})["']""")

    found = [p.name for p in sources("policies", "workflows") if asks.search(p.read_text("utf-8"))]

    assert found == []


def test_every_mechanism_plays_a_part() -> None:
    assert {name for names in ROLES.values() for name in names} == set(MECHANISMS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_unit_and_mechanism_has_words(lang: str) -> None:
    choices = {code for one in CATALOGUE.values() for code in one.choices}
    keys = {
        *(f"policy.code.{code}" for code in choices),
        *(f"policy.unit.{one.unit}" for one in CATALOGUE.values()),
        *(f"policy.mechanism.{name}" for name in MECHANISMS),
        *(f"policy.part.{role}" for role in ROLES),
        *(f"policy.{said.value}" for said in Unstated),
        *(f"layer.{layer}" for layer in (OWN, FORM, *shelf().layers)),
    }

    assert keys - set(words(lang)) == set()
