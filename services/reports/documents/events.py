"""docs/events.md: every event, its fields, what causes it and who reacts."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

from services.kernel.registry import Noun, Reaction, Registry
from services.reports.documents.markdown import both, document, table
from workflows.lifecycle.machine import Row
from workflows.lifecycle.waivers import GuardWaived

_HEADING = """# 事件 · Events

An event is a row of the table `event` of its world: stream `<noun>/<id>`, its number there, the
payload below, who did it and who confirmed it, the business date, the policy version and the hash
of the event before it. Payloads are JSON: `Money` is `"3360000.00 CNY"`, `Decimal` a fraction as
text (`"0.0360"`), `date` is `"2025-08-14"`.

事件是该世界 `event` 表中的一行：流 `<对象>/<编号>`、流内序号、下列载荷、经办人与复核人、业务日期、
政策版本，以及前一事件的哈希。"""


def events(registry: Registry) -> dict[str, str]:
    """Path below docs/ -> text."""
    parts = [_noun(registry, noun) for noun in registry.nouns.values()]
    return {"events.md": document(_HEADING, _contents(registry), *parts, _waivers())}


def _contents(registry: Registry) -> str:
    rows = [
        (f"[{both(f'noun.{noun.name}')}](#{noun.name})", str(len(noun.lifecycle.events)))
        for noun in registry.nouns.values()
    ]
    return table(("对象 · noun", "事件 · events"), rows)


def _noun(registry: Registry, noun: Noun) -> str:
    found = noun.lifecycle.events.items()
    parts = [_event(registry, noun, name, kind) for name, kind in found]
    return "\n\n".join([f"## {noun.name}", both(f"noun.{noun.name}"), *parts])


def _event(registry: Registry, noun: Noun, name: str, kind: type[Any]) -> str:
    said = both(f"event.{name}")
    words = "" if said == name.rpartition(".")[2] else f"{said}  \n"
    lines = [f"### {name}", f"{words}{_first_line(kind)}"]
    lines.append(table(("field", "type"), _fields(kind)))
    lines.append(f"- {_cause(noun, name)}")
    told = [_reaction(one) for one in registry.by_event.get(name, ())]
    return "\n\n".join(lines) + "".join(f"\n- {one}" for one in told)


def _fields(kind: type[Any]) -> list[tuple[str, str]]:
    return [(f"`{one.name}`", f"`{one.type}`") for one in dataclasses.fields(kind)]


def _cause(noun: Noun, name: str) -> str:
    rows = [row for row in noun.lifecycle.rows if row.told == name]
    if not rows:
        return "accompanies another event; changes no state"
    return "from " + "; ".join(_row(row) for row in rows)


def _row(row: Row) -> str:
    return f"`{row.trigger}` ({', '.join(row.sources)} → {row.dest.name})"


def _reaction(one: Reaction) -> str:
    """Its name as on delivery rows, and what the function says of itself."""
    where = one.then.__module__.replace(".", "/") + ".py"
    return f"reaction `{one.name}` ([{where}](../{where})): {_first_line(one.then)}"


def _first_line(of: Any) -> str:
    return (inspect.getdoc(of) or "").partition("\n")[0]


def _waivers() -> str:
    fields = table(("field", "type"), _fields(GuardWaived))
    return f"## `<Noun>.GuardWaived`\n\n{inspect.getdoc(GuardWaived)}\n\n{fields}"
