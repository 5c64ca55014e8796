"""Every case against its golden file: tests/cases/<case>.json beside policies/cases/<case>.toml.

An eleventh case needs one file of each kind and nothing here.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policies.loader import cases, load
from policies.mechanisms import FUND, PRINCIPAL, Assessment, Loss, NotAssessed, Returned
from policies.money import Money, total, yuan
from policies.pack import Policy

HERE = Path(__file__).parent


def golden(kind: str) -> list[Any]:
    """Every golden entry of that kind in all files, named by its sentence."""
    return [
        pytest.param(path.stem, entry, id=f"{path.stem}: {entry['claim']}")
        for path in sorted(HERE.glob("*.json"))
        for entry in json.loads(path.read_text("utf-8"))[kind]
    ]


def assessed(policy: Policy, loss: dict[str, str]) -> Assessment | NotAssessed:
    """What the case's own compensation mechanism says of a golden loss."""
    found: Assessment | NotAssessed = policy.mechanisms["compensation"](
        policy, Loss(**{name: yuan(amount) for name, amount in loss.items()})
    )
    return found


def in_yuan(amounts: dict[str, Money]) -> dict[str, str]:
    return {party: amount.yuan for party, amount in amounts.items()}


def test_every_case_has_a_golden_file_and_every_golden_file_a_case() -> None:
    assert {path.stem for path in HERE.glob("*.json")} == set(cases())


@pytest.mark.parametrize(("case", "entry"), golden("assess"))
def test_a_loss_is_shared_as_the_case_says(case: str, entry: dict[str, Any]) -> None:
    policy = load(case).on(date.fromisoformat(entry["on"]))

    found = assessed(policy, entry["loss"])

    if "refused" in entry:
        assert isinstance(found, NotAssessed)
        assert (found.code, found.parameter.name) == (entry["refused"], entry["parameter"])
        assert found.actual.yuan == entry["loss"]["balance_after_draw"]
        return
    assert isinstance(found, Assessment)
    assert (found.tier, in_yuan(found.totals())) == (entry["tier"], entry["totals"])
    lost = yuan(entry["loss"]["principal"]) + yuan(entry["loss"]["interest"])
    assert total(found.totals().values()) == lost
    assert all(step.citation.clause for step in found.working)


@pytest.mark.parametrize(("case", "entry"), golden("recover"))
def test_a_recovery_is_returned_as_the_case_says(case: str, entry: dict[str, Any]) -> None:
    policy = load(case).on(date.fromisoformat(entry["on"]))
    loss = assessed(policy, entry["loss"])
    assert isinstance(loss, Assessment)
    paid = {s.party: s.amount for s in loss.shares if s.component == PRINCIPAL}
    before = dict.fromkeys(paid, Money.ZERO)

    for step in entry["recoveries"]:
        done: Returned = policy.mechanisms["recovery"](
            policy,
            paid=paid,
            net=yuan(step["gross"]) - yuan(step["cost"]),
            interest_due=yuan(step["interest_due"]),
            already_returned=before,
            shares={FUND: loss.fund_share},
        )
        before = {party: before[party] + amount for party, amount in done.returned.items()}

        assert in_yuan(dict(done.returned)) == step["returned"]
        assert done.bank_interest.yuan == step["bank_interest"]
        assert done.surplus.yuan == step["surplus"]

    if "burden" in entry:
        left = {party: amount - before[party] for party, amount in loss.totals().items()}
        assert in_yuan(left) == entry["burden"]
