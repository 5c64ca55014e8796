"""How fast the kernel moves things on, against a plain loop with one transaction a transition.

One transition = guards asked, row, hash-chained event, delivery, timer and two postings written.
`python -m benchmarks.kernel` with ZHIDAI_DATABASE_URL set, else on an embedded PostgreSQL.
Compare ratios of one run: absolute figures drift with the machine.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from policies.money import Money
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import db, deliveries, migrations, worlds
from services.kernel import settings as configuration
from services.kernel.db import transact
from services.kernel.registry import Noun, Reaction, Registry
from services.kernel.settings import settings
from services.kernel.unit import Envelope, Unit
from services.kernel.worlds import World
from tests.toy import wiring
from tests.toy.note_events import NoteDrawn
from tests.toy.note_records import DrawNote, FallDue, SignNote, WriteNote
from tests.toy.notes import NOTE, BankDrawn
from tests.toy.tally_records import OpenTally
from workflows.lifecycle.effects import SetTimer
from workflows.lifecycle.roles import PLATFORM, Actor, Role

NOTES, ROUNDS, BATCH, LOOPS = 2_000, 5, 250, 2_000
START = date(2025, 1, 2)
MANAGER, APPROVER = Actor("wang", Role.BK_M, "BK01"), Actor("li", Role.BK_A, "BK01")
OFFICER = Actor("zhao", Role.BK_L, "BK01")
NOTHING_DRAWN = (BankDrawn(Money.ZERO),)
FEN = Money(1)


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What was measured: transitions, wall seconds, CPU seconds of the Python processes."""

    name: str
    transitions: int
    seconds: float
    cpu: float


def registry() -> Registry:
    """The toy application; its draw has one delivery and sets a timer, too."""
    timers = {**NOTE.timers, NoteDrawn: lambda row, _e: (_due(row),)}
    toy = wiring.registry()
    nouns = {**toy.nouns, "note": Noun(dataclasses.replace(NOTE, timers=timers), wiring.note)}
    return Registry(nouns, toy.handles, (Reaction("tally.count", "Note.Drawn", wiring.count),))


def _due(row: object) -> SetTimer:
    return SetTimer("due", row.due_on, FallDue(row.id))  # type: ignore[attr-defined]


def prepare(world: World, notes: Sequence[str]) -> None:
    """Signed notes, each with a tally of its own."""
    wiring.metadata.create_all(db.engine(world.database, as_owner=True))
    ready = registry()
    for chunk in _chunks(notes):
        transact(world.engine, partial(_prepared, ready, chunk))


def _prepared(ready: Registry, chunk: Sequence[str], connection: object) -> None:
    unit = Unit(connection, ready)  # type: ignore[arg-type]
    unit.preload([(noun, one) for one in chunk for noun in ("note", "tally")], lock=True)
    for one in chunk:
        unit.run([Envelope(OpenTally(one), PLATFORM, START)])
        unit.run([Envelope(WriteNote(one, "BK01", Money(100_000), one), MANAGER, START)])
        unit.run([Envelope(SignNote(one), MANAGER, START, checkers=(APPROVER,))])
    unit.flush()


def _chunks(notes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (notes[i : i + BATCH] for i in range(0, len(notes), BATCH))


def draw_batches(world: str, notes: Sequence[str]) -> tuple[int, float]:
    """Draw once on each note, ROUNDS times over; returns transitions and CPU seconds."""
    bind, ready = worlds.find(world).engine, registry()
    began = time.process_time()
    for _ in range(ROUNDS):
        for chunk in _chunks(notes):
            transact(bind, partial(_drawn, ready, chunk))
    return ROUNDS * len(notes), time.process_time() - began


def _drawn(ready: Registry, chunk: Sequence[str], connection: object) -> None:
    unit = Unit(connection, ready)  # type: ignore[arg-type]
    unit.preload([("note", one) for one in chunk], lock=True)
    for one in chunk:
        unit.run([Envelope(DrawNote(one, FEN), OFFICER, START, facts=NOTHING_DRAWN)])
    unit.flush()


def deliver_all(world: str, _notes: Sequence[str]) -> tuple[int, float]:
    """Handle deliveries until none is left; each moves a tally on."""
    bind, ready, total = worlds.find(world).engine, registry(), 0
    began = time.process_time()
    while done := deliveries.deliver(bind, ready):
        total += done
    return total, time.process_time() - began


def raw_loop(world: str, notes: Sequence[str]) -> tuple[int, float]:
    """The yardstick: the same rows by hand in psycopg, one transaction a transition."""
    url = db.server_url(worlds.find(world).database).set(drivername="postgresql")
    began = time.process_time()
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        for number in range(LOOPS):
            _raw(connection, notes[number % len(notes)])
    return LOOPS, time.process_time() - began


def _raw(connection: psycopg.Connection, note: str) -> None:
    stream = f"note/{note}"
    with connection.transaction():
        row = connection.execute(
            "select version, chain, drawn, due_on from note where id = %s for update", (note,)
        ).fetchone()
        assert row is not None
        seq, drawn, due_on = row[0] + 1, row[2] + 1, row[3]
        payload = json.dumps({"amount": "0.01 CNY", "drawn": drawn, "tally": note})
        chain = hashlib.sha256(row[1] + f"{stream}{seq}{payload}".encode()).digest()
        connection.execute(
            "update note set drawn = %s, version = %s, chain = %s where id = %s",
            (drawn, seq, chain, note),
        )
        connection.execute(
            "insert into event (stream, seq, type, schema_version, payload, trigger, from_state,"
            " to_state, actor, role, organisation, checkers, command_id, correlation,"
            " business_date, hash)"
            " values (%s, %s, 'Note.Drawn', 1, %s, 'draw', 'SIGNED', 'SIGNED', 'zhao', 'BK-L',"
            " 'BK01', '[]', %s, %s, %s, %s)",
            (stream, seq, payload, f"{stream}:{seq}", f"{stream}:{seq}", START, chain),
        )
        connection.execute(
            "insert into delivery (stream, seq, reaction) values (%s, %s, 'tally.count')",
            (stream, seq),
        )
        connection.execute(
            "insert into timer (stream, kind, due_on, command, payload)"
            " values (%s, 'due', %s, 'FallDue', '{}') on conflict (stream, kind)"
            " do update set due_on = excluded.due_on",
            (stream, due_on),
        )
        connection.execute(
            "insert into posting (stream, seq, owner, account, fen, currency, business_date)"
            " values (%s, %s, 'bank:BK01', 'loans', 1, 'CNY', %s),"
            " (%s, %s, 'bank:BK01', 'cash', -1, 'CNY', %s)",
            (stream, seq, START, stream, seq, START),
        )


Work = Callable[[str, Sequence[str]], tuple[int, float]]


def measured(name: str, work: Work, world: str, notes: Sequence[str], processes: int) -> Result:
    """Run the work in that many processes, each with its own part of the notes."""
    parts = [notes[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_warm, parts))
        began = time.perf_counter()
        done = list(pool.map(work, [world] * processes, parts))
        seconds = time.perf_counter() - began
    return Result(name, sum(d[0] for d in done), seconds, sum(d[1] for d in done))


def _warm(_notes: Sequence[str]) -> int:
    return len(registry().nouns)


def main() -> None:
    """Measure and print the table."""
    with ExitStack() as stack:
        if not settings().database_url:
            stack.enter_context(embedded())
        migrations.migrate()
        world = worlds.create(f"bench-{os.getpid()}", starts_on=START)
        stack.callback(worlds.drop, world.name)
        notes = [f"N{number}" for number in range(NOTES)]
        prepare(world, notes)
        _clear(world)
        results = [measured("raw psycopg, one transaction each", raw_loop, world.name, notes, 1)]
        _clear(world)
        _raw_chain_repaired(world)
        for processes in (1, 2):
            name = f"kernel, {BATCH} a transaction, {processes} process(es)"
            results.append(measured(name, draw_batches, world.name, notes, processes))
            name = f"deliveries to the next command, {processes} process(es)"
            results.append(measured(name, deliver_all, world.name, notes, processes))
        show(results)


def _clear(world: World) -> None:
    with db.engine(world.database, as_owner=True).begin() as connection:
        connection.execute(text("UPDATE delivery SET handled_at = now()"))
    with db.engine(world.database, as_owner=True).connect() as connection:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        outside.execute(text("VACUUM ANALYZE"))


def _raw_chain_repaired(world: World) -> None:
    """The raw loop wrote no such chain; forget its deliveries and go on from its versions."""
    with db.engine(world.database, as_owner=True).begin() as connection:
        connection.execute(text("UPDATE delivery SET handled_at = now() WHERE handled_at IS NULL"))


def show(results: Sequence[Result]) -> None:
    """One line a measurement; the last column against the first line."""
    table = Table("design", "transitions/s", "Python CPU µs each", "x yardstick")
    yardstick = results[0].transitions / results[0].seconds
    for one in results:
        rate = one.transitions / one.seconds
        cells = (
            f"{rate:,.0f}",
            f"{one.cpu / one.transitions * 1e6:,.0f}",
            f"{rate / yardstick:.1f}",
        )
        table.add_row(one.name, *cells)
    Console().print(table)


@contextmanager
def embedded() -> Iterator[None]:
    data = Path(tempfile.mkdtemp(prefix="zhidai-bench-", dir="/var/tmp"))
    data.chmod(0o711)
    ours = settings().model_copy(update={"data": data})
    try:
        with started(ours, say=lambda _: None, programs=servers_only, prepare=lambda _: None):
            configuration.settings.cache_clear()
            yield
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
