"""A whole loan book under every form of every case, in memory: who would have borne its losses.

Each loss is shared and rounded as `assess` shares it: a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money
from policies.reading.variants import forms, policy_of
from policies.sharing.cover import Cover
from services.comparison.answer import in_yuan
from services.comparison.book import Book
from services.comparison.division import divided, numerators, whole_numbers


@dataclass(frozen=True, slots=True)
class Replayed:
    """A book under one form. totals: by party, before any recovery. refused: losses above a cap."""

    ident: str
    totals: Mapping[str, Money]
    refused: int


def replay(book: Book, idents: Sequence[str], day: date) -> tuple[Replayed, ...]:
    """The book's losses under each form, all by the policies of one day."""
    covers = {ident: cover_of(ident, day) for ident in idents}
    most = max((numerators(cover) for cover in covers.values()), default=1)
    lost = whole_numbers([loan.lost or 0 for loan in book.defaults], most)
    drawn = whole_numbers([loan.lent for loan in book.defaults], most)
    found = []
    for ident, cover in covers.items():
        totals, refused = divided(cover, lost, drawn)
        in_money = {party: Money(fen) for party, fen in totals.items()}
        found.append(Replayed(ident, in_money, refused))
    return tuple(found)


def cover_of(ident: str, day: date) -> Cover:
    """The terms of a form on a day."""
    policy = policy_of(ident, day)
    cover: Cover = policy.mechanisms["compensation"](policy)
    return cover


def every_form() -> tuple[str, ...]:
    """Ids of all forms, in the order of the cases' numbers."""
    return tuple(form.ident for form in forms())


def replay_data(book: Book, found: Sequence[Replayed]) -> dict[str, Any]:
    """The JSON of `zhidai replay`; its keys are a promise to other programs."""
    defaults = book.defaults
    return {
        "rows": book.rows,
        "unread": book.unread,
        "defaults": len(defaults),
        "loss": Money(sum(loan.lost or 0 for loan in defaults)).yuan,
        "by_case": {
            one.ident: {"totals": in_yuan(one.totals), "refused": one.refused} for one in found
        },
    }
