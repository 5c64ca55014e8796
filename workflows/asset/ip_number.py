"""Form of an IP right's number, by type, and the kind it tells. The registry knows the right.

Patents: ZL and the application number with its check digit (ZC 0006-2003); older ones, without a
four-digit year, carry 8 digits and the check digit.
"""

from __future__ import annotations

import re
import unicodedata

_PATENT = re.compile(r"ZL([0-9]{12}|[0-9]{8})\.([0-9X])")
_OTHERS = {
    "TRADEMARK": re.compile(r"[0-9]{1,8}[A-Z]?"),
    "COPYRIGHT": re.compile(
        r"软著登字第[0-9]{6,10}号|国作登字-[0-9]{4}-[A-L]-[0-9]{8}|[0-9]{4}SR[0-9]{6,7}"
    ),
    "GI": re.compile(
        r"AGI[0-9]{4}-[0-9]{2}-[0-9]{4}|[0-9]{1,8}|国家质检总局公告[0-9]{4}年第[0-9]{1,3}号"
    ),
}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
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


def folded(ip_type: str, number: str) -> str:
    """The number as it is compared (ZD-3.3.1.1): any script's digits as 0 to 9, capitals, no space.

    A trademark's or indication's number is a plain number: zeros in front say nothing.
    """
    plain = "".join(unicodedata.normalize("NFKC", number).split()).translate(_DASHES).upper()
    plain = "".join(str(unicodedata.digit(one, one)) for one in plain)
    numbered = ip_type in ("TRADEMARK", "GI") and plain.isascii()
    return plain.lstrip("0") if numbered else plain


def patent_check_digit(digits: str) -> str:
    """The check digit of an application number: weighted sum modulo 11, X for ten."""
    weighted = sum(int(digit) * (place % _PLACES + 2) for place, digit in enumerate(digits))
    return "0123456789X"[weighted % 11]


def is_ip_number(ip_type: str, number: str) -> bool:
    """Whether the folded number has the form of its type; False for a type not known here."""
    number = folded(ip_type, number)
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
