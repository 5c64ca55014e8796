"""`zhidai policy prove CASE` and `policy implies A B`: what holds of every loan, proved by z3.

The proofs are policies/proving; where its package is not installed one sentence says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

from policies.money import Money
from policies.reading.pack import Policy
from policies.reading.variants import last_change, policy_of
from policies.sharing.division import refusals, shared, unshared
from policies.sharing.loss import Loss
from services.comparison.which import ident_of
from services.kernel.i18n import text
from services.kernel.problems import Unusable

FLOORING = "ZD-1.5.1"  # several floored shares: the one goal that is known not to hold

AsJson = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]


def prove(
    case: Annotated[str, typer.Argument(metavar="CASE", help="案例或其形式 · a case or a form")],
    *,
    as_json: AsJson = False,
) -> None:
    """证明一案的分担对任何金额都成立 · prove what holds of a case's sharing, for every amount."""
    goals = _prover()
    found = goals.prove(_policy(case))
    known = [one for one in found if one.goal == goals.BANK_RISES and one.answer == goals.REFUTED]
    rows = [
        {
            "goal": one.goal,
            "tier": one.tier,
            "answer": one.answer,
            "clause": FLOORING if one in known else "",
            "shown": _yuan(one.shown),
        }
        for one in found
    ]
    if as_json:
        typer.echo(json.dumps({"case": case, "goals": rows}, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            _print(row)
    if any(one.answer != goals.PROVED and one not in known for one in found):
        raise typer.Exit(1)


def implies(
    one: Annotated[str, typer.Argument(metavar="A", help="案例或其形式 · a case or a form")],
    other: Annotated[str, typer.Argument(metavar="B", help="另一案例 · another")],
    *,
    as_json: AsJson = False,
) -> None:
    """银行在甲案下是否从不比乙案差 · whether the bank is never worse off under A than under B."""
    policies = [_policy(case) for case in (one, other)]
    goals = _prover()
    covers = [policy.mechanisms["compensation"](policy) for policy in policies]
    found = goals.never_worse(*covers)
    names = ("principal", "interest", "drawn", "balance")
    loan = {name: found.shown.get(name, 0) for name in names} if found.shown else {}
    bears = [_bears(policy, loan) for policy in policies] if loan else []
    told = {
        "one": one,
        "other": other,
        "answer": found.answer,
        "loan": _yuan(loan),
        "bank": {case: bank.yuan for case, bank in zip((one, other), bears, strict=False)},
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        amounts = {name: Money(fen).grouped for name, fen in loan.items()}
        banks = dict(zip(("first", "second"), (bank.grouped for bank in bears), strict=False))
        shown = {"one": one, "other": other, **amounts, **banks}
        Console(soft_wrap=True, highlight=False).print(
            text(f"policy.implies.{found.answer}", shown)
        )
    if found.answer != goals.PROVED:
        raise typer.Exit(1)


def _prover() -> Any:
    try:
        from policies.proving import goals
    except ModuleNotFoundError:
        raise Unusable("policy.no_prover") from None
    return goals


def _policy(case: str) -> Policy:
    ident = ident_of(case, {})
    return policy_of(ident, last_change(ident))


def _bears(policy: Policy, loan: Mapping[str, int]) -> Money:
    """What the code itself leaves with the creditor of the loan that the prover found."""
    amounts = {name: Money(fen) for name, fen in loan.items()}
    loss = Loss(
        amounts["principal"], amounts["interest"], amounts["balance"], drawn=amounts["drawn"]
    )
    cover = policy.mechanisms["compensation"](policy)
    refused = refusals(cover, loss)
    found = unshared(loss, refused) if refused else shared(policy, cover, loss)
    return found.totals()[found.creditor]


def _yuan(shown: Mapping[str, int]) -> dict[str, str]:
    return {name: Money(fen).yuan for name, fen in shown.items()}


def _print(row: Mapping[str, Any]) -> None:
    goal = text(f"policy.goal.{row['goal']}")
    tier = text(f"tier.{row['tier']}") if row["tier"] else ""
    where = text("policy.goal_tier", {"goal": goal, "tier": tier}) if tier else goal
    said = text(f"policy.answer.{row['answer']}")
    note = text("policy.goal_known", {"clause": row["clause"]}) if row["clause"] else ""
    amounts = text("policy.goal_shown", {"shown": _amounts(row["shown"])}) if row["shown"] else ""
    Console(soft_wrap=True, highlight=False).print(f"{said} {where}{amounts}{note}")


def _amounts(shown: Mapping[str, str]) -> str:
    told = [
        text("policy.goal_amount", {"name": text(f"policy.amount.{name}"), "amount": amount})
        for name, amount in shown.items()
    ]
    return text("policy.between").join(told)
