"""What a fund's cover pays, keeps and gets back in a case: `calc claim`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from policies.money import Money, yuan
from services.calculator.figures import decimals, written
from services.calculator.reading import CASE_ASIDE, Fields, Uninterpretable, fields
from workflows.lending import loss_cover

WHOLE = Decimal(100)
Figures = dict[str, Money]


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts of the kind, in its words. Raises Uninterpretable."""
    read = fields(case).only((*CASE_ASIDE, "kind", "input"))
    known, figures = KINDS[read.word("kind", KINDS)]
    given = read.inside("input").only(known)
    found = figures(given)
    amounts = (one for name, one in given.found.items() if not name.endswith("_pct") and one)
    digits = decimals(amounts)
    return {name: written(amount, digits) for name, amount in found.items()}


def _limit(given: Fields) -> Figures:
    return {"limit": _cover(given)}


def _first_loss(given: Fields) -> Figures:
    borne = loss_cover.layers(_amount(given, "default"), Money.ZERO, _cover(given))
    return {"fund_pays": borne.fund, "lender_loss": borne.lender_rest}


def _second_loss(given: Fields) -> Figures:
    threshold, cover = _amount(given, "first_loss_threshold"), _amount(given, "second_loss_limit")
    borne = loss_cover.layers(_amount(given, "default"), threshold, cover)
    return {
        "lender_first_loss": borne.lender_first,
        "fund_pays": borne.fund,
        "lender_remaining": borne.lender_rest,
    }


def _top_up(given: Fields) -> Figures:
    cover, balance = _amount(given, "limit"), _amount(given, "balance")
    threshold = cover.share_floor(given.per_cent("threshold_pct", most=WHOLE))
    paid_in = loss_cover.top_up(cover, balance, threshold)
    return {"threshold_amount": threshold, "top_up": paid_in}


def _share(given: Fields) -> Figures:
    """Principal and interest are covered, fees are not."""
    words = [name for name in ("share_pct", "lender_share_pct") if given.has(name)]
    if len(words) > 1:
        raise Uninterpretable("calc.unknown_field", {"field": given.name(words[1])})
    share = given.per_cent(*(words or ["share_pct"]), most=WHOLE)
    principal = _amount(given, "principal").share_floor(share)
    interest = _amount(given, "interest").share_floor(share)
    return {"principal": principal, "interest": interest, "claim": principal + interest}


def _recovery(given: Fields) -> Figures:
    paid = _amount(given, "paid_by_fund")
    to_fund, to_lender = loss_cover.recovery(_amount(given, "recovered"), paid)
    return {"to_fund": to_fund, "to_lender": to_lender}


def _cover(given: Fields) -> Money:
    cap = _amount(given, "absolute_cap") if given.has("absolute_cap") else None
    share = given.per_cent("guarantee_pct", most=WHOLE)
    return loss_cover.limit(_amount(given, "portfolio"), share, cap)


def _amount(given: Fields, field: str) -> Money:
    return yuan(given.amount(field))


_COVER = ("portfolio", "guarantee_pct", "absolute_cap")
_SHARED = ("principal", "interest", "fees", "share_pct", "lender_share_pct")
# fmt: off
KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[Fields], Figures]]] = {
    "limit":       (_COVER, _limit),
    "first_loss":  ((*_COVER, "default"), _first_loss),
    "second_loss": (("first_loss_threshold", "second_loss_limit", "default"), _second_loss),
    "top_up":      (("limit", "balance", "threshold_pct"), _top_up),
    "share":       (_SHARED, _share),
    "claim_share": (_SHARED, _share),
    "recovery":    (("recovered", "paid_by_fund"), _recovery),
}
# fmt: on
"""Kind -> its fields and how they are answered."""
