"""`zhidai play`: a case's own story or a scenario's file, step by step, by real workers."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.cli.rules import print_hint
from services.cli.voice import say
from services.cli.world.where import show_where
from services.comparison.which import case_named
from services.embedded.platform import Running, started
from services.kernel.i18n import label, reason, text
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.kernel.watch import Watch
from services.reports.clauses import clause_of
from services.reports.outcome import Ending, first_loan, outcome_in
from services.reports.steps import ToldStep
from services.reports.wording import sentence, who_in_words
from services.sandbox import library
from services.sandbox.forms import UnknownForm, form_of
from services.sandbox.happy import HAPPY
from services.sandbox.play import Played, Stuck
from services.sandbox.play import play as play_scenario
from services.sandbox.scenario import Scenario
from services.sandbox.verdict import Deviation
from services.wiring import registry

DEMO = "jiangsu"
FILE = ".toml"


def play(
    what: Annotated[
        str,
        typer.Argument(
            help=(
                "案例或形式、情景编号或 .toml 文件"
                " · case or form, id of a scenario, or a .toml file"
            )
        ),
    ],
    *,
    clauses: Annotated[
        bool, typer.Option("--clauses", help="每步注明条款 · each step with its clauses")
    ] = False,
    happy: Annotated[
        bool, typer.Option("--happy", help="如约还清的一笔 · the sibling that repays")
    ] = False,
    until: Annotated[
        str | None, typer.Option(help="到某步或某日为止 · stop after a step or on a day")
    ] = None,
    world: Annotated[
        str | None,
        typer.Option(help="在此世界中演示，没有则新建 · play in this world; made if absent"),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """Play the story of a case in a world of its own and print each step."""
    scenario = _asked(what, path=HAPPY if happy else library.DEFAULT)
    with started(settings(), say=say) as running:
        tell = (lambda _: None) if as_json else partial(_tell, clauses=clauses)
        played = play_scenario(scenario, registry(), tell=tell, until=until, world=world)
        loan, outcome = Watch().done(lambda: _outcome(played))
    if as_json:
        typer.echo(json.dumps(_json(played, outcome), ensure_ascii=False, indent=1))
    else:
        _close(played, outcome)
        show_where(running, f"/loans/{loan}?world={played.world.name}")
    _judge(played)


def _outcome(played: Played) -> tuple[str, Ending]:
    with played.world.engine.connect() as connection:
        loan = first_loan(connection)
        return loan, outcome_in(connection, loan)


def tell_story(running: Running) -> str:
    """The demo's part: the default story of Jiangsu, printed. Returns the page to act on."""
    played = play_scenario(_asked(DEMO), registry(), tell=_tell)
    with played.world.engine.connect() as connection:
        loan = first_loan(connection)
        outcome = outcome_in(connection, loan)
    _close(played, outcome)
    _judge(played)
    ready = play_scenario(_asked(DEMO, path=library.OVERDUE), registry(), tell=lambda _: None)
    return f"{running.url}/loans/{loan}?world={ready.world.name}"


def _asked(what: str, *, path: str = library.DEFAULT) -> Scenario:
    """A file's scenario, a case's own, or that of an id."""
    what = case_named(what)
    if what.endswith(FILE):
        return library.read(Path(what), registry())
    if named := library.find(what, registry()):
        return named
    try:
        found = library.of_case(what, registry(), path=path)
        form = form_of(what)
    except UnknownForm as error:
        raise Unusable("cli.play.unknown", {"case": what, "known": error}) from None
    if found is None:
        raise Unusable("cli.play.happy_only", {"case": what})
    if form.ident != what:
        say(text("cli.play.first_form", {"case": what, "form": form.ident}))
    return found


def _tell(step: ToldStep, *, clauses: bool = False) -> None:
    """Day, what happened, who; the clauses where they are asked for."""
    lang = settings().lang
    cited = clause_of(step.event, step.policy, lang, payload=step.payload) if clauses else ""
    words = [
        step.date.isoformat(),
        sentence(step.event, step.payload, lang),
        f"[dim]{escape(who_in_words(step.who, lang))}[/dim]",
        f"[dim]{escape(cited)}[/dim]" if cited else "",
    ]
    Console(highlight=False, soft_wrap=True).print("  ".join(word for word in words if word))


def _close(played: Played, outcome: Ending) -> None:
    """The figures at the end: who bears what, before and after recovery."""
    lang = settings().lang
    if outcome.totals:
        table = Table(title=text("cli.play.title"), title_justify="left")
        for column in ("party", "totals", "returned", "burden"):
            table.add_column(
                text(f"cli.play.{column}"), justify="left" if column == "party" else "right"
            )
        for party, amount in outcome.totals.items():
            returned, burden = outcome.returned[party], outcome.burden[party]
            cells = (amount.grouped, returned.grouped, burden.grouped)
            table.add_row(label(f"party.{party}", lang), *cells)
        Console().print(table)
    values = {
        "world": played.world.name,
        "loan": label(f"state.loan.{outcome.loan_state}", lang) if outcome.loan_state else "-",
        "claim": label(f"state.claim.{outcome.claim_state}", lang) if outcome.claim_state else "-",
        "steps": len(played.steps),
    }
    Console(highlight=False, soft_wrap=True).print(text("cli.play.end", values))
    told = (clause_of(s.event, s.policy, lang, payload=s.payload) for s in played.steps)
    print_hint(told, lang)


def _judge(played: Played) -> None:
    """Raise Problem where the scenario is stuck or came out otherwise."""
    if played.stuck:
        raise Problem("cli.play.stuck", {"reasons": _reasons(played.stuck)})
    if played.differences:
        told = "; ".join(_difference(one) for one in played.differences)
        raise Problem("cli.play.differs", {"differences": told})


def _json(played: Played, outcome: Ending) -> dict[str, Any]:
    lang = settings().lang
    return {
        "world": played.world.name,
        "steps": [
            {
                "date": step.date.isoformat(),
                "who": step.who,
                "act": step.act,
                "event": step.event,
                "money": step.money,
                "clause": clause_of(step.event, step.policy, lang, payload=step.payload),
            }
            for step in played.steps
        ],
        "result": outcome.plain,
        "differences": [differing(one) for one in played.differences],
        **({"stuck": [stuck_plain(one) for one in played.stuck]} if played.stuck else {}),
    }


def differing(one: Deviation) -> dict[str, Any]:
    """A difference as `--json` shows it."""
    return {
        "step": one.step or None,
        "on": one.on.isoformat() if one.on else None,
        "what": one.what,
        "expected": one.expected,
        "actual": one.actual,
    }


def _difference(one: Deviation) -> str:
    values = {
        "where": f"[[step]] {one.step} ({one.on})" if one.step else "[expect]",
        "what": one.what,
        "expected": one.expected,
        "actual": one.actual,
    }
    return text("cli.play.difference", values)


def stuck_plain(stuck: Stuck) -> dict[str, Any]:
    """What a scenario is stuck at, as `--json` shows it."""
    lang = settings().lang
    reasons = [reason(one, lang) for one in stuck.reasons]
    return {"date": stuck.date, "command": stuck.command, "reasons": reasons}


def _reasons(stuck: tuple[Stuck, ...]) -> str:
    lang = settings().lang
    return "; ".join(
        f"{one.date} {one.command}: {', '.join(reason(r, lang) for r in one.reasons)}"
        for one in stuck
    )
