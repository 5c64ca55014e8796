"""Every check in the order a person would go through them."""

from __future__ import annotations

from collections.abc import Callable

from services.kernel.settings import Settings
from services.reports.checkup.finding import Diagnosis
from services.reports.checkup.machine import data_folder, disk, packages, python
from services.reports.checkup.running import deliveries, processes
from services.reports.checkup.servers import postgres, redis, versions


def findings(settings: Settings) -> list[Diagnosis]:
    """What all checks say of the platform these settings name. Starts and changes nothing.

    Where PostgreSQL does not answer or is not set up, what lies in it is not asked for: one cause,
    one line.
    """
    found: list[Diagnosis] = []
    for check in CHECKS:
        if check not in IN_POSTGRES or not any(_closes(one) for one in found):
            found += check(settings)
    return found


def _closes(one: Diagnosis) -> bool:
    """Whether nothing more can be read from PostgreSQL."""
    return (one.check, one.says) in {
        ("postgres", "away"),
        ("postgres", "full"),
        ("postgres", "roles"),
        ("migrations", "unread"),
    }


Check = Callable[[Settings], list[Diagnosis]]
CHECKS: tuple[Check, ...] = (
    python, packages, data_folder, disk, postgres, versions, redis, processes, deliveries,
)  # fmt: skip
IN_POSTGRES: tuple[Check, ...] = (versions, processes, deliveries)
