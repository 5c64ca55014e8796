"""总览: the first page of a seat: its to-dos, what happened today, money at risk, the funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import load
from policies.reading.pack import Policy
from services.api import sight
from services.console import persons, stations, words
from services.console.inbox.waiting import Inbox
from services.kernel.figures import in_language
from services.kernel.i18n import label, say
from services.kernel.registry import Registry
from services.kernel.states import quoted
from services.reports import wording
from services.reports.steps import money_of
from workflows.lending.overdue import NON_PERFORMING
from workflows.lifecycle.roles import Actor
from workflows.loan.states import LATE, LIVE

TOLD = 9
_RECENT = 400  # events looked at, newest first: a busy day is told by its latest

_BY_BUCKET = """
    SELECT t.bucket, count(*), sum(t.outstanding) FROM loan t
    WHERE t.state IN ({late}) AND ({seen}) GROUP BY t.bucket
"""
_LIVE = """
    SELECT count(*), coalesce(sum(t.outstanding), 0),
           coalesce(sum(t.outstanding) FILTER (WHERE t.classification = ANY(:bad)), 0)
    FROM loan t WHERE t.state IN ({live}) AND ({seen})
"""
_TODAY = """
    SELECT e.position, e.stream, e.type, e.payload, e.actor, e.role, e.from_state, e.to_state
    FROM (SELECT * FROM event ORDER BY position DESC LIMIT :recent) e
    WHERE e.business_date = :today AND ({seen})
    ORDER BY e.position DESC
"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event of today, told in one line; link: the page of its row."""

    noun: str
    ident: str
    station: str
    event: str
    money: str

    @property
    def look(self) -> str:
        """The badge of its station."""
        return _BADGES.get(self.station, "s")


_BADGES = {"monitoring": "a", "compensation": "x", "recovery": "g"}


@dataclass(frozen=True, slots=True)
class Today:
    """What happened: the latest acts of people and movements of money, and how much besides."""

    told: Sequence[Occurrence]
    number: int
    more: bool  # older events of the day were not counted

    @property
    def besides(self) -> str:
        """How many are not told one by one: a floor where not all were counted."""
        return f"{words.count(self.number - len(self.told))}{'+' if self.more else ''}"


@dataclass(frozen=True, slots=True)
class Risk:
    """Loans overdue by bucket (fen), and what they are a part of."""

    buckets: Sequence[tuple[str, int, int]]
    live: int
    outstanding: int
    bad: int

    @property
    def late(self) -> int:
        """Outstanding principal of overdue loans."""
        return sum(fen for _, _, fen in self.buckets)

    @property
    def number(self) -> int:
        """Overdue loans."""
        return sum(number for _, number, _ in self.buckets)

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((fen for _, _, fen in self.buckets), default=1) or 1


def risk(connection: Connection, registry: Registry, actor: Actor) -> Risk:
    """Money at risk as the seat sees it."""
    values = {
        "late": quoted(LATE),
        "live": quoted(LIVE),
        "seen": sight.condition(registry.nouns["loan"], actor),
    }
    asked = {"org": actor.organisation}
    rows = connection.execute(text(_BY_BUCKET.format(**values)), asked).all()
    live, outstanding, bad = connection.execute(
        text(_LIVE.format(**values)), asked | {"bad": list(NON_PERFORMING)}
    ).one()
    buckets = sorted((bucket, number, int(fen)) for bucket, number, fen in rows)
    return Risk(buckets, live, int(outstanding), int(bad))


def today(connection: Connection, registry: Registry, actor: Actor, day: date, lang: str) -> Today:
    """The day so far, latest first; what the platform does by itself without money is counted."""
    statement = text(_TODAY.format(seen=sight.streams(registry, actor, "e.stream")))
    asked = {"org": actor.organisation, "today": day, "recent": _RECENT}
    rows = connection.execute(statement, asked).all()
    people = persons.known(row.payload for row in rows)
    worth = [row for row in rows if row.role != "SYS" or money_of(row.payload)]
    told = [_told(row, persons.told(row.payload, people, lang), lang) for row in worth[:TOLD]]
    return Today(told, len(rows), len(rows) == _RECENT)


def _told(row: Any, payload: Any, lang: str) -> Occurrence:
    noun, _, ident = row.stream.partition("/")
    return Occurrence(
        noun,
        ident,
        stations.station(noun, row.to_state),
        wording.sentence(row.type, payload, lang),
        words.yuan(money_of(row.payload)),
    )


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of the seat's inbox: what, about whom, by when, and where it is done."""

    act: str
    about: str
    due_on: date | None
    late: bool
    path: str


def todos(box: Inbox, titles: Mapping[str, str], day: date, lang: str) -> list[ToDo]:
    """The first of the inbox: what is to be confirmed, then overdue loans, then by due date."""
    found = [
        ToDo(
            label(f"trigger.{one.stream.split('/')[0]}.{one.trigger}", lang),
            titles[one.id], None, False, f"/proposals/{one.id}",
        )
        for one in box.confirm
    ]  # fmt: skip
    found += [
        ToDo(
            label("trigger.claim.notify_risk", lang),
            f"{one.whose} · {one.outstanding.grouped}", one.since, True, f"/loans/{one.loan}",
        )
        for one in box.begin
    ]  # fmt: skip
    acts = [one for group in box.groups for one in group.items]
    acts.sort(key=lambda one: one.due_on or date.max)
    found += [
        ToDo(
            one.act, one.whose or one.ident, one.due_on, bool(one.due_on and one.due_on <= day),
            f"/{one.nouns}/{one.ident}/acts/{one.trigger}",
        )
        for one in acts
    ]  # fmt: skip
    return found[:TOLD]


@dataclass(frozen=True, slots=True)
class Published:
    """What the case's own source says of its size; never a target of the world's."""

    case: str
    figures: Sequence[tuple[str, str]]
    source: str


_PUBLISHED = ("cooperating_banks", "firms_credited", "credit_granted", "credit_disbursed")


def published(policy: Policy | None, lang: str) -> Published | None:
    """The headline figures of the fund's case; None where its source gives none."""
    if policy is None:
        return None
    known = [policy.parameters[name] for name in _PUBLISHED if name in policy.parameters]
    if not known:
        return None
    figures = [(CATALOGUE[one.name].names[lang], _figure(one.value, lang)) for one in known]
    title = load(policy.case).title[lang]
    return Published(title, figures, in_language(known[0].citation.source, lang))


def _figure(value: Any, lang: str) -> str:
    return words.compact(value.fen, lang) if isinstance(value, Money) else words.count(int(value))


def bad(bucket: str, policy: Policy | None) -> bool:
    """Whether a loan so long past due is at least substandard (ZD-3.8)."""
    if policy is None or not bucket.startswith("M"):
        return False
    return policy["bucket_class"].value[int(bucket[1:])] in NON_PERFORMING


def bucket_name(bucket: str, policy: Policy | None, lang: str) -> str:
    """`M2` as the days it holds: `31–60`; its own name where no policy is at hand."""
    if policy is None or not bucket.startswith("M"):
        return bucket
    firsts = policy["bucket_dpd"].value
    number = int(bucket[1:])
    until = f"–{firsts[number + 1] - 1}" if number + 1 < len(firsts) else "+"
    return say("console.overview.days", lang, {"days": f"{firsts[number]}{until}"})
