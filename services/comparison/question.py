"""A question about a default as people write it (flags, URL), read into figures.

The sample of ZD-1.9 is asked where nothing is told. Every fault is one sentence.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from policies.money import FEN_PER_YUAN, Money, yuan
from policies.sharing.assess import Default
from policies.sharing.loss import Loss
from services.kernel.problems import Unusable

_SAMPLE = Path(__file__).with_name("sample.toml")
_AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[,，][0-9]{3})+)(\.[0-9]+)?")
_RATE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%?")
_PER_CENT = 100
_DIGITS = 16  # of yuan; more than any book holds, and a column of the database ends there


@dataclass(frozen=True, slots=True)
class ToldDefault:
    """The figures as written, in yuan; "" where nothing is told."""

    principal: str = ""
    interest: str = ""
    drawn: str = ""
    balance_after_draw: str = ""
    recovery: str = ""
    cost: str = ""
    fund_cash: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A default with its recovery. gross: None where no recovery is told."""

    loss: Loss
    cash: Money | None
    gross: Money | None
    cost: Money

    @property
    def net(self) -> Money | None:
        """Recovered less costs; below zero where the costs were more."""
        return None if self.gross is None else self.gross - self.cost

    @property
    def default(self) -> Default:
        """What `assess` is asked."""
        return Default(self.loss, self.cash, self.net)


def question(told: ToldDefault) -> Question:
    """The figures of a question. Raises Unusable where one is no amount or contradicts another.

    drawn is the principal where it is not told, the balance what was drawn.
    """
    principal = amount("principal", told.principal)
    drawn = amount("drawn", told.drawn) if told.drawn else principal
    balance = amount("balance_after_draw", told.balance_after_draw or drawn.yuan)
    _not_above("principal", principal, "drawn", most=drawn)
    _not_above("drawn", drawn, "balance_after_draw", most=balance)
    if told.cost and not told.recovery:
        raise Unusable("comparison.cost_without_recovery")
    return Question(
        Loss(principal, amount("interest", told.interest), balance, drawn),
        cash=amount("fund_cash", told.fund_cash) if told.fund_cash else None,
        gross=amount("recovery", told.recovery) if told.recovery else None,
        cost=amount("cost", told.cost) if told.cost else Money.ZERO,
    )


def amount(flag: str, written: str) -> Money:
    """Yuan with at most two decimals, not negative; separators of thousands are allowed."""
    shown = {"flag": flag_name(flag), "amount": written[:40]}
    found = _AMOUNT.fullmatch(written.strip())
    if found is None:
        key = "negative" if written.strip().startswith("-") else "no_amount"
        raise Unusable(f"comparison.{key}", shown)
    if len(found[1] or "") > len(str(FEN_PER_YUAN)):
        raise Unusable("comparison.too_many_decimals", shown)
    plain = found[0].replace(",", "").replace("，", "")
    if len(plain.partition(".")[0].lstrip("0")) > _DIGITS:
        raise Unusable("comparison.too_large", shown)
    return yuan(plain)


def rate_of(written: str) -> Decimal:
    """A yearly rate in per cent (`3.60`, `3.60%`), 0 to 100, as a fraction. Raises Unusable."""
    found = _RATE.fullmatch(written.strip())
    if found is None or Decimal(found[1]) > _PER_CENT:
        raise Unusable("comparison.no_rate", {"written": written[:40]})
    return Decimal(found[1]) / _PER_CENT


def flag_name(name: str) -> str:
    """A figure's name as it is typed: `--balance-after-draw`."""
    return f"--{name.replace('_', '-')}"


def with_sample(told: ToldDefault) -> ToldDefault:
    """What is told, and the sample's figures where no principal is told."""
    if told.principal:
        return replace(told, interest=told.interest or "0.00")
    figures = {name: written for name, written in asdict(told).items() if written}
    given = sample()
    if told.interest or told.recovery:
        given = replace(given, recovery="", cost="")
    return replace(given, **figures)


@lru_cache(maxsize=1)
def sample() -> ToldDefault:
    """The assumed example of ZD-1.9: default B0, recovery R0."""
    return ToldDefault(**tomllib.loads(_SAMPLE.read_text("utf-8"))["default"])


def _not_above(name: str, found: Money, other: str, *, most: Money) -> None:
    if found > most:
        shown = {
            "flag": flag_name(name),
            "amount": found.grouped,
            "other": flag_name(other),
            "most": most.grouped,
        }
        raise Unusable("comparison.above", shown)
