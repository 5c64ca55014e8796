"""Read a scenario's file. Whatever cannot be is told in one sentence with the file and the step.

A file may begin with another scenario's steps (`begins` of `[scenario]`), so that a prepared
point, such as a loan just drawn, is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from policies.reading.variants import Form
from services.sandbox.forms import form_of
from services.sandbox.scenario import Scenario
from services.sandbox.steps import known_events, steps
from services.sandbox.written import Told, Written

Beginning = Callable[[str, Form], Told]
"""The data of the scenario of that id, for the form it is played under. Raises LookupError."""

TABLES = ("scenario", "cast", "step", "expect")
HEAD = ("id", "title", "aim", "case", "form", "level", "minutes", "begins")
KINDS: dict[str, tuple[type[Any], ...]] = {
    "id": (str,), "level": (int, str), "minutes": (int,), "begins": (dict, list),
}  # fmt: skip
NEEDED = ("id", "title", "case")
BEGINS = ("with", "from", "until", "without", "change", "rename", "cast")
WHO = ("by", "checked_by")
EXPECT = (
    "on", "rows", "states", "absent", "events", "never", "ledger", "money", "result",
    "claim", "totals", "after_recovery", "loan_state", "claim_state",
)  # fmt: skip


def scenario_of(file: Written, data: Told, beginning: Beginning) -> Scenario:
    """The scenario that a file's data tells. Raises WrongScenario."""
    file.known(data, TABLES, where="")
    head = file.table(data, "scenario")
    file.known(head, HEAD, where="[scenario]")
    for name in NEEDED:
        if not head.get(name):
            raise file.wrong("missing", "[scenario]", key=name)
    for key, kinds in KINDS.items():
        if key in head and not isinstance(head[key], kinds):
            raise file.wrong("wrong_value", "[scenario]", key=key, error=head[key])
    form = _form(file, head)
    whole = begun(file, data, beginning, form)
    told = steps(file, whole["step"], whole["cast"], form)
    expect = _expected(file, data)
    first, last = told[0].on, told[-1].on
    ends_on = file.day(expect["on"], "[expect]") if "on" in expect else last
    if ends_on < last:
        raise file.wrong("ends_early", "[expect]", ends_on=ends_on, last=last)
    return Scenario(
        str(head["id"]),
        _words(file, head, "title"),
        _words(file, head, "aim"),
        form.ident,
        head.get("level", 1),
        head.get("minutes", 0),
        file.path,
        first,
        ends_on,
        told,
        expect,
    )


def begun(file: Written, data: Told, beginning: Beginning, form: Form) -> Told:
    """Cast and steps of a file, those it begins with first. Raises WrongScenario."""
    cast: Told = {}
    entries: list[Told] = []
    begins = file.table(data, "scenario").get("begins", [])
    for part in [begins] if isinstance(begins, dict) else begins:
        file.known(part, BEGINS, where="begins")
        asked = str(part.get("with", ""))
        try:
            other = beginning(asked, form)
        except LookupError as known:
            raise file.wrong("unknown_beginning", "begins", step=asked, known=known) from None
        cast |= other["cast"]
        entries += _taken(file, part, other["step"])
    cast |= file.table(data, "cast", {})
    own = data.get("step", [])
    if not isinstance(own, list) or not (entries or own):
        raise file.wrong("missing", key="[[step]]")
    return {"cast": cast, "step": [*entries, *own]}


def _taken(file: Written, part: Told, entries: list[Told]) -> list[Told]:
    """The steps that a beginning takes of the other scenario's, renamed and changed as it says."""
    names = [one.get("name", "") for one in entries]
    change, without = part.get("change", {}), part.get("without", [])
    for name in (part.get("from"), part.get("until"), *change, *without):
        if name is not None and name not in names:
            known = ", ".join(name for name in names if name)
            raise file.wrong("unknown_step", "begins", step=name, steps=len(names), known=known)
    first = names.index(part["from"]) if "from" in part else 0
    last = names.index(part["until"]) if "until" in part else len(names) - 1
    taken = (one for one in entries[first : last + 1] if one.get("name", "") not in without)
    return [_changed(part, one, change.get(one.get("name", ""), {})) for one in taken]


def _changed(part: Told, entry: Told, change: Told) -> Told:
    cast = part.get("cast", {})
    told = entry | {key: _recast(entry[key], cast) for key in WHO if key in entry}
    if "do" in told:
        given = _renamed(told.get("with", {}), part.get("rename", {}))
        told = told | change | {"with": given | change.get("with", {})}
    return told | {key: value for key, value in change.items() if key != "with"}


def _recast(names: Any, cast: Mapping[str, str]) -> Any:
    if isinstance(names, list):
        return [cast.get(name, name) for name in names]
    return cast.get(names, names)


def _renamed(told: Any, names: Mapping[str, str]) -> Any:
    """The same with ids replaced wherever they stand in a text."""
    if isinstance(told, dict):
        return {key: _renamed(part, names) for key, part in told.items()}
    if isinstance(told, list):
        return [_renamed(part, names) for part in told]
    if isinstance(told, str):
        for old, new in names.items():
            told = told.replace(old, new)
    return told


def _form(file: Written, head: Told) -> Form:
    case, named = str(head["case"]), str(head.get("form", ""))
    alone = not named or named == case or named.startswith(f"{case}:")
    try:
        return form_of((named or case) if alone else f"{case}:{named}")
    except LookupError as known:
        asked = f"{case} {named}".strip()
        raise file.wrong("unknown_case", "[scenario]", case=asked, known=known) from None


def _words(file: Written, head: Told, key: str) -> Mapping[str, str]:
    """A text by language; one text alone stands for both."""
    said = head.get(key, "")
    if isinstance(said, str):
        return {"zh": said, "en": said}
    if not isinstance(said, dict) or set(said) != {"zh", "en"}:
        raise file.wrong("two_languages", "[scenario]", key=key)
    return said


def _expected(file: Written, data: Told) -> Told:
    """`[expect]`, whose rows, fields and events are there. See verdict.py for its keys."""
    expect, where = file.table(data, "expect", {}), "[expect]"
    file.known(expect, EXPECT, where=where)
    for key in ("rows", "states"):
        for name, told in file.table(expect, key, {}).items():
            known = [field.name for field in fields(_record(file, name, where))]
            file.known(told if isinstance(told, dict) else {}, known, where=f"{where} {name}")
    for name in file.several(expect.get("absent", ()), where, "absent"):
        _record(file, name, where)
    for key in ("events", "never"):
        known_events(file, file.several(expect.get(key, ()), where, key), where)
    for key in ("ledger", "money", "result", "totals", "after_recovery"):
        file.table(expect, key, {})
    for name in expect.get("ledger", {}):
        file.table(expect["ledger"], name)
    return expect


def _record(file: Written, name: str, where: str) -> type[Any]:
    """The class of the row that `noun/id` names."""
    noun = file.registry.nouns.get(name.partition("/")[0])
    if noun is None or "/" not in name:
        known = ", ".join(file.registry.nouns)
        raise file.wrong("unknown_row", where, row=name, known=known)
    return noun.lifecycle.record
