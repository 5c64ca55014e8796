"""`zhidai calc dpd|allocation|collateral|claim`: a JSON case, or plain flags that become one.

Without any flag a command reads cases from standard input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import typer

from services.cli.calc.cases import answer_of, piped
from services.cli.calc.figures import AsCsv, AsJson, form_of, needed, show
from services.cli.calc.overdue import penalty, prepayment
from services.kernel.problems import Unusable
from workflows.lending.payments.allocation import ORDERS

Text = str | None
_UNIT = "1"  # an amount nobody gave and nobody is shown


def dpd(
    due: Annotated[
        list[str] | None, typer.Option(help="到期日 · due date; may be repeated")
    ] = None,
    as_of: Annotated[Text, typer.Option(help="计算日 · day looked at")] = None,
    amount: Annotated[Text, typer.Option(help="每期金额（元） · amount of each instalment")] = None,
    grace: Annotated[int, typer.Option(help="宽限天数 · days of grace", min=0)] = 0,
    paid: Annotated[Text, typer.Option(help="已还金额（元） · paid so far; needs --amount")] = None,
    pause_from: Annotated[Text, typer.Option(help="暂停起日 · pause begins")] = None,
    pause_to: Annotated[Text, typer.Option(help="暂停止日 · pause ends")] = None,
    *,
    inclusive: Annotated[
        bool, typer.Option("--inclusive", help="到期日算第一天 · the due day counts")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """逾期天数 · days past due, from flags or from JSON on standard input"""
    given = {"due": due or None, "as_of": as_of, "amount": amount, "paid": paid}
    if not any(value is not None for value in (*given.values(), pause_from, pause_to)):
        piped("dpd")
        return
    needed(given, ("due", "as_of"))
    if paid is not None:
        needed(given, ("amount",))
    events: list[dict[str, Any]] = []
    if paid is not None:
        events.append({"type": "payment", "date": as_of, "amount": paid})
    if pause_from is not None or pause_to is not None:
        pause = {"entered": pause_from, "from": pause_from, "to": pause_to}
        events.append({"type": "pause", **pause})
    case = {
        "kind": "loan_level_inclusive" if inclusive else "loan_level",
        "schedule": [{"due": day, "amount": amount or _UNIT} for day in due or ()],
        "grace_days": grace,
        "events": events,
        "as_of": [as_of],
    }
    row = dict(answer_of("dpd")(case)[0])
    if amount is None:
        del row["overdue_amount"]
    show([row], form_of(as_json=as_json, as_csv=as_csv))


def allocation(
    pay: Annotated[Text, typer.Option(help="还款金额（元） · payment")] = None,
    cost: Annotated[Text, typer.Option(help="费用（元） · costs owed")] = None,
    interest: Annotated[Text, typer.Option(help="利息（元） · interest owed")] = None,
    principal: Annotated[Text, typer.Option(help="本金（元） · principal owed")] = None,
    order: Annotated[
        Literal["statutory", "principal_first"],
        typer.Option(
            help=(
                "顺序，statutory 为费用、利息、本金（民法典第561条）"
                " · order; statutory: costs, interest, principal"
            )
        ),
    ] = "statutory",
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """还款分配 · allocation of a payment, from flags or from JSON on standard input"""
    owed = {"cost": cost, "interest": interest, "principal": principal}
    if pay is None and not any(owed.values()):
        piped("allocation")
        return
    needed({"pay": pay}, ("pay",))
    case = {
        "kind": "component_order",
        "order": f"due: {', '.join(ORDERS[order.upper()])}",
        "outstanding": [
            {"when": "due", "component": name, "amount": amount or "0.00"}
            for name, amount in owed.items()
        ],
        "payments": [{"amount": pay}],
    }
    show(answer_of("allocation")(case), form_of(as_json=as_json, as_csv=as_csv))


def collateral(
    value: Annotated[Text, typer.Option(help="评估价值（元） · value of the pledge")] = None,
    haircut: Annotated[Text, typer.Option(help="折扣 % · haircut, %")] = None,
    disbursed: Annotated[Text, typer.Option(help="已放款（元） · paid out already")] = None,
    outstanding: Annotated[Text, typer.Option(help="贷款余额（元） · loan it carries")] = None,
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """押品价值 · what a pledge carries, from flags or from JSON on standard input"""
    loan = {"already_disbursed": disbursed, "outstanding": outstanding}
    if value is None and haircut is None and not any(loan.values()):
        piped("collateral")
        return
    needed({"value": value, "haircut": haircut}, ("value", "haircut"))
    pledged = {"quantity": "1", "price": value, "haircut_pct": haircut}
    given = {name: one for name, one in loan.items() if one is not None}
    answer = answer_of("collateral")({"input": {**pledged, **given}})
    show([answer], form_of(as_json=as_json, as_csv=as_csv))


def claim(
    loss: Annotated[Text, typer.Option(help="损失（元） · loss of the portfolio")] = None,
    portfolio: Annotated[Text, typer.Option(help="组合余额（元） · portfolio")] = None,
    guarantee: Annotated[Text, typer.Option(help="担保比例 % · guaranteed share, %")] = None,
    cap: Annotated[Text, typer.Option(help="上限（元） · absolute cap")] = None,
    threshold: Annotated[Text, typer.Option(help="银行先担（元） · lender's first loss")] = None,
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """基金补偿 · what a fund pays of a loss, from flags or from JSON on standard input"""
    flags = {"loss": loss, "portfolio": portfolio, "guarantee": guarantee, "cap": cap}
    if not any(one is not None for one in (*flags.values(), threshold)):
        piped("claim")
        return
    needed(flags, ("portfolio", "guarantee"))
    cover = {"portfolio": portfolio, "guarantee_pct": guarantee, "absolute_cap": cap}
    answer, form = answer_of("claim"), form_of(as_json=as_json, as_csv=as_csv)
    limit = answer({"kind": "limit", "input": cover})
    if loss is None and threshold is not None:
        raise Unusable("calc.flags.missing", {"flags": "--loss"})
    if loss is None:
        show([limit], form)
        return
    layers = {"second_loss_limit": limit["limit"], "default": loss}
    first = {"first_loss_threshold": threshold or "0"}
    show([{**limit, **answer({"kind": "second_loss", "input": {**first, **layers}})}], form)


# fmt: off
SERVICING: Mapping[str, Callable[..., None]] = {
    "dpd":        dpd,
    "prepayment": prepayment,
    "penalty":    penalty,
    "allocation": allocation,
    "collateral": collateral,
    "claim":      claim,
}
"""Kind -> the command of that name."""
# fmt: on
