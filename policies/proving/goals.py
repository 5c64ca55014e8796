"""What is to hold of every cover, put to the prover z3: proved, or a loan that shows otherwise.

Needs the package z3-solver; nothing else of the platform does. Amounts are whole fen of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from policies.proving.model import Divided, Fen, WhoBore, borne_by_creditor, divided, given_back
from policies.reading.pack import Policy
from policies.sharing.cover import FUND, Cover, Tier
from policies.sharing.recovery import CREDITOR_FIRST, STATUTORY

PATIENCE = 20_000  # milliseconds for one goal
PROVED, REFUTED, UNKNOWN = "proved", "refuted", "unknown"
PARTS_SUM, NONE_NEGATIVE = "parts_sum", "none_negative"
WITHIN_CASH, NOT_ABOVE_PAID = "fund_within_cash_and_cap", "nobody_gets_back_more"
FUND_RISES, BANK_RISES = "larger_loss_fund", "larger_loss_bank"
BANK_NEARLY = "larger_loss_bank_nearly"
SMALL = 100_000  # fen; a loan that shows otherwise is looked for among small ones first

Shown = Mapping[str, int]
"""Amounts of a loan by name, in fen."""


class Unknowns:
    """Amounts as unknowns of the prover."""

    def part(self, fen: Fen, share: Fraction) -> Fen:
        """A share of an amount, floored: whole division as z3 has it, the divisor above zero."""
        return fen * share.numerator / share.denominator

    def least(self, one: Fen, other: Fen) -> Fen:
        """The smaller of two."""
        return z3.If(one <= other, one, other)

    def where(self, condition: Any, one: Fen, other: Fen) -> Fen:
        """One where the condition holds, else the other."""
        return z3.If(condition, one, other)


@dataclass(frozen=True, slots=True)
class Found:
    """One goal of one tier. shown: the loan that shows otherwise, where it is refuted."""

    goal: str
    tier: str
    answer: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class _Loan:
    """A loan of unknown amounts: lost principal and interest, drawn, the fund's cash."""

    lost: tuple[Fen, Fen]
    drawn: Fen
    cash: Fen

    @classmethod
    def unknown(cls, mark: str = "") -> _Loan:
        lost = (z3.Int(f"principal{mark}"), z3.Int(f"interest{mark}"))
        return cls(lost, z3.Int("drawn"), z3.Int("cash"))

    @property
    def possible(self) -> list[Any]:
        """No amount below zero, no more lost than drawn."""
        principal, interest = self.lost
        return [principal >= 0, interest >= 0, self.drawn >= principal, self.cash >= 0]


def prove(policy: Policy) -> tuple[Found, ...]:
    """Every goal of every tier of a policy's cover, and what its recovery gives back."""
    cover: Cover = policy.mechanisms["compensation"](policy)
    found = []
    for tier in cover.tiers:
        for goal, asked in _goals(cover, tier).items():
            found.append(_asked(goal, tier.name, *asked()))
        found.append(_asked(NOT_ABOVE_PAID, tier.name, *_back(policy, cover, tier)))
    return tuple(found)


def never_worse(one: Cover, other: Cover) -> Found:
    """Whether the creditor never bears more of a loan under one cover than under the other."""
    principal, interest = lost = (z3.Int("principal"), z3.Int("interest"))
    drawn, balance = z3.Int("drawn"), z3.Int("balance")
    kept = [
        borne_by_creditor(cover, lost, drawn=drawn, balance=balance, by=Unknowns())
        for cover in (one, other)
    ]
    possible = [principal >= 0, interest >= 0, drawn >= principal, balance >= drawn]
    plain: list[Any] = [interest == 0, drawn == principal, balance == principal]
    tries: tuple[list[Any], ...] = (
        [*plain, principal == 100_000_000 * z3.Int("millions")],
        plain,
        [],
    )
    for more in tries:
        found = _asked("", "", [*possible, *more], kept[0] <= kept[1])
        if found.answer != PROVED:
            return found
    return found


_Asked = Callable[[], tuple[list[Any], Any]]


def _goals(cover: Cover, tier: Tier) -> dict[str, _Asked]:
    loan = _Loan.unknown()
    done = _divided(cover, tier, loan)
    return {
        PARTS_SUM: lambda: (loan.possible, sum(f for *_, f in done.lines) == sum(loan.lost)),
        NONE_NEGATIVE: lambda: (loan.possible, z3.And([f >= 0 for *_, f in done.lines])),
        WITHIN_CASH: lambda: (loan.possible, z3.And(list(_within(cover, tier, loan, done)))),
        FUND_RISES: lambda: _rises(cover, tier, FUND),
        BANK_RISES: lambda: _rises(cover, tier, cover.creditor),
        BANK_NEARLY: lambda: _rises(cover, tier, cover.creditor, within=_floored(cover, tier)),
    }


def _divided(cover: Cover, tier: Tier, loan: _Loan) -> Divided:
    return divided(cover, tier, loan.lost, drawn=loan.drawn, cash=loan.cash, by=Unknowns())


def _within(cover: Cover, tier: Tier, loan: _Loan, done: Divided) -> Iterator[Any]:
    """Parts paid from cash by the cash, each part by its share and by its most of the drawing."""
    from_cash: Fen = z3.IntVal(0)
    for part, paid in zip(tier.parts, done.cut, strict=True):
        from_cash = from_cash + (sum(paid) if part.from_cash else 0)
        for one, fen in zip(paid, loan.lost, strict=False):
            yield one * part.share.denominator <= fen * part.share.numerator
            if part.most is not None:
                yield one * part.most.denominator <= loan.drawn * part.most.numerator
    yield from_cash <= loan.cash


def _floored(cover: Cover, tier: Tier) -> int:
    """By how many fen floored shares may jump together: one each but the first (ZD-1.5.1)."""
    return max(0, len(tier.parts) - 1) * len(cover.components)


def _rises(cover: Cover, tier: Tier, party: str, *, within: int = 0) -> tuple[list[Any], Any]:
    """A larger loss of the same loan lowers what the party bears by no more than so many fen."""
    small, large = _Loan.unknown(), _Loan.unknown("_of_larger")
    larger = [large.lost[n] >= small.lost[n] for n in (0, 1)]
    possible = [*small.possible, *large.possible, *larger]
    before, after = (_divided(cover, tier, one).of(party) for one in (small, large))
    return possible, before <= after + within


def _back(policy: Policy, cover: Cover, tier: Tier) -> tuple[list[Any], Any]:
    """However a pool is split and whatever was borne, nobody gets more than they bore."""
    names = dict.fromkeys(party for part in tier.parts for party, _ in part.holders)
    parties = (*names, cover.creditor)
    bearers = parties if "interest" in cover.components else (cover.creditor,)
    paid = {party: z3.Int(f"paid_{party}") for party in parties}
    owed = {party: z3.Int(f"interest_{party}") for party in bearers}
    net, assumed = z3.Int("net"), []

    def split(pool: Fen, of: tuple[str, ...]) -> Mapping[str, Fen]:
        parts = {party: z3.FreshInt(f"part_{party}") for party in of}
        assumed.extend([*(one >= 0 for one in parts.values()), sum(parts.values()) == pool])
        return parts

    back = given_back(
        WhoBore(
            cover.creditor, paid, owed, lambda pool: split(pool, parties),
            lambda pool: split(pool, bearers),
        ),
        net,
        creditor_first=policy["recourse"].value == CREDITOR_FIRST,
        statutory=policy["recovery_allocation"].value == STATUTORY,
        by=Unknowns(),
    )  # fmt: skip
    possible = [net >= 0, *(m >= 0 for m in (*paid.values(), *owed.values())), *assumed]
    kept = [z3.And(back.principal[p] >= 0, back.principal[p] <= paid[p]) for p in parties]
    kept += [z3.And(back.interest[p] >= 0, back.interest[p] <= owed[p]) for p in bearers]
    whole = sum(back.principal.values()) + sum(back.interest.values()) + back.surplus
    return possible, z3.And(*kept, back.surplus >= 0, whole == net)


def _asked(goal: str, tier: str, possible: list[Any], claim: Any) -> Found:
    for limit in (SMALL, None):
        solver = z3.Solver()
        solver.set("timeout", PATIENCE)
        solver.add(*possible, z3.Not(claim))
        if limit is not None:
            solver.add(*(z3.Int(name) <= limit for name in ("principal", "interest", "drawn")))
        answer = solver.check()
        if answer == z3.sat:
            model = solver.model()
            shown = {str(one): model[one].as_long() for one in model.decls()}
            return Found(goal, tier, REFUTED, dict(sorted(shown.items())))
    return Found(goal, tier, PROVED if answer == z3.unsat else UNKNOWN, {})
