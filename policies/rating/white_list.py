"""Which firms are pushed to banks: filters, score, the best of each scene; ZD-4.6.

Whether a bank answers in time is workflows' concern. Points are 0 to 100.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from dateutil.relativedelta import relativedelta

from policies.rating.weighted import weighted
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm in a scene. points: IP quality, R&D intensity, growth of tax and turnover, credit
    record, scene tag. other_rights: live rights that are no inventions.
    """

    firm: str
    scene: str
    points: tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
    live_inventions: int
    other_rights: int
    founded_on: date
    abnormal: bool = False
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class ListedFirm:
    """A firm on the list of its scene, rank 1 first, until the day named."""

    firm: str
    scene: str
    rank: int
    score: Decimal
    valid_until: date


def score(policy: Policy, candidate: Candidate) -> Decimal:
    """The weighted sum of the candidate's points, unrounded."""
    return weighted(policy["white_list_weights"].value, candidate.points)


def barred(policy: Policy, candidate: Candidate, *, on: date) -> tuple[Unmet, ...]:
    """Every hard filter the firm fails; none where it may be listed."""
    return tuple(_failed(policy, candidate, on))


def listed_firms(
    policy: Policy, candidates: Collection[Candidate], *, on: date
) -> tuple[ListedFirm, ...]:
    """The best of each scene, scenes in alphabetical order.

    Of those that pass the filters the top share is taken, rounded up to a whole firm; equal scores
    stand in the order of a hash, so that the same day gives the same list.
    """
    scenes: dict[str, list[Candidate]] = {}
    for one in candidates:
        if not barred(policy, one, on=on):
            scenes.setdefault(one.scene, []).append(one)
    until = on + timedelta(days=policy["white_list_validity_days"].value)
    return tuple(
        ListedFirm(one.firm, scene, rank, score(policy, one), until)
        for scene in sorted(scenes)
        for rank, one in enumerate(_best(policy, scenes[scene]), start=1)
    )


def next_refresh(policy: Policy, generated_on: date) -> date:
    """The day a list is made anew."""
    return generated_on + relativedelta(months=policy["white_list_refresh_months"].value)


def _best(policy: Policy, eligible: list[Candidate]) -> list[Candidate]:
    share: Decimal = policy["white_list_top_share"].value
    most = int((len(eligible) * share).to_integral_value(ROUND_CEILING))
    return sorted(eligible, key=lambda one: (-score(policy, one), _tie_break(one)))[:most]


def _tie_break(one: Candidate) -> str:
    """A fixed order that favours no firm over all scenes."""
    return hashlib.sha256(f"{one.scene}:{one.firm}".encode()).hexdigest()


def _failed(policy: Policy, one: Candidate, on: date) -> Iterator[Unmet]:
    if one.abnormal:
        yield unmet("on_abnormal_list", policy["white_list_no_abnormal"], one.firm)
    if one.opted_out and (rule := policy["white_list_opt_out"]).value:
        yield unmet("opted_out", rule, one.firm)
    inventions, others = policy["white_list_min_inventions"], policy["white_list_min_other_rights"]
    if one.live_inventions < inventions.value and one.other_rights < others.value:
        yield unmet("too_few_rights", others, one.other_rights)
    age = policy["white_list_min_age_months"]
    if (last := on - relativedelta(months=age.value)) < one.founded_on:
        yield unmet("too_young", age, one.founded_on, threshold=last)
