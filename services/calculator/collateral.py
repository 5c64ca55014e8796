"""What may be lent on the pledge of a case, paid out yet, or is missing: `calc collateral`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from policies.money import Money, yuan
from services.calculator.figures import decimals, written
from services.calculator.reading import CASE_ASIDE, MOST_MONEY, Fields, Uninterpretable, fields
from workflows.pledge.collateral import (
    Security,
    disbursable,
    max_loan,
    releasable,
    shortfall,
    value,
)

ONE, MANY = ("quantity", "price", "haircut_pct"), "securities"
DISBURSED = "already_disbursed"
OUTSTANDING = ("outstanding", "outstanding_principal", "loan_outstanding", "loan_amount", "loan")
"""Words for the loan that the security has to carry; one of them."""
WHOLE = Decimal(100)


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """One figure where it is asked what may be lent or paid out, several on an outstanding loan.

    Raises Uninterpretable.
    """
    given = fields(case).only((*CASE_ASIDE, "kind", "input")).inside("input")
    given.only((*ONE, MANY, DISBURSED, *OUTSTANDING))
    told, digits = _figures(given, _securities(given)), _digits(given)
    return {name: written(amount, digits) for name, amount in told.items()}


def _figures(given: Fields, securities: tuple[Security, ...]) -> dict[str, Money]:
    asked = [field for field in (DISBURSED, *OUTSTANDING) if given.has(field)]
    if len(asked) > 1:
        raise Uninterpretable("calc.unknown_field", {"field": given.name(asked[1])})
    limit = max_loan(securities)
    if not asked:
        return {"max_loan": limit}
    loan = yuan(given.amount(asked[0]))
    if asked == [DISBURSED]:
        return {"disbursable": disbursable(limit, loan)}
    return {
        "security_value": sum((value(one) for one in securities), Money.ZERO),
        "max_loan": limit,
        "shortfall": shortfall(limit, loan),
        "releasable": releasable(securities, loan),
    }


def _securities(given: Fields) -> tuple[Security, ...]:
    if not given.has(MANY):
        return (_security(given),)
    if any(given.has(field) for field in ONE):
        raise Uninterpretable("calc.unknown_field", {"field": given.name(MANY)})
    return tuple(_security(one.only(ONE)) for one in given.each(MANY))


def _security(one: Fields) -> Security:
    quantity = one.number("quantity", least=Decimal(0), most=MOST_MONEY)
    price = one.number("price", least=Decimal(0), most=MOST_MONEY)
    return Security(quantity, price, one.per_cent("haircut_pct", most=WHOLE))


def _digits(given: Fields) -> int:
    amounts = (given.found.get(name) for name in ("price", DISBURSED, *OUTSTANDING))
    return decimals(one for one in amounts if one is not None)
