"""What a tape tells of where its loans come from, and what must be generated because it does not.

Generated facts are marked: `GENERATED` names them on every boarded enterprise and loan.
"""

from __future__ import annotations

from collections.abc import Iterable

from policies.reading.pack import Policy

FOREIGN = "book.label.foreign"
"""Key of the label "foreign loans, not IP-backed"."""

ANYWHERE = "110000"
GENERATED = ("region", "ip", "name")
"""Facts that no tape carries and that are made from the loan id and the policy."""

# fmt: off
US_STATES = frozenset((
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN",
    "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH",
    "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT",
    "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI",
))
"""USPS codes of states, the federal district and territories."""
CHINESE_PROVINCES = frozenset((
    "AH", "BJ", "CQ", "FJ", "GD", "GS", "GX", "GZ", "HA", "HB", "HE", "HI", "HK", "HL", "HN",
    "JL", "JS", "JX", "LN", "MO", "NM", "NX", "QH", "SC", "SD", "SH", "SN", "SX", "TJ", "TW",
    "XJ", "XZ", "YN", "ZJ",
))
"""ISO 3166-2:CN. HI, MO, NM, SC and SD are codes of both countries."""
# fmt: on


def label(states: Iterable[str]) -> str:
    """FOREIGN if the column `state` shows US loans, else "".

    A code that only the United States have decides. Codes of both countries decide only in a book
    that names no Chinese province, be it by code or in Chinese characters.
    """
    named = {state.strip().upper() for state in states}
    if named & (US_STATES - CHINESE_PROVINCES):
        return FOREIGN
    chinese = named & (CHINESE_PROVINCES - US_STATES) or any(not n.isascii() for n in named)
    return FOREIGN if named & US_STATES and not chinese else ""


def enterprise_id(loan_id: str) -> str:
    """A tape names no borrower: each loan has an enterprise of its own."""
    return f"E-{loan_id}"


def enterprise_name(loan_id: str) -> str:
    """Names are removed from tapes; this one is generated."""
    return f"Borrower {loan_id}"


def asset_id(loan_id: str) -> str:
    """The reference of the IP asset that stands in for what the tape does not carry."""
    return f"IP-{loan_id}"


def region(policy: Policy) -> str:
    """The programme's own area: the first one the policy names, or where any will do, Beijing."""
    regions = policy.among("regions")
    first: str = ANYWHERE if regions.unlimited else regions.value[0]
    return first
