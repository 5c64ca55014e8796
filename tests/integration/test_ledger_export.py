"""The exported ledger of a played story: bean-check accepts it, and it agrees with the database."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from secrets import token_hex

import pytest
from beancount import loader
from beancount.core.data import Transaction
from sqlalchemy import text

from services.cli.main import run
from services.kernel import worlds
from services.kernel.worlds import World
from services.reports import beancount, ledger
from tests.integration.console_worlds import LOAN, play

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
UNRECOVERED = Decimal("4200000.00") - Decimal("960000.00")  # B0 after R0


@pytest.fixture(scope="module")
def played(servers: None) -> Iterator[World]:
    """The Jiangsu story to its end: drawn, missed, compensated, partly recovered."""
    world = play(f"ledger-{token_hex(3)}")
    yield world
    worlds.drop(world.name)


def exported(world: World, loan: str | None = None) -> str:
    with world.engine.connect() as connection:
        entries = list(ledger.entries(connection, loan))
        lines = beancount.written(world.name, entries, ledger.balances(connection, loan))
        return "".join(f"{line}\n" for line in lines)


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BEAN_CHECK, "--no-cache", file], capture_output=True, text=True, check=False
    )


def sums(file: Path) -> dict[str, Decimal]:
    """What beancount itself makes of each account."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for entry in loader.load_file(str(file))[0]:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                assert posting.units is not None
                assert posting.units.number is not None
                found[posting.account] += posting.units.number
    return found


@pytest.mark.parametrize("loan", [None, LOAN])
def test_bean_check_accepts_the_export(played: World, loan: str | None, tmp_path: Path) -> None:
    file = tmp_path / "zhidai.beancount"
    file.write_text(exported(played, loan), encoding="utf-8")

    told = checked(file)

    assert (told.returncode, told.stderr) == (0, "")


def test_bean_check_finds_a_fen_that_was_lost(played: World, tmp_path: Path) -> None:
    file = tmp_path / "zhidai.beancount"
    file.write_text(exported(played).replace("6000000.00", "6000000.01", 1), encoding="utf-8")

    assert checked(file).returncode != 0


def test_balances_are_those_of_the_ledger(played: World, tmp_path: Path) -> None:
    file = tmp_path / "zhidai.beancount"
    file.write_text(exported(played), encoding="utf-8")

    found = sums(file)

    with played.engine.connect() as connection:
        kept = {
            beancount.account(line): Decimal(line.amount.yuan)
            for line in ledger.balances(connection)
        }
        owed = connection.execute(
            text("SELECT outstanding + written_off FROM loan WHERE id = :id"), {"id": LOAN}
        ).scalar_one()
    assert {name: amount for name, amount in found.items() if amount} == {
        name: amount for name, amount in kept.items() if amount
    }
    borrowed = sum(amount for name, amount in found.items() if name.endswith(":Borrowings"))
    assert -borrowed == UNRECOVERED == Decimal(owed) / 100


def test_every_owner_balances_by_itself(played: World) -> None:
    with played.engine.connect() as connection:
        for entry in ledger.entries(connection):
            owners = {line.owner for line in entry.lines}
            for owner in owners:
                assert sum(x.amount.fen for x in entry.lines if x.owner == owner) == 0, entry


def test_the_command_writes_the_file_and_nothing_else(
    played: World, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["ledger", "export", "--beancount", "--world", played.name, "--loan", LOAN])

    assert code == 0
    assert capsys.readouterr().out == exported(played, LOAN)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--beancount", "--world", "nowhere"], 1),
        (["--beancount", "--loan", "NO-SUCH"], 1),
        (["--world", "nowhere"], 1),
    ],
)
def test_what_cannot_be_exported_ends_in_one_sentence(
    played: World, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    given = words if "--world" in words else [*words, "--world", played.name]

    assert run(["ledger", "export", *given]) == code

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1].startswith("zhidai: ")
