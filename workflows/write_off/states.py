"""Where the write-off of a loan stands."""

from __future__ import annotations

from enum import Enum


class WriteOffState(Enum):
    """Where the write-off stands. The loan leaves the books with BOOKED."""

    PROPOSED = "PROPOSED"
    REVIEWED = "REVIEWED"  # the committee is for it
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    BOOKED = "BOOKED"  # a finding on responsibility is still to be made
    CONCLUDED = "CONCLUDED"
