"""Pull the plug while a book is boarded: nothing lost, nothing doubled, every figure the same."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, text

from policies.money import Money
from services.boarding.findings import FormErrors
from services.boarding.report import Report
from services.boarding.run import Prepared, board, prepare
from services.embedded.platform import started
from services.kernel import db, worlds
from services.kernel.settings import ROOT, Settings
from services.wiring import registry

pytestmark = pytest.mark.slow

LOANS = 4000
KILLS = 12

# What must hold whatever was killed: each query counts the faults.
FAULTS = {
    "events without gap": """
        SELECT count(*) FROM (SELECT stream, count(*) AS n, max(seq) AS last FROM event
                              GROUP BY stream) s WHERE n <> last""",
    "deliveries handled": "SELECT count(*) FROM delivery WHERE handled_at IS NULL",
    "entries balance": """
        SELECT count(*) FROM (SELECT stream, seq FROM posting GROUP BY stream, seq
                              HAVING sum(fen) <> 0) p""",
    "claims paid once": """
        SELECT count(*) FROM (SELECT stream FROM event WHERE type = 'Claim.Paid'
                              GROUP BY stream HAVING count(*) > 1) c""",
    "fund and claims agree": """
        SELECT count(*) FROM fund
        WHERE paid_out <> (SELECT coalesce(sum(paid), 0) FROM claim WHERE fund = fund.id)""",
}


def book(loans: int) -> Prepared:
    """A generated book; the same each time."""
    command = [sys.executable, str(ROOT / "benchmarks" / "make_book.py"), str(loans)]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    prepared = prepare(data, "jiangsu")
    assert not isinstance(prepared, FormErrors)
    return prepared


@contextmanager
def platform(data: Path) -> Iterator[None]:
    with started(Settings(data=data, port=0, database_url="", redis_url=""), say=lambda _: None):
        yield


def boarded(prepared: Prepared, told: Callable[[int, int], None]) -> tuple[Report, Engine]:
    report = board(prepared, registry(), world=None, fund=Money(10**13), progress=told)
    return report, worlds.find(report.world).engine


def victims() -> list[psutil.Process]:
    """Workers, their pool processes, beat, Redis and PostgreSQL below this process."""
    names = ("services.worker", "redis-server", "pginstall")
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if any(name in " ".join(process.cmdline()) for name in names):
                found.append(process)
    return found


def storm(over: threading.Event) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        if over.wait(0.4):
            return
        with suppress(psutil.Error, IndexError):
            chance.choice(victims()).kill()


def test_a_book_boarded_in_a_storm_is_the_book_boarded_in_calm(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHIDAI_DATABASE_URL", raising=False)
    monkeypatch.delenv("ZHIDAI_REDIS_URL", raising=False)
    prepared = book(LOANS)
    with platform(data_folder / "calm"):
        calm, _ = boarded(prepared, lambda *_: None)
        db.forget()

    over = threading.Event()
    killer = threading.Thread(target=storm, args=(over,))
    with platform(data_folder / "storm"):
        killer.start()
        stormy, engine = boarded(prepared, lambda *_: time.sleep(0))
        over.set()
        killer.join()
        with engine.connect() as connection:
            faults = {name: connection.execute(text(sql)).scalar() for name, sql in FAULTS.items()}
        again, _ = boarded(prepared, lambda *_: None)
        db.forget()

    assert stormy == calm
    assert faults == dict.fromkeys(FAULTS, 0)
    assert (again.boarded, again.already_boarded) == (0, calm.boarded)
    assert again.figures == calm.figures
