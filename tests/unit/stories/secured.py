"""What services/ says of rights, pledges and the loans they secure, of rows in memory."""

from __future__ import annotations

from typing import Any

from policies.money import Money, total
from services.assets.queries import rights_of, secured_by
from services.kernel.memory import Lives
from workflows.loan.states import LIVE
from workflows.pledge.facts import Rights, SecuredLoans

NO_RIGHTS = Rights((), (), Money.ZERO, None, None)
REGISTERED = "REGISTERED"
GOING_ON = frozenset(state.name for state in LIVE)


class _Loans:
    """The loans of one application, as the query finds them."""

    def __init__(self, loans: list[Any]) -> None:
        self.ids = sorted(loan.id for loan in loans)
        self.secured = total(loan.outstanding.share_floor(loan.ip_share) for loan in loans)
        self.bank = loans[0].bank


def rows(lives: Lives, noun: str) -> list[Any]:
    """The rows of a noun, by id."""
    return [row for (kind, _), row in sorted(lives.rows.items()) if kind == noun]


def rights_pledged(lives: Lives, application: str, *, without: str = "") -> list[Any]:
    """The rights of the registered pledges of an application but one."""
    return [
        lives.row("asset", asset)
        for pledge in rows(lives, "pledge")
        if pledge.application == application and pledge.state == REGISTERED and pledge.id != without
        for asset in pledge.assets
    ]


def loans_secured(lives: Lives, command: Any) -> tuple[SecuredLoans]:
    """The loans that the pledge of a command secures."""
    held = lives.rows.get(("pledge", command.pledge))
    holder = held or lives.row("loan", command.loan)
    application = holder.application
    found = [
        loan
        for loan in rows(lives, "loan")
        if loan.application == application and loan.state in GOING_ON
    ]
    rest = rights_pledged(lives, application, without=command.pledge)
    return (secured_by(_Loans(found) if found else None, application, rest),)


def rights_registered(lives: Lives, command: Any) -> tuple[Rights]:
    """The rights that secure the loan of a command."""
    loan = lives.row("loan", command.loan)
    found = rights_pledged(lives, loan.application)
    return (rights_of(found, [row.id for row in found]),)
