"""How long `zhidai audit verify` takes over a boarded book: events hashed and folded a second.

`python -m benchmarks.audit BOOK.csv [CASE]` boards the book in a world of its own and audits it.
Compare ratios of one machine: absolute figures drift with what else it does.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from services.boarding.run import Prepared, board, prepare
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import migrations, work, worlds
from services.kernel.audit import audit
from services.kernel.settings import settings
from services.wiring import JOBS, registry

WORLD = "audit-benchmark"


def main(book: Path, case: str) -> None:
    """Board, audit, print the figures, drop the world."""
    prepared = prepare(book.read_bytes(), case)
    assert isinstance(prepared, Prepared), prepared
    first = min(line.disbursed_on for line in prepared.tape.lines)
    world = worlds.create(WORLD, starts_on=first, label="book.label.foreign", origin="benchmark")
    try:
        began = time.monotonic()
        board(
            prepared, registry(), world=WORLD, fund=None,
            progress=lambda *_: _work(world),
        )  # fmt: skip
        boarded = time.monotonic() - began
        cpu = time.process_time()
        with world.engine.connect() as connection:
            told = audit(connection, registry())
        cpu = time.process_time() - cpu
    finally:
        worlds.drop(WORLD)
    lines = [
        f"boarded in {boarded:.1f} s, load average {os.getloadavg()[0]:.1f}",
        f"{told.events:,} events in {told.streams:,} streams, {told.sealed} days sealed",
        f"verified in {told.seconds:.1f} s ({told.events / told.seconds:,.0f} a second,"
        f" {cpu:.1f} s of this process's CPU), {len(told.bad)} bad",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _work(world: worlds.World) -> None:
    work.look(world.engine, registry(), JOBS)


if __name__ == "__main__":
    with started(
        settings(),
        say=lambda _: None,
        programs=servers_only,
        prepare=lambda _: migrations.migrate(),
    ):
        main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "jiangsu")
