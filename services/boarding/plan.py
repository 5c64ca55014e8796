"""Plan the whole book before the first command: each loan's life, and the book around it.

Depends on the file, the policies and the fund's amount alone, so a run that goes on where another
was killed plans the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from policies.money import Money, total
from policies.reading.pack import Policy
from services.boarding import origin
from services.boarding.fields import CHARGED_OFF
from services.boarding.judge import JudgedBook
from services.boarding.life import Life, payment_order
from services.boarding.report import Figures, Unpaid
from services.boarding.share import PolicyOn, fund_pays, needed_fund
from services.boarding.sweep import BookStanding, standings, with_payments
from services.boarding.tape import Tape, TapeLine

WORLD_DIGITS = 12  # hex digits of the file's hash in the name of its world


@dataclass(frozen=True, slots=True)
class Plan:
    """A book ready to be boarded.

    lives: by date of the draw, then line; fund: what the fund is given; standings: by loan id,
    book and fund just before its acceptance.
    """

    world: str
    label: str
    lives: tuple[Life, ...]
    fund: Money
    standings: Mapping[str, BookStanding]

    @property
    def first_date(self) -> date | None:
        """The first draw: a world whose date lies after it cannot take the book."""
        return self.lives[0].disbursed_on if self.lives else None

    @property
    def last_date(self) -> date | None:
        """The business date after boarding: the last repayment or charge-off."""
        return max((life.ended_on for life in self.lives), default=None)


def make_plan(
    tape: Tape,
    judged: JudgedBook,
    policy_on: PolicyOn,
    *,
    fund: Money | None,
    in_hand: Money = Money.ZERO,
) -> Plan:
    """Plan the rows that can be boarded; without `fund` the fund gets what the book needs.

    in_hand: what a fund that is there already holds besides.
    """
    given = needed_fund(judged.boardable, policy_on) if fund is None else fund
    told = sorted((_life(line, policy_on) for line in judged.boardable), key=_in_order)
    lives = with_payments(told, given + in_hand)
    return Plan(
        world=world_name(tape),
        label=origin.label(line.state for line in tape.lines),
        lives=lives,
        fund=given,
        standings=standings(lives, given + in_hand),
    )


def world_name(tape: Tape) -> str:
    """The world a file makes for itself, named after its hash."""
    return f"book-{tape.digest[:WORLD_DIGITS]}"


def due_on(disbursed_on: date, term_months: int) -> date:
    """The same day of the month, or its last day where the month is shorter."""
    return disbursed_on + relativedelta(months=term_months)


def figures(lives: Sequence[Life]) -> Figures:
    """The sums over these loans. Every claim counts in full, paid or still waiting."""
    return Figures(
        disbursed=total(life.disbursed for life in lives),
        defaults=sum(life.defaulted for life in lives),
        charged_off=total(life.charged_off for life in lives),
        compensated=total(life.compensation for life in lives),
    )


def unpaid(lives: Sequence[Life]) -> tuple[Unpaid, ...]:
    """What the fund cannot pay, in the order in which the claims queue."""
    short = ((life.loan_id, life.compensation - life.paid) for life in payment_order(lives))
    return tuple(Unpaid(loan_id, amount) for loan_id, amount in short if amount)


def _life(line: TapeLine, policy_on: PolicyOn) -> Life:
    policy = policy_on(line.disbursed_on)
    due = due_on(line.disbursed_on, line.term_months)
    lost = line.status == CHARGED_OFF
    compensation = fund_pays(line, policy)
    return Life(
        line=line.line,
        loan_id=line.loan_id,
        state=line.state,
        industry=line.industry,
        employees=line.employees,
        region=origin.region(policy),
        approved_on=line.approved_on,
        approved_amount=line.amount_approved,
        guaranteed=line.amount_guaranteed,
        disbursed=line.amount_disbursed,
        annual_rate=line.annual_rate,
        term_months=line.term_months,
        disbursed_on=line.disbursed_on,
        due_on=due,
        repaid_on=None if lost else due,
        charged_off_on=line.charged_off_on if lost else None,
        charged_off=line.charged_off_principal,
        compensation=compensation,
        by_committee=_for_committee(compensation, policy),
    )


def _for_committee(compensation: Money, policy: Policy) -> bool:
    """The limit itself is the committee's; where none is set it never decides."""
    limit = policy.ceiling("committee_limit")
    return not limit.unlimited and bool(compensation >= limit.value)


def _in_order(life: Life) -> tuple[date, int]:
    return (life.disbursed_on, life.line)
