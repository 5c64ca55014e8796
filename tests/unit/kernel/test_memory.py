"""The twin of the kernel in memory sees what a handle reads, and changes what it locks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.money import Money, yuan
from services import wiring
from services.kernel.memory import Lives, NotLocked
from services.kernel.registry import Registry
from tests.toy import wiring as toy
from tests.toy.note_records import DrawNote, MisbookNote, SignNote, WriteNote
from tests.toy.notes import BankDrawn
from tests.toy.stage import APPROVER, MANAGER, OFFICER
from tests.unit.stories import back_lives, front_story
from tests.unit.stories.test_spine_back import whole_life
from workflows.claim.records import PayClaim, SubmitClaim
from workflows.enterprise.records import Enterprise
from workflows.filing.records import AmendFiling
from workflows.lifecycle.accounts import Unbalanced
from workflows.lifecycle.refusals import NotThere, Refused
from workflows.loan.change_records import AgreeToChange, DrawLoan, RenewLoan
from workflows.loan.records import DisburseLoan, RepayLoan
from workflows.recovery.records import BookRecovery


def without(kind: type[Any], *, reads: str = "", locks: str = "") -> Callable[[], Registry]:
    """The real registry, one noun less read or locked by one command."""
    real = wiring.registry()
    handle = real.handles[kind]
    less = replace(
        handle,
        reads=tuple(name for name in handle.reads if name != reads),
        locks=tuple(name for name in handle.locks if name not in (reads, locks)),
    )
    cut = Registry(real.nouns, {**real.handles, kind: less}, real.reactions)
    return lambda: cut


def test_a_drawing_that_does_not_read_the_pledge_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(back_lives, "registry", without(DisburseLoan, reads="pledge"))

    with pytest.raises(Refused, match="pledge_not_registered"):
        back_lives.drawn(back_lives.begin())


@pytest.mark.parametrize(
    ("kind", "noun"),
    [(SubmitClaim, "loan"), (PayClaim, "fund"), (BookRecovery, "claim"), (BookRecovery, "loan")],
)
def test_a_follow_up_changes_no_row_that_its_command_read_without_lock(
    monkeypatch: pytest.MonkeyPatch, kind: type[Any], noun: str
) -> None:
    monkeypatch.setattr(back_lives, "registry", without(kind, locks=noun))

    with pytest.raises(NotLocked, match=noun):
        whole_life()


# Read for the policy of its holder, or by acts that neither story tells.
PASSED_BY = {
    "AgreeCompromise":  ("claim", "loan"),
    "AssignMatch":      ("application",),
    "CloseProduct":     ("bank",),
    "CompromiseAlone":  ("claim", "loan"),
    "CeaseFiling":      ("loan",),
    "ConfirmClawback":  ("fund",),
    "ConfirmUnrecoverable": ("claim",),
    "DeclareIp":        ("enterprise",),
    "DemandClawback":   ("claim",),
    "EvaluateBreaker":  ("fund",),
    "ExpressInterest":  ("application",),
    "GiveUpAlone":      ("claim",),
    "HalfOpenBreaker":  ("fund",),
    "LapseLead":        ("application",),
    "NoteGuarantee":    ("loan",),
    "ObjectToRejection": ("loan",),
    "OffsetClawback":   ("claim",),
    "OpenClawback":     ("claim",),
    "OpenLoan":         ("application",),
    "OpenMatch":        ("application",),
    "PayClaimPartly":   ("loan", "filing", "fund"),
    "PreparePledge":    ("application",),
    "PrepareSubstitute": ("loan",),
    "RebroadcastMatch": ("application",),
    "RepayClawback":    ("claim",),
    "ResumeClaim":      ("loan", "filing", "fund"),
    "ResumeProduct":    ("bank",),
    "ReturnProduct":    ("bank",),
    "ReviseProduct":    ("bank",),
    "SupersedeProduct": ("bank",),
    "SuspendProduct":   ("bank",),
    "WriteOffRecourse": ("claim", "fund"),
    "SetOffClaim":      ("loan",),
}  # fmt: skip
READS = [
    pytest.param(kind, noun, id=f"{kind.__name__} reads {noun}")
    for kind, handle in wiring.registry().handles.items()
    for noun in handle.reads
    if noun not in PASSED_BY.get(kind.__name__, ())
]


@pytest.mark.parametrize(("kind", "noun"), READS)
def test_the_two_stories_notice_when_a_command_reads_less(
    monkeypatch: pytest.MonkeyPatch, kind: type[Any], noun: str
) -> None:
    told = _stories(monkeypatch, wiring.registry)

    assert _stories(monkeypatch, without(kind, reads=noun)) != told


def drawn_twice() -> Lives:
    """A loan by quarter, drawn in two parts."""
    lives = back_lives.repaid_by(back_lives.begin(), "1000000.00", settlement="QUARTERLY_20")
    back_lives.covered(lives)
    lives.act(DrawLoan("L1", yuan("1000000.00")), back_lives.BK_L, back_lives.BK_L2)
    lives.act(AmendFiling("L1", "drawn again"), back_lives.BK_M, back_lives.BK_A)
    return lives


def renewed() -> Lives:
    """The same on its first due date, repaid by a new loan."""
    lives = drawn_twice().at(date(2025, 9, 21))
    firm = Enterprise("E1", "ENROLLED", lives.policy.ref, "Firm", "320100", size_class="SMALL")
    lives.rows[("enterprise", "E1")] = firm
    interest = lives.row("loan", "L1").interest_due
    lives.act(RepayLoan("L1", interest), back_lives.ENT)
    lives.act(AgreeToChange("L1", "RENEWAL"), back_lives.FM_A)
    renew = RenewLoan("L1", "L2", 12, Decimal("0.0350"))
    lives.act(renew, back_lives.BK_M, back_lives.BK_A)
    return lives


def _stories(monkeypatch: pytest.MonkeyPatch, registry: Callable[[], Registry]) -> Any:
    for half in (front_story, back_lives):
        monkeypatch.setattr(half, "registry", registry)
    try:
        return whole_life().rows, front_story.converted().rows, renewed().rows
    except (NotThere, Refused) as stopped:
        return str(stopped)


def test_what_does_not_balance_is_not_booked() -> None:
    lives = Lives(toy.registry(), back_lives.jiangsu(), back_lives.DRAWN)
    lives.facts["DrawNote"] = (BankDrawn(Money.ZERO),)
    lives.act(WriteNote("N1", "BK01", Money(100), "T"), MANAGER)
    lives.act(SignNote("N1"), MANAGER, APPROVER)
    lives.act(DrawNote("N1", Money(60)), OFFICER)

    with pytest.raises(Unbalanced, match=r"Note\.Misbooked: bank:BK01"):
        lives.act(MisbookNote("N1"), OFFICER)

    assert [line.amount for line in lives.postings] == [Money(60), Money(-60)]
