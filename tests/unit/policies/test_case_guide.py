"""The case that docs/guide/case.md shows is a case: it loads, and its golden file holds."""

from __future__ import annotations

import json
import re
from datetime import date

from policies.mechanisms import ROLES
from policies.money import yuan
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import of_text
from policies.sharing.assess import Default, assess
from policies.sharing.loss import Loss
from services.kernel.settings import ROOT

GUIDE = (ROOT / "docs" / "guide" / "case.md").read_text("utf-8")


def example(language: str) -> str:
    """The guide's example in that language."""
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_gives_what_its_golden_file_says() -> None:
    entry = json.loads(example("json"))["assess"][0]
    principal, interest, drawn = (yuan(amount) for amount in entry["loss"].values())
    net = yuan(entry["recovery"]["gross"]) - yuan(entry["recovery"]["cost"])
    policy = of_text(example("toml")).on(date.fromisoformat(entry["on"]))

    found = assess(policy, Default(Loss(principal, interest, drawn, drawn), net=net))

    totals = found.assessment.totals()
    assert {party: amount.yuan for party, amount in totals.items()} == entry["totals"]
    assert {party: amount.yuan for party, amount in found.burden.items()} == entry["burden"]


def test_the_example_leaves_nothing_unsaid_that_the_lifecycles_read() -> None:
    read = {name for name, one in CATALOGUE.items() if one.reader.startswith("workflows.")}

    assert read - set(of_text(example("toml")).stated) == set()
    assert len(example("toml").splitlines()) <= 80


def test_the_guide_tells_of_every_mechanism() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))

    assert told == set(ROLES["compensation"])
