"""docs/licences.md names every dependency's licence as the package itself states it."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from services.kernel.settings import ROOT

PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")
LISTED = dict(re.findall(r"^\| ([a-z0-9._-]+) \| (.+?) \|", PAGE, re.MULTILINE))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = set(re.findall(r"^([a-z0-9._-]+)==", LOCK, re.MULTILINE))
COPYLEFT = {"psycopg", "psycopg-binary", "pygal"}


def stated(name: str) -> str:
    """The licence in a package's metadata; "" where it is not installed here."""
    try:
        found: Any = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := found.get("License-Expression"):
        return str(expression)
    classified = [c.split(" :: ")[-1] for c in found.get_all("Classifier", []) if "License ::" in c]
    named = [one for one in classified if one != "OSI Approved"]
    return " / ".join(named) or str(found.get("License", "")).partition("\n")[0][:60]


def test_every_locked_package_is_listed_and_no_other() -> None:
    assert set(LISTED) - {"package"} == LOCKED


def test_each_licence_is_the_one_the_package_states() -> None:
    known = {name: stated(name) for name in LOCKED}

    assert {name: LISTED[name] for name, told in known.items() if told} == {
        name: told for name, told in known.items() if told
    }


def test_no_package_is_under_the_gpl_and_three_under_the_lgpl() -> None:
    def copyleft(licence: str) -> bool:
        return bool(re.search(r"GPL|General Public", licence))

    assert {name for name, licence in LISTED.items() if copyleft(licence)} == COPYLEFT
    assert not [one for one in LISTED.values() if "Affero" in one or "AGPL" in one]
