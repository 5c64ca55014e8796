"""Form of an IP right's number, by type. Whether the right exists is the registry's answer.

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
