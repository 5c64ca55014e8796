"""docs/diagrams: each lifecycle as a picture and as the table it is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.kernel.registry import Noun, Registry
from services.reports.documents.markdown import both, document, table
from workflows.lifecycle.diagram import mermaid, stays
from workflows.lifecycle.machine import Control, Row, Turn

_HEAD = ("trigger", "from", "to", "who", "second", "only_if", "event")
"""Heads of the table, by key below `table.`."""

Say = Callable[[str], str]
"""A key's words: in one language, or in both."""


def diagrams(registry: Registry) -> dict[str, str]:
    """Path below docs/ -> text, one file a noun and an index."""
    pages = {f"diagrams/{noun.name}.md": _page(noun) for noun in registry.nouns.values()}
    return {"diagrams/README.md": _index(registry), **pages}


def _index(registry: Registry) -> str:
    rows = [
        (
            f"[{both(f'noun.{noun.name}')}]({noun.name}.md)",
            str(len(noun.lifecycle.states)),
            str(len(noun.lifecycle.rows)),
            f"[`{_module(noun)}`](../../{_module(noun)})",
        )
        for noun in registry.nouns.values()
    ]
    head = ("对象 · noun", "状态 · states", "行 · rows", "表 · table")
    return document("# 生命周期 · Lifecycles", table(head, rows))


def _page(noun: Noun) -> str:
    life = noun.lifecycle
    staying = [
        (f"`{state}`", ", ".join(f"`{t}`" for t in acts)) for state, acts in stays(life).items()
    ]
    return document(
        f"# {both(f'noun.{noun.name}')}",
        f"[`{_module(noun)}`](../../{_module(noun)}) · [events](../events.md#{noun.name})",
        picture(noun, both),
        _section("不改变状态的动作 · Acts that leave the state", ("状态 · state", "动作"), staying),
        "## 全表 · The table",
        rows_of(noun, both),
        "## 状态 · States",
        table(("代码", "中文", "English"), [_state(noun, state.name) for state in life.states]),
    )


def picture(noun: Noun, say: Say) -> str:
    """The states and the acts between them, drawn."""
    drawn = mermaid(noun.lifecycle, lambda state: _words(noun, state, say))
    return f"```mermaid\n{drawn}\n```"


def rows_of(noun: Noun, say: Say) -> str:
    """The table: a line an act."""
    lines = [_row(noun, rows, say) for rows in _grouped(noun.lifecycle.rows)]
    return table([say(f"table.{head}") for head in _HEAD], lines)


def _section(title: str, head: tuple[str, ...], rows: list[tuple[str, str]]) -> str:
    return f"## {title}\n\n{table(head, rows)}" if rows else ""


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one act that leaves several states as they are stand on one line."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        stays_put = row.sources == (row.dest.name,)
        same = (row.trigger, row.roles, row.guards, row.event, row.control)
        found.setdefault(same if stays_put else (*same, row.dest), []).append(row)
    return list(found.values())


def _row(noun: Noun, rows: Sequence[Row], say: Say) -> tuple[str, ...]:
    row = rows[0]
    sources = [source for each in rows for source in each.sources]
    stays_put = all(each.sources == (each.dest.name,) for each in rows)
    trigger = say(f"trigger.{noun.name}.{row.trigger}")
    return (
        f"`{row.trigger}`\n{trigger}",
        ", ".join(sources),
        "=" if stays_put else row.dest.name,
        ", ".join(role.value for role in row.roles),
        _second(row.control),
        ", ".join(f"`{rule.__name__}`" for rule in (*row.control.apart, *row.guards)),
        f"`{row.told}`",
    )


def _second(control: Control) -> str:
    return " → ".join(map(_turn, control.turns))


def _turn(turn: Turn) -> str:
    """`BK-A (for_the_credit_committee: BK-C)`: who confirms, and who does where a limit speaks."""
    said = [", ".join(role.value for role in turn.roles)] if turn.roles else []
    if turn.limit is not None:
        beyond = ", ".join(role.value for role in turn.beyond)
        said.append(f"(`{turn.limit.__name__}`: {beyond})")
    return " ".join(said)


def _state(noun: Noun, state: str) -> tuple[str, ...]:
    chinese, _, english = both(f"state.{noun.name}.{state}").partition(" · ")
    return f"`{state}`", chinese, english or chinese


def _words(noun: Noun, state: str, say: Say) -> str:
    return say(f"state.{noun.name}.{state}").partition(" · ")[0]


def _module(noun: Noun) -> str:
    """The table's module: it lies in one folder with the enumeration of its states."""
    folder = noun.lifecycle.states.__module__.rpartition(".")[0]
    return f"{folder.replace('.', '/')}/table.py"
