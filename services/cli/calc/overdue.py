"""`zhidai calc penalty|prepayment` with flags: the rules of 银发〔2003〕251号 and Civil Code 677.

A JSON case of the public systems' conventions is services/calculator's; here the house's hold:
actual days, half-up, actual/360 unless the flag says otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

import typer

from policies.money import Money, rate_text, yuan
from services.calculator.reading import Fields, Uninterpretable
from services.cli.calc.cases import piped
from services.cli.calc.figures import AsCsv, AsJson, form_of, needed, show
from workflows.lending.days.day_count import DayCount
from workflows.lending.interest import penalty_rate
from workflows.lending.payments.prepayment import Bullet, at_maturity, borne
from workflows.lending.payments.recalculation import Overpaid, Paid
from workflows.lending.penalty import penalty as penalty_on
from workflows.lending.penalty import uplift as heavier
from workflows.lending.rounding import Rounding

Text = str | None
Basis = Literal["actual/360", "actual/365"]
MOST_DAYS = 100_000


def penalty(
    amount: Annotated[Text, typer.Option(help="逾期本金（元） · overdue principal")] = None,
    rate: Annotated[Text, typer.Option(help="合同年利率 % · contract rate, %")] = None,
    days: Annotated[int | None, typer.Option(help="逾期天数 · days overdue", min=0)] = None,
    uplift: Annotated[Text, typer.Option(help="逾期加收 % · overdue uplift, %")] = None,
    misuse_uplift: Annotated[Text, typer.Option(help="挪用加收 % · misuse uplift, %")] = None,
    unpaid_interest: Annotated[
        Text, typer.Option(help="欠息（元） · unpaid interest, which compounds")
    ] = None,
    year_days: Annotated[Literal["360", "365"], typer.Option(help="年天数 · days a year")] = "360",
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """罚息与复利 · penalty and compound interest, from flags or from JSON on standard input"""
    flags = {"amount": amount, "rate": rate, "days": days, "uplift": uplift}
    more = {"misuse_uplift": misuse_uplift, "unpaid_interest": unpaid_interest}
    if not any(one is not None for one in (*flags.values(), *more.values())):
        piped("penalty")
        return
    needed(flags, ("rate", "days"))
    read = Fields({f"--{name.replace('_', '-')}": one for name, one in (flags | more).items()})
    charged = penalty_rate(
        read.per_cent("--rate"), heavier(_share(read, "--uplift"), _share(read, "--misuse-uplift"))
    )
    lasted, year = read.whole("--days", most=MOST_DAYS), int(year_days)
    parts = {
        "penalty": penalty_on(_yuan(read, "--amount"), charged, lasted, year_days=year),
        "compound": penalty_on(_yuan(read, "--unpaid-interest"), charged, lasted, year_days=year),
    }
    total = parts["penalty"] + parts["compound"]
    told = {name: one.yuan for name, one in parts.items()}
    row = {"penalty_rate": rate_text(charged), **told, "total": total.yuan}
    show([row], form_of(as_json=as_json, as_csv=as_csv))


def prepayment(
    principal: Annotated[Text, typer.Option(help="本金（元） · principal outstanding")] = None,
    rate: Annotated[Text, typer.Option(help="年利率 % · annual rate, %")] = None,
    start: Annotated[Text, typer.Option(help="起息日 · interest runs from")] = None,
    due: Annotated[Text, typer.Option(help="到期日 · due date")] = None,
    on: Annotated[Text, typer.Option(help="还款日 · day of the prepayment")] = None,
    pay: Annotated[
        Text, typer.Option(help="还款金额（元） · payment; none: what closes it")
    ] = None,
    day_count: Annotated[Basis, typer.Option(help="计息基准 · day count")] = "actual/360",
    *,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """提前还款与结清 · prepayment of a loan due in one sum, from flags or from JSON"""
    flags = {"principal": principal, "rate": rate, "start": start, "due": due, "on": on}
    if not any(one is not None for one in (*flags.values(), pay)):
        piped("prepayment")
        return
    needed(flags, tuple(flags))
    read = Fields({f"--{name}": one for name, one in {**flags, "pay": pay}.items()})
    loan = Bullet(
        principal=_yuan(read, "--principal"),
        annual_rate=read.per_cent("--rate"),
        disbursed_on=read.day("--start"),
        due_on=read.day("--due"),
        day_count=DayCount(day_count),
        rounding=Rounding.HALF_UP,
    )
    show([_prepaid(loan, read)], form_of(as_json=as_json, as_csv=as_csv))


def _prepaid(loan: Bullet, read: Fields) -> dict[str, Any]:
    day = read.day("--on")
    for earlier, later in ((loan.disbursed_on, day), (day, loan.due_on)):
        if later < earlier:
            values = {"field": "--on", "earlier": earlier, "later": later}
            raise Uninterpretable("calc.not_rising", values)
    interest = borne(loan, loan.principal, loan.disbursed_on, to=day)
    closes = loan.principal + interest
    paid = _yuan(read, "--pay") if read.has("--pay") else closes
    try:
        left = at_maturity(loan, [Paid(day, paid)])
    except Overpaid:
        raise Uninterpretable("calc.prepayment.overpaid", {"field": "--pay"}) from None
    return {
        "payoff": closes.yuan,
        "paid_interest": min(paid, interest).yuan,
        "paid_principal": max(Money.ZERO, paid - interest).yuan,
        "interest_days_after": left.days,
        "interest_due_at_maturity": left.interest.yuan,
        "principal_left": left.principal.yuan,
    }


def _yuan(read: Fields, flag: str) -> Money:
    return yuan(read.amount(flag)) if read.has(flag) else Money.ZERO


def _share(read: Fields, flag: str) -> Decimal | None:
    return read.per_cent(flag) if read.has(flag) else None
