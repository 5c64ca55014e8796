"""Small wrongs that a test should see: each a place in a file and what would stand there instead.

Made from the syntax tree; names, annotations, decorators and docstrings are left alone. A mutant
may still mean the same as the original: that is for a reader to judge.
"""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

# fmt: off
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt:    ast.LtE,   ast.LtE:   ast.Lt,
    ast.Gt:    ast.GtE,   ast.GtE:   ast.Gt,
    ast.Eq:    ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is:    ast.IsNot, ast.IsNot: ast.Is,
    ast.In:    ast.NotIn, ast.NotIn: ast.In,
}
SIGNS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
# fmt: on
UNTOUCHED = ("decorator_list", "annotation", "returns", "type_params")
SAID = ("comment", "description", "help")
"""Keywords whose values people read and nothing decides by."""
PLACES = ("lineno", "col_offset", "end_lineno", "end_col_offset")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. start, end: bytes of the file; was, now: its text before and after."""

    path: str
    line: int
    kind: str
    start: int
    end: int
    was: str
    now: str

    @property
    def ident(self) -> str:
        """Names the mutant for as long as its file stands as it is."""
        return f"{self.path}:{self.start}-{self.end}:{self.kind}:{self.now}"

    def applied(self, text: str) -> str:
        """The file with the change made."""
        data = text.encode()
        return (data[: self.start] + self.now.encode() + data[self.end :]).decode()


def mutants(path: str, text: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its text."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    data = text.encode()
    found = []
    for node in _nodes(ast.parse(text)):
        for kind, place, now in _changes(node):
            begin, end = _span(place, starts)
            was = data[begin:end].decode()
            if was != now:
                found.append(Mutant(path, place.lineno, kind, begin, end, was, now))
    return found


def sample(found: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """So many mutants, drawn by the seed and evenly over the kinds as long as each has some."""
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    drawn = random.Random(seed)
    for kind in sorted(by_kind):
        drawn.shuffle(by_kind[kind])
    turns = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return [one for turn in turns for one in turn if one is not None][:size]


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that may change, parents first."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED or (name == "slice" and isinstance(value, ast.Tuple)):
            continue
        for child in value if isinstance(value, list) else (value,):
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _nodes(child)


Change = tuple[str, "ast.expr | ast.stmt", str]


def _changes(node: ast.AST) -> Iterator[Change]:
    """Kind of wrong, the node that is replaced, and by which text."""
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in COMPARED:
            other = ast.Compare(node.left, [COMPARED[type(op)](), *node.ops[1:]], node.comparators)
            yield "comparison", node, f"({ast.unparse(other)})"
        case ast.BoolOp(op=op, values=values):
            yield "boolean", node, f"({ast.unparse(ast.BoolOp(_other(op), values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "boolean", node, f"({ast.unparse(operand)})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", node, f"({ast.unparse(operand)})"
        case ast.BinOp(op=op) if type(op) in SIGNS:
            other_sum = ast.BinOp(node.left, SIGNS[type(op)](), node.right)
            yield "sign", node, f"({ast.unparse(other_sum)})"
        case ast.Constant(value=bool(value)):
            yield "boolean", node, str(not value)
        case ast.Constant(value=int(value)):
            yield "constant", node, str(value + 1)
        case ast.Tuple(elts=elements, ctx=ast.Load()) if len(elements) > 1:
            yield from _dropped(node, elements)
        case ast.Call():
            yield from _called(node)


def _other(op: ast.boolop) -> ast.boolop:
    return ast.Or() if isinstance(op, ast.And) else ast.And()


def _dropped(node: ast.Tuple, elements: Sequence[ast.expr]) -> Iterator[Change]:
    for place in range(len(elements)):
        left = [*elements[:place], *elements[place + 1 :]]
        yield "element", node, ast.unparse(ast.Tuple(left, ast.Load()))


def _called(node: ast.Call) -> Iterator[Change]:
    for place, keyword in enumerate(node.keywords):
        if keyword.arg in SAID:
            continue
        left = [*node.keywords[:place], *node.keywords[place + 1 :]]
        yield "keyword", node, ast.unparse(ast.Call(node.func, node.args, left))
    for place in range(len(node.args) - 1):
        one, two = node.args[place : place + 2]
        if not isinstance(one, ast.Starred) and not isinstance(two, ast.Starred):
            args = [*node.args[:place], two, one, *node.args[place + 2 :]]
            yield "order", node, ast.unparse(ast.Call(node.func, args, node.keywords))


def _span(node: ast.AST, starts: Sequence[int]) -> tuple[int, int]:
    first, left, last, right = (getattr(node, name) for name in PLACES)
    return starts[first - 1] + left, starts[last - 1] + right
