"""Hands to act in a world with the toy application, and eyes to see what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine, text

from policies.money import Money
from services.kernel import clock, commands, deliveries, standing_still, work
from services.kernel.commands import Done, Outcome
from services.kernel.db import transact
from services.kernel.mapper import Stored, mapper
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, Unit
from services.kernel.worlds import World
from tests.toy.note_records import DrawNote, SignNote, WriteNote
from tests.toy.tally_records import OpenTally
from tests.toy.wiring import registry
from workflows.lifecycle.roles import PLATFORM, Actor, Role

MANAGER = Actor("wang", Role.BK_M, "BK01")
APPROVER = Actor("li", Role.BK_A, "BK01")
OFFICER = Actor("zhao", Role.BK_L, "BK01")
YUAN = 100


def yuan(amount: str) -> Money:
    """An amount as a banker writes it."""
    return Money.of_wire(f"{amount} CNY")


class Stage:
    """One world, acted on through commands, read through SQL."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.registry: Registry = registry()

    @property
    def engine(self) -> Engine:
        """Connections in the application's role."""
        return self.world.engine

    # -- acting ----------------------------------------------------------------------------

    def do(self, command: Any, actor: Actor, *checkers: Actor) -> Outcome:
        """Carry out a command today."""
        return commands.execute(self.engine, self.registry, command, actor=actor, checkers=checkers)

    def open_tally(self, tally: str = "T") -> None:
        """A tally that counts."""
        self.do(OpenTally(tally), PLATFORM)

    def write(
        self, note: str, amount: str = "1000.00", tally: str = "T", bank: str = "BK01"
    ) -> Done:
        """A note of a bank."""
        writer = Actor("wang", Role.BK_M, bank)
        done = self.do(WriteNote(note, bank, yuan(amount), tally), writer)
        assert isinstance(done, Done)
        return done

    def signed(
        self, note: str, amount: str = "1000.00", tally: str = "T", bank: str = "BK01"
    ) -> None:
        """A note that can be drawn on."""
        self.write(note, amount, tally, bank)
        signer, checker = Actor("wang", Role.BK_M, bank), Actor("li", Role.BK_A, bank)
        self.do(SignNote(note), signer, checker)

    def draw(self, note: str, amount: str, bank: str = "BK01") -> None:
        """Draw on a note."""
        self.do(DrawNote(note, yuan(amount)), Actor("zhao", Role.BK_L, bank))

    def run(self, *envelopes: Envelope) -> Unit:
        """All of them in one unit, one item each, written together."""

        def work_(connection: Any) -> Unit:
            unit = Unit(connection, self.registry)
            for envelope in envelopes:
                unit.run([envelope])
            unit.flush()
            return unit

        return transact(self.engine, work_)

    def deliver(self) -> int:
        """Deliver until nothing is due any more; returns how many were."""
        total = 0
        while done := deliveries.deliver(self.engine, self.registry):
            total += done
        return total

    def hurry(self) -> None:
        """Let no delivery wait for its next try any longer."""
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE delivery SET due_at = clock_timestamp()"))

    def rest(self) -> None:
        """What a worker does until the world is at rest."""
        assert work.look(self.engine, self.registry)

    def advance(self, day: date) -> None:
        """Bring the world to a day."""
        clock.advance_to(self.engine, day)
        self.rest()

    def retry(self) -> dict[str, int]:
        """Give what stands still another chance."""
        with self.engine.begin() as connection:
            return standing_still.retry(connection)

    # -- seeing ----------------------------------------------------------------------------

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """Rows of a statement."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def one(self, statement: str, **values: Any) -> Any:
        """The one value of a statement."""
        with self.engine.connect() as connection:
            return connection.execute(text(statement), values).scalar_one()

    def stored(self, noun: str, ident: str) -> Stored | None:
        """The row as kept."""
        with self.engine.connect() as connection:
            found = mapper(self.registry.nouns[noun]).load(connection, [ident], lock=False)
        return found[0] if found else None

    def record(self, noun: str, ident: str) -> Any:
        """The record of a row that is there."""
        stored = self.stored(noun, ident)
        assert stored is not None
        return stored.record

    def events(self, stream: str) -> list[str]:
        """Names of the stream's events in order."""
        found = self.rows(
            "SELECT type FROM event WHERE stream = :stream ORDER BY seq", stream=stream
        )
        return [row.type for row in found]

    def snapshot(self) -> dict[str, list[Any]]:
        """All that a command could change, to see that nothing did."""
        tables = ("event", "posting", "delivery", "timer", "note", "tally", "proposal", "receipt")
        return {
            table: [tuple(row) for row in self.rows(f"SELECT * FROM {table} t ORDER BY t::text")]
            for table in tables
        }
