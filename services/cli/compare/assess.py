"""`zhidai assess CASE`: who bears one default under one policy. Needs no running platform.

A default above a ceiling is an answer, not a failure: the refusal stands in it and the code is 0.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from policies.sharing.assess import assess as assessed
from services.cli.compare.default_flags import (
    AsJson,
    Balance,
    Cash,
    Cost,
    Drawn,
    Gross,
    Interest,
    On,
    Principal,
    Set,
    day_of,
)
from services.cli.voice import say
from services.comparison.answer import answer
from services.comparison.question import ToldDefault, question
from services.comparison.which import ident_of, policy_on
from services.kernel.i18n import text
from services.kernel.language import language


def assess(
    case: Annotated[str, typer.Argument(help="案例或其形式 · a case, or a form: shanghai:margin")],
    *,
    principal: Principal,
    interest: Interest,
    drawn: Drawn = "",
    balance: Balance = "",
    route: Annotated[str, typer.Option(help="路径（上海） · Route (Shanghai).")] = "",
    city: Annotated[str, typer.Option(help="城市（广东） · City (Guangdong).")] = "",
    partner: Annotated[
        str, typer.Option("--with", metavar="CASE", help="并用的案例 · The case it joins.")
    ] = "",
    recovery: Gross = "",
    cost: Cost = "",
    fund_cash: Cash = "",
    chosen: Set = None,
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """一笔违约在一个案例下由谁承担 · who bears one default under one case.

    Ends with 0 also where the case refuses the default: the assessment was made, and says why.
    """
    asked = question(ToldDefault(principal, interest, drawn, balance, recovery, cost, fund_cash))
    ident = ident_of(case, {"route": route, "city": city, "with": partner})
    day = day_of(on)
    policy = policy_on(ident, day, chosen or ())
    since = date.fromisoformat(str(policy["in_force_from"].value))
    if day is not None and day < since:
        say(text("policy.not_in_force", {"case": ident, "day": day, "since": since}))
    outcome = assessed(policy, asked.default)
    if as_json:
        typer.echo(json.dumps(answer(outcome, language()), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from services.cli.compare.assess_tables import print_outcome

    print_outcome(Console(), outcome, told=asked.gross is not None, lang=language())
