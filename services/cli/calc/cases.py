"""Cases of `zhidai calc` from standard input to answers on standard output; JSON both ways.

Every kind of case shares this: one object gives one answer, a list or a whole golden file a list.
What cannot be interpreted ends in one sentence and exit code 2, with nothing on stdout.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any

from services.calculator.reading import Fields, Uninterpretable, fields, shown
from services.kernel.problems import Problem, Unusable

# fmt: off
KINDS: Mapping[str, str] = {
    "schedule":   "services.calculator.schedules",
    "dpd":        "services.calculator.dpd",
    "prepayment": "services.calculator.prepayments",
    "penalty":    "services.calculator.penalties",
    "allocation": "services.calculator.allocations",
    "collateral": "services.calculator.collateral",
    "claim":      "services.calculator.claims",
}
"""Kind -> the module whose `answer(case)` answers it; imported on use."""
# fmt: on
MOST_BYTES = 32 * 1024 * 1024
Answer = Callable[[Mapping[str, Any]], Any]


def piped(kind: str) -> None:
    """Answer what stands on standard input, JSON alone on stdout. Raises Unusable or Problem."""
    answer = answer_of(kind)
    print_json(answers(parsed(standard_input()), answer))


def answer_of(kind: str) -> Answer:
    """The function that answers a kind. Raises Problem when this version lacks it."""
    try:
        found: Answer = import_module(KINDS[kind]).answer
    except ModuleNotFoundError as error:
        if error.name != KINDS[kind]:
            raise
        raise Problem("calc.no_kind", {"kind": kind}) from None
    return found


def answers(given: Any, answer: Answer) -> Any:
    """One answer for an object, a list of them for a list or a whole file of cases."""
    if isinstance(given, dict) and "cases" in given:
        given = fields(given).only(("about", "cases")).raw("cases")
    if isinstance(given, list):
        return [_one(case, answer, place=n) for n, case in enumerate(given, 1)]
    return _one(given, answer)


def standard_input() -> str:
    """All of standard input as text. Raises Unusable when a person sits there, or for bad bytes."""
    if sys.stdin.isatty():
        raise Unusable("calc.nothing_given")
    read = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(read) > MOST_BYTES:
        raise Unusable("calc.too_long", {"most": MOST_BYTES})
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("calc.not_json", {"error": error.reason, "line": "-"}) from None


def parsed(text: str) -> Any:
    """JSON with exact decimals; repeated fields, NaN and Infinity are refused. Raises Unusable."""
    if not text.strip():
        raise Unusable("calc.empty")
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise Unusable("calc.not_json", {"error": error.msg, "line": error.lineno}) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unusable("calc.not_json", {"error": shown(str(error)), "line": "-"}) from None


def print_json(value: Any) -> None:
    """JSON alone on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _one(case: Any, answer: Answer, *, place: int | None = None) -> Any:
    try:
        return answer(fields(case).found)
    except Uninterpretable as refused:
        named = Fields(case).found.get("id") if isinstance(case, Mapping) else None
        name = shown(named) if isinstance(named, str) else place
        if name is None:
            raise
        raise Unusable("calc.in_case", {"case": name, "sentence": str(refused)}) from refused


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Uninterpretable("calc.twice", {"field": shown(twice)})
    return found


def _no_number(word: str) -> None:
    raise Uninterpretable("calc.no_number", {"found": word})
