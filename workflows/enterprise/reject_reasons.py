"""The list of reasons for which a firm is refused a place in the library. ZD-3.1.5."""

from __future__ import annotations

from enum import Enum


class EnrolmentReason(Enum):
    """Why a firm is refused a place (ZD-3.1.5)."""

    OUTSIDE_AREA = "OUTSIDE_AREA"
    SIZE_OUT_OF_SCOPE = "SIZE_OUT_OF_SCOPE"
    NO_OWN_IP = "NO_OWN_IP"
    ON_NEGATIVE_LIST = "ON_NEGATIVE_LIST"
    FALSE_PAPERS = "FALSE_PAPERS"
    PAPERS_INCOMPLETE = "PAPERS_INCOMPLETE"
    NOT_OPERATING = "NOT_OPERATING"
