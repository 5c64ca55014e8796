"""What must always hold (ZD-C), over random acts, days and faults from any point of the scenarios.

The acts are those of the explorer: of every row that is there, with values that scenarios and
refusals have shown. 2,000 steps in `make test-slow`, a short run in every test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from policies.money import Money
from policies.reading.loader import load
from services.kernel.memory import Lives
from services.sandbox import library
from services.sandbox.explorer.alphabet import Alphabet
from services.sandbox.explorer.figures import ToldFigures
from services.sandbox.scenario import Scenario
from services.wiring import registry
from workflows.claim.states import ClaimState
from workflows.filing.states import FilingState
from workflows.lifecycle.refusals import NotAllowed, NotPossible, NotThere, Refused
from workflows.lifecycle.roles import Actor, Role
from workflows.lifecycle.step import NotConfirmedYet
from workflows.loan.events import LoanDisbursed, LoanPaymentAllocated
from workflows.pledge.events import PledgeCancelled, PledgeRealised

REFUSED = (Refused, NotAllowed, NotPossible, NotThere, NotConfirmedYet)
PICK = st.integers(0, 10**6)
COVER = {FilingState.COVERED.name, FilingState.CEASED.name}
PAID = {ClaimState.PAID.name, ClaimState.PARTIALLY_PAID.name, ClaimState.SETTLED.name}


class Fault(Exception):
    """A process dies in the middle of an act."""


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    case = library.sample_case()
    every = (library.read(file, registry()) for file in library.listing().values())
    return tuple(one for one in every if one.case == case)


@lru_cache(maxsize=1)
def cast() -> dict[Role, list[Actor]]:
    found: dict[Role, list[Actor]] = {}
    for one in scenarios():
        for act in one.acts:
            for who in (act.actor, *act.checkers):
                known = found.setdefault(who.role, [])
                if who not in known:
                    known.append(who)
    return found


class Programme(RuleBasedStateMachine):
    """A fund, banks and firms of which anybody tries anything on any day."""

    lives: Lives
    journal: list[Callable[[Lives], object]]

    @initialize(which=PICK, part=st.floats(0, 1))
    def begin(self, which: int, part: float) -> None:
        """Some scenario, played to some point."""
        scenario = scenarios()[which % len(scenarios())]
        self.lives, self.journal = begun(scenario), []
        self.scenario, self.checked = scenario, 0
        self.alphabet = Alphabet(registry(), scenarios())
        acts = [act for act in scenario.acts if not act.refused]
        for act in acts[: int(part * len(acts))]:
            self._do(partial(_arrive, day=act.due_on))
            self._do(partial(_give, command=act.command, persons=(act.actor, *act.checkers)))

    def _do(self, what: Callable[[Lives], object]) -> bool:
        """Do it here, and keep it to be done again. Whether it was let pass."""
        self.journal.append(what)
        return done(self.lives, what)

    def _act(self, pick: int) -> tuple[Any, list[Actor], Any]:
        """Some act of some row that is there, with the persons its table asks for."""
        rows = sorted(self.lives.rows)
        if not rows:  # the scenario has only begun
            return None, [], None
        noun, ident = rows[pick % len(rows)]
        table = registry().nouns[noun].lifecycle.table
        state = self.lives.rows[(noun, ident)].state
        lines = [row for (_, source), row in table.items() if source == state]
        people = [row for row in lines if any(role is not Role.SYS for role in row.roles)]
        line = people[pick // 7 % len(people)] if people else None
        commands = list(self.alphabet.of_row(self.lives, noun, ident, line.trigger)) if line else []
        if line is None or not commands:
            return None, [], None
        roles = [role for role in line.roles if role in cast()]
        turns = [next((r for r in turn.every if r in cast()), None) for turn in line.control.turns]
        chosen = [cast()[role][pick % len(cast()[role])] for role in roles[:1]]
        others = [cast()[role][-1 - pick % len(cast()[role])] for role in turns if role is not None]
        return commands[pick % len(commands)], [*chosen, *others], line

    @rule(pick=PICK)
    def anybody_tries_anything(self, pick: int) -> None:
        """With the persons that the table asks for."""
        command, persons, _ = self._act(pick)
        if command is not None and persons:
            self._do(lambda lives: lives.act(command, *persons))

    @rule(days=st.integers(1, 150))
    def time_passes(self, days: int) -> None:
        """Timers fire on their days."""
        day = self.lives.today + timedelta(days=days)
        self._do(lambda lives: lives.at(day))

    @rule(pick=PICK)
    def one_person_alone_cannot_do_what_two_must(self, pick: int) -> None:
        """Maker and checker differ for every controlled act (ZD-C.6)."""
        command, persons, line = self._act(pick)
        if command is None or not persons or not line.control.turns:
            return
        events = len(self.lives.events)
        passed = done(self.lives, lambda lives: lives.act(command, persons[0], persons[0]))
        assert not passed
        assert len(self.lives.events) == events

    @rule(pick=PICK, after=st.integers(0, 4))
    def a_process_dies_in_the_middle(self, pick: int, after: int) -> None:
        """An act is done whole or not at all."""
        command, persons, _ = self._act(pick)
        if command is None or not persons:
            return
        lives = self.lives
        before = dict(lives.rows), dict(lives.timers), len(lives.events), len(lives.postings)
        left, happen = [after], lives._happen

        def die(key: Any, moved: Any) -> None:
            if not left[0]:
                raise Fault
            left[0] -= 1
            happen(key, moved)

        lives._happen = die  # type: ignore[method-assign]  # the fault
        reactions, lives.reactions = lives.reactions, ()
        try:
            lives.act(command, *persons)
        except Fault:
            after_it = lives.rows, lives.timers, len(lives.events), len(lives.postings)
            assert after_it == before
        except REFUSED:
            pass
        else:
            self.journal.append(lambda one: without_reactions(one, command, persons))
        finally:
            lives.reactions = reactions
            del lives._happen

    @rule()
    def the_same_acts_give_the_same_rows(self) -> None:
        """Told again from the beginning nothing differs (ZD-C.10)."""
        again = begun(self.scenario)
        for what in self.journal:
            done(again, what)
        assert again.rows == self.lives.rows
        assert again.events == self.lives.events
        assert again.postings == self.lives.postings

    # -- what always holds -------------------------------------------------------------------

    @precondition(lambda self: hasattr(self, "lives"))
    @invariant()
    def every_book_balances(self) -> None:
        """Debits are credits, owner by owner (ZD-C.1)."""
        books: Counter[str] = Counter()
        for line in self.lives.postings:
            books[line.owner] += line.amount.fen
        assert [owner for owner, fen in books.items() if fen] == []

    @precondition(lambda self: hasattr(self, "lives"))
    @invariant()
    def no_principal_is_lost(self) -> None:
        """What was drawn is repaid, recovered, written off, forgiven or owed (ZD-C.2)."""
        paid: Counter[str] = Counter()
        for one in self.lives.events:
            if isinstance(one.event, LoanPaymentAllocated):
                paid[one.id] += one.event.principal.fen
        for loan in self._rows("loan"):
            left = loan.outstanding + loan.recovered + loan.written_off + loan.forgiven
            assert loan.disbursed == left + Money(paid[loan.id])
            assert loan.outstanding >= Money.ZERO

    @precondition(lambda self: hasattr(self, "lives"))
    @invariant()
    def nothing_is_drawn_before_its_pledge_nor_freed_before_it_is_paid(self) -> None:
        """Looked at as it happens (ZD-C.4)."""
        new, self.checked = self.lives.events[self.checked :], len(self.lives.events)
        for one in new:
            if isinstance(one.event, LoanDisbursed):
                pledge = self.lives.rows[("loan", one.id)].pledge
                assert self._registered_before(pledge, one)
            if isinstance(one.event, PledgeCancelled) and one.id not in self._realised():
                loans = [row for row in self._rows("loan") if row.pledge == one.id]
                assert sum((row.outstanding for row in loans), Money.ZERO) == Money.ZERO

    def _realised(self) -> set[str]:
        told = self.lives.events
        return {one.id for one in told if isinstance(one.event, PledgeRealised)}

    def _registered_before(self, pledge: str, drawn: Any) -> bool:
        told = self.lives.events[: self.lives.events.index(drawn)]
        names = [
            type(one.event).__name__ for one in told if (one.noun, one.id) == ("pledge", pledge)
        ]
        return "PledgeRegistered" in names

    @precondition(lambda self: hasattr(self, "lives"))
    @invariant()
    def nobody_is_paid_twice_or_without_cover(self) -> None:
        """No payment before cover, none beyond the share, none back beyond what was paid."""
        for claim in self._rows("claim"):  # ZD-C.5, ZD-C.8
            assert claim.paid <= max(
                claim.fund_share, claim.paid if claim.adjustment else Money.ZERO
            )
            if claim.state in PAID:
                assert self.lives.row("filing", claim.filing).state in COVER
            assert claim.returned_fund <= max(claim.paid, Money.ZERO)

    @precondition(lambda self: hasattr(self, "lives"))
    @invariant()
    def no_fund_pays_what_it_has_not(self) -> None:
        """Cash is never negative (ZD-C.7)."""
        assert all(fund.cash >= Money.ZERO for fund in self._rows("fund"))

    def _rows(self, noun: str) -> list[Any]:
        return [row for (name, _), row in self.lives.rows.items() if name == noun]


def _arrive(lives: Lives, *, day: date) -> None:
    lives.at(day)


def _give(lives: Lives, *, command: Any, persons: tuple[Actor, ...]) -> None:
    lives.act(command, *persons)


def begun(scenario: Scenario) -> Lives:
    """A story on the first day of a scenario."""
    known = registry()
    policy = load(scenario.case).on(scenario.starts_on)
    return Lives(known, policy, scenario.starts_on, known.reactions, ToldFigures())


def done(lives: Lives, what: Callable[[Lives], object]) -> bool:
    """Whether it was let pass."""
    try:
        what(lives)
    except REFUSED:
        return False
    return True


def without_reactions(lives: Lives, command: Any, persons: list[Actor]) -> None:
    """As it happened under the eyes of the fault that did not come."""
    reactions, lives.reactions = lives.reactions, ()
    try:
        lives.act(command, *persons)
    finally:
        lives.reactions = reactions


def run(examples: int, steps: int) -> None:
    """So many stories of so many steps."""
    how = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
        phases=(Phase.generate,),  # a failure's steps are told as they are
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Programme, settings=how)


def test_what_must_always_hold_holds() -> None:
    run(examples=8, steps=25)


@pytest.mark.slow
def test_what_must_always_hold_holds_for_two_thousand_steps() -> None:
    run(examples=40, steps=50)
