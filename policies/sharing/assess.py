"""One default under one policy: who bears it, what a recovery returns, and on which assumptions.

The teaching question of the ten cases. Pure: no claim, no clock, no fund but the cash it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from policies.money import Money
from policies.reading.pack import Grade, Parameter, Policy
from policies.sharing.cover import INTEREST, PRINCIPAL, QUEUED, Part
from policies.sharing.division import refusals, shared, unshared
from policies.sharing.loss import Assessment, Loss, NotAssessed, Returned, Step
from policies.sharing.recovery import Borne


@dataclass(frozen=True, slots=True)
class Default:
    """What is asked. cash: what the fund holds, None where it is not in question.

    net: recovery gross less its costs, which may be below zero; None where nothing is told.
    """

    loss: Loss
    cash: Money | None = None
    net: Money | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy makes of a default.

    refused: the ceilings that left all with the bank. returned, burden: by party, after the
    recovery; burden sums to the exposure less the net recovery, or to zero where more came back.
    assumptions: parameters read for it that no source states.
    """

    policy: Policy
    assessment: Assessment
    refused: tuple[NotAssessed, ...]
    net: Money
    returned: Mapping[str, Money]
    surplus: Money
    burden: Mapping[str, Money]
    assumptions: tuple[Parameter, ...]
    working: tuple[Step, ...]


def assess(policy: Policy, default: Default) -> Outcome:
    """Who bears a default under a policy, before and after its recovery; ZD-4."""
    read = Read(policy.parameters)
    policy = replace(policy, parameters=read)
    cover = policy.mechanisms["compensation"](policy)
    refused = refusals(cover, default.loss)
    if refused:
        found = unshared(default.loss, refused)
    else:
        found = shared(policy, cover, default.loss, cash=default.cash)
    back = recovered(policy, found, default.net)
    totals = found.totals()
    returned = {**dict.fromkeys(totals, Money.ZERO), **back.totals()}
    return Outcome(
        policy,
        found,
        refused,
        net=default.net or Money.ZERO,
        returned=returned,
        surplus=back.surplus,
        burden={party: totals.get(party, Money.ZERO) - m for party, m in returned.items()},
        assumptions=tuple(read.assumed()),
        working=(*found.working, *back.working),
    )


def recovered(policy: Policy, found: Assessment, net: Money | None) -> Returned:
    """A net recovery returned to those who bore the loss; nothing where none is told."""
    if net is None:
        return Returned({}, {}, Money.ZERO, ())
    paid = found.borne(PRINCIPAL, QUEUED)
    parts = found.parts if found.whole else tuple(_in_ratio(found.parts, paid))
    borne = Borne(paid, found.borne(INTEREST), parts=parts, creditor=found.creditor)
    answer: Returned = policy.mechanisms["recovery"](policy, borne, net)
    return answer


def _in_ratio(parts: tuple[Part, ...], paid: Mapping[str, Money]) -> Iterator[Part]:
    """Parts by what was really paid, where the fund's cash or a ceiling cut one short."""
    whole = sum(m.fen for m in paid.values()) or 1
    for part in parts:
        own = sum(paid[party].fen for party, _ in part.holders)
        yield replace(part, share=Fraction(own, whole))


@dataclass(frozen=True, slots=True)
class Read(Mapping[str, Parameter]):
    """Parameters that remember which of them were read."""

    stated: Mapping[str, Parameter]
    names: dict[str, None] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Parameter:
        found = self.stated[name]
        self.names[name] = None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.stated)

    def __len__(self) -> int:
        return len(self.stated)

    def assumed(self) -> Iterator[Parameter]:
        """Those read that are graded as assumptions."""
        values = (self.stated[name] for name in self.names)
        return (one for one in values if one.citation.grade is Grade.ASSUMED)
