"""What runs: workers and beat live, deliveries get handled, worlds get to their day."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from services.kernel import heartbeat
from services.kernel.settings import Settings
from services.reports.checkup.finding import Diagnosis
from services.reports.vitals import Unread, Vitals, vitals

OLD_SECONDS = 60.0
"""The sweeper has rung again by then."""


def processes(settings: Settings) -> list[Diagnosis]:
    """A worker and a beat give signs of life."""
    if not settings.database_url:
        return []
    try:
        known = heartbeat.beats()
    except DBAPIError:
        return [Diagnosis("processes", "fail", "unread")]
    return [_process(kind, known) for kind in ("worker", "beat")]


def _process(kind: str, known: list[heartbeat.Beat]) -> Diagnosis:
    ours = [one for one in known if one.kind == kind]
    alive = [one for one in ours if one.alive]
    if alive:
        values = {"number": len(alive), "age": int(alive[0].age)}
        return Diagnosis(kind, "ok", "alive", values)
    if ours:
        return Diagnosis(kind, "fail", "silent", {"age": int(ours[0].age)})
    return Diagnosis(kind, "fail", "none")


def deliveries(settings: Settings) -> list[Diagnosis]:
    """Nothing is parked, nothing has waited long, every world is on its day."""
    if not settings.database_url:
        return []
    try:
        read, unread = vitals()
    except DBAPIError:
        return [Diagnosis("worlds", "fail", "unread")]
    found = [Diagnosis("worlds", "warn", "silent", _names(unread))] if unread else []
    return found + [judge(read) for judge in (_parked, _oldest, _clocks)]


def _parked(read: list[Vitals]) -> Diagnosis:
    where = [one for one in read if one.still]
    if not where:
        return Diagnosis("parked", "ok", "none")
    told = ", ".join(f"{one.world} {one.still}" for one in where)
    return Diagnosis("parked", "fail", "some", {"worlds": told, "first": where[0].world})


def _oldest(read: list[Vitals]) -> Diagnosis:
    worst = max(read, key=lambda one: one.oldest, default=None)
    if worst is None or not worst.oldest:
        return Diagnosis("oldest", "ok", "none")
    values = {"world": worst.world, "seconds": int(worst.oldest), "open": worst.open}
    return Diagnosis("oldest", "fail" if worst.oldest > OLD_SECONDS else "ok", "some", values)


def _clocks(read: list[Vitals]) -> Diagnosis:
    behind = [one for one in read if one.days_behind]
    if not behind:
        return Diagnosis("clocks", "ok", "arrived", {"number": len(read)})
    told = ", ".join(f"{one.world} {one.business_date} → {one.target_date}" for one in behind)
    return Diagnosis("clocks", "warn", "behind", {"worlds": told})


def _names(unread: list[Unread]) -> dict[str, object]:
    return {"worlds": ", ".join(f"{one.world} ({one.error})" for one in unread)}
