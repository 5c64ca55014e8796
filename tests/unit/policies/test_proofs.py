"""What is proved of every cover; and the model that it is proved of, held to the code."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pytest
import z3

import policies.proving
from policies.money import Money
from policies.proving.goals import BANK_RISES, PROVED, REFUTED, Unknowns, never_worse, prove
from policies.proving.model import Numbers, WhoBore, borne_by_creditor, divided, given_back
from policies.reading.pack import Policy
from policies.reading.variants import forms, last_change, policy_of
from policies.sharing.cover import Cover, divide
from policies.sharing.division import refusals, shared
from policies.sharing.loss import Loss
from policies.sharing.recovery import CREDITOR_FIRST, STATUTORY, Borne, _split, _stakes
from services.cli.main import run

IDENTS = [form.ident for form in forms()]
ZHONGSHAN = "guangdong:zhongshan"
A_FEW, A_MILLION = 20_000, 1_000_000


def policy(ident: str) -> Policy:
    return policy_of(ident, last_change(ident))


def cover(ident: str) -> Cover:
    found: Cover = policy(ident).mechanisms["compensation"](policy(ident))
    return found


@pytest.mark.parametrize("ident", IDENTS)
def test_every_goal_of_every_cover_is_proved_but_the_one_of_several_floors(ident: str) -> None:
    found = prove(policy(ident))

    open_ = [one.goal for one in found if one.answer != PROVED]
    assert open_ == ([BANK_RISES] if ident == ZHONGSHAN else [])
    assert len(found) == 7 * len(cover(ident).tiers)


def test_zhongshans_bank_bears_two_fen_less_of_a_larger_loss() -> None:
    """ZD-1.5.1, the figures of the rulebook."""
    fens = {}
    for lost in (24, 25):
        loss = Loss(Money(lost), Money(0), Money(100), drawn=Money(100))
        fens[lost] = {
            p: m.fen for p, m in shared(policy(ZHONGSHAN), cover(ZHONGSHAN), loss).totals().items()
        }

    assert fens[24] == {"fund": 12, "insurer": 3, "appraiser": 0, "bank": 9}
    assert fens[25] == {"fund": 13, "insurer": 4, "appraiser": 1, "bank": 7}


def test_a_refuted_goal_shows_a_loan_of_which_the_code_says_the_same() -> None:
    found = next(one for one in prove(policy(ZHONGSHAN)) if one.answer == REFUTED)
    tier = cover(ZHONGSHAN).tiers[0]

    def bank(mark: str) -> int:
        lost = (found.shown[f"principal{mark}"], found.shown[f"interest{mark}"])
        lines = divide(
            cover(ZHONGSHAN), tier.parts, lost, drawn=found.shown["drawn"], cash=found.shown["cash"]
        )
        return sum(fen for party, _, fen in lines if party == "bank")

    assert bank("_of_larger") < bank("")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("jiangsu", "jiangsu", PROVED),
        ("jiangsu", "boc", PROVED),
        ("boc", "jiangsu", REFUTED),
        ("haidian", "jiangsu", PROVED),
        ("guangdong:zhuhai", "guangdong:foshan", REFUTED),
        ("guangdong:foshan", "guangdong:zhuhai", PROVED),
        ("jiangsu", "chengdu", REFUTED),
        ("ningbo", "jiangsu", REFUTED),
    ],
)
def test_a_policy_implies_another_or_a_loan_shows_otherwise(
    one: str, other: str, answer: str
) -> None:
    found = never_worse(cover(one), cover(other))

    assert found.answer == answer
    if answer == REFUTED:
        loan = found.shown
        bears = [
            borne_by_creditor(
                each, (loan["principal"], loan.get("interest", 0)), drawn=loan["drawn"],
                balance=loan["balance"], by=Numbers(),
            )
            for each in (cover(one), cover(other))
        ]  # fmt: skip
        assert bears[0] > bears[1]


# The model against the code.


def amounts(rng: random.Random) -> Iterator[int]:
    """Fen small and large, whole thousands among them."""
    while True:
        most = rng.choice((9, 100, 10_000, 10**9, 10**13))
        fen = rng.randrange(most)
        yield fen - fen % 100_000 if rng.random() < 0.2 else fen


def check_divisions(count: int) -> None:
    rng = random.Random(7)
    fens = amounts(rng)
    covers = [cover(ident) for ident in IDENTS]
    for _ in range(count):
        one = rng.choice(covers)
        tier = rng.choice(one.tiers)
        lost = (next(fens), next(fens))
        drawn = lost[0] + next(fens)
        cash = next(fens) if rng.random() < 0.5 else None
        model = divided(one, tier, lost, drawn=drawn, cash=cash, by=Numbers())
        parties: dict[str, int] = {}
        for party, _, fen in divide(one, tier.parts, lost, drawn=drawn, cash=cash):
            parties[party] = parties.get(party, 0) + fen
        assert {party: model.of(party) for party in parties} == parties


def check_recoveries(count: int) -> None:
    rng = random.Random(11)
    fens = amounts(rng)
    policies = [policy(ident) for ident in IDENTS]
    for _ in range(count):
        one = rng.choice(policies)
        of: Cover = one.mechanisms["compensation"](one)
        tier = rng.choice(of.tiers)
        parties = [*dict.fromkeys(p for part in tier.parts for p, _ in part.holders), of.creditor]
        bearers = parties if "interest" in of.components else [of.creditor]
        paid = {party: Money(next(fens)) for party in parties}
        owed = {party: Money(next(fens) + 1) for party in bearers}
        net, whole = next(fens), rng.random() < 0.5
        borne = Borne(paid, owed, parts=tier.parts if whole else (), creditor=of.creditor)
        told = one.mechanisms["recovery"](one, borne, Money(net))
        own = Borne(owed, {}, creditor=of.creditor)
        stakes = _stakes(borne)
        inside = all(p in owed for _, holders in stakes for p, _ in holders)
        model = given_back(
            WhoBore(
                of.creditor,
                fen_of(paid),
                fen_of(owed),
                partial(split, stakes, of.creditor),
                partial(split, stakes if inside else _stakes(own), of.creditor),
            ),
            net,
            creditor_first=one["recourse"].value == CREDITOR_FIRST,
            statutory=one["recovery_allocation"].value == STATUTORY,
            by=Numbers(),
        )
        assert without_nothing(model.principal) == without_nothing(fen_of(told.returned))
        assert without_nothing(model.interest) == without_nothing(fen_of(told.interest))
        assert model.surplus == told.surplus.fen


def split(stakes: Any, creditor: str, pool: int) -> dict[str, int]:
    return fen_of(_split(Money(pool), stakes, creditor))


def fen_of(amounts: Mapping[str, Money]) -> dict[str, int]:
    return {party: money.fen for party, money in amounts.items()}


def without_nothing(amounts: Mapping[str, Any]) -> dict[str, Any]:
    return {party: fen for party, fen in amounts.items() if fen}


def test_the_model_divides_as_the_code_does() -> None:
    check_divisions(A_FEW)


def test_the_model_gives_back_as_the_code_does() -> None:
    check_recoveries(A_FEW // 4)


@pytest.mark.slow
def test_the_model_divides_a_million_losses_as_the_code_does() -> None:
    check_divisions(A_MILLION)
    check_recoveries(A_MILLION // 10)


@pytest.mark.parametrize("ident", ["jiangsu", "zhejiang", "haidian", "ningbo", "futian", ZHONGSHAN])
def test_the_provers_terms_come_to_what_the_model_comes_to(ident: str) -> None:
    """The unknowns, with numbers put in their place: floors and minima as z3 has them."""
    rng, of = random.Random(3), cover(ident)
    names = [z3.Int(name) for name in ("p", "i", "d", "c")]
    p, i, d, c = names
    for tier in of.tiers:
        terms = divided(of, tier, (p, i), drawn=d, cash=c, by=Unknowns())
        for _ in range(40):
            lost, drawn, cash = (
                (rng.randrange(10**9), rng.randrange(10**6)),
                10**9,
                rng.randrange(10**9),
            )
            model = divided(of, tier, lost, drawn=drawn, cash=cash, by=Numbers())
            values = [z3.IntVal(fen) for fen in (*lost, drawn, cash)]
            put = list(zip(names, values, strict=True))
            got = [
                z3.simplify(z3.substitute(fen + 0 * p, *put)).as_long() for *_, fen in terms.lines
            ]
            assert got == [fen for *_, fen in model.lines]


def test_what_is_refused_stays_with_the_creditor_in_the_model_as_in_the_code() -> None:
    rng = random.Random(5)
    for _ in range(A_FEW // 4):
        ident = rng.choice(["jiangsu", "ningbo", "boc:jiangsu"])
        balance = rng.randrange(1, 5 * 10**9)
        drawn = rng.randrange(1, balance + 1)
        loss = Loss(Money(rng.randrange(drawn)), Money(0), Money(balance), drawn=Money(drawn))
        of = cover(ident)
        code = loss.principal
        if not refusals(of, loss):
            code = shared(policy(ident), of, loss).totals()[of.creditor]
        lost = (loss.principal.fen, 0)
        assert borne_by_creditor(of, lost, drawn=drawn, balance=balance, by=Numbers()) == code.fen


# The commands.


@pytest.mark.usefixtures("own_language")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_commands_tell_of_a_proof_and_of_a_loan_that_shows_otherwise(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    assert run(["--lang", lang, "policy", "prove", ZHONGSHAN]) == 0
    assert "ZD-1.5.1" in capsys.readouterr().out
    assert run(["--lang", lang, "policy", "implies", "haidian", "jiangsu"]) == 0
    assert run(["--lang", lang, "policy", "implies", "jiangsu", "haidian"]) == 1
    assert "jiangsu" in capsys.readouterr().out
    assert run(["--lang", lang, "policy", "prove", "atlantis"]) == 2


@pytest.mark.usefixtures("own_language")
def test_without_the_prover_one_sentence_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.delitem(sys.modules, "policies.proving.goals")
    monkeypatch.delattr(policies.proving, "goals")

    assert run(["policy", "prove", "jiangsu"]) == 2
    assert "z3-solver" in capsys.readouterr().err
