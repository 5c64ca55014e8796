"""One loan from enrolment to settlement under any form that lends: what every case begins with.

happy.toml says who does what and when; amounts, papers, place and right come from the form's own
policy. Where a programme has no fund, what belongs to one is left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.money import Money, yuan
from policies.reading.pack import SILENT, Policy
from policies.reading.variants import Form, policy_of
from policies.valuing.collateral import Right, collateral_cap
from policies.valuing.right_life import years_left
from workflows.asset.ip_number import kind_of
from workflows.lending.days.day_count import YEAR_DAYS
from workflows.lending.interest import days_between, interest

HAPPY = "happy"
_FILE = Path(__file__).with_name("happy.toml")
_DRAWN_ON = date(2025, 8, 14)
_WISHED, _FUND_CASH = yuan("6000000.00"), yuan("50000000.00")
_MILLION = yuan("1000000.00")
_MONTHS, _SPREAD = 12, Decimal("0.0060")
_ANYWHERE, _ANY_PURPOSE, _ANY_RIGHT = "110000", "WORKING_CAPITAL", "PATENT"
_CANCELLED_AFTER = timedelta(days=14)
# fmt: off
_NUMBERS = {
    "PATENT":    "ZL202010000001.1",
    "TRADEMARK": "12345678",
    "COPYRIGHT": "2024SR0000001",
    "GI":        "AGI2024-01-0001",
}
_ENDS_ON = {
    "PATENT":    date(2040, 3, 18),
    "TRADEMARK": date(2034, 3, 18),
    "COPYRIGHT": date(2074, 3, 18),
    "GI":        date(2034, 3, 18),
}
_PUBLISHERS = {
    "BANK":              "approver",
    "FUND_MANAGER":      "fund_approver",
    "IP_ADMINISTRATION": "administration",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Terms:
    """What the firm asks for and gets: as much as it wishes and the form lets it have."""

    amount: Money
    months: int
    rate: Decimal
    due_on: date
    owed: Money  # principal and interest of the whole term


def happy_told(form: Form) -> dict[str, Any]:
    """Cast and steps of the form's loan, filled in."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    values = _values(form.ident, policy_of(form.ident, _DRAWN_ON))
    told = [one for one in data["step"] if "needs" not in one or values["fund"]]
    cast = _filled(data["cast"], values)
    return {"cast": cast, "step": [_filled(one, values) for one in told]}


def terms(policy: Policy) -> Terms:
    """Amount, term and price, each within what the policy sets a limit to."""
    cap, months = policy.ceiling("cap_per_borrower"), policy.ceiling("max_tenor_months")
    spread = policy.ceiling("rate_cap_spread")
    amount = _WISHED if cap.unlimited else min(_WISHED, cap.value)
    length = _MONTHS if months.unlimited else min(_MONTHS, months.value)
    added = _SPREAD if spread.unlimited else min(_SPREAD, spread.value)
    rate = policy["lpr_1y"].value + added
    due_on = _DRAWN_ON + relativedelta(months=length)
    year_days = YEAR_DAYS[policy["day_count"].value]
    earned = interest(amount, rate, days_between(_DRAWN_ON, due_on), year_days=year_days)
    return Terms(amount, length, rate, due_on, amount + earned)


def _values(ident: str, policy: Policy) -> Mapping[str, Any]:
    asked = terms(policy)
    ip_type = _first(policy, "ip_types", _ANY_RIGHT)
    fund = "" if policy["agreement_parties"].said is SILENT else "FUND01"
    name = policy.get("fund_name")
    return {
        "form": ident,
        "fund": fund,
        "fund_name": f"{name.value if name else '风险补偿资金'}（样例）",
        "fund_cash": _FUND_CASH.wire,
        "publisher": _publisher(policy, fund),
        "decider": _decider(policy, asked.amount),
        "region": _first(policy, "regions", _ANYWHERE),
        "purpose": _first(policy, "purposes", _ANY_PURPOSE),
        "ip_type": ip_type,
        "ip_number": _NUMBERS[ip_type],
        "right_ends_on": _ENDS_ON[ip_type],
        "worth": _worth(policy, ip_type, asked.amount).wire,
        "amount": asked.amount.wire,
        "months": asked.months,
        "rate": f"{asked.rate:f}",
        "owed": asked.owed.wire,
        "consent_until": date(2025, 6, 3) + timedelta(days=policy["consent_max_days"].value - 1),
        "application_papers": list(policy["application_documents"].value),
        "pledge_papers": list(policy["pledge_documents"].value),
        "drawn_on": _DRAWN_ON,
        "due_on": asked.due_on,
        "ends_on": asked.due_on + _CANCELLED_AFTER,
    }


def _worth(policy: Policy, ip_type: str, amount: Money) -> Money:
    """A value in whole millions on which so much may be lent."""
    left = years_left(_DRAWN_ON, _ENDS_ON[ip_type])
    kind = kind_of(ip_type, _NUMBERS[ip_type])
    carried = collateral_cap(policy, [Right(kind, _MILLION, left)]).cap
    return Money(_MILLION.fen * -(-amount.fen // carried.fen))


def _first(policy: Policy, name: str, anything: str) -> str:
    """The first kind that is let in; where all are, that one."""
    kinds = policy.among(name)
    if kinds.unlimited:
        return anything
    return anything if kinds.allows(anything) else str(kinds.value[0])


def _publisher(policy: Policy, fund: str) -> str:
    """Who opens the product: a fund manager only where there is a fund."""
    named = [one for one in policy["product_publishers"].value if fund or one != "FUND_MANAGER"]
    return _PUBLISHERS[named[0]]


def _decider(policy: Policy, amount: Money) -> str:
    """Who of the bank decides on credit: above a limit its committee."""
    within = policy.ceiling("credit_committee_limit").allows(amount)
    return "approver" if within else "committee"


def _filled(told: Any, values: Mapping[str, Any]) -> Any:
    """The same with what stands in braces filled in; a value alone in braces keeps its type."""
    if isinstance(told, dict):
        return {key: _filled(part, values) for key, part in told.items() if key != "needs"}
    if isinstance(told, list):
        return [_filled(part, values) for part in told]
    if isinstance(told, str) and told.startswith("{") and told.endswith("}"):
        return values[told[1:-1]]
    return told
