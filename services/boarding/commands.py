"""A boarded loan's life as commands: who gives them, on which day, with which facts.

The platform's own follow-ups (filing opened, claim queued, bank credited, cover ended) are
reactions and not given here. Claims are paid apart, in order: `claim_commands`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
from policies.reading.loader import load
from policies.reading.pack import Policy
from policies.regions import NATION
from services.boarding import origin
from services.boarding.life import Life
from services.boarding.sweep import BookStanding
from services.kernel.unit import Envelope, Key
from workflows.bank.records import BoardBank
from workflows.claim.facts import QueuedAhead
from workflows.claim.records import (
    AcceptClaim,
    ApproveClaim,
    NotifyRisk,
    OpenClaim,
    PayClaim,
    PayClaimPartly,
    StartReview,
    SubmitClaim,
)
from workflows.enterprise.records import BoardEnterprise
from workflows.filing.records import AcceptFiling, FileLoan
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.fund.records import DeclareExhausted, EstablishFund, TopUpFund
from workflows.lending.interest import accrued
from workflows.lending.overdue import LOSS, days_past_due, minimum_class
from workflows.lifecycle.roles import PLATFORM, Actor, Role
from workflows.lifecycle.rows import Facts
from workflows.lifecycle.waivers import WAIVED_FOR_BOARDING
from workflows.loan.facts import EarlierLoans, ProgrammeBalance
from workflows.loan.records import (
    BOARDED,
    RETAIL_SMALL,
    DisburseLoan,
    DowngradeLoan,
    Loan,
    MarkOverdue,
    OpenLoan,
    RepayLoan,
)
from workflows.loan.states import LoanState
from workflows.pledge.facts import Rights

NO_IP = Decimal(0)  # a tape carries no IP-secured part
CHARGED_OFF_GROUND = "CHARGED_OFF"  # the material event of which the fund is notified
MAKER, CHECKER = "boarding-maker", "boarding-checker"
REVIEWER, REVIEWER_2, COMMITTEE = "boarding-reviewer", "boarding-reviewer-2", "boarding-committee"
APPROVER, PAYER, PAYER_2 = "boarding-approver", "boarding-payer", "boarding-payer-2"
ACCOUNT = "BOARDED"  # a tape names no account
FINANCE = "FIN-BOOK"  # the fiscal department that gives the fund its money


@dataclass(frozen=True, slots=True)
class Users:
    """The bank and the fund of the book, its case, and the service users that act for them."""

    bank: str
    fund: str
    case: str

    def at_bank(self, role: Role, user: str = MAKER) -> Actor:
        """A service user of the book's bank."""
        return Actor(user, role, self.bank)

    def at_fund(self, role: Role, user: str = MAKER) -> Actor:
        """A service user of the fund."""
        return Actor(user, role, self.fund)


def opening_commands(
    users: Users, given: Money, on: date, *, known: Collection[Key]
) -> tuple[Envelope, ...]:
    """The book's bank and fund, before its first loan. `known`: which of them the world has.

    A fund that is there already is topped up by what the book is given.
    """
    maker, checker = (Actor(user, Role.FIN, FINANCE, NATION) for user in (MAKER, CHECKER))
    board = BoardBank(users.bank, users.fund, users.bank, users.case)
    bank = () if ("bank", users.bank) in known else (Envelope(board, PLATFORM, on),)
    if ("fund", users.fund) not in known:
        establish = EstablishFund(users.fund, users.fund, given, users.case)
        return (*bank, Envelope(establish, maker, on, (checker,)))
    if not given:
        return bank
    return (*bank, Envelope(TopUpFund(users.fund, given), maker, on, (checker,)))


def life_commands(life: Life, standing: BookStanding, users: Users) -> tuple[Envelope, ...]:
    """From the borrower's entry to the last repayment, or to the approval of the claim."""
    if not life.defaulted:
        return (*_drawn(life, standing, users), _repaid(life, users))
    overdue = _given(MarkOverdue(life.loan_id), PLATFORM, life.ended_on)
    if not life.claimed:
        # Overdue first: a loan that is paid whole is settled and can no longer default.
        return (*_drawn(life, standing, users), overdue, _repaid(life, users))
    # Repaid first: a part paid on an overdue loan could clear its arrears.
    partly = (_repaid(life, users),) if life.repaid else ()
    return (*_drawn(life, standing, users), *partly, overdue, *_claimed(life, users))


def claim_commands(life: Life, users: Users) -> tuple[Envelope, ...]:
    """The payment of an approved claim as planned: whole, in part, or not for want of cash.

    Nothing either where the fund's part of the loss is less than a fen.
    """
    on = life.ended_on
    if life.exhausts_fund:
        return (_given(DeclareExhausted(users.fund, life.loan_id), PLATFORM, on),)
    if not life.paid:
        return ()
    whole = life.paid == life.compensation
    command = (PayClaim if whole else PayClaimPartly)(life.loan_id, ACCOUNT)
    # Older claims are paid whole by now, or there would be no cash for this one.
    facts = (QueuedAhead(Money.ZERO),)
    payer, payer_2 = (users.at_fund(Role.FM_F, user) for user in (PAYER, PAYER_2))
    return (_given(command, payer, on, checker=payer_2, facts=facts),)


def keys_of(life: Life) -> tuple[Key, ...]:
    """The rows that the commands of a life touch, the book's bank and fund apart."""
    own = (("enterprise", life.enterprise), ("loan", life.loan_id), ("filing", life.loan_id))
    claim = (("claim", life.loan_id),) if life.claimed else ()
    recovery = (("recovery", life.loan_id),) if life.defaulted else ()
    return (*own, *claim, *recovery)


def _drawn(life: Life, standing: BookStanding, users: Users) -> tuple[Envelope, ...]:
    """Enterprise, loan, disbursement and cover, all on the day of the draw."""
    on, loan = life.disbursed_on, life.loan_id
    board = BoardEnterprise(
        enterprise=life.enterprise,
        name=life.name,
        region=life.region,
        generated=origin.GENERATED,
        case=users.case,
    )
    draw = DisburseLoan(loan, life.disbursed)
    officer, officer_2 = (users.at_bank(Role.BK_L, user) for user in (MAKER, CHECKER))
    manager, approver = users.at_bank(Role.BK_M), users.at_bank(Role.BK_A, CHECKER)
    case_officer, fund_approver = users.at_fund(Role.FM_M), users.at_fund(Role.FM_A, CHECKER)
    # One enterprise a loan: nothing was drawn before.
    drawn_before = (
        ProgrammeBalance(Money.ZERO),
        EarlierLoans(0),
        Rights((), (), Money.ZERO, None, None),
    )
    return (
        _given(board, PLATFORM, on),
        _given(_opened(life, users), PLATFORM, on),
        _given(draw, officer, on, checker=officer_2, facts=drawn_before),
        _given(FileLoan(loan, ACCOUNT), manager, on, checker=approver),
        _given(
            AcceptFiling(loan), case_officer, on, checker=fund_approver, facts=facts_of(standing)
        ),
    )


def _opened(life: Life, users: Users) -> OpenLoan:
    return OpenLoan(
        loan=life.loan_id,
        enterprise=life.enterprise,
        bank=users.bank,
        fund=users.fund,
        approved_amount=life.approved_amount,
        annual_rate=life.annual_rate,
        term_months=life.term_months,
        ip_share=NO_IP,
        case=users.case,
        asset_class=RETAIL_SMALL,
        origin=BOARDED,
    )


def _repaid(life: Life, users: Users) -> Envelope:
    """Principal that comes back, with all interest to that day: interest is met first."""
    amount = life.repaid + interest_to_the_end(life, users.case)
    officer = users.at_bank(Role.BK_L)
    return _given(RepayLoan(life.loan_id, amount), officer, life.ended_on)


def _claimed(life: Life, users: Users) -> tuple[Envelope, ...]:
    """Risk notified, claim opened, submitted, reviewed and approved, all on the charge-off."""
    on, claim = life.ended_on, life.loan_id
    manager, risk = users.at_bank(Role.BK_M), users.at_bank(Role.BK_R, CHECKER)
    reviewer, reviewer_2 = (users.at_fund(Role.FM_M, user) for user in (REVIEWER, REVIEWER_2))
    committee = Actor(COMMITTEE, Role.FC, users.fund)
    second = committee if life.by_committee else users.at_fund(Role.FM_A, APPROVER)
    notice = NotifyRisk(claim, life.loan_id, users.bank, CHARGED_OFF_GROUND)
    return (
        _given(notice, manager, on),
        _given(OpenClaim(claim), manager, on),
        _given(SubmitClaim(claim, on, evidence=()), manager, on, checker=risk),
        _given(AcceptClaim(claim), reviewer, on, checker=reviewer_2),
        _given(StartReview(claim), reviewer, on),
        _given(ApproveClaim(claim), reviewer, on, checker=second),
        *_lost(life, users),
    )


def _lost(life: Life, users: Users) -> tuple[Envelope, ...]:
    """What a bank has charged off is a loss, also where the days past due do not say so yet."""
    days = days_past_due(min(life.due_on, life.ended_on), life.ended_on)
    if minimum_class(days, load(users.case).on(life.disbursed_on)) == LOSS:
        return ()
    command = DowngradeLoan(life.loan_id, LOSS, CHARGED_OFF_GROUND)
    maker, checker = users.at_bank(Role.BK_R), users.at_bank(Role.BK_A, CHECKER)
    return (_given(command, maker, life.ended_on, checker=checker),)


def interest_to_the_end(life: Life, case: str) -> Money:
    """Interest from the draw to the last day, as the loan itself derives it."""
    if not life.annual_rate:
        return Money.ZERO
    policy: Policy = load(case).on(life.disbursed_on)
    return accrued(_bearing(life, policy), policy, life.ended_on).total


def _bearing(life: Life, policy: Policy) -> Loan:
    return Loan(
        id=life.loan_id,
        state=LoanState.ACTIVE.name,
        enterprise=life.enterprise,
        bank="",
        fund="",
        policy=policy.ref,
        approved_amount=life.approved_amount,
        annual_rate=life.annual_rate,
        term_months=life.term_months,
        ip_share=NO_IP,
        outstanding=life.disbursed,
        interest_from=life.disbursed_on,
        due_on=life.due_on,
    )


def facts_of(standing: BookStanding) -> Facts:
    """A standing as the figures that the guards of an acceptance read."""
    book = CoveredLoans(
        loans=standing.covered_loans,
        balance=standing.covered_balance,
        bad=standing.npl_principal,
        compensated=standing.compensated_unrecovered,
    )
    return (FundBook(book), FundCash(standing.fund_cash))


def _given(
    command: Any,
    actor: Actor,
    on: date,
    *,
    checker: Actor | None = None,
    facts: Facts | None = None,
) -> Envelope:
    """A command of the boarding: old rules may be waived, and the tape sets no timers."""
    checkers = () if checker is None else (checker,)
    return Envelope(
        command, actor, on, checkers, facts=facts, waivable=WAIVED_FOR_BOARDING, timers=False
    )
