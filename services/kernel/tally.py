"""How many commands ended how: counted in memory, added to the control database now and then.

Workers, web apps and machines are many, so a counter inside a process would tell a part only, and
refused commands leave no trace in a world. A killed process loses the counts of some seconds.
"""

from __future__ import annotations

from collections import Counter
from threading import Lock

from sqlalchemy import BigInteger, Column, Table, Text, text

from services.kernel import db
from services.kernel.worlds import metadata
from workflows.lifecycle.refusals import NotAllowed, NotPossible, Refused

# Who gave the command.
PEOPLE, SCRIPT, REACTION, TIMER, BOARDING = "people", "script", "reaction", "timer", "boarding"
CHANNELS = (PEOPLE, SCRIPT, REACTION, TIMER, BOARDING)

DONE, PROPOSED, REFUSED, NOT_ALLOWED, FAILED = (
    "done",
    "proposed",
    "refused",  # a rule forbids it, or the state knows no such step
    "not_allowed",  # the wrong role, organisation or person
    "failed",  # our own fault, or the database's
)
OUTCOMES = (DONE, PROPOSED, REFUSED, NOT_ALLOWED, FAILED)

command_count = Table(
    "command_count",
    metadata,
    Column("channel", Text, primary_key=True, comment="people, script, reaction, timer, boarding"),
    Column("outcome", Text, primary_key=True, comment="done, proposed, refused, not_allowed, .."),
    Column("number", BigInteger, nullable=False, comment="since the platform was set up"),
)

# Sorted, so that two processes lock the rows in one order.
_ADD = text(
    "INSERT INTO command_count (channel, outcome, number)"
    " SELECT * FROM unnest(CAST(:channel AS text[]), CAST(:outcome AS text[]),"
    " CAST(:number AS bigint[])) ORDER BY 1, 2"
    " ON CONFLICT (channel, outcome) DO UPDATE SET number = command_count.number + excluded.number"
)
_ALL = text("SELECT channel, outcome, number FROM command_count")

_counts: Counter[tuple[str, str]] = Counter()
_guard = Lock()


def count(channel: str, outcome: str, number: int = 1) -> None:
    """Note that commands ended so. Costs no database call."""
    if number:
        with _guard:
            _counts[(channel, outcome)] += number


def outcome_of(error: Exception) -> str:
    """The outcome an exception stands for."""
    if isinstance(error, NotAllowed):
        return NOT_ALLOWED
    return REFUSED if isinstance(error, Refused | NotPossible) else FAILED


def flush() -> None:
    """Add what was counted to the control database. On an error nothing is lost; it is raised."""
    with _guard:
        taken = dict(_counts)
        _counts.clear()
    if not taken:
        return
    columns = {
        "channel": [channel for channel, _ in taken],
        "outcome": [outcome for _, outcome in taken],
        "number": list(taken.values()),
    }
    try:
        with db.engine().begin() as connection:
            connection.execute(_ADD, columns)
    except Exception:
        with _guard:
            _counts.update(taken)
        raise


def totals() -> dict[tuple[str, str], int]:
    """Commands by channel and outcome, of all processes, since the platform was set up."""
    with db.engine().connect() as connection:
        found = {(row.channel, row.outcome): row.number for row in connection.execute(_ALL)}
    return {(c, o): found.get((c, o), 0) for c in CHANNELS for o in OUTCOMES}
