"""Texts of comparison and replay: each key that is asked for exists, each that exists is used."""

from __future__ import annotations

import re

import pytest

from policies.sharing.cover import INTEREST, PRINCIPAL, QUEUED
from services.comparison.fund_size import ASSUMED
from services.comparison.ledgers import SUBSIDIES
from services.comparison.parties import PARTIES
from services.comparison.views import VIEWS
from services.kernel.i18n import catalogue
from services.kernel.settings import ROOT

CODE = "\n".join(
    path.read_text("utf-8")
    for folder in ("services/comparison", "services/cli", "services/boarding")
    for path in sorted((ROOT / folder).rglob("*.py"))
)
WORDS = set(re.findall(r"[\"'](?:[a-z_]+\.)*([a-z_0-9]+)[\"']", CODE))
FAMILIES = ("comparison.", "replay.", "ledger.")
# What the code makes of two parts.
BUILT = {
    *(f"comparison.{component}" for component in (PRINCIPAL, INTEREST, QUEUED)),
    *(f"comparison.view_{view}" for view in VIEWS),
    *(f"comparison.{key}" for key in ("one_form_not", "choose_not", "negative", "no_amount")),
    *(f"ledger.{name}_subsidy" for name in SUBSIDIES),
    *(f"ledger.item.{name}_subsidy" for name in SUBSIDIES),
    *(f"replay.assumed.{name}" for name in ASSUMED),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_key_the_code_names_has_a_sentence(lang: str) -> None:
    named = set(re.findall(r"[\"']((?:comparison|replay|ledger)\.[a-z_.0-9]+[a-z])[\"']", CODE))
    named |= BUILT | {f"party.{party}" for party in PARTIES}

    assert named - set(catalogue(lang)) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_is_idle(lang: str) -> None:
    keys = {key for key in catalogue(lang) if key.startswith(FAMILIES)} - BUILT

    assert [key for key in keys if key.rpartition(".")[2] not in WORDS] == []
