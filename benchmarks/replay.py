"""How long a replay of a book under every form takes, and an assessment, start of Python included.

`python -m benchmarks.replay FILE.csv` runs each command five times and tells the fastest and the
slowest; without a file a book of 20,000 loans is made. Compare runs on one machine only.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.make_book import rows

LOANS, SEED, TIMES = 20_000, 1, 5
PROGRAM = (sys.executable, "-c", "from services.cli.main import main; main()")
B0 = ("--principal", "4200000.00", "--interest", "63000.00", "--json")


def main() -> None:
    """Measure the commands and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        file = sys.argv[1] if len(sys.argv) > 1 else made(Path(folder))
        commands = {
            "assess": ("assess", "jiangsu", *B0),
            "compare": ("compare", "--json"),
            "replay": ("replay", file, "--json"),
            "replay --fund": ("replay", file, "--fund", "--case", "jiangsu", "--json"),
        }
        table = Table("command", "fastest, s", "slowest, s")
        for name, words in commands.items():
            taken = sorted(seconds(words) for _ in range(TIMES))
            table.add_row(name, f"{taken[0]:.2f}", f"{taken[-1]:.2f}")
    Console().print(table)


def made(folder: Path) -> str:
    """A generated book."""
    file = folder / "book.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows(LOANS, SEED))
    return str(file)


def seconds(words: Sequence[str]) -> float:
    """Seconds that one run of a command takes."""
    begun = time.perf_counter()
    subprocess.run([*PROGRAM, *words], capture_output=True, check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
