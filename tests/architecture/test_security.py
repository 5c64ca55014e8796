"""SECURITY.md names tests that are there and settings that are read."""

from __future__ import annotations

import re

from services.kernel.settings import ROOT, Settings

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_test_it_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", TEXT))

    assert len(named) > 10
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_every_setting_it_names_is_read() -> None:
    named = set(re.findall(r"ZHIDAI_(\w+)", TEXT))

    assert {one.lower() for one in named} <= set(Settings.model_fields)
