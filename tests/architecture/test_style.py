"""Rules of the house that a search can check: who commits, writes history, knows the date."""

from __future__ import annotations

import ast
import builtins
import re
from functools import cache

import pytest

from policies.reading.loader import cases
from services.kernel.settings import ROOT
from services.wiring import registry

PACKAGES = ("policies", "workflows", "services")
READERS = ("catalogue", "layers", "loader")  # of policies/reading: they read its own files
LONGEST = 300
KERNEL = "services/kernel/"


@cache
def _sources() -> dict[str, str]:
    """Text of every module of ours by its path from the root."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return found


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _code(text: str) -> str:
    """The module without docstrings and comments, on which a search may go astray."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [  # type: ignore[attr-defined]
                part
                for part in body
                if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
            ] or [ast.Pass()]
    return ast.unparse(tree)


def _with(pattern: str, *, outside: tuple[str, ...] = ()) -> list[str]:
    """Modules whose code the pattern is found in; paths that begin with one of `outside` may."""
    wanted = re.compile(pattern)
    return [
        path
        for path, text in _sources().items()
        if not path.startswith(outside) and wanted.search(_code(text))
    ]


def test_only_the_kernel_commits() -> None:
    assert _with(r"\.(commit|begin|begin_nested)\(", outside=(KERNEL, "services/cli/")) == []


@pytest.mark.parametrize("table", ["event", "posting"])
def test_only_writing_inserts_history(table: str) -> None:
    inserts = rf"(?i)insert into {table}\b|(insert|copy_in)\((connection, )?(tables\.)?{table}\b"

    assert _with(inserts) == ["services/kernel/writing.py"]


def test_only_writing_and_timers_touch_timers() -> None:
    allowed = ("services/kernel/writing.py", "services/kernel/timers.py")

    assert _with(r"(?i)(insert into|update|delete from) timer\b", outside=allowed) == []


def test_only_the_clock_moves_the_business_date() -> None:
    moves = r"(?i)update clock\b|insert into clock\b"
    allowed = ("services/kernel/clock.py", "services/kernel/worlds.py")

    assert _with(moves, outside=allowed) == []


def test_nobody_asks_the_machine_for_today() -> None:
    """Time of the machine is for waiting (monotonic) only; the business date is the clock's."""
    assert _with(r"\b(date|datetime)\.(today|now|utcnow)\(|\btime\.(time|localtime)\(") == []


def test_only_the_kernel_changes_rows_of_nouns() -> None:
    tables = "|".join(sorted(noun.table.name for noun in registry().nouns.values()))

    assert _with(rf"(?i)(insert into|update|delete from) ({tables})\b", outside=(KERNEL,)) == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    """Migrations and tests are lists by nature: they are left out."""
    long = {path: len(text.splitlines()) for path, text in _sources().items()}

    assert {path: lines for path, lines in long.items() if lines > LONGEST} == {}


def test_transitions_is_known_to_the_machine_alone() -> None:
    allowed = ("workflows/lifecycle/machine.py", "workflows/lifecycle/diagram.py")

    assert _with(r"(?m)^\s*(import|from) transitions\b", outside=allowed) == []


SCHEMAS = "services/api/"  # bodies of requests and answers may extend one another


def test_nothing_inherits_but_from_frameworks_and_errors() -> None:
    ours = _classes()
    heirs = {
        f"{path}: {node.name}({base})"
        for path, node in ours
        if not path.startswith(SCHEMAS)
        for base in map(_base, node.bases)
        if base in {other.name for _, other in ours} and base not in _errors()
    }

    assert heirs == set()


@cache
def _classes() -> tuple[tuple[str, ast.ClassDef], ...]:
    return tuple(
        (path, node)
        for path, text in _sources().items()
        for node in ast.walk(_tree(text))
        if isinstance(node, ast.ClassDef)
    )


def _base(node: ast.expr) -> str:
    bare = node.value if isinstance(node, ast.Subscript) else node
    return ast.unparse(bare).rpartition(".")[2]


@cache
def _errors() -> frozenset[str]:
    """Exceptions of Python and those of ours that go back to them."""
    known = {
        name
        for name, kind in vars(builtins).items()
        if isinstance(kind, type) and issubclass(kind, BaseException)
    }
    while True:
        more = {
            node.name
            for _, node in _classes()
            if node.name not in known and any(_base(base) in known for base in node.bases)
        }
        if not more:
            return frozenset(known)
        known |= more


def test_no_code_names_a_case() -> None:
    """Where one seems needed the catalogue lacks a parameter. Stories and examples have names."""
    known = set(cases())
    named = {
        f"{path}: {node.value}"
        for path, text in _sources().items()
        for node in ast.walk(_tree(text))
        if isinstance(node, ast.Constant) and node.value in known
    }

    assert {one for one in named if not one.startswith(("services/cli/", SCHEMAS))} == set()


@pytest.mark.parametrize("package", ["policies", "workflows"])
def test_rules_do_no_input_or_output(package: str) -> None:
    """Three modules of policies/reading read the files of policies/, and nothing else."""
    outside = tuple(p for p in PACKAGES if p != package)
    reads = r"\bopen\(|\.read_text\(|\.write_text\(|\bos\.environ|\bprint\(|\brequests\b"

    readers = (*(f"policies/reading/{name}.py" for name in READERS), "policies/regions.py")
    found = _with(reads, outside=(*outside, *readers))

    assert found == []


def test_only_settings_read_the_environment() -> None:
    alone = ("services/kernel/settings.py", "services/kernel/language.py")
    allowed = (*alone, "services/embedded/", "services/cli/")

    assert _with(r"os\.environ|getenv", outside=allowed) == []


def test_states_are_named_by_their_members() -> None:
    """A state spelled by itself goes on compiling when it is renamed.

    Acts and proposals have states of their own, kept by kernel, sandbox and API.
    """
    names = {s.name for noun in registry().nouns.values() for s in noun.lifecycle.states}
    spelled = re.compile(rf"'(?:{'|'.join(sorted(names))})'")
    found = {
        path
        for path, text in _sources().items()
        if path.startswith(("workflows/", "services/"))
        and not path.startswith((KERNEL, "services/sandbox/", "services/api/proposals"))
        and not path.endswith("/states.py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value in names or spelled.search(node.value)
    }
    assert found <= {"workflows/pledge/table.py"}  # a ground of cancelling: the debt is PAID
