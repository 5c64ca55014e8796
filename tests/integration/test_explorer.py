"""The tables walked in memory: what fires, what does not and why, and that every state leads on."""

from __future__ import annotations

import pytest

from services.sandbox.explorer.report import never_fired, report, walked, ways_on
from services.sandbox.explorer.walk import Walked, path
from services.wiring import registry

# Acts of which some row is not reached by this walk, and why. Whatever else is not reached is dead.
NOT_WALKED = {
    ("incident", "note_pair_refused"): "the kernel writes it when a pair is refused",
    ("bank", "board"): "boarding gives it",
    ("enterprise", "board"): "boarding gives it",
    ("application", "return_for_supplement"): "a submitted application goes on by itself",
    ("application", "withdraw"): "a submitted application goes on by itself",
    ("application", "freeze"): "a submitted application goes on by itself",
    ("application", "unfreeze"): "a submitted application goes on by itself",
    ("match", "expire"): "shown twice before it expires, which only path 03 plays",
    ("match", "assign"): "no scenario names its bank beforehand",
    ("loan", "draw"): "no scenario draws in parts",
    ("loan", "post_interest"): "no scenario pays its interest by the quarter",
    ("loan", "clear_arrears"): "the walk pays by the amounts the row bears, not by what is due",
    ("loan", "accelerate"): "no scenario has principal that is not due yet",
    ("loan", "receive_compensation"): "claims on loans called in are not walked",
    ("loan", "return_compensation"): "settlements that move money back are rare",
    ("loan", "write_off"): "loans called in are written off after years",
    ("claim", "withdraw"): "an approved claim goes on by itself",
    ("recovery", "open"): "follows clear_arrears",
    ("recovery", "discontinue"): "follows clear_arrears",
    ("recovery", "call_for_suit"): "calls in states that follow a suit are rare",
    ("recovery", "lapse_limitation"): "a suit stops it",
    ("recovery", "claim_on_guarantor"): "the period is over before the walk notes the guarantee",
    ("recovery", "lapse_guarantee"): "follows note_guarantee",
    ("recovery", "remit"): "money that comes in while a suit runs is rare",
    ("recovery", "miss_deadline"): "money that comes in while a suit runs is rare",
    ("fund", "take_back"): "follows return_compensation",
}
# Acts that no seed of the walk stands before: it starts from points of scenarios.
NO_SEED = {
    "asset": ("call_revaluation", "cure_fee", "reject_invalidation"),
    "breaker": ("end_warning", "evaluate", "half_open", "reset", "trip", "warn"),
    "claim": ("claw_back", "note_final_loss", "resume", "set_off", "share_recovery"),
    "clawback": (
        "confirm",
        "demand",
        "dismiss",
        "fall_overdue",
        "offset",
        "open",
        "refer",
        "repay",
    ),
    "filing": ("await_amendment", "cease", "refuse_by_breaker"),
    "fund": (
        "charge_fee",
        "commit_top_up",
        "credit_interest",
        "debit",
        "declare_exhausted",
        "end_watch",
        "return_recovery",
        "top_up",
        "watch",
    ),
    "loan": (
        "book_backdated",
        "class_with_debtor",
        "end_observation",
        "examine_collateral",
        "forgive_debt",
        "grant_extension",
        "look_at_debtor",
        "miss_deadline",
        "refuse_extension",
        "renew",
        "request_extension",
        "restore_collateral",
        "restructure",
        "start_non_accrual",
        "upgrade",
    ),
    "pledge": ("call_revaluations", "examine_security", "prepare_substitute"),
    "recovery": ("agree_compromise",),
}
UNSEEDED = {(noun, trigger) for noun, triggers in NO_SEED.items() for trigger in triggers}
STATES_UNSEEDED = {("claim", "CLAWED_BACK"), ("fund", "WATCH"), ("incident", "NOTED")}
# What only another noun's events lead on from.
RESTING = {
    ("claim", "SETTLED"): "taken back only by a clawback",
    ("recovery", "DISCONTINUED"): "opened anew when the loan falls behind again",
}
SEEDED = ("enterprise", "application", "loan", "claim", "recovery", "pledge", "asset", "match")


@pytest.fixture(scope="module")
def found() -> Walked:
    return walked(registry())


def test_every_row_is_reached_or_listed_with_its_reason(found: Walked) -> None:
    dead = {(line.noun, line.trigger) for line in never_fired(registry(), found)}

    assert sorted(dead - set(NOT_WALKED) - UNSEEDED) == []


def test_nearly_all_states_are_reached(found: Walked) -> None:
    states = {
        (noun.name, state.name)
        for noun in registry().nouns.values()
        for state in noun.lifecycle.states
    }

    missing = {one for one in states - set(found.first) if one[0] not in ("breaker", "clawback")}
    assert missing <= STATES_UNSEEDED


@pytest.mark.parametrize("noun", SEEDED)
def test_every_open_state_waits_for_a_day_or_for_a_person(found: Walked, noun: str) -> None:
    told = report(registry(), found, noun)["states"][noun]

    stuck = [
        state
        for state, one in told.items()
        if one["reached"] and one["open"] and not (one["waits_for"] or one["who_can_act"])
    ]
    assert [state for state in stuck if (noun, state) not in RESTING] == []


def test_the_way_into_a_state_is_told_act_by_act(found: Walked) -> None:
    rejected = found.first[("claim", "REJECTED")]

    told = path(rejected)

    assert told[-1].endswith("RejectClaim (FM-M)")
    assert [one for one in told if "SubmitClaim" in one]
    assert told == sorted(told, key=lambda one: one[:10])  # days never go back


def test_a_table_without_a_way_out_is_seen() -> None:
    noun = registry().nouns["claim"]

    assert "approve" in ways_on(noun, "UNDER_REVIEW")
    assert ways_on(noun, "EXPIRED") == []
