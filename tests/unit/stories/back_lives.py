"""The people and the loan of ZD-4.2, from the day of the drawing on, in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from policies.money import Money, yuan
from policies.reading.loader import load
from policies.reading.pack import Policy
from services.claims import reactions as claim_reactions
from services.filings import reactions as filing_reactions
from services.kernel.memory import Lives
from services.loans import reactions as loan_reactions
from services.wiring import registry
from tests.unit.stories.secured import NO_RIGHTS
from workflows.asset.records import IpAsset
from workflows.claim.facts import QueuedAhead
from workflows.claim.records import (
    AcceptClaim,
    ApproveClaim,
    NotifyRisk,
    OpenClaim,
    PayClaim,
    StartReview,
    SubmitClaim,
)
from workflows.filing.records import AcceptFiling, FileLoan
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.fund.records import EstablishFund
from workflows.lending.terms import RepaymentTerms
from workflows.lifecycle.roles import Actor, Role
from workflows.loan.facts import DebtorLoans, EarlierLoans, ProgrammeBalance
from workflows.loan.records import DisburseLoan, OpenLoan, RepayLoan
from workflows.pledge.records import Pledge
from workflows.product.records import Product

DRAWN = date(2025, 8, 14)
DUE = date(2026, 8, 14)
ACCOUNT = "BK01-0001"
ENT = Actor("ent", Role.ENT, "E1")
BK_M = Actor("bank-m", Role.BK_M, "BK01")
BK_A = Actor("bank-a", Role.BK_A, "BK01")
BK_C = Actor("bank-c", Role.BK_C, "BK01")
BK_L = Actor("bank-l1", Role.BK_L, "BK01")
BK_L2 = Actor("bank-l2", Role.BK_L, "BK01")
BK_R = Actor("bank-r", Role.BK_R, "BK01")
FM_M = Actor("fund-m1", Role.FM_M, "JS-FUND")
FM_M2 = Actor("fund-m2", Role.FM_M, "JS-FUND")
FM_M3 = Actor("fund-m3", Role.FM_M, "JS-FUND")
FM_A = Actor("fund-a", Role.FM_A, "JS-FUND")
FM_A2 = Actor("fund-a2", Role.FM_A, "JS-FUND")
FM_F = Actor("fund-f1", Role.FM_F, "JS-FUND")
FM_F2 = Actor("fund-f2", Role.FM_F, "JS-FUND")
FC = Actor("committee", Role.FC, "JS-FUND")
FIN = Actor("fin-1", Role.FIN, "FIN", "320000")
FIN2 = Actor("fin-2", Role.FIN, "FIN", "320000")

OF_DEBTOR = ("GrantExtension", "RestructureLoan", "UpgradeLoan", "LookAtDebtor")
EMPTY_BOOK = (FundBook(CoveredLoans()), FundCash(yuan("50000000.00")))
NO_LINE = (QueuedAhead(Money.ZERO),)


@lru_cache(maxsize=1)
def jiangsu() -> Policy:
    """The Jiangsu policy of the day of the drawing."""
    return load("jiangsu").on(DRAWN)


def evidence() -> tuple[str, ...]:
    """A whole evidence pack."""
    codes: tuple[str, ...] = jiangsu()["claim_evidence"].value
    return codes


def base_case(**changes: Any) -> OpenLoan:
    """The terms of base case B0 (ZD-1.9), with changes."""
    terms: dict[str, Any] = {
        "loan": "L1",
        "enterprise": "E1",
        "bank": "BK01",
        "fund": "JS-FUND",
        "approved_amount": yuan("6000000.00"),
        "annual_rate": Decimal("0.0360"),
        "term_months": 12,
        "ip_share": Decimal("0.80"),
        "case": "jiangsu",
        "pledge": "P1",
    }
    return OpenLoan(**{**terms, **changes})


def registered_pledge() -> Pledge:
    """The pledge of B0 as it stands in the register."""
    return Pledge(
        id="P1",
        state="REGISTERED",
        policy=jiangsu().ref,
        application="A1",
        enterprise="E1",
        bank="BK01",
        assets=("IP1",),
        contract="C1",
        debt=yuan("6000000.00"),
        debt_due_on=DUE,
        registered_on=date(2025, 7, 31),
    )


def product(**repayment: Any) -> Product:
    """A product of the bank whose loans are repaid on these terms."""
    return Product(
        id="P-SZD",
        state="PUBLISHED",
        policy=jiangsu().ref,
        bank="BK01",
        fund="JS-FUND",
        name="苏知贷",
        amount_cap=yuan("30000000.00"),
        max_term_months=36,
        annual_rate=Decimal("0.0360"),
        fees=Money.ZERO,
        purposes=("WORKING_CAPITAL",),
        repayment=RepaymentTerms(**{"settlement": "", **repayment}),
    )


def repaid_by(lives: Lives, amount: str = "", /, term: int = 12, **repayment: Any) -> Lives:
    """A loan of B0 repaid on the terms of a product, drawn whole or in part."""
    lives.rows[("product", "P-SZD")] = product(**repayment)
    lives.act(base_case(product="P-SZD", term_months=term))
    first = yuan(amount) if amount else base_case().approved_amount
    lives.act(DisburseLoan("L1", first), BK_L, BK_L2)
    return lives


def encumbered_right() -> IpAsset:
    """The right that the pledge of B0 names."""
    return IpAsset(
        id="IP1",
        state="ENCUMBERED",
        policy=jiangsu().ref,
        enterprise="E1",
        ip_type="PATENT",
        number="ZL202010000001.1",
        title="Sample process",
        owners=("E1",),
        term_ends_on=date(2040, 3, 18),
        value=yuan("15000000.00"),
        bank="BK01",
        pledge="P1",
    )


def begin(cash: str = "50000000.00") -> Lives:
    """A fund with that cash and a registered pledge, on the day of the drawing."""
    lives = Lives(
        registry=registry(),
        policy=jiangsu(),
        today=DRAWN,
        reactions=(
            *loan_reactions.REACTIONS,
            *filing_reactions.REACTIONS,
            *claim_reactions.REACTIONS,
        ),
        facts={
            "DisburseLoan": (ProgrammeBalance(Money.ZERO), EarlierLoans(1), NO_RIGHTS),
            "DrawLoan": (ProgrammeBalance(Money.ZERO), EarlierLoans(1), NO_RIGHTS),
            **dict.fromkeys(OF_DEBTOR, (DebtorLoans(),)),
            "AcceptFiling": EMPTY_BOOK,
            "PayClaim": NO_LINE,
            "PayClaimPartly": NO_LINE,
        },
    )
    lives.rows[("pledge", "P1")] = registered_pledge()
    lives.rows[("asset", "IP1")] = encumbered_right()
    lives.act(EstablishFund("JS-FUND", "苏知贷", yuan(cash), "jiangsu"), FIN, FIN2)
    return lives


def drawn(lives: Lives, **changes: Any) -> Lives:
    """The loan opened and paid out."""
    terms = base_case(**changes)
    lives.act(terms)
    lives.act(DisburseLoan("L1", terms.approved_amount), BK_L, BK_L2)
    return lives


def covered(lives: Lives) -> Lives:
    """Filed on 08-20 and accepted on 08-27."""
    lives.at(date(2025, 8, 20)).act(FileLoan("L1", ACCOUNT), BK_M, BK_A)
    lives.at(date(2025, 8, 27)).act(AcceptFiling("L1"), FM_M, FM_A)
    return lives


def partly_repaid(lives: Lives) -> Lives:
    """1,800,000.00 and its interest on 2026-02-10, the rest of the interest at maturity."""
    lives.at(date(2026, 2, 10)).act(RepayLoan("L1", yuan("1908000.00")), ENT)
    lives.at(DUE).act(RepayLoan("L1", yuan("77700.00")), ENT)
    return lives


def claimed(lives: Lives) -> Lives:
    """Risk notified, opened and submitted with cut-off 2026-11-22."""
    lives.at(date(2026, 9, 18)).act(NotifyRisk("L1", "L1", "BK01"), BK_M)
    lives.at(date(2026, 10, 13)).act(OpenClaim("L1"), BK_M)
    submit = SubmitClaim("L1", date(2026, 11, 22), evidence())
    lives.at(date(2026, 11, 23)).act(submit, BK_M, BK_R)
    return lives


def approved(lives: Lives) -> Lives:
    """Accepted 11-27, in review 11-30, approved 12-18 and in line."""
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M2, FM_M3)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    lives.at(date(2026, 12, 18)).act(ApproveClaim("L1"), FM_M2, FM_A2)
    return lives


def compensated(cash: str = "50000000.00") -> Lives:
    """All of it, paid on 2026-12-25."""
    lives = approved(claimed(partly_repaid(covered(drawn(begin(cash))))))
    lives.at(date(2026, 12, 25)).act(PayClaim("L1", ACCOUNT), FM_F, FM_F2)
    return lives
