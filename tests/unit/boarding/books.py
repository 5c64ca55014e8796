"""Tapes written in a line, for the tests of boarding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from policies.money import yuan
from policies.reading.loader import load
from services.boarding.fields import READERS
from services.boarding.findings import FormErrors
from services.boarding.judge import JudgedBook, judge
from services.boarding.plan import Plan, make_plan
from services.boarding.report import reason
from services.boarding.tape import Tape, read_tape
from services.kernel.i18n import catalogue

HEADER = ",".join(READERS)
POLICY_ON = load("jiangsu").on


def _say(lang: str, key: str, facts: Mapping[str, str]) -> str:
    return catalogue(lang)[key].format_map(facts)


ENGLISH = partial(_say, "en")
CHINESE = partial(_say, "zh")


# The loan that a test changes: drawn and approved in full, repaid after a year.
USUAL = {
    "loan_id": "L1",
    "state": "江苏",
    "industry": "33",
    "approved_on": "2024-01-10",
    "disbursed_on": "2024-02-01",
    "term_months": "12",
    "employees": "40",
    "amount_approved": "3000000.00",
    "amount_guaranteed": "2400000.00",
    "amount_disbursed": "3000000.00",
    "status": "paid_in_full",
    "charged_off_on": "",
    "charged_off_principal": "0.00",
}
LOST = {"status": "charged_off", "charged_off_on": "2024-12-20"}


def row(changes: dict[str, str] | None = None) -> str:
    """A line of the tape: the usual loan with some fields changed."""
    return ",".join({**USUAL, **(changes or {})}.values())


def book(*rows: dict[str, str]) -> bytes:
    """A tape of these loans; ids L1, L2 .. unless changed."""
    lines = [row({"loan_id": f"L{n}", **changes}) for n, changes in enumerate(rows, 1)]
    return "\n".join([HEADER, *lines, ""]).encode()


def tape(*rows: dict[str, str]) -> Tape:
    """The tape read, which must be well formed."""
    found = read_tape(book(*rows))
    assert isinstance(found, Tape), found
    return found


def errors(data: bytes) -> list[tuple[int, str, str]]:
    """Line, field and code of every error of form, each of which can be told in both languages."""
    found = read_tape(data)
    assert isinstance(found, FormErrors), "the tape was read"
    for one in found.errors:
        assert reason("form", one, ENGLISH) != reason("form", one, CHINESE)
    return [(one.line, one.field, one.code) for one in found.errors]


def judged(*rows: dict[str, str]) -> JudgedBook:
    """These loans judged under the Jiangsu pack; findings can be told in both languages."""
    found = judge(tape(*rows), POLICY_ON)
    told = [("refused", one) for row in found.refused for one in row.reasons]
    for kind, one in (*told, *(("warning", one) for one in found.warnings)):
        assert reason(kind, one, ENGLISH) != reason(kind, one, CHINESE)
    return found


def planned(*rows: dict[str, str], fund: str | None = None) -> Plan:
    """These loans, planned under the Jiangsu pack with a fund of so many yuan."""
    read = tape(*rows)
    given = None if fund is None else yuan(fund)
    return make_plan(read, judge(read, POLICY_ON), POLICY_ON, fund=given)
