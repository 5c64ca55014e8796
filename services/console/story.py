"""One loan's story: every event of the streams that belong to it, with money, clause, postings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from policies.reading.pack import Policy, UnknownCase
from services.console import persons, words
from services.kernel import policies
from services.kernel.i18n import label
from services.reports import wording
from services.reports.clauses import Cited, cited
from services.reports.steps import money_of

MOST_STEPS = 1000
HASH_DIGITS = 10

_EVENTS = text(
    """
    WITH own AS MATERIALIZED (
      SELECT * FROM event WHERE stream = ANY(CAST(:streams AS text[]))
    ), fund AS (
      SELECT f.* FROM event f
      WHERE f.type IN ('Fund.Debited', 'Fund.Exhausted', 'Fund.RecoveryReturned')
        AND f.business_date IN (SELECT business_date FROM own)
        AND f.stream = :fund
        AND (f.payload ->> 'claim' = :loan OR f.payload ->> 'recovery' = :loan)
    )
    SELECT * FROM (SELECT * FROM own UNION ALL SELECT * FROM fund) e
    ORDER BY business_date, position LIMIT :most
    """
)
_POSTINGS = text(
    """
    SELECT p.stream, p.seq, p.owner, p.account, p.fen FROM posting p
    JOIN unnest(CAST(:streams AS text[]), CAST(:seqs AS integer[])) AS e(stream, seq)
      ON p.stream = e.stream AND p.seq = e.seq
    ORDER BY p.id
    """
)


@dataclass(frozen=True, slots=True)
class ActedBy:
    """Who acted, in which role, for whom."""

    role: str
    user: str
    organisation: str


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line of a journal entry, in fen; one of debit and credit is 0."""

    owner: str
    account: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One event as it is told in one language. money: yuan text, "" where none moves."""

    date: date
    noun: str
    stream: str
    seq: int
    type: str
    act: str
    event: str
    money: str
    maker: ActedBy
    checkers: tuple[ActedBy, ...]
    before: str
    after: str
    clauses: tuple[Cited, ...]
    facts: tuple[tuple[str, str], ...]
    postings: tuple[PostingLine, ...]
    waiver: str
    hash: str

    @property
    def states(self) -> tuple[str, str] | None:
        """From and to, where it moved the row on."""
        return (self.before, self.after) if self.before != self.after else None


def steps(
    connection: Connection, streams: Sequence[str], *, loan: str, fund: str, lang: str
) -> list[StoryStep]:
    """Every step of those streams and of the fund's entries about the loan, in order."""
    asked = {"streams": list(streams), "loan": loan, "fund": f"fund/{fund}", "most": MOST_STEPS}
    rows = connection.execute(_EVENTS, asked).all()
    books = _books(connection, rows)
    known = _policies(connection, {row.policy for row in rows})
    people = persons.known(row.payload for row in rows)
    return [
        _step(
            row, persons.told(row.payload, people, lang),
            books.get((row.stream, row.seq), ()), known, lang=lang,
        )
        for row in rows
    ]  # fmt: skip


def _books(connection: Connection, rows: Iterable[Any]) -> Mapping[tuple[str, int], Any]:
    keys = [(row.stream, row.seq) for row in rows]
    found: dict[tuple[str, int], list[PostingLine]] = defaultdict(list)
    asked = {"streams": [key[0] for key in keys], "seqs": [key[1] for key in keys]}
    for row in connection.execute(_POSTINGS, asked):
        line = PostingLine(row.owner, row.account, max(row.fen, 0), max(-row.fen, 0))
        found[(row.stream, row.seq)].append(line)
    return found


def _policies(connection: Connection, refs: Iterable[str | None]) -> dict[str, Policy]:
    """Each policy as it stood; an old version comes from the world's own copy."""
    found: dict[str, Policy] = {}
    for ref in filter(None, refs):
        try:
            found[ref] = policies.resolve(connection, ref)
        except (UnknownCase, ValueError):
            continue
    return found


def _step(
    row: Any,
    payload: Mapping[str, Any],
    books: Sequence[PostingLine],
    known: Mapping[str, Policy],
    *,
    lang: str,
) -> StoryStep:
    noun = row.stream.partition("/")[0]
    return StoryStep(
        date=row.business_date,
        noun=noun,
        stream=row.stream,
        seq=row.seq,
        type=row.type,
        act=label(f"trigger.{noun}.{row.trigger}", lang),
        event=wording.sentence(row.type, payload, lang),
        money=words.yuan(money_of(row.payload)),
        maker=ActedBy(row.role, row.actor, row.organisation),
        checkers=tuple(
            ActedBy(one["role"], one["user"], one["organisation"]) for one in row.checkers
        ),
        before=row.from_state,
        after=row.to_state,
        clauses=cited(row.type, known.get(row.policy or ""), lang, payload=row.payload),
        facts=_facts(payload, lang),
        postings=tuple(books),
        waiver=wording.waiver(row.payload, lang) if row.type.endswith(".GuardWaived") else "",
        hash=bytes(row.hash).hex()[:HASH_DIGITS],
    )


def _facts(payload: Mapping[str, Any], lang: str) -> tuple[tuple[str, str], ...]:
    shown = {name: value for name, value in payload.items() if name not in _NOT_SHOWN}
    return tuple(
        (wording.field(name, lang), wording.fact(name, value, lang))
        for name, value in shown.items()
        if value not in (None, "", [], {})
    )


# Told once, under the loan's facts.
_NOT_SHOWN = (
    "policy",
    "bank",
    "enterprise",
    "fund",
    "product",
    "application",
    "pledge",
    "loan",
    "filing",
    "claim",
    "recovery",
)
