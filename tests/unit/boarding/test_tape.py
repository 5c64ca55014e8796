"""Reading a tape: what is read, and what refuses the whole file with every line named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from policies.money import yuan
from services.boarding.tape import Tape, read_tape
from tests.unit.boarding.books import HEADER, book, errors, row, tape


def with_column(name: str, *values: str, header: str = HEADER) -> bytes:
    lines = [f"{row({'loan_id': f'L{n}'})},{value}" for n, value in enumerate(values, 1)]
    return "\n".join([f"{header},{name}", *lines]).encode()


def test_a_loan_is_read_with_its_line_dates_and_amounts_in_fen() -> None:
    data = book({}, {"amount_disbursed": "2999999.5", "term_months": "36"})

    found = read_tape(data)

    assert isinstance(found, Tape)
    first, second = found.lines
    assert (first.line, second.line) == (2, 3)
    assert first.loan_id == "L1"
    assert first.disbursed_on == date(2024, 2, 1)
    assert first.amount_disbursed == yuan("3000000.00")
    assert second.amount_disbursed == yuan("2999999.50")
    assert second.term_months == 36
    assert first.annual_rate == Decimal(0)
    assert found.warnings == ()


def test_the_order_of_columns_is_free() -> None:
    names, values = HEADER.split(","), row().split(",")
    data = "\n".join([",".join(reversed(names)), ",".join(reversed(values))]).encode()

    found = read_tape(data)

    assert isinstance(found, Tape)
    assert found.lines[0].amount_disbursed == yuan("3000000.00")
    assert found.written(found.lines[0], "amount_disbursed") == "3000000.00"


@pytest.mark.parametrize(
    "column",
    ["state", "industry", "employees", "approved_on", "charged_off_on", "amount_guaranteed"],
)
def test_what_a_tape_may_leave_open_may_be_blank(column: str) -> None:
    assert len(tape({column: ""}).lines) == 1


@pytest.mark.parametrize(
    "column",
    [
        "loan_id", "disbursed_on", "term_months", "amount_approved", "amount_disbursed", "status",
        "charged_off_principal",
    ],
)  # fmt: skip
def test_what_a_loan_cannot_be_without_must_not_be_blank(column: str) -> None:
    assert errors(book({column: ""})) == [(2, column, "blank")]


@pytest.mark.parametrize("written", ["3000000.00", "3000000", "3000000.0", "0.01", "0"])
def test_amounts_have_at_most_two_decimals(written: str) -> None:
    assert tape({"amount_approved": written}).lines[0].amount_approved == yuan(written)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("amount_disbursed", "sixty", "not_a_number"),
        ("amount_disbursed", "1e6", "scientific"),
        ("amount_disbursed", "NaN", "not_a_number"),
        ("amount_disbursed", " 60000", "not_a_number"),
        ("amount_disbursed", "\uff16\uff10", "other_digits"),
        ("amount_disbursed", "٦٠", "other_digits"),
        ("term_months", "𐩀", "other_digits"),
        ("amount_disbursed", "-0.01", "negative"),
        ("amount_disbursed", "60000.001", "too_many_decimals"),
        ("amount_disbursed", "92233720368547758.08", "too_large"),
        ("amount_disbursed", "9" * 5000, "too_large"),
        ("amount_guaranteed", "some", "not_a_number"),
        ("charged_off_principal", "-5", "negative"),
        ("term_months", "12.5", "not_whole"),
        ("term_months", "-12", "negative"),
        ("term_months", "a year", "not_a_number"),
        ("term_months", "95712", "maturity_out_of_range"),
        ("term_months", "9" * 5000, "too_large"),
        ("employees", "2147483648", "too_large"),
        ("disbursed_on", "01/02/2024", "not_a_date"),
        ("disbursed_on", "20240201", "not_a_date"),
        ("disbursed_on", "2024-W05-4", "not_a_date"),
        ("disbursed_on", "2024-02-30", "not_a_date"),
        ("disbursed_on", "1899-12-31", "date_out_of_range"),
        ("approved_on", "soon", "not_a_date"),
        ("charged_off_on", "2024-13-01", "not_a_date"),
        ("status", "PAID_IN_FULL", "unknown_status"),
        ("status", "current", "unknown_status"),
        ("loan_id", "x" * 65, "too_long"),
        ("loan_id", "L\x1b[2J", "control_character"),
        ("loan_id", " L1", "space_around"),
        ("state", "J\x07S", "control_character"),
    ],
)
def test_a_field_that_does_not_hold_what_its_column_asks_for_is_named(
    column: str, value: str, code: str
) -> None:
    assert errors(book({}, {column: value})) == [(3, column, code)]


def test_the_largest_amount_id_and_maturity_still_fit() -> None:
    found = tape(
        {
            "amount_approved": "92233720368547758.07",
            "loan_id": "x" * 64,
            "disbursed_on": "1900-01-01",
            "term_months": "97199",
        }
    )

    assert found.lines[0].amount_approved.fen == 2**63 - 1


def test_all_lines_and_all_fields_with_errors_are_listed() -> None:
    data = book({"employees": "ten", "status": ""}, {}, {"disbursed_on": "x"}) + b"L4,too,short\n"

    assert errors(data) == [
        (2, "employees", "not_a_number"),
        (2, "status", "blank"),
        (4, "disbursed_on", "not_a_date"),
        (5, "", "wrong_number_of_fields"),
    ]


def test_a_missing_column_is_named() -> None:
    data = book({"employees": "ten"}).replace(b"status", b"stat")

    assert errors(data) == [(1, "status", "missing_column")]


def test_a_column_that_stands_twice_is_refused() -> None:
    data = with_column("state", "江苏")

    assert errors(data) == [(1, "state", "duplicate_column")]


def test_an_unknown_column_is_read_over_with_a_warning() -> None:
    found = read_tape(with_column("zip", "210000"))

    assert isinstance(found, Tape)
    assert [(one.line, one.field, one.code) for one in found.warnings] == [
        (1, "zip", "unknown_column")
    ]


def test_an_id_that_stands_twice_is_refused_with_both_lines() -> None:
    data = book({"loan_id": "A"}, {"loan_id": "B"}, {"loan_id": "A"})

    found = read_tape(data)

    assert errors(data) == [(4, "loan_id", "duplicate_id")]
    assert not isinstance(found, Tape)
    assert found.errors[0].facts == {"first": "2", "second": "4"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (1, "", "empty")),
        (b"\n \r\n", (1, "", "empty")),
        (HEADER.encode(), (1, "", "no_rows")),
        (HEADER.encode() + b"\n\n", (1, "", "no_rows")),
        (b"a,b\n1,2\n", (1, "", "no_header")),
        (book({}).decode().encode("utf-16-le"), (1, "", "binary")),
        (book({}) + b"\0\0", (3, "", "binary")),
        (book({}, {}) + b'"', (4, "", "quote_open")),
    ],
)
def test_a_file_that_is_no_tape_is_refused(data: bytes, expected: tuple[int, str, str]) -> None:
    assert errors(data) == [expected]


def test_every_line_in_another_encoding_is_listed() -> None:
    data = book({"state": "île"}, {"state": "A"}, {"state": "île"}).decode().encode("latin-1")

    assert errors(data) == [(2, "", "not_utf8"), (4, "", "not_utf8")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_newline_are_tolerated(newline: str) -> None:
    text = book({}, {"employees": ""}).decode().replace("\n", newline)

    found = read_tape(text.encode("utf-8-sig"))

    assert isinstance(found, Tape)
    assert [line.line for line in found.lines] == [2, 3]


def test_a_cell_with_a_line_break_is_no_cell() -> None:
    data = with_column("note", '"two\nlines"', "one")

    assert errors(data) == [(2, "", "quote_open"), (3, "", "wrong_number_of_fields")]


@pytest.mark.parametrize(
    ("written", "fraction"), [("3.60", "0.0360"), ("0", "0"), ("99.999999", "0.99999999")]
)
def test_a_rate_in_per_cent_is_kept_as_a_fraction(written: str, fraction: str) -> None:
    found = read_tape(with_column("annual_rate_pct", written))

    assert isinstance(found, Tape)
    assert found.lines[0].annual_rate == Decimal(fraction)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("100", "rate_out_of_range"),
        ("-0.01", "negative"),
        ("3.6 %", "not_a_number"),
        ("3.6000001", "rate_decimals"),
    ],
)
def test_a_rate_that_is_none_is_refused(written: str, code: str) -> None:
    assert errors(with_column("annual_rate_pct", written)) == [(2, "annual_rate_pct", code)]


def test_blank_rates_are_taken_as_none_with_one_warning() -> None:
    found = read_tape(with_column("annual_rate_pct", "3.60", "", ""))

    assert isinstance(found, Tape)
    assert [line.annual_rate for line in found.lines] == [Decimal("0.036"), 0, 0]
    assert [(one.line, one.code, one.facts) for one in found.warnings] == [
        (3, "blank_rate", {"count": "2"})
    ]
