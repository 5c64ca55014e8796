"""What the kernel would ask the database for, told of the rows of a story in memory."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from services.applications.queries import sought
from services.assets.queries import rights_of, secured
from services.kernel.memory import Lives
from workflows.application.facts import LastRejection, Reserved
from workflows.asset.facts import LiveRights
from workflows.claim.facts import QueuedAhead
from workflows.claim.states import ClaimState
from workflows.enterprise.facts import FundProgramme, LiveLoans, LiveTwins
from workflows.filing.states import FilingState
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.loan.facts import EarlierLoans, ProgrammeBalance
from workflows.loan.states import LIVE
from workflows.match.facts import BankOutstanding
from workflows.match.ranking import Offer, Offers
from workflows.pledge.facts import SecuredLoans, UnpaidDebt
from workflows.product.states import ProductState

LIVING = frozenset(state.name for state in LIVE)


class ToldFigures(dict[str, Any]):
    """All figures for every command; a guard takes those it knows."""

    def get(self, _command: str, _default: Any = None) -> Any:
        """The function that tells them of a story."""
        return figures


def figures(lives: Lives, command: Any) -> tuple[Any, ...]:
    """Every figure that some guard asks for, as the rows of the story give it."""
    loans = [row for row in _rows(lives, "loan") if row.state in LIVING]
    owed = sum((row.outstanding for row in loans), Money.ZERO)
    known: list[Any] = [
        FundProgramme(lives.policy.ident), LiveTwins(0), LiveRights(0), LiveLoans(len(loans)),
        LastRejection(None),
        Reserved(Money.ZERO), BankOutstanding(owed), ProgrammeBalance(Money.ZERO),
        EarlierLoans(1), _secured(lives, command), UnpaidDebt(owed),
        _ahead(lives, command), *_book(lives),
    ]  # fmt: skip
    return (*known, *_credit(lives, command))


def _secured(lives: Lives, command: Any) -> SecuredLoans:
    """The loans that the pledge of a command secures, or the loan it names."""
    holder = _named(lives, command, "pledge") or _named(lives, command, "loan")
    application = getattr(holder, "application", "")
    found = [
        row
        for row in _rows(lives, "loan")
        if row.state in LIVING and application and row.application == application
    ]
    owed = sum((row.outstanding.share_floor(row.ip_share) for row in found), Money.ZERO)
    bank = found[0].bank if found else None
    return SecuredLoans(tuple(row.id for row in found), owed, (), bank, application)


def _rows(lives: Lives, noun: str) -> list[Any]:
    return [row for (name, _), row in lives.rows.items() if name == noun]


def _book(lives: Lives) -> tuple[FundBook, FundCash]:
    covered = [row for row in _rows(lives, "filing") if row.state == FilingState.COVERED.name]
    balance = sum((row.amount for row in covered), Money.ZERO)
    cash = next((row.cash for row in _rows(lives, "fund")), Money.ZERO)
    part = CoveredLoans(len(covered), balance)
    return FundBook(part, part), FundCash(cash)


def _ahead(lives: Lives, command: Any) -> QueuedAhead:
    mine = getattr(command, "claim", "")
    waiting = (ClaimState.PAYABLE.name, ClaimState.PARTIALLY_PAID.name)
    others = [row for row in _rows(lives, "claim") if row.id != mine and row.state in waiting]
    return QueuedAhead(sum((row.unpaid for row in others), Money.ZERO))


def _credit(lives: Lives, command: Any) -> tuple[Any, ...]:
    """Offers and what is sought; the rights named, and the application they secure."""
    application = _named(lives, command, "application") or _named(lives, command, "match")
    pledge = _named(lives, command, "pledge")
    if application is None and pledge is not None:
        application = lives.rows.get(("application", pledge.application))
    loan = _named(lives, command, "loan")
    pledge = pledge or (None if loan is None else lives.rows.get(("pledge", loan.pledge)))
    named = getattr(command, "assets", ()) or getattr(pledge or application, "assets", ())
    ids: tuple[str, ...] = tuple(named or ())
    found = [lives.rows[("asset", one)] for one in ids if ("asset", one) in lives.rows]
    offers = tuple(
        Offer(row.bank, row.amount_cap, row.max_term_months, row.annual_rate, row.purposes,
              quota=Money.ZERO, used=Money.ZERO, days=None)
        for row in _rows(lives, "product")
        if row.state == ProductState.PUBLISHED.name
    )  # fmt: skip
    told: tuple[Any, ...] = (Offers(offers), rights_of(found, ids))
    return told if application is None else (*told, sought(application), secured(application))


def _named(lives: Lives, command: Any, noun: str) -> Any:
    ident = getattr(command, noun, None)
    found = lives.rows.get((noun, ident)) if ident else None
    if noun == "match" and ident:
        return lives.rows.get(("application", ident))
    return found
