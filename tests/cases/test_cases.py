"""Every case against its golden file: tests/cases/<case>.json beside policies/cases/<case>.toml.

An eleventh case needs one file of each kind and nothing here. A golden file holds lists of entries,
each with a sentence (`claim`); only `assess` must be there:

- assess: `loss` (principal, interest, balance_after_draw, drawn: the last two may be left out),
  `on`, and where wanted `variant`, `set`, `fund_cash`, `recovery` (gross, cost); expected are
  `totals` or `refused` (code) and `parameter`, and where wanted `tier`, `shares`, `transferred`,
  `returned`, `surplus`, `burden`.
- recover: recoveries one after another, each with the interest due that day.
- computed: a pure `function` of policies/ by its dotted name, `on`, where wanted `variant` and
  `set`; `given` are its arguments by name, as text in the form of a case file; of its answer what
  is `expected` is compared (of an object the fields named), or it `raises` the error of that
  dotted name.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, get_type_hints

import msgspec
import pytest

from policies.money import Money, total, yuan
from policies.reading.loader import cases
from policies.reading.override import with_values
from policies.reading.pack import Policy
from policies.reading.variants import policy_of
from policies.sharing.assess import Default, Outcome, assess
from policies.sharing.cover import BANK, PRINCIPAL
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss, Returned
from policies.sharing.recovery import Borne

HERE = Path(__file__).parent


def golden(kind: str) -> list[Any]:
    """Every golden entry of that kind in all files, named by its sentence."""
    return [
        pytest.param(path.stem, entry, id=f"{path.stem}: {entry['claim']}")
        for path in sorted(HERE.glob("*.json"))
        for entry in json.loads(path.read_text("utf-8")).get(kind, [])
    ]


def policy_for(case: str, entry: dict[str, Any]) -> Policy:
    """The policy an entry is about."""
    variant = entry.get("variant", "")
    ident = f"{case}:{variant}" if variant else case
    return with_values(policy_of(ident, date.fromisoformat(entry["on"])), entry.get("set", {}))


def loss_of(told: dict[str, str]) -> Loss:
    """The loss, with the drawing and the balance defaulting as in `zhidai assess`."""
    amounts = {name: yuan(amount) for name, amount in told.items()}
    drawn = amounts.get("drawn", amounts["principal"])
    balance = amounts.get("balance_after_draw", drawn)
    return Loss(amounts["principal"], amounts["interest"], balance, drawn)


def outcome_of(case: str, entry: dict[str, Any]) -> Outcome:
    """What the case makes of an entry's loss."""
    cash, back = entry.get("fund_cash"), entry.get("recovery")
    net = yuan(back["gross"]) - yuan(back.get("cost", "0.00")) if back else None
    default = Default(loss_of(entry["loss"]), yuan(cash) if cash else None, net)
    return assess(policy_for(case, entry), default)


def in_yuan(amounts: dict[str, Money]) -> dict[str, str]:
    return {party: amount.yuan for party, amount in amounts.items()}


def test_every_case_has_a_golden_file_and_every_golden_file_a_case() -> None:
    assert {path.stem for path in HERE.glob("*.json")} == set(cases())


@pytest.mark.parametrize(("case", "entry"), golden("assess"))
def test_a_loss_is_shared_as_the_case_says(case: str, entry: dict[str, Any]) -> None:
    expected = {name: entry[name] for name in told_by(outcome_of(case, entry)) if name in entry}

    found = told_by(outcome_of(case, entry))

    assert {name: found[name] for name in expected} == expected
    assert "totals" in expected or "refused" in expected


@pytest.mark.parametrize(("case", "entry"), golden("assess"))
def test_a_shared_loss_sums_and_cites(case: str, entry: dict[str, Any]) -> None:
    found = outcome_of(case, entry)

    exposure = loss_of(entry["loss"]).exposure
    assert total(found.assessment.totals().values()) == exposure
    assert total(found.burden.values()) == exposure - found.net + found.surplus
    assert all(step.citation.clause for step in found.working)


def told_by(found: Outcome) -> dict[str, Any]:
    """An outcome in the form of a golden entry's expectations."""
    refused = found.refused[0] if found.refused else None
    return {
        "totals": in_yuan(found.assessment.totals()),
        "shares": [[s.party, s.component, s.amount.yuan] for s in found.assessment.shares],
        "tier": found.assessment.tier,
        "transferred": found.assessment.transferred.yuan,
        "refused": refused.code if refused else None,
        "parameter": refused.parameter.name if refused else None,
        "returned": in_yuan(dict(found.returned)),
        "surplus": found.surplus.yuan,
        "burden": in_yuan(dict(found.burden)),
    }


@pytest.mark.parametrize(("case", "entry"), golden("recover"))
def test_a_recovery_is_returned_as_the_case_says(case: str, entry: dict[str, Any]) -> None:
    policy = policy_for(case, entry)
    loss = share(policy, loss_of(entry["loss"]))
    assert isinstance(loss, Assessment)
    paid = loss.borne(PRINCIPAL)
    before = dict.fromkeys(paid, Money.ZERO)

    for step in entry["recoveries"]:
        due = {BANK: yuan(step["interest_due"])}
        done: Returned = policy.mechanisms["recovery"](
            policy,
            Borne(paid, due, before, loss.parts),
            yuan(step["gross"]) - yuan(step["cost"]),
        )
        before = {party: before[party] + amount for party, amount in done.returned.items()}

        assert in_yuan(dict(done.returned)) == step["returned"]
        assert done.bank_interest.yuan == step["bank_interest"]
        assert done.surplus.yuan == step["surplus"]

    if "burden" in entry:
        left = {party: amount - before[party] for party, amount in loss.totals().items()}
        assert in_yuan(left) == entry["burden"]


@pytest.mark.parametrize(("case", "entry"), golden("computed"))
def test_a_function_of_the_case_computes_as_it_says(case: str, entry: dict[str, Any]) -> None:
    if "raises" in entry:
        with pytest.raises(resolve_name(entry["raises"])):
            computed(case, entry)
        return

    found = computed(case, entry)

    assert named(found, entry["expected"]) == entry["expected"]


def computed(case: str, entry: dict[str, Any]) -> Any:
    """What the function answers, as plain lists, objects and text."""
    function = resolve_name(entry["function"])
    types = get_type_hints(function)
    given = {
        name: msgspec.convert(value, types[name], dec_hook=amount_of)
        for name, value in entry["given"].items()
    }
    policy = [policy_for(case, entry)] if "policy" in types else []
    return json.loads(msgspec.json.encode(function(*policy, **given), enc_hook=text_of))


def amount_of(wanted: type, told: Any) -> Any:
    """An amount out of its text, yuan where no currency is named; msgspec reads all else."""
    if wanted is Money:
        return Money.of_wire(told) if " " in told else yuan(told)
    raise NotImplementedError(wanted)


def text_of(value: Any) -> Any:
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value))


def named(found: Any, expected: Any) -> Any:
    """Of what was found only the fields that the expectation names, at any depth."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {name: named(found[name], one) for name, one in expected.items() if name in found}
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [named(one, other) for one, other in zip(found, expected, strict=True)]
    return found
