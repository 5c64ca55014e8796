"""Form of an IP right's number, by type, and the kind it tells. The registry knows the right.

Patents: ZL and the application number with its check digit (ZC 0006-2003); older ones, without a
four-digit year, carry 8 digits and the check digit.
"""

from __future__ import annotations

import re

_PATENT = re.compile(r"ZL(\d{12}|\d{8})\.([\dX])")
_OTHERS = {
    "TRADEMARK": re.compile(r"\d{1,8}[A-Z]?"),
    "COPYRIGHT": re.compile(r"(软著登字第\d{6,10}号|国作登字-\d{4}-[A-L]-\d{8}|\d{4}SR\d{6,7})"),
    "GI": re.compile(r"(AGI\d{4}-\d{2}-\d{4}|\d{1,8}|国家质检总局公告\d{4}年第\d{1,3}号)"),
}
# The digit after the year (ZC 0006-2003): 1 and 8 inventions, 2 and 9 utility models, 3 designs.
_PATENT_KINDS = {
    "1": "INVENTION",
    "8": "INVENTION",
    "2": "UTILITY_MODEL",
    "9": "UTILITY_MODEL",
    "3": "DESIGN",
}
_OLD_DIGITS, _CENTURY, _TURN = 8, 1900, 85  # numbers of two-digit years begin with 1985
_PLACES = 8  # weights run from 2 to 9 and start again


def patent_check_digit(digits: str) -> str:
    """The check digit of an application number: weighted sum modulo 11, X for ten."""
    weighted = sum(int(digit) * (place % _PLACES + 2) for place, digit in enumerate(digits))
    return "0123456789X"[weighted % 11]


def is_ip_number(ip_type: str, number: str) -> bool:
    """Whether the number has the form of its type; False for a type not known here."""
    if ip_type == "PATENT":
        found = _PATENT.fullmatch(number)
        return found is not None and patent_check_digit(found[1]) == found[2]
    form = _OTHERS.get(ip_type)
    return form is not None and form.fullmatch(number) is not None


def kind_of(ip_type: str, number: str) -> str:
    """The kind of collateral (ZD-5.4): a patent's is told by its number, others are their type."""
    found = _PATENT.fullmatch(number) if ip_type == "PATENT" else None
    if found is None:
        return ip_type
    return _PATENT_KINDS.get(found[1][2 if len(found[1]) == _OLD_DIGITS else 4], ip_type)


def filing_year(number: str) -> int:
    """The year in which a patent was filed, by its number. Raises ValueError for another number."""
    found = _PATENT.fullmatch(number)
    if found is None:
        raise ValueError(f"{number!r} is no patent number")
    if len(found[1]) > _OLD_DIGITS:
        return int(found[1][:4])
    year = int(found[1][:2])
    return _CENTURY + year if year >= _TURN else _CENTURY + 100 + year
