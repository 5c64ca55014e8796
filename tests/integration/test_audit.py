"""An audit names every row and event that somebody tampered with, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from services.kernel import anchors, codec, db, seals, tables, verify
from services.kernel import audit as kernel_audit
from services.kernel.audit import Audit, Bad, audit
from services.kernel.settings import settings
from tests.toy.note_records import PayNote
from tests.toy.stage import OFFICER, Stage


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Two notes that were drawn twice, one of them paid, and the tally that counted."""
    for note in ("N1", "N2"):
        stage.signed(note)
        stage.draw(note, "10.00")
        stage.draw(note, "20.00")
    stage.rest()
    stage.do(PayNote("N1"), OFFICER)
    return stage


def _audit(stage: Stage) -> Audit:
    with stage.engine.connect() as connection:
        return audit(connection, stage.registry)


def _tamper(stage: Stage, *statements: str) -> None:
    """As somebody who owns the database and switches its guard off."""
    with db.engine(stage.world.database, as_owner=True).begin() as connection:
        for table in ("event", "posting", "day_seal"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))
        for table in ("event", "posting", "day_seal"):
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def test_an_untouched_history_holds(told: Stage) -> None:
    found = _audit(told)

    assert found.ok
    assert (found.events, found.streams) == (told.one("SELECT count(*) FROM event"), 3)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        pytest.param(
            "UPDATE event SET business_date = business_date + 1 WHERE stream = 'note/N2'"
            " AND seq = 2",
            [Bad("note/N2", 2, "hash")],
            id="an event was moved to another day",
        ),
        pytest.param(
            "UPDATE event SET checkers = '[]' WHERE stream = 'note/N2' AND seq = 2",
            [Bad("note/N2", 2, "hash")],
            id="the second person was struck out",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2' AND seq = 3",
            [Bad("note/N2", 4, "gap")],
            id="an event in the middle was deleted",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2' AND seq = 4",
            [Bad("note/N2", 4, "head"), Bad("note/N2", 3, "row")],
            id="the last event was cut off",
        ),
        pytest.param(
            "DELETE FROM event WHERE stream = 'note/N2'",
            [Bad("note/N2", 0, "no_events")],
            id="a history was deleted",
        ),
        pytest.param(
            "UPDATE note SET drawn = drawn + 1 WHERE id = 'N2'",
            [Bad("note/N2", 4, "row")],
            id="a row was changed behind its history",
        ),
        pytest.param(
            "DELETE FROM note WHERE id = 'N2'",
            [Bad("note/N2", 4, "no_row")],
            id="a row was deleted",
        ),
        pytest.param(
            "UPDATE event SET stream = 'coin/N2' WHERE stream = 'note/N2'",
            [Bad("note/N2", 0, "no_events"), Bad("coin/", 0, "unreadable")],
            id="a history of no known noun",
        ),
    ],
)
def test_what_was_tampered_with_is_named(told: Stage, statement: str, bad: list[Bad]) -> None:
    _tamper(told, statement)

    assert [one for one in _audit(told).bad if one.what != "lost"] == bad


def test_an_event_that_cannot_be_read_is_named(told: Stage) -> None:
    _tamper(told, "UPDATE event SET payload = '{}' WHERE stream = 'note/N2' AND seq = 2")

    assert _audit(told).bad == [Bad("note/N2", 2, "hash"), Bad("note/N2", 4, "unreadable")]


def test_two_events_that_changed_places_break_the_chain(told: Stage) -> None:
    """Each keeps its own content; what no longer fits is the hash before it."""
    _tamper(
        told,
        "UPDATE event SET hash = sha256(hash) WHERE stream = 'note/N2' AND seq = 1",
    )

    assert _audit(told).bad == [Bad("note/N2", 1, "hash"), Bad("note/N2", 2, "hash")]


# --- a mutation a column --------------------------------------------------------------------------

COLUMNS = {
    "stream": "'note/N9'",
    "seq": "99",
    "type": "'Note.Paid'",
    "schema_version": "schema_version + 1",
    "payload": """payload || '{"more": 1}'""",
    "trigger": "'pay'",
    "from_state": "'OPEN'",
    "to_state": "'PAID'",
    "actor": "'somebody'",
    "role": "'FC'",
    "organisation": "'BK09'",
    "checkers": """'[{"user": "x", "role": "BK-A", "organisation": "BK01"}]'""",
    "command_id": "'note/N1:1'",
    "cause": "'note/N1:1'",
    "correlation": "'note/N1:1'",
    "business_date": "business_date + 1",
    "policy": "'jiangsu@000000000000:2025-01-02'",
    "recorded_at": "recorded_at - interval '1 second'",
    "position": "position + 100000",
    "hash": "sha256(hash)",
}
POSTING = {
    "stream": "'note/N1'",
    "seq": "1",
    "owner": "'bank:BK09'",
    "account": "'cash'",
    "fen": "fen * 2",
    "currency": "'USD'",
    "business_date": "business_date + 1",
}


@pytest.fixture
def sealed(told: Stage) -> Stage:
    """The days of `told` sealed and anchored: the world has moved on."""
    told.advance(date(2025, 1, 5))
    return told


def test_every_column_of_an_event_and_a_posting_is_mutated_here() -> None:
    assert set(COLUMNS) == set(tables.event.columns.keys())
    assert set(POSTING) == set(tables.posting.columns.keys()) - {"id"}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_an_event_is_found(sealed: Stage, column: str) -> None:
    identity = column == "position"
    _tamper(
        sealed,
        *(["ALTER TABLE event ALTER position SET GENERATED BY DEFAULT"] if identity else []),
        f"UPDATE event SET {column} = {COLUMNS[column]} WHERE stream = 'note/N2' AND seq = 3",
    )

    assert not _audit(sealed).ok


@pytest.mark.parametrize("column", POSTING)
def test_a_change_of_any_column_of_a_posting_is_found(told: Stage, column: str) -> None:
    _tamper(
        told,
        f"UPDATE posting SET {column} = {POSTING[column]} WHERE stream = 'note/N2' AND seq = 3",
    )

    assert not _audit(told).ok


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "INSERT INTO posting (stream, seq, owner, account, fen, currency, business_date)"
            " SELECT stream, seq, owner, account, fen, currency, business_date FROM posting",
            "hash",
        ),
        (
            "INSERT INTO posting (stream, seq, owner, account, fen, currency, business_date)"
            " SELECT 'note/N7', 1, owner, account, fen, currency, business_date FROM posting",
            "lost",
        ),
        ("DELETE FROM posting WHERE stream = 'note/N2'", "hash"),
    ],
    ids=["doubled", "without an event", "deleted"],
)
def test_what_is_booked_without_having_happened_is_found(
    told: Stage, statement: str, what: str
) -> None:
    _tamper(told, statement)

    assert what in {one.what for one in _audit(told).bad}


GONE = (
    "DELETE FROM event WHERE stream = 'note/N2'",
    "DELETE FROM posting WHERE stream = 'note/N2'",
    "DELETE FROM delivery WHERE stream = 'note/N2'",
    "DELETE FROM timer WHERE stream = 'note/N2'",
    "DELETE FROM note WHERE id = 'N2'",
)


def test_a_whole_stream_gone_with_its_row_is_found_by_the_days_seal(sealed: Stage) -> None:
    _tamper(sealed, *GONE)

    assert "seal" in {one.what for one in _audit(sealed).bad}


def test_a_stream_gone_before_its_day_is_sealed_is_found_by_what_points_at_it(told: Stage) -> None:
    _tamper(told, *GONE)

    assert {one.what for one in _audit(told).bad} == {"lost"}


def _rechain(stage: Stage) -> None:
    """All hashes, heads and seals made anew, as somebody who owns the database could."""
    previous, stream, statements = codec.GENESIS, "", []
    with stage.engine.connect() as connection:
        rows = connection.execute(kernel_audit._EVENTS, {"prefix": "note/"}).all()
    for row in rows:
        previous = codec.GENESIS if row.stream != stream else previous
        stream, previous = row.stream, verify._hash(row, previous)
        statements.append(
            f"UPDATE event SET hash = decode('{previous.hex()}', 'hex')"
            f" WHERE stream = '{stream}' AND seq = {row.seq}"
        )
        ident = stream.removeprefix("note/")
        statements.append(
            f"UPDATE note SET chain = decode('{previous.hex()}', 'hex') WHERE id = '{ident}'"
        )
    _tamper(stage, *statements)
    with stage.engine.connect() as connection:
        head, after, again = b"", 0, []
        for one in seals.listing(connection):
            head = seals.head_of(connection, one.day, head, after, one.upto)
            after = one.upto
            again.append(f"UPDATE day_seal SET head = decode('{head.hex()}', 'hex')"
                         f" WHERE day = '{one.day}'")  # fmt: skip
    _tamper(stage, *again)


def test_a_chain_recomputed_to_the_last_seal_is_found_by_what_was_anchored(sealed: Stage) -> None:
    assert _audit(sealed).anchored == _audit(sealed).sealed > 0
    _tamper(sealed, "UPDATE event SET actor = 'x' WHERE stream = 'note/N2' AND seq = 3")
    _rechain(sealed)

    assert {one.what for one in _audit(sealed).bad} == {"anchor"}


def test_a_day_whose_seal_was_taken_away_is_found(sealed: Stage) -> None:
    _tamper(sealed, "DELETE FROM day_seal")

    assert "anchor" in {one.what for one in _audit(sealed).bad}


def test_a_line_of_the_anchors_that_was_changed_is_found(sealed: Stage) -> None:
    path = anchors.place(sealed.world.database, settings())
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0].replace('"upto": ', '"upto": 1'), *lines[1:]]) + "\n")

    assert "forged" in {one.what for one in _audit(sealed).bad}


def test_a_line_taken_out_of_the_anchors_is_found(sealed: Stage) -> None:
    sealed.advance(date(2025, 5, 1))
    path = anchors.place(sealed.world.database, settings())
    lines = path.read_text().splitlines(keepends=True)
    assert len(lines) > 2
    path.write_text("".join([*lines[:1], *lines[2:]]))

    assert "forged" in {one.what for one in _audit(sealed).bad}


def test_each_day_a_world_leaves_is_sealed_and_anchored_once(sealed: Stage) -> None:
    sealed.advance(date(2025, 5, 1))

    days = [row.day for row in sealed.rows("SELECT day FROM day_seal ORDER BY day")]
    assert days[0] == date(2025, 1, 2)
    assert list(anchors.read(sealed.world.database).heads) == days
    assert _audit(sealed).ok


def test_anchors_can_be_read_by_their_writer_only(sealed: Stage) -> None:
    assert anchors.place(sealed.world.database, settings()).stat().st_mode & 0o777 == 0o600


def test_an_event_made_up_by_the_application_is_found(told: Stage) -> None:
    columns = ", ".join(set(COLUMNS) - {"position", "stream"})
    with told.engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO event (stream, {columns}) SELECT 'note/N7', {columns} FROM event"
                " WHERE stream = 'note/N2' AND seq = 1"
            )
        )

    found = {(one.stream, one.what) for one in _audit(told).bad}
    assert ("note/N7", "no_row") in found
