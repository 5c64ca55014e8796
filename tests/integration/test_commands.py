"""Commands against PostgreSQL: one transaction each, refused ones leave no trace, keys once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.kernel import commands, db
from services.kernel.commands import Done, KeyReused
from services.kernel.db import Conflict, transact
from services.kernel.unit import Envelope, Unit
from tests.toy.note_records import (
    DrawNote,
    DrawTwo,
    FreezeNote,
    MisbookNote,
    PayNote,
    SignNote,
    WriteNote,
)
from tests.toy.stage import APPROVER, MANAGER, OFFICER, Stage, yuan
from workflows.lifecycle.refusals import NotAllowed, NotPossible, Refused
from workflows.lifecycle.roles import PLATFORM, Actor, Role

TODAY = date(2025, 1, 2)


def test_a_command_writes_row_event_delivery_timer_and_postings_together(stage: Stage) -> None:
    stage.signed("N1")

    stage.draw("N1", "250.00")

    assert stage.record("note", "N1").drawn == yuan("250.00")
    assert stage.events("note/N1") == ["Note.Written", "Note.Signed", "Note.Drawn"]
    postings = stage.rows("SELECT account, fen FROM posting WHERE stream = 'note/N1' ORDER BY fen")
    assert [tuple(row) for row in postings] == [("cash", -25_000), ("loans", 25_000)]
    reactions = stage.rows("SELECT reaction FROM delivery WHERE stream = 'note/N1' ORDER BY id")
    assert [row.reaction for row in reactions] == ["tally.count", "note.misbook"]
    due = stage.rows("SELECT kind, due_on FROM timer WHERE stream = 'note/N1'")
    assert [tuple(row) for row in due] == [("due", date(2025, 4, 2))]


def test_every_kind_of_field_comes_back_as_it_was_written(stage: Stage) -> None:
    papers = ('"quoted"', "back\\slash", "{brace,comma}", "NULL", "", "知识产权\n二行")
    command = WriteNote("N\"1\\{}'", "BK01", yuan("0.01"), "T", papers=papers)

    stage.do(command, MANAGER)

    record = stage.record("note", command.note)
    assert (record.papers, record.amount, record.rate) == (papers, yuan("0.01"), command.rate)
    assert (record.due_on, record.frozen) == (None, False)


def test_a_command_at_the_last_moment_fails_whole(stage: Stage) -> None:
    stage.signed("N1")
    before = stage.snapshot()

    with pytest.raises(DBAPIError, match="is off by 1 fen CNY"):
        stage.do(MisbookNote("N1"), OFFICER)

    assert stage.snapshot() == before


@pytest.mark.parametrize(
    ("command", "actor", "error"),
    [
        (DrawNote("N1", yuan("1000.01")), OFFICER, Refused),
        (PayNote("N2"), OFFICER, NotPossible),
        (DrawNote("N1", yuan("1.00")), MANAGER, NotAllowed),
        (DrawNote("N1", yuan("1.00")), Actor("sun", Role.BK_L, "BK02"), NotAllowed),
    ],
    ids=["a rule", "no such step", "another role", "another bank"],
)
def test_a_refused_command_changes_nothing(
    stage: Stage, command: object, actor: Actor, error: type[Exception]
) -> None:
    stage.signed("N1")
    stage.write("N2")
    before = stage.snapshot()

    with pytest.raises(error):
        stage.do(command, actor)

    assert stage.snapshot() == before


def test_exactly_the_written_amount_can_be_drawn_and_not_a_fen_more(stage: Stage) -> None:
    stage.signed("N1", "1000.00")

    stage.draw("N1", "1000.00")
    with pytest.raises(Refused) as refused:
        stage.draw("N1", "0.01")

    assert [reason.code for reason in refused.value.reasons] == ["over_amount"]


def test_all_reasons_are_told_at_once(stage: Stage) -> None:
    stage.signed("N1", "1000.00")
    stage.do(FreezeNote("N1"), MANAGER)

    with pytest.raises(Refused) as refused:
        stage.draw("N1", "2000000.00")

    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["over_amount", "note_frozen", "over_bank_limit"]


def test_one_refused_item_of_a_batch_leaves_the_others(stage: Stage) -> None:
    for note in ("N1", "N2", "N3"):
        stage.signed(note)

    def batch(connection: Connection) -> list[str]:
        unit = Unit(connection, stage.registry)
        refused = []
        for note, amount in (("N1", "10.00"), ("N2", "1000.01"), ("N3", "30.00")):
            try:
                unit.run([Envelope(DrawNote(note, yuan(amount)), OFFICER, TODAY)])
            except Refused:
                refused.append(note)
        unit.flush()
        return refused

    assert transact(stage.engine, batch) == ["N2"]
    drawn = [stage.record("note", note).drawn for note in ("N1", "N2", "N3")]
    assert drawn == [yuan("10.00"), yuan("0.00"), yuan("30.00")]
    assert stage.events("note/N2") == ["Note.Written", "Note.Signed"]


def test_facts_see_what_the_same_unit_did_before(stage: Stage) -> None:
    stage.signed("N1", "900000.00")
    stage.signed("N2", "900000.00")
    draws = [Envelope(DrawNote(n, yuan("600000.00")), OFFICER, TODAY) for n in ("N1", "N2")]

    with pytest.raises(Refused, match="over_bank_limit"):
        stage.run(*draws)


def test_facts_of_a_follow_up_see_what_the_same_item_did_before(stage: Stage) -> None:
    stage.signed("N1", "900000.00")
    stage.signed("N2", "900000.00")
    before = stage.snapshot()

    with pytest.raises(Refused, match="over_bank_limit"):
        stage.do(DrawTwo("N1", "N2", yuan("500000.01")), OFFICER)
    assert stage.snapshot() == before

    stage.do(DrawTwo("N1", "N2", yuan("500000.00")), OFFICER)
    assert stage.record("note", "N2").drawn == yuan("500000.00")


def test_an_item_refused_after_part_of_it_was_written_leaves_the_items_around_it(
    stage: Stage,
) -> None:
    for note in ("N1", "N2", "N3"):
        stage.signed(note, "900000.00")

    def batch(connection: Connection) -> None:
        unit = Unit(connection, stage.registry)
        unit.run([Envelope(DrawNote("N3", yuan("1.00")), OFFICER, TODAY)])
        with pytest.raises(Refused, match="over_bank_limit"):
            unit.run([Envelope(DrawTwo("N1", "N2", yuan("600000.00")), OFFICER, TODAY)])
        unit.run([Envelope(DrawNote("N1", yuan("2.00")), OFFICER, TODAY)])
        unit.flush()

    transact(stage.engine, batch)

    drawn = [stage.record("note", note).drawn for note in ("N1", "N2", "N3")]
    assert drawn == [yuan("2.00"), yuan("0.00"), yuan("1.00")]
    assert stage.events("note/N1") == ["Note.Written", "Note.Signed", "Note.Drawn"]


def test_all_events_of_a_command_carry_its_id_and_follow_ups_say_what_caused_them(
    stage: Stage,
) -> None:
    stage.signed("N1")
    stage.signed("N2")

    stage.do(DrawTwo("N1", "N2", yuan("5.00")), OFFICER)

    rows = stage.rows(
        "SELECT stream, command_id, cause, correlation, actor FROM event"
        " WHERE type = 'Note.Drawn' ORDER BY stream"
    )
    assert [tuple(row) for row in rows] == [
        ("note/N1", "note/N1:3", None, "note/N1:3", "zhao"),
        ("note/N2", "note/N2:3", "note/N1:3", "note/N1:3", "platform"),
    ]


def test_a_row_read_before_it_was_locked_is_read_again(stage: Stage) -> None:
    stage.signed("N1")

    def batch(connection: Connection) -> None:
        unit = Unit(connection, stage.registry)
        unit.preload([("note", "N1")], lock=False)
        stage.draw("N1", "400.00")
        unit.run([Envelope(DrawNote("N1", yuan("600.00")), OFFICER, TODAY)])
        unit.flush()

    transact(stage.engine, batch)

    assert stage.record("note", "N1").drawn == yuan("1000.00")


def test_a_row_that_moved_on_is_a_conflict_and_the_work_is_done_again(stage: Stage) -> None:
    stage.signed("N1")
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        unit = Unit(connection, stage.registry)
        unit.preload([("note", "N9")], lock=True)  # absent: nothing there to lock
        if len(tries) == 1:
            stage.write("N9")
        command = WriteNote("N9", "BK01", yuan("1.00"), "T")
        unit.run([Envelope(command, MANAGER, TODAY)])
        unit.flush()

    with pytest.raises(NotPossible):  # at the second try the note is there
        transact(stage.engine, work)
    assert len(tries) == 2
    assert stage.events("note/N9") == ["Note.Written"]


def test_after_six_conflicts_the_caller_is_told(stage: Stage) -> None:
    tries: list[int] = []

    def work(_connection: Connection) -> None:
        tries.append(1)
        raise Conflict("again")

    with pytest.raises(Conflict):
        transact(stage.engine, work)
    assert len(tries) == 6


def test_two_units_that_change_one_row_wait_for_each_other(stage: Stage) -> None:
    stage.signed("N1", "1000.00")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: stage.draw("N1", "50.00"), range(20)))

    assert stage.record("note", "N1").drawn == yuan("1000.00")
    assert stage.one("SELECT max(seq) FROM event WHERE stream = 'note/N1'") == 22


def test_a_lost_connection_is_tried_again_before_the_commit(stage: Stage) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        unit = Unit(connection, stage.registry)
        unit.run([Envelope(WriteNote("N1", "BK01", yuan("1.00"), "T"), MANAGER, TODAY)])
        if len(tries) == 1:
            _terminate_others(stage)
        unit.flush()

    transact(stage.engine, work)

    assert (len(tries), stage.events("note/N1")) == (2, ["Note.Written"])


def test_a_connection_lost_while_committing_is_told_and_nothing_is_done_twice(
    stage: Stage,
) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("SELECT 1 FROM clock"))
        _terminate_others(stage)

    with pytest.raises(DBAPIError):
        transact(stage.engine, work, repeatable=False)
    assert len(tries) == 1


def _terminate_others(stage: Stage) -> None:
    with db.engine("postgres", as_owner=True).connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": stage.world.database},
        )


# --- receipts ---------------------------------------------------------------------------------


def _draw(stage: Stage, key: str, amount: str, actor: Actor = OFFICER) -> object:
    command = DrawNote("N1", yuan(amount))
    return commands.execute(stage.engine, stage.registry, command, actor=actor, key=key)


def test_the_same_key_and_command_get_the_first_answer_and_act_once(stage: Stage) -> None:
    stage.signed("N1")

    first = _draw(stage, "k1", "10.00")
    again = _draw(stage, "k1", "10.00")

    assert first == again == Done(("Note.Drawn",), ("note/N1:3",))
    assert stage.record("note", "N1").drawn == yuan("10.00")


def test_the_same_key_for_another_command_is_refused(stage: Stage) -> None:
    stage.signed("N1")
    _draw(stage, "k1", "10.00")

    with pytest.raises(KeyReused):
        _draw(stage, "k1", "10.01")
    with pytest.raises(KeyReused):
        _draw(stage, "k1", "10.00", Actor("zhao", Role.BK_L, "BK02"))


def test_a_refused_command_leaves_its_key_free(stage: Stage) -> None:
    stage.write("N1")
    with pytest.raises(NotPossible):
        _draw(stage, "k1", "10.00")
    stage.do(SignNote("N1"), MANAGER, APPROVER)

    _draw(stage, "k1", "10.00")

    assert stage.record("note", "N1").drawn == yuan("10.00")


def test_two_calls_with_one_key_at_once_get_one_answer(stage: Stage) -> None:
    stage.signed("N1", "10.00")  # a second draw would be refused

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: _draw(stage, "k1", "10.00"), range(8)))

    assert answers == [Done(("Note.Drawn",), ("note/N1:3",))] * 8


def test_a_proposal_has_a_receipt_too(stage: Stage) -> None:
    stage.write("N1")

    asked = [
        commands.execute(stage.engine, stage.registry, SignNote("N1"), actor=MANAGER, key="k1")
        for _ in range(2)
    ]

    assert asked[0] == asked[1]
    assert stage.one("SELECT count(*) FROM proposal") == 1


# --- the database's own guard -----------------------------------------------------------------


@pytest.mark.parametrize("table", ["event", "posting"])
@pytest.mark.parametrize("as_owner", [False, True], ids=["application", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET stream = 'x'", "DELETE FROM {}", "TRUNCATE {}"],
    ids=["update", "delete", "truncate"],
)
def test_history_cannot_be_changed(
    stage: Stage, table: str, statement: str, *, as_owner: bool
) -> None:
    stage.signed("N1")
    stage.draw("N1", "1.00")
    refusal = "append-only" if as_owner else "permission denied"

    bind = db.engine(stage.world.database, as_owner=as_owner)
    with pytest.raises(DBAPIError, match=refusal), bind.begin() as connection:
        connection.execute(text(statement.format(table)))


def test_an_entry_that_does_not_balance_is_refused_by_the_database(stage: Stage) -> None:
    insert = text(
        "INSERT INTO posting (stream, seq, owner, account, fen, currency, business_date)"
        " VALUES ('note/N1', 1, 'bank:BK01', 'cash', 100, 'CNY', '2025-01-02'),"
        " ('note/N1', 1, 'bank:BK01', 'loans', -100, :currency, '2025-01-02')"
    )
    with pytest.raises(IntegrityError, match="off by"), stage.engine.begin() as connection:
        connection.execute(insert, {"currency": "USD"})

    with stage.engine.begin() as connection:
        connection.execute(insert, {"currency": "CNY"})
    assert stage.one("SELECT sum(fen) FROM posting") == 0


def test_two_events_cannot_have_one_number_in_a_stream(stage: Stage) -> None:
    stage.write("N1")
    again = text(
        "INSERT INTO event (stream, seq, type, schema_version, payload, trigger, from_state,"
        " to_state, actor, role, organisation, checkers, command_id, correlation, business_date,"
        " hash)"
        " SELECT stream, seq, type, schema_version, payload, trigger, from_state, to_state, actor,"
        " role, organisation, checkers, command_id, correlation, business_date, hash FROM event"
        " WHERE stream = 'note/N1'"
    )

    with pytest.raises(IntegrityError, match="uq_event_stream_seq"), stage.engine.begin() as c:
        c.execute(again)


def test_the_platform_needs_no_second_person(stage: Stage) -> None:
    stage.signed("N1")

    done = stage.run(Envelope(DrawNote("N1", yuan("1.00")), PLATFORM, TODAY))

    assert [row.type for row in done.events] == ["Note.Drawn"]
