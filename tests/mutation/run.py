"""`make mutants`: do the unit and property tests see small wrongs in workflows/ and the kernel?

Each mutant stands in a copy of the tree, one after the other. Tests that lie near come first, then
all others that import it; the first failure ends the run. What stands in the JSON file of results
is not run again. A mutant that outlives its time counts as seen.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import grimp

from tests.mutation.mutants import Mutant, mutants, sample

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("workflows", "services/kernel")
TESTS = ("tests/unit", "tests/property")
LEFT_BEHIND = (".venv", ".git", ".zhidai", "__pycache__", ".mypy_cache", ".ruff_cache")
SECONDS = 300.0
PYTEST = ("-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", "-m", "not slow")
SURVIVED, UNRUN = 0, 5
"""Exit codes of pytest: all passed; nothing to run."""


def main() -> None:
    """Draw the mutants, run those not yet run, and print the score."""
    asked = _asked()
    out = Path(asked.out)
    done: dict[str, dict[str, object]] = json.loads(out.read_text("utf-8")) if out.exists() else {}
    wanted = sample(_all(asked.folders), asked.mutants, asked.seed)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        for one in wanted:
            if one.ident in done:
                continue
            done[one.ident] = {**asdict(one), **_run(one, copy, asked.tests)}
            out.write_text(json.dumps(done, ensure_ascii=False, indent=1), "utf-8")
            sys.stderr.write(f"{done[one.ident]['seen']} {one.path}:{one.line} {one.kind}\n")
    _tell([done[one.ident] for one in wanted])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", default="mutants.json")
    parser.add_argument("--folders", nargs="+", default=FOLDERS)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    return parser.parse_args()


def _all(folders: Iterable[str]) -> list[Mutant]:
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    named = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]
    return [one for name, text in named for one in mutants(name, text)]


def _run(one: Mutant, copy: Path, tests: Sequence[str]) -> dict[str, object]:
    file = copy / one.path
    whole = file.read_text("utf-8")
    began = time.monotonic()
    file.write_text(one.applied(whole), "utf-8")
    try:
        by = next((round_ for round_ in _rounds(one, copy, tests) if _seen(copy, round_)), ())
    finally:
        file.write_text(whole, "utf-8")
    seconds = round(time.monotonic() - began, 1)
    return {"seen": bool(by), "by": list(by), "seconds": seconds}


def _rounds(one: Mutant, copy: Path, tests: Sequence[str]) -> list[tuple[str, ...]]:
    """The tests that mirror the mutant's folder, then all others that import it by any way."""
    module = one.path.removesuffix(".py").replace("/", ".")
    near = f"tests/unit/{Path(one.path).parts[1]}"
    files = [path for test in tests for path in sorted((copy / test).rglob("test_*.py"))]
    named = {path.relative_to(copy).as_posix(): path for path in files}
    mirror = tuple(name for name in named if name.startswith(f"{near}/"))
    reaching = (name for name, path in named.items() if module in _reached(path, copy))
    others = tuple(name for name in reaching if name not in mirror)
    return [round_ for round_ in (mirror, others) if round_]


@cache
def _reached(test: Path, root: Path) -> frozenset[str]:
    """Modules of ours that a test file leads to, over what it shares with other tests."""
    found: set[str] = set()
    for name in _imports(test.read_text("utf-8")):
        shared = root / (name.replace(".", "/") + ".py")
        if name.startswith("tests.") and shared.exists():
            found |= _reached(shared, root)
        elif name in _graph().modules:
            found |= {name} | _graph().find_upstream_modules(name)
    return frozenset(found)


def _imports(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("policies", "workflows", "services")


def _seen(copy: Path, tests: tuple[str, ...]) -> bool:
    # No bytecode: two mutants of a file may be of one size and one second.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            (sys.executable, *PYTEST, *tests),
            cwd=copy,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode not in (SURVIVED, UNRUN)


def _tell(results: Sequence[dict[str, object]]) -> None:
    seen = sum(bool(one["seen"]) for one in results)
    sys.stdout.write(f"{seen} of {len(results)} mutants seen\n")
    for kind, missed in sorted(Counter(one["kind"] for one in results if not one["seen"]).items()):
        sys.stdout.write(f"  {kind}: {missed} unseen\n")
    for one in results:
        if not one["seen"]:
            sys.stdout.write(f"{one['path']}:{one['line']} {one['was']!r} -> {one['now']!r}\n")


if __name__ == "__main__":
    main()
