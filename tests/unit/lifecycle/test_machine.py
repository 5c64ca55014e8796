"""A lifecycle is a table: wrong ones fail when they are built, right ones answer who may what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import pytest

from policies.money import Money
from policies.reading.loader import load
from policies.regions import NATION
from tests.toy import tally_records
from tests.toy.notes import BankDrawn
from tests.toy.tally_records import CloseTally, CountDraw, OpenTally, ReopenTally
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Situation,
    WrongTable,
    commands_of,
    events_of,
    staying,
    two_persons,
)
from workflows.lifecycle.refusals import NotAllowed, NotPossible, NotThere, Refusal, Refused, Remark
from workflows.lifecycle.roles import PLATFORM, Actor, Role
from workflows.lifecycle.rows import by_class

TODAY = date(2025, 8, 14)


class State(Enum):
    """Where a letter stands."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    FILED = "FILED"


DRAFT, SENT, FILED = State


@dataclass(frozen=True, slots=True)
class Letter:
    """The record."""

    id: str
    state: str
    bank: str = "BK01"


@dataclass(frozen=True, slots=True)
class Write:
    """NEW -> DRAFT."""

    letter: str
    bank: str = "BK01"


@dataclass(frozen=True, slots=True)
class Send:
    """DRAFT -> SENT, by two persons."""

    letter: str


@dataclass(frozen=True, slots=True)
class File:
    """SENT -> FILED."""

    letter: str


@dataclass(frozen=True, slots=True)
class Written:
    """Event."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Event."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Event."""


def no_stamp(_: Situation[Any]) -> Refusal | None:
    """Always refuses."""
    return Refusal("no_stamp")


def no_address(_: Situation[Any]) -> Refusal | None:
    """Always refuses."""
    return Refusal("no_address")


def fine(_: Situation[Any]) -> Refusal | None:
    """Never refuses."""
    return None


BK_M, BK_A, SYS = Role.BK_M, Role.BK_A, Role.SYS
TWO = two_persons(BK_A)

# fmt: off
ROWS = (
    Row("write", NEW,   DRAFT, BK_M,        (),                     "Letter.Written", ALONE),
    Row("send",  DRAFT, SENT,  BK_M,        (fine,),                "Letter.Sent",    TWO),
    Row("file",  SENT,  FILED, (BK_M, SYS), (no_stamp, no_address), "Letter.Filed",   ALONE),
)
# fmt: on


def lifecycle(rows: tuple[Row, ...] = ROWS, **other: Any) -> Lifecycle:
    """The letter's table, with what a test wants otherwise."""
    given: dict[str, Any] = {
        "noun": "letter",
        "record": Letter,
        "states": State,
        "final": (FILED,),
        "rows": rows,
        "commands": {Write: "write", Send: "send", File: "file"},
        "events": {"Letter.Written": Written, "Letter.Sent": Sent, "Letter.Filed": Filed},
        "decide": {name: (lambda s: ()) for name in ("write", "send", "file")},
        "evolve": {kind: (lambda row, event: {}) for kind in (Written, Sent, Filed)},
    }
    return Lifecycle(**{**given, **other})


MANAGER = Actor("wang", BK_M, "BK01")


def asked(it: Letter | None, act: Any, actor: Actor = MANAGER, **other: Any) -> Situation[Any]:
    """A situation in which nothing but persons and state matters."""
    policy = load("jiangsu").on(TODAY)
    return Situation(it, act, {}, {}, policy, TODAY, actor, **other)


DRAFTED, SENT_OFF = Letter("L1", "DRAFT"), Letter("L1", "SENT")


# --- the table --------------------------------------------------------------------------------


def test_a_right_table_is_built_with_its_triggers_in_order() -> None:
    assert lifecycle().triggers == ("write", "send", "file")


EVENTS = {"Letter.Written": Written, "Letter.Sent": Sent, "Letter.Filed": Filed}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rows": (*ROWS, replace(ROWS[1], dest=FILED))}, "send from DRAFT stands twice"),
        ({"rows": (ROWS[0], replace(ROWS[1], event="Letter.Lost"), ROWS[2])}, "unknown event"),
        ({"rows": (ROWS[0], ROWS[2], replace(ROWS[1], dest=DRAFT))}, "never reached"),
        ({"rows": ROWS[:2], "events": EVENTS}, "never reached"),
        ({"final": ()}, "no way out of"),
        ({"decide": {"write": lambda s: (), "send": lambda s: ()}}, "nothing decides file"),
        ({"evolve": {Written: lambda r, e: {}, Sent: lambda r, e: {}}}, "nothing evolves"),
        ({"events": {**EVENTS, "Letter.Lost": Letter}}, "nothing evolves"),
        (
            {
                "events": {**EVENTS, "Letter.Lost": Letter},
                "evolve": {k: (lambda r, e: {}) for k in (Written, Sent, Filed, Letter)},
            },
            "no row nor note has",
        ),
        ({"events": {**EVENTS, "Letter.Posted": Sent}, "notes": ("Letter.Posted",)}, "two events"),
        ({"commands": {Write: "write", Send: "send_off"}}, "unknown triggers"),
    ],
    ids=[
        "a duplicate row",
        "an unknown event",
        "a state that only itself would lead to",
        "an unreachable state",
        "a dead end that is not final",
        "a trigger without decision",
        "an event without evolution",
        "an event that nobody evolves",
        "an event without row",
        "one class for two events",
        "a command of an unknown trigger",
    ],
)
def test_a_wrong_table_is_refused_when_it_is_built(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(WrongTable, match=complaint):
        lifecycle(**change)


def test_an_event_that_accompanies_others_is_a_note() -> None:
    evolve: dict[type, Any] = {k: (lambda row, event: {}) for k in (Written, Sent, Filed, Letter)}

    made = lifecycle(
        events={**EVENTS, "Letter.Noted": Letter}, evolve=evolve, notes=("Letter.Noted",)
    )

    assert made.names[Letter] == "Letter.Noted"


def test_a_row_of_several_sources_leads_from_each_of_them() -> None:
    rows = (*ROWS[:2], replace(ROWS[2], source=(DRAFT, SENT), guards=()))

    made = lifecycle(rows)

    for letter in (DRAFTED, SENT_OFF):
        assert made.fire("file", asked(letter, File("L1"))).dest == "FILED"


def test_an_act_that_stays_leaves_each_state_as_it_is() -> None:
    rows = (*ROWS, *staying("note", (DRAFT, SENT), BK_M, (), "Letter.Written"))
    made = lifecycle(rows, decide={n: (lambda s: ()) for n in ("write", "send", "file", "note")})

    assert made.fire("note", asked(SENT_OFF, File("L1"))).dest == "SENT"


# --- firing -----------------------------------------------------------------------------------


def test_firing_says_where_it_leads_and_changes_nothing() -> None:
    made = lifecycle()

    fired = made.fire("write", asked(None, Write("L1")))

    assert (fired.source, fired.dest, fired.row.event) == (NEW, "DRAFT", "Letter.Written")
    assert made.fire("send", asked(DRAFTED, Send("L1"))).dest == "SENT"
    assert DRAFTED.state == "DRAFT"


def test_an_act_unknown_in_this_state_is_another_message_than_a_rule_that_forbids_it() -> None:
    made = lifecycle()

    with pytest.raises(NotPossible, match="letter L1 is DRAFT: file leads nowhere"):
        made.fire("file", asked(DRAFTED, File("L1")))
    with pytest.raises(NotPossible, match="letter - is NEW"):
        made.fire("file", asked(None, File("L1")))
    with pytest.raises(Refused, match="file: no_stamp, no_address"):
        made.fire("file", asked(SENT_OFF, File("L1")))


def test_all_refusals_are_collected() -> None:
    with pytest.raises(Refused) as refused:
        lifecycle().fire("file", asked(SENT_OFF, File("L1")))

    assert refused.value.reasons == (Refusal("no_stamp"), Refusal("no_address"))


@pytest.mark.parametrize(
    ("waivable", "left"),
    [
        (frozenset[str](), ("no_stamp", "no_address")),
        (frozenset({"no_stamp"}), ("no_address",)),
        (frozenset({"other"}), ("no_stamp", "no_address")),
    ],
)
def test_what_may_not_be_waived_still_refuses(waivable: frozenset[str], left: tuple[str]) -> None:
    with pytest.raises(Refused) as refused:
        lifecycle().fire("file", asked(SENT_OFF, File("L1"), waivable=waivable))

    assert tuple(reason.code for reason in refused.value.reasons) == left


def test_what_may_be_waived_is_named() -> None:
    both = frozenset({"no_stamp", "no_address"})

    fired = lifecycle().fire("file", asked(SENT_OFF, File("L1"), waivable=both))

    assert [refusal.code for refusal in fired.waived] == ["no_stamp", "no_address"]
    assert fired.dest == "FILED"


# --- persons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (Actor("li", BK_A, "BK01"), "wrong_role"),
        (Actor("sun", BK_M, "BK02"), "wrong_organisation"),
        (PLATFORM, "wrong_role"),
    ],
)
def test_a_step_is_for_its_role_in_the_rows_organisation(actor: Actor, code: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        lifecycle().fire("send", asked(DRAFTED, Send("L1"), actor))

    assert refused.value.reason.code == code


def test_before_a_row_exists_the_command_names_the_organisation() -> None:
    made = lifecycle()

    with pytest.raises(NotAllowed) as refused:
        made.fire("write", asked(None, Write("L1", bank="BK02")))

    assert refused.value.reason == Refusal("wrong_organisation", "", "BK02", "BK01")
    assert made.fire("write", asked(None, Write("L1"))).dest == "DRAFT"


@pytest.mark.parametrize(
    ("checker", "code"),
    [
        (Actor("wang", BK_A, "BK01"), "same_person"),
        (Actor("li", BK_M, "BK01"), "wrong_role"),
        (Actor("li", BK_A, "BK02"), "wrong_organisation"),
    ],
)
def test_the_second_person_is_another_of_the_checkers_role(checker: Actor, code: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        lifecycle().fire("send", asked(DRAFTED, Send("L1"), checkers=(checker,)))

    assert refused.value.reason.code == code


def test_maker_and_checker_are_of_one_organisation_unless_the_row_names_two() -> None:
    auditor = Actor("auditor", Role.AUD, "AUDIT", NATION)
    internal = (ROWS[0], replace(ROWS[1], control=two_persons(Role.AUD)), ROWS[2])
    external = two_persons(Role.AUD, same_organisation=False)
    question = asked(DRAFTED, Send("L1"), checkers=(auditor,))

    with pytest.raises(NotAllowed) as refused:
        lifecycle(internal).fire("send", question)
    fired = lifecycle((ROWS[0], replace(ROWS[1], control=external), ROWS[2])).fire("send", question)

    assert refused.value.reason.code == "other_organisation"
    assert fired.dest == "SENT"


def test_persons_can_be_asked_about_a_step_that_is_not_possible_now() -> None:
    made = lifecycle()
    checker = Actor("li", BK_A, "BK01")

    made.ask_persons("send", asked(SENT_OFF, Send("L1"), checkers=(checker,)))
    with pytest.raises(NotAllowed):
        made.ask_persons("send", asked(SENT_OFF, Send("L1"), checkers=(MANAGER,)))


# --- peek -------------------------------------------------------------------------------------


def test_peek_answers_what_may_be_done_now_and_why_not_the_rest() -> None:
    rows = (*ROWS, *staying("note", (SENT,), BK_A, (), "Letter.Written"))
    made = lifecycle(rows, decide={n: (lambda s: ()) for n in ("write", "send", "file", "note")})

    def told(it: Letter | None, act: object, *triggers: str) -> dict[str, tuple[Refusal, ...]]:
        return {name: made.peek(name, asked(it, act)).refusals for name in triggers}

    assert told(SENT_OFF, None, "file", "note") == {
        "file": (Refusal("no_stamp"), Refusal("no_address")),
        "note": (Refusal("wrong_role", threshold="BK-A", actual="BK-M"),),
    }
    assert told(DRAFTED, None, "send") == {"send": ()}
    assert told(None, Write("L1"), "write") == {"write": ()}


def test_a_guard_may_let_pass_and_say_why() -> None:
    remark = Remark("unlimited", "cap_per_borrower")

    def unbounded(_: Situation[Letter, Send]) -> Remark:
        return remark

    made = lifecycle((ROWS[0], replace(ROWS[1], guards=(fine, unbounded)), ROWS[2]))

    assert made.fire("send", asked(DRAFTED, Send("L1"))).remarks == (remark,)
    assert made.peek("send", asked(DRAFTED, Send("L1"))).remarks == (remark,)


def test_commands_and_events_are_found_by_what_their_classes_carry() -> None:
    assert commands_of(tally_records) == {
        OpenTally: "open_tally",
        CountDraw: "count_draw",
        CloseTally: "close_tally",
        ReopenTally: "reopen_tally",
    }
    assert list(events_of(tally_records)) == [
        "Tally.Opened",
        "Tally.Counted",
        "Tally.Closed",
        "Tally.Reopened",
    ]


def test_a_figure_is_read_by_its_class() -> None:
    drawn = BankDrawn(Money(1))
    known = replace(asked(DRAFTED, Send("L1")), facts=by_class((drawn,)))

    assert known.fact(BankDrawn) is drawn
    with pytest.raises(NotThere, match="BankDrawn"):
        asked(DRAFTED, Send("L1")).fact(BankDrawn)
