"""Which banks see an application first (ZD-3.5; weights are policy).

A weighted sum of four figures between 0 and 1; ties by a hash of the application's id, so that
the same application is always shown to the same banks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policies.money import Money
from workflows.lifecycle.machine import Situation

WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A published product of a signed bank, with what is known of the bank.

    used: the bank's outstanding under its quota (zero: no quota); days: its mean time from lead to
    decision, None without history.
    """

    bank: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    quota: Money
    used: Money
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What an application asks the banks for."""

    application: str
    amount: Money
    months: int
    purpose: str


def fit(offer: Offer, sought: Sought) -> Decimal:
    """How far the product covers amount and term; nothing for a purpose it does not name."""
    if sought.purpose not in offer.purposes:
        return Decimal(0)
    amount = min(WHOLE, Decimal(offer.amount_cap.fen) / sought.amount.fen)
    return amount * min(WHOLE, Decimal(offer.max_term_months) / sought.months)


def speed(offer: Offer, offers: tuple[Offer, ...]) -> Decimal:
    """1 for a decision on the day of the lead, less the longer; without history: the mean."""
    known = [WHOLE / (1 + one.days) for one in offers if one.days is not None]
    if offer.days is not None:
        return WHOLE / (1 + offer.days)
    return sum(known, Decimal(0)) / len(known) if known else WHOLE


def price(offer: Offer, offers: tuple[Offer, ...]) -> Decimal:
    """1 for the cheapest rate, less the dearer."""
    cheapest = min(one.annual_rate for one in offers)
    return cheapest / offer.annual_rate if offer.annual_rate else WHOLE


def room(offer: Offer) -> Decimal:
    """Unused part of the bank's quota; 1 without a quota."""
    if not offer.quota:
        return WHOLE
    return max(Decimal(0), WHOLE - Decimal(offer.used.fen) / offer.quota.fen)


def score(
    offer: Offer, offers: tuple[Offer, ...], sought: Sought, *, weights: tuple[Decimal, ...]
) -> Decimal:
    """The weighted sum; weights in the order product fit, approval speed, rate, unused quota."""
    figures = (fit(offer, sought), speed(offer, offers), price(offer, offers), room(offer))
    return sum((w * f for w, f in zip(weights, figures, strict=True)), Decimal(0))


def tie_break(application: str, bank: str) -> str:
    """A fixed order of banks for one application that favours no bank over all."""
    return hashlib.sha256(f"{application}:{bank}".encode()).hexdigest()


def rank(
    offers: tuple[Offer, ...], sought: Sought, *, weights: tuple[Decimal, ...]
) -> tuple[str, ...]:
    """Ids of the banks whose product names the purpose, best first, each once."""
    fitting = tuple(offer for offer in offers if fit(offer, sought))
    ordered = sorted(
        fitting,
        key=lambda o: (
            -score(o, fitting, sought, weights=weights),
            tie_break(sought.application, o.bank),
        ),
    )
    return tuple(dict.fromkeys(offer.bank for offer in ordered))


def best_banks(s: Situation[Any], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The banks an application is shown to, at most matching_max_banks. Facts: offers, sought."""
    weights: tuple[Decimal, ...] = s.policy["matching_rank_weights"].value
    most: int = s.policy["matching_max_banks"].value
    left = tuple(offer for offer in s.facts["offers"] if offer.bank not in without)
    return rank(left, s.facts["sought"], weights=weights)[:most]
