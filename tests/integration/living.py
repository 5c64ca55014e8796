"""One loan on the real kernel, repaid by quarter, and hands to act on it day after day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from policies.money import Money, yuan
from services.kernel import clock, work
from services.kernel.db import transact
from services.kernel.unit import Envelope, Unit
from services.kernel.worlds import World
from services.wiring import JOBS, registry
from workflows.bank.records import ProposeAgreement, SignAgreement
from workflows.fund.records import EstablishFund
from workflows.lifecycle.roles import PLATFORM, Actor, Role
from workflows.lifecycle.waivers import WAIVED_FOR_BOARDING
from workflows.loan.facts import EarlierLoans, ProgrammeBalance
from workflows.loan.records import DisburseLoan, OpenLoan
from workflows.pledge.facts import Rights
from workflows.product.records import DraftProduct

DRAWN = date(2025, 8, 14)
BK_M, BK_A = Actor("bk-m-1", Role.BK_M, "BK01"), Actor("bk-a-1", Role.BK_A, "BK01")
BK_R = Actor("bk-r-1", Role.BK_R, "BK01")
BK_L, BK_L2 = Actor("bk-l-1", Role.BK_L, "BK01"), Actor("bk-l-2", Role.BK_L, "BK01")
ENT = Actor("ent-1", Role.ENT, "E1")
FM_M, FM_A = Actor("fm-m-1", Role.FM_M, "JS-FUND"), Actor("fm-a-1", Role.FM_A, "JS-FUND")
FIN = Actor("fin-1", Role.FIN, "JS-FIN", "320000")
FIN2 = Actor("fin-2", Role.FIN, "JS-FIN", "320000")


def do(world: World, command: Any, actor: Actor, *checkers: Actor, **more: Any) -> None:
    """Carry a command out today, as the desk would."""

    def carried(connection: Any) -> None:
        envelope = Envelope(command, actor, clock.held(connection), checkers, **more)
        unit = Unit(connection, registry())
        unit.run([envelope])
        unit.flush()

    transact(world.engine, carried)
    rest(world)


def at(world: World, day: date) -> None:
    """Bring the world to that day, with all that happens on the way."""
    clock.advance_to(world.engine, day)
    while clock.today(world.engine) < day:
        rest(world)
    rest(world)


def rest(world: World) -> None:
    """Until nothing is left to do."""
    while not work.look(world.engine, registry(), JOBS):
        pass


def lend(world: World, loan: str = "L1", *, fund: str = "", **repayment: Any) -> None:
    """6,000,000.00 at 3.60 % for a year, drawn today; by quarter where nothing else is said."""
    terms = {"interest_settlement": "QUARTERLY_20", **repayment}
    quota = yuan("500000000.00")
    do(world, EstablishFund("JS-FUND", "Fund", yuan("50000000.00"), "jiangsu"), FIN, FIN2)
    agreement = ProposeAgreement("BK01", "JS-FUND", "Bank", quota, date(2030, 1, 1), "jiangsu")
    do(world, agreement, FM_M)
    do(world, SignAgreement("BK01"), BK_A, FM_A)
    product = DraftProduct(
        "P1", "BK01", "JS-FUND", "By quarter", yuan("30000000.00"), 36, Decimal("0.0360"),
        ("WORKING_CAPITAL",), Money.ZERO, "jiangsu", **terms,
    )  # fmt: skip
    do(world, product, BK_M)
    again(world, loan, fund=fund)


def again(world: World, loan: str, *, fund: str = "") -> None:
    """The same amount, on the same product, today."""
    amount, rate = yuan("6000000.00"), Decimal("0.0360")
    opened = OpenLoan(
        loan, "E1", "BK01", fund, amount, rate, 12, Decimal(1), case="jiangsu", product="P1"
    )
    do(world, opened, PLATFORM)
    unsecured = Rights((), (), Money.ZERO, None, None)
    drawn = (ProgrammeBalance(Money.ZERO), EarlierLoans(1), unsecured)
    draw = DisburseLoan(loan, amount)
    do(world, draw, BK_L, BK_L2, facts=drawn, waivable=WAIVED_FOR_BOARDING)


def balance(world: World, owner: str, account: str) -> Money:
    """What stands in an account, by the ledger."""
    statement = text("SELECT coalesce(sum(fen), 0)::bigint FROM posting"
                     " WHERE owner = :owner AND account = :account")  # fmt: skip
    with world.engine.connect() as connection:
        values = {"owner": owner, "account": account}
        return Money(connection.execute(statement, values).scalar_one())
