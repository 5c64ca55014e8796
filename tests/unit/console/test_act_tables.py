"""What the console names of rows and acts is there: fields beside forms, due days, code lists."""

from __future__ import annotations

import dataclasses

from services.api.open_acts import BACKWARD, WANTED
from services.console.acts import codes
from services.console.acts.layout import BESIDE
from services.console.inbox.waiting import AMOUNTS, DUE
from services.console.rows.pages import FIRST
from services.wiring import registry

NOUNS = registry().nouns
FIELDS = {
    name: {field.name for field in dataclasses.fields(noun.lifecycle.record)}
    for name, noun in NOUNS.items()
}
COMMANDS = {
    kind.__name__: {field.name for field in dataclasses.fields(kind)} for kind in registry().handles
}
TRIGGERS = {(name, trigger) for name, noun in NOUNS.items() for trigger in noun.lifecycle.triggers}


def test_what_stands_beside_a_form_is_a_field_of_its_row() -> None:
    assert set(BESIDE) <= set(COMMANDS)
    assert [
        one for listed in BESIDE.values() for one in listed if one[1] not in FIELDS[one[0]]
    ] == []


def test_the_due_day_of_an_act_is_a_field_of_its_row() -> None:
    assert {*DUE, *WANTED} <= TRIGGERS
    assert [act for act, field in DUE.items() if field not in FIELDS[act[0]]] == []


def test_every_amount_and_column_of_a_list_is_a_field_of_some_row() -> None:
    assert set(AMOUNTS) | set(FIRST) <= set().union(*FIELDS.values())


def test_every_act_that_sets_back_is_an_act() -> None:
    assert {trigger for _, trigger in TRIGGERS} >= BACKWARD


def test_every_list_of_codes_is_that_of_a_field() -> None:
    listed = {**codes._LISTS, **codes._OF_COMMAND}

    assert [place for place in listed if place[1] not in COMMANDS.get(place[0], ())] == []
