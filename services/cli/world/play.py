"""`zhidai play CASE`: tell a case's story on the platform, step by step, by real workers."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.cli.rules import print_hint
from services.cli.voice import say
from services.embedded.platform import Running, started
from services.kernel.i18n import label, reason, text
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.reports.clauses import clause_of
from services.reports.outcome import Ending, outcome_of
from services.reports.steps import ToldStep
from services.reports.wording import sentence
from services.sandbox.happy import HAPPY, form_of, happy_story
from services.sandbox.play import Played, Stuck
from services.sandbox.play import play as play_story
from services.sandbox.script import Story, UnknownStory, read_story, stories
from services.wiring import registry

DEMO = "jiangsu"
DEFAULT, OVERDUE = "default", "overdue"


def play(
    case: Annotated[str, typer.Argument(help="Case or form, e.g. jiangsu, guangdong:zhuhai.")],
    *,
    happy: Annotated[bool, typer.Option("--happy", help="The sibling that repays.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Data alone on stdout.")] = False,
) -> None:
    """Play the story of a case in a world of its own and print each step."""
    story = _story(case, path=HAPPY if happy else DEFAULT)
    with started(settings(), say=say):
        played = play_story(story, tell=(lambda _: None) if as_json else _tell)
        outcome = outcome_of(played.world.engine, story.loan)
    if as_json:
        typer.echo(json.dumps(_json(played, outcome), ensure_ascii=False, indent=1))
    else:
        _close(played, outcome)
    if played.stuck:
        raise Problem("cli.play.stuck", {"reasons": _reasons(played.stuck)})


def tell_story(running: Running) -> None:
    """The demo's part: the default story of Jiangsu, printed, with the page that shows it."""
    story = _story(DEMO)
    played = play_story(story, tell=_tell)
    _close(played, outcome_of(played.world.engine, story.loan))
    if played.stuck:
        raise Problem("cli.play.stuck", {"reasons": _reasons(played.stuck)})
    ready = play_story(_story(DEMO, path=OVERDUE), tell=lambda _: None)
    page = f"{running.url}/loans/{story.loan}?world={ready.world.name}"
    Console(highlight=False, soft_wrap=True).print(text("cli.play.page", {"url": page}))


def _story(case: str, *, path: str = DEFAULT) -> Story:
    if case in stories():
        return read_story(case, registry(), path=path)
    try:
        form = form_of(case)
    except UnknownStory as error:
        raise Unusable("cli.play.unknown", {"case": case, "known": error}) from None
    if path != HAPPY:
        raise Unusable("cli.play.happy_only", {"case": case})
    if form.ident != case:
        say(text("cli.play.first_form", {"case": case, "form": form.ident}))
    return happy_story(form, registry())


def _tell(step: ToldStep) -> None:
    lang = settings().lang
    words = [
        step.date.isoformat(),
        sentence(step.event, step.payload, lang),
        f"[dim]{escape(step.who)}[/dim]",
        f"[dim]{escape(clause_of(step.event, step.policy, lang, payload=step.payload))}[/dim]",
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
        "loan": label(f"state.loan.{outcome.loan_state}", lang),
        "claim": label(f"state.claim.{outcome.claim_state}", lang) if outcome.claim_state else "-",
        "steps": len(played.steps),
    }
    Console(highlight=False, soft_wrap=True).print(text("cli.play.end", values))
    told = (clause_of(s.event, s.policy, lang, payload=s.payload) for s in played.steps)
    print_hint(told, lang)


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
        **({"stuck": [_stuck(one) for one in played.stuck]} if played.stuck else {}),
    }


def _stuck(stuck: Stuck) -> dict[str, Any]:
    lang = settings().lang
    reasons = [reason(one, lang) for one in stuck.reasons]
    return {"date": stuck.date, "command": stuck.command, "reasons": reasons}


def _reasons(stuck: tuple[Stuck, ...]) -> str:
    lang = settings().lang
    return "; ".join(
        f"{one.date} {one.command}: {', '.join(reason(r, lang) for r in one.reasons)}"
        for one in stuck
    )
