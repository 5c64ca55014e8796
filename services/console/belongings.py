"""Which rows belong to one loan: from enterprise and pledge to claim and recovery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from services.kernel.mapper import mapper
from services.kernel.registry import Registry


class UnknownLoan(LookupError):
    """The world has no loan of that id."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """A loan with the rows around it, by noun; a noun that has none is absent."""

    loan: Any
    rows: dict[str, Any]
    assets: tuple[Any, ...]

    @property
    def streams(self) -> list[str]:
        """The streams whose events make the loan's story; those of the fund are picked singly."""
        mine = [f"{noun}/{row.id}" for noun, row in self.rows.items() if noun not in _SHARED]
        return [*mine, *(f"asset/{asset.id}" for asset in self.assets)]


_SHARED = ("bank", "fund")  # their streams tell of many loans


def belongings(connection: Connection, registry: Registry, loan_id: str) -> Belongings:
    """The loan and what belongs to it. Raises UnknownLoan."""
    loan = _one(connection, registry, "loan", loan_id)
    if loan is None:
        raise UnknownLoan(loan_id)
    ids = {
        "bank": loan.bank,
        "fund": loan.fund,
        "enterprise": loan.enterprise,
        "product": loan.product,
        "application": loan.application,
        "match": loan.application,
        "pledge": loan.pledge,
        "filing": loan.id,
        "claim": loan.id,
        "recovery": loan.id,
    }
    found = {noun: _one(connection, registry, noun, ident) for noun, ident in ids.items()}
    rows = {"loan": loan} | {noun: row for noun, row in found.items() if row is not None}
    pledged = getattr(rows.get("pledge"), "assets", ())
    return Belongings(loan, rows, tuple(_several(connection, registry, "asset", pledged)))


def _one(connection: Connection, registry: Registry, noun: str, ident: str) -> Any:
    return next(iter(_several(connection, registry, noun, (ident,) if ident else ())), None)


def _several(
    connection: Connection, registry: Registry, noun: str, ids: Iterable[str]
) -> list[Any]:
    wanted = tuple(ids)
    if not wanted or noun not in registry.nouns:
        return []
    stored = mapper(registry.nouns[noun]).load(connection, wanted, lock=False)
    return [one.record for one in stored]
