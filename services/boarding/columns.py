"""What the columns of a tape may be called, and in which unit a header or title says they are.

The list of names is `SYNONYMS`; a name is compared without spaces, brackets and capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

AMOUNTS = ("amount_approved", "amount_guaranteed", "amount_disbursed", "charged_off_principal")
TERM, RATE = "term_months", "annual_rate_pct"

# fmt: off
SYNONYMS: dict[str, str] = {
    "loan_id":               "贷款编号 贷款号 借据号 借据编号 借款编号 合同编号 合同号 编号",
    "state":                 "省份 省 省市 地区 所在省份 所在地区 所属地区",
    "industry":              "行业 行业代码 所属行业 国民经济行业 行业分类",
    "approved_on":           "审批日期 审批日 批准日期 批复日期 授信日期",
    "disbursed_on":          "放款日期 放款日 发放日期 发放日 提款日期 借款日期 贷款发放日期",
    "term_months":           "期限 贷款期限 借款期限 合同期限",
    "employees":             "员工数 员工人数 职工人数 从业人数 从业人员 从业人员数",
    "amount_approved":       "审批金额 批准金额 批复金额 授信金额 授信额度",
    "amount_guaranteed":     "担保金额 担保额 保证金额",
    "amount_disbursed":      "放款金额 放款额 发放金额 贷款金额 借款金额 提款金额",
    "status":                "状态 贷款状态 借据状态",
    "charged_off_on":        "核销日期 核销日",
    "charged_off_principal": "核销本金 核销金额 核销本金金额 损失本金",
    "annual_rate_pct":       "年利率 利率 贷款利率 执行利率 执行年利率 年化利率",
}
MONEY = {
    "元": 1, "人民币": 1, "人民币元": 1, "rmb": 1, "cny": 1, "yuan": 1, "¥": 1, "百元": 100,
    "千元": 1_000, "万": 10_000, "万元": 10_000, "十万元": 100_000, "百万元": 1_000_000,
    "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000,
}
MONTHS = {"月": 1, "个月": 1, "月数": 1, "month": 1, "months": 1, "年": 12, "years": 12, "year": 12}
PER_CENT = {"%": 1, "percent": 1, "pct": 1, "per cent": 1, "百分比": 1}
# fmt: on

_NAMES = {name: column for column, names in SYNONYMS.items() for name in (column, *names.split())}
_UNITS = {**dict.fromkeys(AMOUNTS, MONEY), TERM: MONTHS, RATE: PER_CENT}
_HELD = re.compile(r"(?P<name>[^(\[{【〔:]+)(?:[(\[{【〔:](?P<unit>.*?)[)\]}】〕]?)?")
_OF_MONEY = re.compile(r"(?<![0-9一二两三四五六七八九十百千万几数])((?:[十百千万]|百万|千万|亿)元)")
_STATED = re.compile(
    r"(?:单位|金额)(?:为|是|[:])?\s*(?:人民币)?\s*(元|[十百千]?万|亿|人民币|rmb|cny)"
)
_FOREIGN = re.compile(
    r"(?:[百千万亿]?(?:美元|美金|港元|港币|欧元|日元|英镑|澳元|加元|卢布|韩元|新台币|台币)"
    r"|\b(?:usd|hkd|eur|jpy|gbp|thousands?|millions?|dollars?)\b)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file. name: ours, as written where unknown; unit: "" where none is named."""

    written: str
    name: str
    unit: str = ""

    @property
    def known(self) -> bool:
        """One of the columns a tape has."""
        return self.name in SYNONYMS

    @property
    def factor(self) -> int | None:
        """What its numbers are multiplied with; None where the unit named is not known."""
        units = _UNITS.get(self.name)
        return units.get(self.unit) if units and self.unit else 1

    @property
    def says_unit(self) -> bool:
        """Its unit is named, by its own name (`term_months`) or beside it."""
        return bool(self.unit) or plain(self.written) == self.name or self.name not in _UNITS


def plain(written: str) -> str:
    """A heading without spaces, width of letters and capitals."""
    return "".join(unicodedata.normalize("NFKC", written).split()).casefold()


def column(written: str) -> Heading:
    """The column a heading names."""
    heading = plain(written)
    if heading in _NAMES:
        return Heading(written, _NAMES[heading])
    held = _HELD.fullmatch(heading)
    if held and held["name"] in _NAMES:
        return Heading(written, _NAMES[held["name"]], held["unit"] or "")
    return _with_suffix(written, heading)


def _with_suffix(written: str, heading: str) -> Heading:
    """`放款金额万元`, `放款金额/万元`: the unit stands behind the name without brackets."""
    for units in (MONEY, MONTHS, PER_CENT):
        for unit in sorted(units, key=len, reverse=True):
            name = _NAMES.get(heading.removesuffix(unit).rstrip("/_-,，"), "")
            if heading.endswith(unit) and _UNITS.get(name) is units:
                return Heading(written, name, unit)
    return Heading(written, written)


def score(fields: Iterable[str]) -> int:
    """How many columns of a tape these cells name."""
    return len({found.name for field in fields if (found := column(field)).known})


def chinese_heading(text: str) -> bool:
    """Some Chinese name of a column, of three characters or more, stands in the text."""
    return any(len(name) > 2 and name in text for name in _NAMES if not name.isascii())


def unit_alone(cell: str) -> str:
    """The unit a cell is, with or without brackets, under a heading; "" if it is none."""
    found = plain(cell).strip("()[]{}【】〔〕")
    return found if any(found in units for units in (MONEY, MONTHS, PER_CENT)) else ""


def money_units(title: str) -> tuple[str, ...]:
    """The units of money that a title or a note names, each once, currencies of others too."""
    text = unicodedata.normalize("NFKC", title).casefold()
    named = [found[0] for found in _FOREIGN.finditer(text)]
    text = _FOREIGN.sub(" ", text)
    named += [found[1] for found in (*_OF_MONEY.finditer(text), *_STATED.finditer(text))]
    return tuple({_full(unit): None for unit in named})


def _full(unit: str) -> str:
    """万 is 万元."""
    return f"{unit}元" if unit in ("万", "亿", "十万", "百万", "千万") else unit


def scaled(written: str, factor: int) -> str:
    """A number in units of `factor` as a plain number; anything else as it is written."""
    if factor == 1 or re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", written) is None:
        return written
    number = Decimal(written) * factor
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
