"""The front of the Jiangsu spine run, from the agreement to the converted application.

Each function carries the story on from the one before, on the spine's dates (ZD-4.2).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money, yuan
from policies.reading.loader import load
from services.applications import reactions as application_reactions
from services.applications.queries import sought
from services.assets import reactions as asset_reactions
from services.assets.queries import rights_of, secured
from services.kernel.memory import Lives
from services.products import reactions as product_reactions
from services.wiring import registry
from tests.unit.stories.secured import loans_secured
from workflows.application.facts import LastRejection, Reserved
from workflows.application.records import (
    AcceptOffer,
    ApproveCredit,
    ComputeNeed,
    ConvertToLoan,
    QueryCredit,
    ReplaceAssets,
    ReportDueDiligence,
    StartApplication,
    SubmitApplication,
    TakeLead,
)
from workflows.application.table import APPLICATION
from workflows.asset.facts import LiveRights
from workflows.asset.records import AppraiseIp, DeclareIp, VerifyIp
from workflows.asset.table import ASSET
from workflows.bank.records import ProposeAgreement, SignAgreement
from workflows.bank.table import BANK
from workflows.enterprise.facts import FundProgramme, LiveLoans, LiveTwins
from workflows.enterprise.records import (
    ApproveEnrolment,
    GrantDataConsent,
    RegisterEnterprise,
    SubmitEnrolment,
)
from workflows.enterprise.table import ENTERPRISE
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.lifecycle.roles import PLATFORM, Actor, Role
from workflows.match.facts import BankOutstanding
from workflows.match.ranking import Offer, Offers, Sought
from workflows.match.records import ExpressInterest, SelectBank
from workflows.match.table import MATCH
from workflows.pledge.facts import Rights, SecuredApplication, SecuredLoans, UnpaidDebt
from workflows.pledge.records import (
    ChangePledge,
    CorrectPledge,
    FilePledge,
    PreparePledge,
    PrepareSubstitute,
    RegisterPledge,
)
from workflows.pledge.table import PLEDGE
from workflows.product.records import DraftProduct, PublishProduct, SubmitProduct
from workflows.product.table import PRODUCT

FRONT = (BANK, ENTERPRISE, PRODUCT, ASSET, PLEDGE, APPLICATION, MATCH)

FIRM = Actor("ent-1", Role.ENT, "E1")
SIGNATORY = Actor("ent-s-1", Role.ENT_S, "E1")
MANAGER = Actor("bk-m-1", Role.BK_M, "BK01")
REVIEWER = Actor("bk-v-1", Role.BK_V, "BK01")
APPROVER = Actor("bk-a-1", Role.BK_A, "BK01")
COMMITTEE = Actor("bk-c-1", Role.BK_C, "BK01")
LOAN_OFFICER = Actor("bk-l-1", Role.BK_L, "BK01")
RISK = Actor("bk-r-1", Role.BK_R, "BK01")
FUND_OFFICER = Actor("fm-m-1", Role.FM_M, "JS-FUND")
FUND_APPROVER = Actor("fm-a-1", Role.FM_A, "JS-FUND")
OFFICER_A = Actor("ipa-1", Role.IPA, "JS-IPA", "320000")
OFFICER_B = Actor("ipa-2", Role.IPA, "JS-IPA", "320000")
REGISTRY = Actor("reg-1", Role.REG, "CNIPA", "100000")
APPRAISER = Actor("val-1", Role.VAL, "VAL01")
AUDITOR = Actor("aud-1", Role.AUD, "JS-AUDIT", "320000")

CREDIT_CODE = "91320100MA1000001H"
PATENT = "ZL202010000001.1"
APPLICATION_PAPERS = (
    "BUSINESS_LICENCE",
    "FINANCIAL_STATEMENTS",
    "IP_CERTIFICATES",
    "USE_PLAN",
    "CREDIT_AUTHORISATION",
)
PLEDGE_PAPERS = ("APPLICATION_FORM", "PLEDGE_CONTRACT", "IDENTITY_PROOF", "MANDATES", "AGENT_ID")
QUIET_BOOK = FundBook(CoveredLoans(), CoveredLoans())
OFFER = Offer(
    bank="BK01",
    amount_cap=yuan("30000000.00"),
    max_term_months=36,
    annual_rate=Decimal("0.0360"),
    purposes=("WORKING_CAPITAL",),
    quota=Money.ZERO,
    used=Money.ZERO,
    days=None,
)


def refused(lives: Lives, command: Any, actor: Actor = PLATFORM) -> tuple[str, ...]:
    """Codes of the refusals; each must cite its clause, and nothing changes."""
    before = dict(lives.rows)
    reasons = lives.reasons(command, actor)
    assert all(reason.citation is not None and reason.citation.clause for reason in reasons)
    assert lives.rows == before
    return tuple(reason.code for reason in reasons)


def rights(lives: Lives, command: Any) -> tuple[Rights | SecuredApplication | SecuredLoans, ...]:
    """What services/assets/queries.py says of the rights a command or its row names."""
    noun = "pledge" if hasattr(command, "pledge") else "application"
    named = getattr(command, "assets", None)
    named = named or lives.row(noun, getattr(command, noun)).assets
    rows = [lives.row("asset", ident) for ident in named]
    found = rights_of(rows, named)
    if isinstance(command, RegisterPledge | PrepareSubstitute):
        return (found, *loans_secured(lives, command))
    if isinstance(command, PreparePledge):
        return found, secured(lives.row("application", command.application))
    return (found,)


def may_approve(lives: Lives, command: Any) -> tuple[Any, ...]:
    """The rights, and a fund that has promised nothing and can bear 500,000,000.00."""
    book = (QUIET_BOOK, Reserved(Money.ZERO), FundCash(yuan("50000000.00")))
    return (*rights(lives, command), *book)


def shown(*offers: Offer) -> Any:
    """What services/applications/queries.py says of these offers and what is sought."""

    def facts(lives: Lives, command: Any) -> tuple[Offers, Sought]:
        ident = getattr(command, "application", None) or command.match
        return Offers(offers), sought(lives.row("application", ident))

    return facts


def story(start: date = date(2025, 5, 26)) -> Lives:
    """A world with no row yet, on the first day of the spine."""
    facts: dict[str, Any] = {
        "RegisterEnterprise": (LiveTwins(0),),
        "BlacklistEnterprise": (FundProgramme("jiangsu"),),
        "LeaveLibrary": (LiveLoans(0),),
        "DeclareIp": (LiveRights(0),),
        "VerifyIp": (LiveRights(0),),
        "StartApplication": (QUIET_BOOK, LastRejection(None)),
        "ExpressInterest": (QUIET_BOOK, BankOutstanding(Money.ZERO)),
        "CancelPledge": lambda lives, act: (UnpaidDebt(Money.ZERO), *loans_secured(lives, act)),
        "ExamineSecurity": loans_secured,
        "RevokePledge": loans_secured,
    }
    by_offers = ("RouteApplication", "RebroadcastMatch", "LapseLead")
    facts |= {name: shown(OFFER) for name in by_offers}
    by_rights = (
        SubmitApplication,
        ReplaceAssets,
        PreparePledge,
        PrepareSubstitute,
        RegisterPledge,
        FilePledge,
        CorrectPledge,
    )
    facts["ApproveCredit"] = may_approve
    facts |= {kind.__name__: rights for kind in (*by_rights, ChangePledge)}
    modules = (application_reactions, asset_reactions, product_reactions)
    reactions = tuple(one for module in modules for one in module.REACTIONS)
    return Lives(registry(), load("jiangsu").on(start), start, reactions, facts)


def joined() -> Lives:
    """The bank has signed the programme agreement."""
    lives = story()
    lives.act(
        ProposeAgreement(
            "BK01", "JS-FUND", "Sample Bank", yuan("500000000.00"), date(2028, 5, 25), "jiangsu"
        ),
        FUND_OFFICER,
    )
    lives.act(SignAgreement("BK01"), APPROVER, FUND_APPROVER)
    return lives


def draft(**changes: Any) -> DraftProduct:
    """The spine's product, with changes."""
    terms: dict[str, Any] = {
        "product": "P1",
        "bank": "BK01",
        "fund": "JS-FUND",
        "name": "IP loan",
        "amount_cap": yuan("30000000.00"),
        "max_term_months": 36,
        "annual_rate": Decimal("0.0360"),
        "purposes": ("WORKING_CAPITAL",),
        "fees": Money.ZERO,
        "case": "jiangsu",
    }
    return DraftProduct(**{**terms, **changes})


def published() -> Lives:
    """The product is open to applications, 2025-05-26."""
    lives = joined()
    lives.act(draft(), MANAGER)
    lives.act(SubmitProduct("P1"), MANAGER, APPROVER)
    lives.act(PublishProduct("P1"), FUND_APPROVER)
    return lives


def registration(**changes: Any) -> RegisterEnterprise:
    """The spine's firm, with changes."""
    facts: dict[str, Any] = {
        "enterprise": "E1",
        "name": "Sample Maker",
        "credit_code": CREDIT_CODE,
        "region": "江苏南京",
        "industry": "INDUSTRY",
        "staff": 86,
        "revenue": yuan("64000000.00"),
        "case": "jiangsu",
    }
    return RegisterEnterprise(**{**facts, **changes})


def consent(**changes: Any) -> GrantDataConsent:
    """The spine's consent to data use, with changes."""
    terms: dict[str, Any] = {
        "enterprise": "E1",
        "scope": ("CREDIT", "IP", "TAX"),
        "purpose": "IP-pledge loan",
        "until": date(2026, 6, 3),
        "signatory": "ent-s-1",
        "mandate_until": date(2026, 12, 31),
    }
    return GrantDataConsent(**{**terms, **changes})


def submitted_enrolment() -> Lives:
    """The firm asked for its place in the library, 2025-06-03."""
    lives = published().at(date(2025, 6, 3))
    lives.act(registration(), FIRM)
    lives.act(consent(), SIGNATORY)
    lives.act(SubmitEnrolment("E1", ip_rights=6), FIRM)
    return lives


def enrolled() -> Lives:
    """The firm is in the library, 2025-06-10."""
    lives = submitted_enrolment().at(date(2025, 6, 10))
    lives.act(ApproveEnrolment("E1"), OFFICER_A, OFFICER_B)
    return lives


def right(**changes: Any) -> DeclareIp:
    """The spine's patent, with changes."""
    facts: dict[str, Any] = {
        "asset": "IP1",
        "enterprise": "E1",
        "ip_type": "PATENT",
        "number": PATENT,
        "title": "Precision gear",
        "owners": ("E1",),
        "consents": (),
        "term_ends_on": date(2040, 3, 18),
        "fee_due_on": date(2027, 3, 18),
        "annual_fee": yuan("1200.00"),
        "appraiser": "VAL01",
    }
    return DeclareIp(**{**facts, **changes})


def feed(**changes: Any) -> VerifyIp:
    """A registry feed that agrees, with changes."""
    says: dict[str, Any] = {
        "asset": "IP1",
        "in_force": True,
        "owner_matches": True,
        "fee_paid": True,
        "pledged_elsewhere": False,
    }
    return VerifyIp(**{**says, **changes})


MORE_RIGHTS = {"IP2": "ZL202110000002.0", "UM": "ZL202020000001.7"}

MORE_ENDS = {"IP2": date(2041, 5, 20), "UM": date(2030, 3, 18)}


def appraised(*more: str) -> Lives:
    """The patent is worth 18 million, 2025-06-13: 6,480,000.00 may be lent on it."""
    lives = enrolled().at(date(2025, 6, 11))
    lives.act(right(), FIRM)
    lives.at(date(2025, 6, 12)).act(feed(), REGISTRY)
    value = AppraiseIp("IP1", yuan("18000000.00"), "INCOME", "VAL01")
    lives.at(date(2025, 6, 13)).act(value, APPRAISER)
    for asset in more:
        lives.act(
            right(asset=asset, number=MORE_RIGHTS[asset], term_ends_on=MORE_ENDS[asset]), FIRM
        )
        lives.act(feed(asset=asset), REGISTRY)
    return lives


def request(**changes: Any) -> StartApplication:
    """The spine's application, with changes."""
    terms: dict[str, Any] = {
        "application": "A1",
        "enterprise": "E1",
        "product": "P1",
        "amount": yuan("6000000.00"),
        "requested_months": 12,
        "purpose": "WORKING_CAPITAL",
        "assets": ("IP1",),
    }
    return StartApplication(**{**terms, **changes})


def routed(**changes: Any) -> Lives:
    """Handed in, complete and shown to banks, all on 2025-06-16."""
    asked = request(**changes)
    lives = appraised(*asked.assets[1:]).at(date(2025, 6, 16))
    lives.act(asked, FIRM)
    lives.act(SubmitApplication("A1", APPLICATION_PAPERS), SIGNATORY)
    return lives


def selected(**changes: Any) -> Lives:
    """The bank is interested on the 17th and selected on the 18th."""
    lives = routed(**changes).at(date(2025, 6, 17))
    lives.act(ExpressInterest("A1", "BK01"), MANAGER)
    lives.at(date(2025, 6, 18)).act(SelectBank("A1", "BK01"), FIRM)
    return lives


def need(**changes: Any) -> ComputeNeed:
    """The spine's figures of the business, with changes: 6,340,000.00 may be lent."""
    figures: dict[str, Any] = {
        "application": "A1",
        "sales": yuan("64000000.00"),
        "margin": Decimal("0.10"),
        "growth": Decimal("0.05"),
        "turnover": Decimal("6"),
        "own_funds": yuan("3740000.00"),
        "working_loans": Money.ZERO,
        "other_channels": Money.ZERO,
    }
    return ComputeNeed(**{**figures, **changes})


def under_review(**changes: Any) -> Lives:
    """The lead is taken on 2025-06-18; credit queried, need computed, due diligence reported."""
    lives = selected(**changes)
    lives.act(TakeLead("A1", "BK01", "P1"), MANAGER)
    lives.at(date(2025, 6, 20)).act(QueryCredit("A1", "SQ-0001", "ZX-0001"), MANAGER)
    lives.at(date(2025, 6, 25)).act(need(), MANAGER)
    lives.at(date(2025, 6, 27)).act(ReportDueDiligence("A1", "no objection"), MANAGER)
    return lives


def terms(**changes: Any) -> ApproveCredit:
    """The spine's offer, with changes."""
    offered: dict[str, Any] = {
        "application": "A1",
        "amount": yuan("6000000.00"),
        "annual_rate": Decimal("0.0360"),
        "term_months": 12,
        "ip_share": Decimal("1.00"),
    }
    return ApproveCredit(**{**offered, **changes})


def approved() -> Lives:
    """An offer by two persons, 2025-07-07."""
    lives = under_review().at(date(2025, 7, 7))
    lives.act(terms(), MANAGER, REVIEWER, APPROVER)
    return lives


def signed() -> Lives:
    """The contract, 2025-07-21."""
    lives = approved().at(date(2025, 7, 21))
    lives.act(AcceptOffer("A1"), SIGNATORY)
    return lives


def contract(**changes: Any) -> PreparePledge:
    """The spine's pledge contract, with changes."""
    named: dict[str, Any] = {
        "pledge": "PL1",
        "application": "A1",
        "enterprise": "E1",
        "bank": "BK01",
        "assets": ("IP1",),
        "contract": "ZY-0001",
        "debt": yuan("6000000.00"),
        "debt_due_on": date(2026, 8, 14),
    }
    return PreparePledge(**{**named, **changes})


def filed() -> Lives:
    """The pledge is prepared and filed, 2025-07-28."""
    lives = signed().at(date(2025, 7, 28))
    lives.act(contract(), MANAGER)
    lives.act(FilePledge("PL1", PLEDGE_PAPERS), MANAGER, SIGNATORY)
    return lives


def pledged() -> Lives:
    """Registered on 2025-07-31, three working days after filing."""
    lives = filed().at(date(2025, 7, 31))
    lives.act(RegisterPledge("PL1", "DJ-0001"), REGISTRY)
    return lives


def converted() -> Lives:
    """The application becomes a loan, 2025-08-14."""
    lives = pledged().at(date(2025, 8, 14))
    lives.act(ConvertToLoan("A1", "PL1"), LOAN_OFFICER)
    return lives
