"""Tapes as bank staff have them: read where that is beyond doubt, else refused by name.

Both readers, the strict one of `board` and the lenient one of `replay`, are held to the same sheet.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from policies.money import yuan
from services.boarding.columns import SYNONYMS
from services.boarding.fields import READERS
from services.boarding.findings import FormErrors
from services.boarding.losses import read_book
from services.boarding.report import reason
from services.boarding.sheet import Sheet, read_sheet
from services.boarding.tape import Tape, read_tape
from services.comparison.book import Book
from services.kernel.settings import ROOT
from tests.unit.boarding.books import CHINESE, ENGLISH, HEADER, LOST, book, errors, row

CHINESE_HEADER = (
    "贷款编号,省份,行业,审批日期,放款日期,期限(月),员工数,审批金额,担保金额,放款金额,状态,"
    "核销日期,核销本金"
)
USUAL = (row({}), row({"loan_id": "L2", **LOST, "charged_off_principal": "1500000.50"}))


def of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def read(data: bytes) -> tuple[Tape, Book]:
    """The file by both readers, who must agree; what is told of it has words in both languages."""
    tape, past = read_tape(data), read_book(data)
    assert isinstance(tape, Tape), tape
    assert isinstance(past, Book)
    assert [one.amount_disbursed.fen for one in tape.lines] == [one.drawn for one in past.loans]
    assert past.unread == 0
    for note in tape.read:
        assert reason("read", note, ENGLISH) != reason("read", note, CHINESE)
    return tape, past


def told(data: bytes) -> list[str]:
    return [note.code for note in read(data)[0].read]


def refused(data: bytes) -> list[str]:
    """The codes of a file that neither reader takes."""
    assert isinstance(read_book(data), FormErrors)
    return [code for _, _, code in errors(data)]


# Quotation marks: a line that is spoilt is that line alone, counted and told.


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ('L3,"33', "quote_open"),
        ('"L3', "quote_open"),
        ('L3,33"', ""),
        ('L3,"3"3', "text_after_quote"),
        ('"L3,33,', "quote_open"),
    ],
)
def test_a_stray_quotation_mark_costs_its_own_line_and_no_default_behind_it(
    spoilt: str, code: str
) -> None:
    lost = {**LOST, "charged_off_principal": "800000.00"}
    third = spoilt + "," + row().split(",", 2)[2]
    data = of(
        HEADER, row({}), row({"loan_id": "L2", **lost}), third, row({"loan_id": "L4", **lost})
    )

    past = read_book(data)

    assert isinstance(past, Book)
    assert (past.rows, past.unread) == (4, 1 if code else 0) or not code
    assert [loan.lost for loan in past.defaults] == [80_000_000, 80_000_000]
    if code:
        assert {fault.code: lines for fault, lines in past.faults.items()} == {code: (4,)}
        assert (4, "", code) in errors(data)


def test_a_cell_with_a_line_break_spoils_both_of_its_lines() -> None:
    two = row({"state": '"two\nlines"'})
    past = read_book(of(HEADER, row({}), two, row({"loan_id": "L3"})))

    assert isinstance(past, Book)
    assert (past.rows, past.unread, len(past.loans)) == (4, 2, 2)


def test_a_quoted_cell_may_hold_the_separator_and_doubled_marks() -> None:
    tape, _ = read(of(HEADER, row({"state": '"a,""b"""'})))

    assert tape.lines[0].state == 'a,"b"'


# Encodings.


@pytest.mark.parametrize(
    ("codec", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("gbk", ["encoding"]),
        ("gb18030", ["encoding"]),
        ("utf-16", ["encoding"]),
        ("utf-32", ["encoding"]),
    ],
)
@pytest.mark.parametrize("header", [HEADER, CHINESE_HEADER])
def test_an_encoding_beyond_doubt_is_read_and_told(
    codec: str, notes: list[str], header: str
) -> None:
    data = "\n".join([header, *USUAL]).encode(codec)

    tape, past = read(data)

    assert tape.lines[0].state == "江苏"
    assert past.defaults[0].lost == 150_000_050
    assert [note for note in told(data) if note == "encoding"] == notes


def test_rare_hanzi_of_gb18030_are_read_under_a_chinese_header() -> None:
    data = f"{CHINESE_HEADER}\n{row({'state': '㐀𠀀镕'})}".encode("gb18030")

    assert read(data)[0].lines[0].state == "㐀𠀀镕"


@pytest.mark.parametrize(
    ("text", "codec", "code"),
    [
        ("île", "latin-1", "not_utf8"),
        ("größe", "latin-1", "not_utf8"),
        ("江蘇", "big5", "not_utf8"),
        ("東京", "shift-jis", "not_utf8"),
        ("江苏", "utf-16-le", "binary"),
        ("江苏", "utf-16-be", "binary"),
    ],
)
def test_an_encoding_in_doubt_is_refused(text: str, codec: str, code: str) -> None:
    data = f"{HEADER}\n{row({'state': text})}".encode(codec)

    assert set(refused(data)) == {code}


def test_a_mark_of_an_encoding_that_the_file_does_not_keep_is_refused() -> None:
    assert refused(b"\xff\xfe" + b"abc") == ["not_decodable"]
    assert refused(b"\xef\xbb\xbf" + b"\xff") == ["not_utf8"]
    assert refused(f"{HEADER}\n\0".encode("utf-16")) == ["binary"]


# Separators, declared or not.


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_read_and_told(separator: str) -> None:
    data = of(HEADER, *USUAL).replace(b",", separator.encode())

    assert told(data) == ["separator"]
    assert len(read(data)[0].lines) == 2


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;,,"])
def test_a_declared_separator_is_followed(first: str) -> None:
    data = of(first, *(line.replace(",", ";") for line in (HEADER, *USUAL)))

    tape, _ = read(data)

    assert [line.line for line in tape.lines] == [3, 4]


def test_a_comma_declared_is_the_usual_separator() -> None:
    assert told(of("sep=,", HEADER, *USUAL)) == []


# Title rows and headers.


def test_rows_above_the_header_are_told_as_a_title() -> None:
    data = of("某银行贷款台账,,,", "", "制表日期：2025-01-01", HEADER, *USUAL)

    tape, _ = read(data)

    assert [line.line for line in tape.lines] == [5, 6]
    assert [(note.code, note.facts) for note in tape.read] == [("title", {"lines": "1、3"})]


@pytest.mark.parametrize("column", list(READERS))
def test_every_synonym_names_its_column_alone(column: str) -> None:
    others = [
        name for other, names in SYNONYMS.items() if other != column for name in names.split()
    ]

    for name in SYNONYMS[column].split():
        assert name not in others
        unit = "（月）" if column == "term_months" else ""
        header = HEADER.split(",")
        header[header.index(column)] = f" {name}{unit} "
        assert told(of(",".join(header), *USUAL)) == ["names"]


def test_a_ledger_in_chinese_throughout_is_read() -> None:
    data = of(
        CHINESE_HEADER,
        "1,江苏,33,2024/1/5,2024年1月31日,12,20,3000000,,3000000,已结清,,0",
        "2,江苏,33,2024/1/5,2024/2/5,12,20,3000000,,3000000,已核销,2025/6/30,5",
    )

    tape, past = read(data)

    assert [one.disbursed_on for one in tape.lines] == [date(2024, 1, 31), date(2024, 2, 5)]
    assert [loan.lost for loan in past.loans] == [None, 500]


def test_a_header_that_stands_again_is_no_loan() -> None:
    past = read_book(of(HEADER, USUAL[0], HEADER, USUAL[1]))

    assert isinstance(past, Book)
    assert (past.rows, past.unread) == (3, 1)
    assert errors(of(HEADER, USUAL[0], HEADER, USUAL[1])) == [(3, "", "header_again")]


@pytest.mark.parametrize("data", [b"a;b\n1;2\n", "甲,乙\n1,2".encode(), b"<html><table>"])
def test_a_file_without_a_header_is_refused_with_what_stands_first(data: bytes) -> None:
    assert refused(data) == ["no_header"]


def test_two_names_of_one_column_are_refused() -> None:
    lines = [f"{HEADER},放款金额", *(f"{one},5" for one in USUAL)]

    assert refused(of(*lines)) == ["duplicate_column"]


# Units.


def amounts(data: bytes) -> list[str]:
    return [loan.amount_disbursed.yuan for loan in read(data)[0].lines]


IN_WAN = [
    row({"amount_approved": "300", "amount_disbursed": "300.00005", "amount_guaranteed": ""}),
]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("台账（单位：万元）", "3000000.50"),
        ("单位: 人民币万元", "3000000.50"),
        ("金额单位 万", "3000000.50"),
        ("台账(万元)", "3000000.50"),
        ("500万元以下贷款台账", "300.00"),
        ("填报单位：样例银行", "300.00"),
        ("单位：元", "300.00"),
        ("单位：人民币元", "300.00"),
    ],
)
def test_the_unit_a_title_names_is_the_unit_of_the_amounts(title: str, expected: str) -> None:
    lines = IN_WAN if expected.startswith("3000") else [IN_WAN[0].replace("300.00005", "300")]

    assert amounts(of(f'"{title}"', HEADER, *lines)) == [expected]


@pytest.mark.parametrize(
    ("unit", "written", "expected"),
    [
        ("（万元）", "300", "3000000.00"), ("(万元)", "300", "3000000.00"),
        ("【千元】", "3000", "3000000.00"), ("万元", "300.5", "3005000.00"),
        ("/万元", "300", "3000000.00"), ("：万元", "300", "3000000.00"),
        ("（百万元）", "3", "3000000.00"), ("（亿元）", "0.03", "3000000.00"),
        ("（元）", "3", "3.00"), ("（人民币元）", "3", "3.00"),
    ],
)  # fmt: skip
def test_the_unit_a_heading_names_is_the_unit_of_its_column(
    unit: str, written: str, expected: str
) -> None:
    header = [f"{name}{unit}" if name in AMOUNTS else name for name in CHINESE_HEADER.split(",")]
    line = row({"amount_approved": "0", "amount_guaranteed": "", "amount_disbursed": written})

    assert amounts(of(",".join(header), line)) == [expected]


AMOUNTS = ("审批金额", "担保金额", "放款金额", "核销本金")


def headed(**changes: str) -> str:
    return ",".join(changes.get(name, name) for name in CHINESE_HEADER.split(","))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["单位：美元", HEADER], "foreign_unit"),
        (["单位：万美元", HEADER], "foreign_unit"),
        (["in USD thousands", HEADER], "foreign_unit"),
        (["单位：万元 单位：元", HEADER], "units_of_title"),
        (["单位：亿元", HEADER], "unit_implausible"),
        (["单位：万元", headed(**{"放款金额": "放款金额（元）"})], "units_differ"),
        ([headed(**{"放款金额": "放款金额（万元）"})], "unit_of_some"),
        ([headed(**{one: f"{one}（美元）" for one in AMOUNTS})], "unknown_unit"),
        ([headed(**{one: f"{one}（斤）" for one in AMOUNTS})], "unknown_unit"),
        ([headed(**{"期限(月)": "期限（天）"})], "unknown_unit"),
        ([headed(**{"期限(月)": "贷款期限"})], "unit_needed"),
    ],
)
def test_a_unit_in_doubt_is_refused(lines: list[str], code: str) -> None:
    assert code in refused(of(*lines, *USUAL))


def test_a_note_below_that_names_the_unit_is_not_overlooked() -> None:
    assert "unit_in_note" in refused(of(HEADER, *USUAL, "注：金额单位为万元"))


def test_a_row_of_units_below_the_header_belongs_to_it() -> None:
    units = ",".join("（万元）" if name in AMOUNTS else "" for name in CHINESE_HEADER.split(","))

    tape, _ = read(of(CHINESE_HEADER, units, *IN_WAN))

    assert tape.lines[0].amount_disbursed == yuan("3000000.50")
    assert tape.lines[0].line == 3


def test_a_term_in_years_is_read_in_months() -> None:
    data = of(headed(**{"期限(月)": "期限（年）"}), row({"term_months": "1"}))

    assert read(data)[0].lines[0].term_months == 12


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("年利率（%）", "3.65", ""), ("利率(％)", "3.65", ""), ("年利率", "3.65%", ""),
        ("年利率", "3.65", "unit_needed"), ("月利率（‰）", "3", ""),
        ("利率（‰）", "3", "unknown_unit"),
    ],
)  # fmt: skip
def test_a_rate_is_read_where_it_is_in_per_cent(heading: str, cell: str, code: str) -> None:
    data = of(f"{HEADER},{heading}", f"{row({})},{cell}")

    if code:
        assert refused(data) == [code]
    else:
        rate = read(data)[0].lines[0].annual_rate
        assert str(rate) == ("0" if heading.startswith("月") else "0.0365")


# Ids and numbers a spreadsheet has spoilt.


@pytest.mark.parametrize("spoilt", ["3.20102E+17", "3E+17", "3.2e+17"])
def test_an_id_in_scientific_notation_has_lost_its_digits(spoilt: str) -> None:
    data = of(HEADER, row({"loan_id": spoilt}))

    assert errors(data) == [(2, "loan_id", "scientific_id")]
    past = read_book(data)
    assert isinstance(past, Book)
    assert dict(past.oddities) == {"scientific_id": (2,)}


def test_an_id_kept_as_text_by_a_formula_is_that_text() -> None:
    assert read(of(HEADER, row({"loan_id": '="320102000000000001"'})))[0].lines[0].loan_id == (
        "320102000000000001"
    )


# Workbooks.


def workbook(*rows: list[Any], change: Callable[[Workbook], None] | None = None) -> bytes:
    made = Workbook()
    assert made.active is not None
    for one in rows:
        made.active.append(one)
    if change is not None:
        change(made)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


LOAN: list[Any] = [
    "L1", "江苏", 33, date(2024, 1, 5), date(2024, 1, 31), 12, 20.0, 3000000, None, 2999999.1,
    "charged_off", datetime.fromisoformat("2025-06-30"), 0.1 + 0.2,
]  # fmt: skip


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    data = workbook(HEADER.split(","), LOAN)

    tape, past = read(data)

    line = tape.lines[0]
    assert (line.disbursed_on, line.charged_off_on) == (date(2024, 1, 31), date(2025, 6, 30))
    assert line.amount_disbursed == yuan("2999999.10")
    assert (line.employees, line.amount_guaranteed) == (20, None)
    assert past.defaults[0].lost == 30
    assert told(data) == ["sheet"]


def test_a_merged_title_and_a_unit_are_read_in_a_workbook_too() -> None:
    header = CHINESE_HEADER.split(",")
    loan = [*LOAN[:7], 300, None, 299.5, "已核销", LOAN[11], 1.5]
    merge = lambda made: made.active.merge_cells("A1:M1")  # noqa: E731
    data = workbook(["台账（单位：万元）"], header, loan, change=merge)

    tape, _ = read(data)

    assert tape.lines[0].amount_disbursed == yuan("2995000.00")
    assert [note.code for note in tape.read] == ["sheet", "title", "names", "unit"]


def test_a_rate_shown_in_per_cent_is_that_rate() -> None:
    def per_cent(made: Workbook) -> None:
        made.worksheets[0].cell(2, 14).number_format = "0.00%"

    data = workbook([*HEADER.split(","), "年利率"], [*LOAN, 0.0365], change=per_cent)

    assert str(read(data)[0].lines[0].annual_rate) == "0.0365"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({0: 320102000000000001}, "scientific_id"),
        ({0: "two\nlines"}, "line_break"),
        ({9: "=1+1"}, "formula_without_value"),
        ({4: 45322}, "not_a_date"),
        ({4: datetime.fromisoformat("2024-01-31T12:30")}, "not_a_date"),
        ({7: True}, "not_a_number"),
        ({7: "#N/A"}, "not_a_number"),
        ({5: 12.5}, "not_whole"),
    ],
)
def test_a_cell_of_a_workbook_that_is_not_what_it_should_be_is_named(
    change: dict[int, Any], code: str
) -> None:
    loan = [change.get(n, value) for n, value in enumerate(LOAN)]

    assert errors(workbook(HEADER.split(","), loan))[0][::2] == (2, code)


def test_two_sheets_with_a_header_are_refused_and_an_empty_or_other_one_is_passed_over() -> None:
    def another(made: Workbook) -> None:
        made.create_sheet("说明", 0).append(["这里是说明"])

    def twice(made: Workbook) -> None:
        made.copy_worksheet(made.worksheets[0])

    assert len(read(workbook(HEADER.split(","), LOAN, change=another))[0].lines) == 1
    assert refused(workbook(HEADER.split(","), LOAN, change=twice)) == ["many_sheets"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_workbook"),
        (b"PK\x03\x04" + bytes(30), "no_workbook"),
        (workbook(), "empty"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == [code]


def test_a_workbook_that_understates_its_size_loses_no_row() -> None:
    def understate(data: bytes) -> bytes:
        import zipfile

        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    content = content.replace(b'ref="A1:M3"', b'ref="A1:M2"')
                    assert b"A1:M2" in content
                new.writestr(name, content)
        return packed.getvalue()

    data = understate(workbook(HEADER.split(","), LOAN, ["L2", *LOAN[1:]]))

    assert len(read(data)[0].lines) == 2


def test_the_sheet_is_the_same_for_both_readers() -> None:
    sheet = read_sheet(book({}, {}))

    assert isinstance(sheet, Sheet)
    assert [one.line for one in sheet.rows] == [2, 3]


@pytest.mark.parametrize("page", ["tape.md", "tape.zh-CN.md"])
def test_the_guide_lists_every_name_of_every_column(page: str) -> None:
    guide = (ROOT / "docs" / "guide" / page).read_text("utf-8")

    for column, names in SYNONYMS.items():
        assert f"| `{column}` |" in guide
        assert f"| {'、'.join(names.split())} |" in guide
