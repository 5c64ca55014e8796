"""What happens to loans because of what happened elsewhere, and to pledges because of loans."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.claim.events import ClaimPaid, ClaimPartiallyPaid, ClaimSetOff
from workflows.lending.overdue import NON_PERFORMING
from workflows.loan.change_records import LookAtDebtor
from workflows.loan.events import LoanClassified, LoanSettled
from workflows.loan.records import NON_RETAIL, RETAIL_SMALL, OpenLoan, ReceiveCompensation
from workflows.loan.recovering import DEBTOR
from workflows.loan.security import ExamineCollateral
from workflows.pledge.events import PledgeRegistered, PledgeRevoked, PledgeSecurityChanged
from workflows.pledge.impairment import Cause
from workflows.pledge.records import CallCancellation

# Loans to small and micro firms are classed one by one, others by their debtor (ZD-3.8.3).
RETAIL_SIZES = ("SMALL", "MICRO")


def open_loan(h: Happened) -> tuple[Any, ...]:
    """An application whose conditions are met becomes a loan of the same id."""
    e = h.event
    return (
        OpenLoan(
            loan=h.id,
            enterprise=e.enterprise,
            bank=e.bank,
            fund=e.fund,
            approved_amount=e.approved_amount,
            annual_rate=e.annual_rate,
            term_months=e.term_months,
            ip_share=e.ip_share,
            product=e.product,
            application=h.id,
            pledge=e.pledge,
            asset_class=RETAIL_SMALL if e.size_class in RETAIL_SIZES else NON_RETAIL,
        ),
    )


def receive_compensation(h: Happened) -> tuple[Any, ...]:
    """The bank has the fund's money; a claim's id is its loan's."""
    return (ReceiveCompensation(loan=h.id, claim=h.id, amount=h.event.amount),)


def call_cancellation(h: Happened) -> tuple[Any, ...]:
    """A settled loan sets its pledge free."""
    return (CallCancellation(pledge=h.event.pledge),) if h.event.pledge else ()


def examine(h: Happened) -> tuple[Any, ...]:
    """Each loan that the pledge secures looks at its security anew."""
    e = h.event
    return tuple(ExamineCollateral(loan, e.asset, e.ground) for loan in e.loans)


def examine_revoked(h: Happened) -> tuple[Any, ...]:
    """A pledge that was struck secures nothing."""
    return tuple(ExamineCollateral(loan, "", Cause.PLEDGE_STRUCK.name) for loan in h.event.loans)


def examine_substituted(h: Happened) -> tuple[Any, ...]:
    """A further pledge stands for a drawn loan."""
    return tuple(ExamineCollateral(loan, "", Cause.OTHER_SECURITY.name) for loan in h.event.loans)


def look_at_debtor(h: Happened) -> tuple[Any, ...]:
    """A bad loan classed on its debtor concerns the debtor's other loans."""
    e = h.event
    bad = e.classification in NON_PERFORMING and e.former not in NON_PERFORMING
    if not bad or e.asset_class != NON_RETAIL or e.ground == DEBTOR:
        return ()
    return (LookAtDebtor(loan=h.id),)


# fmt: off
REACTIONS = (
    Reaction("loan_opens",              "Application.Converted",   open_loan),
    Reaction("compensation_received",   ClaimPaid.wire,            receive_compensation),
    Reaction("set_off_received",        ClaimSetOff.wire,          receive_compensation),
    Reaction("part_received",           ClaimPartiallyPaid.wire,   receive_compensation),
    Reaction("security_examined",       PledgeSecurityChanged.wire, examine),
    Reaction("security_revoked",        PledgeRevoked.wire,        examine_revoked),
    Reaction("security_substituted",    PledgeRegistered.wire,     examine_substituted),
    Reaction("debtor_looked_at",        LoanClassified.wire,       look_at_debtor),
    Reaction("pledge_to_be_cancelled",  LoanSettled.wire,          call_cancellation),
)
# fmt: on
