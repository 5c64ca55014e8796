"""Judge each row of a tape: can it be a loan's life? A row that cannot is refused, with reasons.

Guards that an old loan breaks (tenor, dates, approved amount ..) are not judged here: they are
asked by the lifecycles and waived by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policies.money import Money
from policies.reading.pack import Policy
from services.boarding.fields import CHARGED_OFF, PAID_IN_FULL
from services.boarding.findings import Finding, RefusedRow
from services.boarding.share import PolicyOn
from services.boarding.tape import Tape, TapeLine

# What is wrong with a line: the column, the code and the facts of the sentence.
Objection = tuple[str, str, dict[str, str]]
Question = Callable[[TapeLine, Policy], Objection | None]


@dataclass(frozen=True, slots=True)
class JudgedBook:
    """The rows that can be boarded, those that cannot, and what is odd; each in line order."""

    boardable: tuple[TapeLine, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Finding, ...]


def judge(tape: Tape, policy_on: PolicyOn) -> JudgedBook:
    """Ask every question of every row, under the policy of the day it was drawn."""
    boardable, refused, warnings = [], [], list(tape.warnings)
    for line in tape.lines:
        policy = policy_on(line.disbursed_on)
        reasons = _asked(REFUSALS, line, tape, policy)
        if reasons:
            refused.append(RefusedRow(line.line, line.loan_id, reasons))
            continue
        boardable.append(line)
        warnings.extend(_asked(WARNINGS, line, tape, policy))
    return JudgedBook(tuple(boardable), tuple(refused), tuple(warnings))


def _asked(
    questions: tuple[Question, ...], line: TapeLine, tape: Tape, policy: Policy
) -> tuple[Finding, ...]:
    objections = [objection for ask in questions if (objection := ask(line, policy)) is not None]
    return tuple(
        Finding(line.line, column, tape.written(line, column), code, facts)
        for column, code, facts in objections
    )


def drawn_above_cap(line: TapeLine, policy: Policy) -> Objection | None:
    """One borrower, one loan: the loan alone must not exceed the borrower's cap."""
    cap: Money = policy["cap_per_borrower"].value
    if line.amount_disbursed <= cap:
        return None
    facts = {"actual": line.amount_disbursed.grouped, "threshold": cap.grouped}
    return ("amount_disbursed", "drawn_above_cap", facts)


def nothing_drawn(line: TapeLine, policy: Policy) -> Objection | None:
    """A loan of which nothing was drawn has no life to board."""
    if line.amount_disbursed:
        return None
    return ("amount_disbursed", "nothing_drawn", {})


def charged_off_above_drawn(line: TapeLine, policy: Policy) -> Objection | None:
    """No more principal can be lost than was drawn."""
    if line.charged_off_principal <= line.amount_disbursed:
        return None
    facts = {
        "actual": line.charged_off_principal.grouped,
        "threshold": line.amount_disbursed.grouped,
    }
    return ("charged_off_principal", "charged_off_above_drawn", facts)


def charged_off_without_date(line: TapeLine, policy: Policy) -> Objection | None:
    """Default, claim and payment all carry this date."""
    if line.status != CHARGED_OFF or line.charged_off_on is not None:
        return None
    return ("charged_off_on", "charged_off_without_date", {})


def charged_off_before_drawn(line: TapeLine, policy: Policy) -> Objection | None:
    """The day of the draw itself is possible, an earlier one is not."""
    if line.status != CHARGED_OFF or line.charged_off_on is None:
        return None
    if line.charged_off_on >= line.disbursed_on:
        return None
    facts = {
        "actual": line.charged_off_on.isoformat(),
        "threshold": line.disbursed_on.isoformat(),
    }
    return ("charged_off_on", "charged_off_before_drawn", facts)


def paid_yet_charged_off(line: TapeLine, policy: Policy) -> Objection | None:
    """Paid in full and principal lost contradict each other; neither may be guessed away."""
    if line.status != PAID_IN_FULL or not line.charged_off_principal:
        return None
    facts = {"actual": line.charged_off_principal.grouped}
    return ("charged_off_principal", "paid_yet_charged_off", facts)


def disbursed_before_approval(line: TapeLine, policy: Policy) -> Objection | None:
    """Odd, but no figure depends on the day of approval."""
    if line.approved_on is None or line.approved_on <= line.disbursed_on:
        return None
    facts = {
        "actual": line.disbursed_on.isoformat(),
        "threshold": line.approved_on.isoformat(),
    }
    return ("disbursed_on", "disbursed_before_approval", facts)


def paid_with_charge_off_date(line: TapeLine, policy: Policy) -> Objection | None:
    """Status and principal agree that nothing was lost; the date alone changes no figure."""
    if line.status != PAID_IN_FULL or line.charged_off_on is None:
        return None
    return ("charged_off_on", "paid_with_charge_off_date", {})


REFUSALS: tuple[Question, ...] = (
    drawn_above_cap,
    nothing_drawn,
    charged_off_above_drawn,
    charged_off_without_date,
    charged_off_before_drawn,
    paid_yet_charged_off,
)
WARNINGS: tuple[Question, ...] = (disbursed_before_approval, paid_with_charge_off_date)
