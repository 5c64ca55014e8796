"""What a month end costs a book of living loans, apart from what an ordinary day costs it.

One loan is lent on the real kernel and copied row by row; then the clock passes a month end, and
the days before it. `python -m benchmarks.accrual [LOANS]` with ZHIDAI_DATABASE_URL and
ZHIDAI_REDIS_URL set, else on embedded servers.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.kernel import embedded
from services.kernel import migrations, worlds
from services.kernel.settings import settings
from services.kernel.worlds import World
from tests.integration.living import DRAWN, at, lend

LOANS = 100_000
ORDINARY, MONTH_END, AFTER = date(2025, 8, 30), date(2025, 8, 31), date(2025, 9, 1)


def copies(world: World, loans: int) -> None:
    """So many loans like the one that is there, each a row of its own."""
    with world.engine.begin() as connection:
        names = connection.execute(
            text(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
                " FROM information_schema.columns WHERE table_name = 'loan' AND column_name <> 'id'"
            )
        ).scalar_one()
        connection.execute(
            text(
                f"INSERT INTO loan (id, {names}) SELECT 'C' || lpad(n::text, 7, '0'), {names}"
                " FROM loan, generate_series(1, :loans) n WHERE id = 'L1'"
            ),
            {"loans": loans - 1},
        )
    with world.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE loan"))


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Lend, copy, pass the days."""
    loans = int(sys.argv[1]) if len(sys.argv) > 1 else LOANS
    with ExitStack() as stack:
        if not (settings().database_url and settings().redis_url):
            stack.enter_context(embedded())
        migrations.migrate()
        world = worlds.create(f"bench-{os.getpid()}", starts_on=DRAWN)
        stack.callback(worlds.drop, world.name)
        lend(world)
        copies(world, loans)
        days = [
            ("an ordinary day", seconds(lambda: at(world, ORDINARY))),
            ("a month end", seconds(lambda: at(world, MONTH_END))),
            ("the day after", seconds(lambda: at(world, AFTER))),
        ]
        with world.engine.connect() as connection:
            booked = connection.execute(
                text("SELECT count(*) FROM event WHERE type = 'Loan.InterestAccrued'")
            ).scalar_one()
    table = Table("", "seconds", "loans a second", title=f"{loans:,} living loans")
    for name, took in days:
        rate = f"{booked / took:,.0f}" if name == "a month end" else ""
        table.add_row(name, f"{took:.2f}", rate)
    Console().print(table)


if __name__ == "__main__":
    main()
