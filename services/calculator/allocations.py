"""What each payment of a case pays: by component, or by instalment: `calc allocation`.

The order is a sentence of a small grammar: "due: penalty, interest; in advance: principal".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from policies.money import Money, yuan
from services.calculator.figures import decimals, written
from services.calculator.reading import CASE_ASIDE, Fields, Uninterpretable, fields, shown
from workflows.lending.payments.future_instalments import LAST, NEXT, REAMORTISE, Instalment, pay
from workflows.lending.payments.waterfall import (
    COMPONENTS,
    DUE,
    IN_ADVANCE,
    PAST_DUE,
    WHENS,
    Bucket,
    UnknownDebt,
    by_component,
    fill,
    less,
)

COMPONENT_ORDER, FUTURE_RULE = "component_order", "future_instalment_rule"
FIELDS = (*CASE_ASIDE, "kind", "order", "payments")
OUTCOMES = ("allocated", "paid_after")
WHEN: Mapping[str, str] = {
    "past_due": PAST_DUE,
    "due": DUE,
    "adv": IN_ADVANCE,
}
"""Word of a debt in a case -> section of the order."""
RULES: Mapping[str, str] = {
    r"surplus goes to the next instalment": NEXT,
    r"surplus goes to the last instalment( and walks backwards)?": LAST,
    r"surplus is spread evenly over all future instalments( \(re-amortisation\))?": REAMORTISE,
    r"next_instalment": NEXT,
    r"last_instalment": LAST,
    r"reamorti[sz]ation": REAMORTISE,
}
"""Sentence of an order (a pattern) -> rule for instalments ahead."""


class NoOrder(ValueError):
    """A sentence is no order of payment."""


def answer(case: Mapping[str, Any]) -> list[Any]:
    """What each payment pays, in their order. Raises Uninterpretable."""
    read = fields(case)
    return KINDS[read.word("kind", KINDS)](read)


def order_of(sentence: str) -> tuple[Bucket, ...]:
    """The buckets of "due: penalty, fee; in advance: principal", first filled first.

    Raises NoOrder on a section or component unknown or named twice.
    """
    found: list[Bucket] = []
    for section in sentence.split(";"):
        when, colon, listed = section.partition(":")
        if not colon or when.strip() not in WHENS:
            raise NoOrder(section)
        for component in listed.split(","):
            bucket = Bucket(when.strip(), component.strip())
            if bucket.component not in COMPONENTS or bucket in found:
                raise NoOrder(section)
            found.append(bucket)
    return tuple(found)


def _by_component(read: Fields) -> list[dict[str, str]]:
    read.only((*FIELDS, "outstanding"))
    debts = dict[Bucket, Money]()
    for one in read.each("outstanding"):
        one.only(("when", "component", "amount"))
        bucket = Bucket(WHEN[one.word("when", WHEN)], one.word("component", COMPONENTS))
        debts[bucket] = debts.get(bucket, Money.ZERO) + yuan(one.amount("amount"))
    order = _order(read, {bucket.when for bucket in debts})
    payments = read.each("payments")
    digits, results = _digits(read, "outstanding"), list[dict[str, str]]()
    for payment in payments:
        amount = yuan(payment.only(("amount", "date", *OUTCOMES)).amount("amount"))
        try:
            paid, rest = fill(amount, debts, order)
        except UnknownDebt as debt:
            raise Uninterpretable("calc.allocation.no_place", {"debt": debt}) from None
        debts = less(debts, paid)
        told = {**by_component(paid), **({"rest": rest} if rest else {})}
        results.append({name: written(each, digits) for name, each in told.items()})
    return results


def _order(read: Fields, whens: set[str]) -> tuple[Bucket, ...]:
    """The order; its section may stay unsaid where all debts are due alike."""
    sentence = read.text("order")
    if ":" not in sentence and len(whens) == 1:
        sentence = f"{next(iter(whens))}: {sentence}"
    try:
        return order_of(sentence)
    except NoOrder as error:
        values = {"field": read.name("order"), "found": shown(str(error).strip())}
        raise Uninterpretable("calc.allocation.order", values) from None


def _by_instalment(read: Fields) -> list[list[str]]:
    read.only((*FIELDS, "instalments"))
    rule = _rule(read)
    instalments = tuple(_instalment(one) for one in read.each("instalments"))
    payments = read.each("payments")
    digits, results = _digits(read, "instalments"), list[list[str]]()
    for payment in payments:
        payment.only(("amount", "date", *OUTCOMES))
        amount, on = yuan(payment.amount("amount")), payment.day("date")
        instalments, rest = pay(instalments, amount, on=on, rule=rule)
        if rest:
            values = {"field": payment.name("amount"), "rest": rest.yuan}
            raise Uninterpretable("calc.allocation.beyond", values)
        results.append([written(one.paid, digits) for one in instalments])
    return results


def _rule(read: Fields) -> str:
    sentence = read.text("order").strip().lower().replace("installment", "instalment")
    for pattern, rule in RULES.items():
        if re.fullmatch(pattern, sentence):
            return rule
    values = {"field": read.name("order"), "found": shown(read.text("order"))}
    raise Uninterpretable("calc.allocation.order", values)


def _instalment(one: Fields) -> Instalment:
    one.only(("due", "amount", "paid_before"))
    amount, paid = yuan(one.amount("amount")), yuan(one.amount("paid_before"))
    if paid > amount:
        values = {"field": one.name("paid_before"), "found": paid.yuan, "least": "0"}
        raise Uninterpretable("calc.out_of_range", {**values, "most": amount.yuan})
    return Instalment(one.day("due"), amount, paid)


def _digits(read: Fields, debts: str) -> int:
    rows = (*read.raw(debts), *read.raw("payments"))
    return decimals(row["amount"] for row in rows if isinstance(row, Mapping) and "amount" in row)


KINDS: Mapping[str, Callable[[Fields], list[Any]]] = {
    COMPONENT_ORDER: _by_component,
    FUTURE_RULE: _by_instalment,
}
