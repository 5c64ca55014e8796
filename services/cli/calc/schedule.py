"""`zhidai calc schedule`: a repayment schedule from a JSON case or from plain flags.

Flags become a case and go the same way. For people the rounding is half-up, the house's rule.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from services.calculator.reading import Uninterpretable
from services.cli.calc.cases import answer_of, piped, print_json
from services.cli.calc.figures import Format, form_of
from services.cli.calc.flags import Flags, case_of, named_by_flags
from services.kernel.problems import Unusable

Method = Literal[
    "annuity",
    "equal_principal",
    "interest_only",
    "bullet",
    "flat",
    "fixed_principal",
    "capitalised_bullet",
]
Basis = Literal[
    "30/360",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/actual-split",
    "actual/actual-enddate",
    "months/12+days/360",
]


def schedule(
    principal: Annotated[str | None, typer.Option(help="本金（元） · principal, yuan")] = None,
    rate: Annotated[str | None, typer.Option(help="年利率 % · annual rate, %")] = None,
    months: Annotated[int | None, typer.Option(help="期限（月） · term in months", min=1)] = None,
    method: Annotated[Method, typer.Option(help="还款方式 · method")] = "annuity",
    day_count: Annotated[Basis, typer.Option(help="计息基准 · day count")] = "actual/360",
    start: Annotated[str | None, typer.Option(help="放款日 · disbursement date")] = None,
    every: Annotated[int, typer.Option(help="每几个月一期 · months a period", min=1)] = 1,
    first_due: Annotated[str | None, typer.Option(help="首个到期日 · first due date")] = None,
    month_end: Annotated[
        Literal["clamp", "roll"], typer.Option(help="月末规则 · day that a month lacks")
    ] = "clamp",
    settlement: Annotated[
        Literal["quarterly_20", "monthly_20"] | None, typer.Option(help="结息日 · settlement")
    ] = None,
    principal_share: Annotated[
        str | None,
        typer.Option(
            help=("每期还本占贷款的 %，余额到期还清 · principal repaid each period, % of the loan")
        ),
    ] = None,
    grace_principal: Annotated[
        int, typer.Option(help="只还息期数 · periods without principal", min=0)
    ] = 0,
    grace_interest: Annotated[
        int, typer.Option(help="延后付息期数 · periods whose interest is deferred", min=0)
    ] = 0,
    interest_free: Annotated[int, typer.Option(help="免息期数 · interest-free periods", min=0)] = 0,
    rounding: Annotated[
        Literal["half_up", "half_even"], typer.Option(help="舍入 · rounding")
    ] = "half_up",
    instalment_multiple: Annotated[
        str | None, typer.Option(help="每期金额的倍数 · instalments in multiples of, yuan")
    ] = None,
    fixed_instalment: Annotated[
        str | None, typer.Option(help="固定每期金额 · fixed instalment, yuan")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
    plot: Annotated[Path | None, typer.Option(help="图 · chart, an SVG file")] = None,
) -> None:
    """还款计划 · repayment schedule, from flags or from JSON on standard input"""
    flags = Flags(
        principal=principal,
        rate=rate,
        months=months,
        start=start,
        method=method,
        day_count=day_count,
        every=every,
        first_due=first_due,
        month_end=month_end,
        settlement=settlement,
        grace_principal=grace_principal,
        grace_interest=grace_interest,
        interest_free=interest_free,
        rounding=rounding,
        instalment_multiple=instalment_multiple,
        fixed_instalment=fixed_instalment,
        principal_share=principal_share,
    )
    if flags.given:
        _show(flags, form_of(as_json=as_json, as_csv=as_csv), plot)
    elif as_csv or plot:
        raise Unusable("calc.flags_only")
    else:
        piped("schedule")


def _show(flags: Flags, form: Format, plot: Path | None) -> None:
    """Print the answer as a table, CSV or JSON, and draw it where asked."""
    case = case_of(flags)
    try:
        answer = answer_of("schedule")(case)
    except Uninterpretable as refused:
        raise named_by_flags(refused, flags) from refused
    from services.cli.calc import table as calc_table

    if plot:
        from services.cli.calc.plot import draw

        draw(calc_table.lines(answer, case), plot)
    if form is Format.JSON:
        print_json(answer)
    elif form is Format.CSV:
        calc_table.print_csv(answer, case)
    else:
        calc_table.print_table(answer, case)
