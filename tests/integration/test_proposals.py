"""Two persons: what one proposed, another confirms, citing what exactly they read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection

from services.kernel import commands, proposals
from services.kernel.acts import Performed, ScriptedAct, perform_next, write_script
from services.kernel.audit import audit
from services.kernel.commands import Done
from services.kernel.db import transact
from services.kernel.proposals import ProposalChanged, Proposed, UnknownProposal
from tests.toy.note_records import GuaranteeNote, LapseNote, SignNote
from tests.toy.stage import APPROVER, MANAGER, Stage
from workflows.lifecycle.refusals import NotAllowed, NotPossible
from workflows.lifecycle.roles import PLATFORM, Actor, Role


@pytest.fixture
def proposed(stage: Stage) -> Proposed:
    """A signature that the manager proposed."""
    stage.write("N1")
    outcome = stage.do(SignNote("N1"), MANAGER)
    assert isinstance(outcome, Proposed)
    return outcome


def _confirm(stage: Stage, what: Proposed, checker: Actor, digest: str = "") -> object:
    return commands.confirm(
        stage.engine, stage.registry, what.proposal, digest=digest or what.digest, checker=checker
    )


def _decline(stage: Stage, what: Proposed, by: Actor) -> None:
    def work(connection: Connection) -> None:
        proposals.decline(
            connection,
            stage.registry,
            what.proposal,
            by=by,
            today=date(2025, 1, 3),
        )

    transact(stage.engine, work)


def _state(stage: Stage) -> str:
    state: str = stage.one("SELECT state FROM proposal")
    return state


def test_a_proposal_changes_nothing_but_waits(stage: Stage, proposed: Proposed) -> None:
    assert stage.record("note", "N1").state == "OPEN"
    assert (proposed.trigger, proposed.checkers) == ("sign", ("BK-A",))
    assert _state(stage) == "PENDING"


def test_another_person_of_the_role_confirms(stage: Stage, proposed: Proposed) -> None:
    done = _confirm(stage, proposed, APPROVER)

    assert isinstance(done, Done)
    row = stage.rows("SELECT actor, checkers FROM event WHERE type = 'Note.Signed'")
    assert tuple(row[0]) == (
        "wang",
        [{"user": "li", "role": "BK-A", "organisation": "BK01", "region": ""}],
    )
    assert _state(stage) == "CONFIRMED"


@pytest.mark.parametrize(
    ("checker", "code"),
    [
        (Actor("wang", Role.BK_A, "BK01"), "same_person"),
        (Actor("li", Role.BK_L, "BK01"), "wrong_role"),
        (Actor("li", Role.BK_A, "BK02"), "wrong_organisation"),
    ],
)
def test_nobody_else_may_confirm_or_decline(
    stage: Stage, proposed: Proposed, checker: Actor, code: str
) -> None:
    before = stage.snapshot()

    with pytest.raises(NotAllowed) as confirming:
        _confirm(stage, proposed, checker)
    with pytest.raises(NotAllowed) as declining:
        _decline(stage, proposed, checker)

    assert confirming.value.reason.code == declining.value.reason.code == code
    assert stage.snapshot() == before


def test_a_confirmation_of_something_else_than_was_proposed_is_refused(
    stage: Stage, proposed: Proposed
) -> None:
    with pytest.raises(ProposalChanged):
        _confirm(stage, proposed, APPROVER, digest="0" * 64)

    assert _state(stage) == "PENDING"


def test_a_proposal_is_confirmed_once(stage: Stage, proposed: Proposed) -> None:
    _confirm(stage, proposed, APPROVER)

    with pytest.raises(UnknownProposal):
        _confirm(stage, proposed, APPROVER)
    with pytest.raises(UnknownProposal):
        _decline(stage, proposed, APPROVER)
    assert stage.events("note/N1") == ["Note.Written", "Note.Signed"]


def test_of_two_confirmations_at_once_one_acts(stage: Stage, proposed: Proposed) -> None:
    def confirm(_number: int) -> str:
        try:
            return type(_confirm(stage, proposed, APPROVER)).__name__
        except UnknownProposal as error:
            return type(error).__name__

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(confirm, range(4)))

    assert outcomes == ["Done", "UnknownProposal", "UnknownProposal", "UnknownProposal"]
    assert stage.events("note/N1") == ["Note.Written", "Note.Signed"]


@pytest.mark.parametrize("by", [APPROVER, MANAGER], ids=["the checker", "the maker again"])
def test_a_declined_proposal_is_over(stage: Stage, proposed: Proposed, by: Actor) -> None:
    _decline(stage, proposed, by)

    assert _state(stage) == "DECLINED"
    with pytest.raises(UnknownProposal):
        _confirm(stage, proposed, APPROVER)
    assert stage.record("note", "N1").state == "OPEN"


def test_a_proposal_whose_step_is_gone_stays_pending_until_it_is_declined(
    stage: Stage, proposed: Proposed
) -> None:
    stage.do(LapseNote("N1"), PLATFORM)

    with pytest.raises(NotPossible):
        _confirm(stage, proposed, APPROVER)
    assert _state(stage) == "PENDING"
    _decline(stage, proposed, APPROVER)

    assert _state(stage) == "DECLINED"


def test_proposals_of_one_stream_are_numbered_also_when_made_at_once(stage: Stage) -> None:
    stage.write("N1")

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: stage.do(SignNote("N1"), MANAGER), range(4)))

    names = sorted(one.proposal for one in made if isinstance(one, Proposed))
    assert names == ["note-N1-1", "note-N1-2", "note-N1-3", "note-N1-4"]


def test_an_unknown_proposal_is_named(stage: Stage) -> None:
    with pytest.raises(UnknownProposal, match="note-N7-1"):
        commands.confirm(stage.engine, stage.registry, "note-N7-1", digest="", checker=APPROVER)


# --- several persons, one after another -------------------------------------------------------

RISK = Actor("chen", Role.BK_R, "BK01")


@pytest.fixture
def guaranteed(stage: Stage) -> Proposed:
    """A guarantee that the manager proposed; risk confirms it, then the approver."""
    stage.signed("N1")
    outcome = stage.do(GuaranteeNote("N1"), MANAGER)
    assert isinstance(outcome, Proposed)
    return outcome


def test_each_person_confirms_in_turn_and_the_last_one_acts(
    stage: Stage, guaranteed: Proposed
) -> None:
    assert guaranteed.checkers == ("BK-R",)

    waiting = _confirm(stage, guaranteed, RISK)
    assert waiting == Proposed(guaranteed.proposal, guaranteed.digest, "guarantee", ("BK-A",))
    assert stage.events("note/N1")[-1] == "Note.Signed"
    done = _confirm(stage, guaranteed, APPROVER)

    assert isinstance(done, Done)
    kept = "SELECT actor, checkers, payload FROM event WHERE type = 'Note.Guaranteed'"
    actor, checkers, payload = stage.rows(kept)[0]
    assert (actor, payload) == ("wang", {"persons": ["wang", "chen", "li"]})
    assert checkers == [
        {"user": "chen", "role": "BK-R", "organisation": "BK01", "region": ""},
        {"user": "li", "role": "BK-A", "organisation": "BK01", "region": ""},
    ]
    assert stage.one("SELECT confirmations FROM proposal WHERE trigger = 'guarantee'") == checkers
    with stage.engine.connect() as connection:
        assert audit(connection, stage.registry).bad == []


@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param(APPROVER, "wrong_role", id="the approver before risk has spoken"),
        pytest.param(Actor("wang", Role.BK_R, "BK01"), "same_person", id="the maker"),
        pytest.param(Actor("chen", Role.BK_R, "BK02"), "wrong_organisation", id="another bank"),
    ],
)
def test_the_order_is_kept(stage: Stage, guaranteed: Proposed, by: Actor, code: str) -> None:
    before = stage.snapshot()

    with pytest.raises(NotAllowed) as refused:
        _confirm(stage, guaranteed, by)

    assert refused.value.reason.code == code
    assert stage.snapshot() == before


@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param(Actor("chen", Role.BK_A, "BK01"), "same_person", id="who confirmed before"),
        pytest.param(Actor("wang", Role.BK_A, "BK01"), "same_person", id="the maker"),
        pytest.param(Actor("zhou", Role.BK_R, "BK01"), "wrong_role", id="risk once more"),
    ],
)
def test_nobody_speaks_twice_and_the_second_stage_asks_for_its_own_role(
    stage: Stage, guaranteed: Proposed, by: Actor, code: str
) -> None:
    _confirm(stage, guaranteed, RISK)
    before = stage.snapshot()

    with pytest.raises(NotAllowed) as refused:
        _confirm(stage, guaranteed, by)

    assert refused.value.reason.code == code
    assert stage.snapshot() == before


def test_each_confirmation_cites_what_was_proposed(stage: Stage, guaranteed: Proposed) -> None:
    _confirm(stage, guaranteed, RISK)

    with pytest.raises(ProposalChanged):
        _confirm(stage, guaranteed, APPROVER, digest="0" * 64)


def test_what_was_confirmed_by_one_waits_for_the_next_for_as_long_as_it_takes(
    stage: Stage, guaranteed: Proposed
) -> None:
    _confirm(stage, guaranteed, RISK)

    stage.engine.dispose()  # as after a restart: nothing is kept but what is written
    stage.advance(date(2025, 2, 10))

    assert isinstance(_confirm(stage, guaranteed, APPROVER), Done)


@pytest.mark.parametrize("by", [MANAGER, RISK, APPROVER], ids=["maker", "confirmed", "next"])
def test_any_of_the_persons_declines_it(stage: Stage, guaranteed: Proposed, by: Actor) -> None:
    _confirm(stage, guaranteed, RISK)

    _decline(stage, guaranteed, by)

    with pytest.raises(UnknownProposal):
        _confirm(stage, guaranteed, APPROVER)
    assert stage.events("note/N1")[-1] == "Note.Signed"


def test_a_script_names_all_who_confirm(stage: Stage) -> None:
    stage.signed("N1")
    act = ScriptedAct(date(2025, 1, 2), GuaranteeNote("N1"), MANAGER, (RISK, APPROVER))

    with stage.engine.begin() as connection:
        write_script(connection, "three", [act])
        assert perform_next(connection, stage.registry, act.due_on) is Performed.DONE
