"""Where the API lies, and where it tells a clause."""

from __future__ import annotations

from services.rulebook.clauses import cited_in

ROOT = "/api/v1"


def clause_url(clause: str) -> str:
    """Where the rule behind a citation is told; "" where it is no clause of the rulebook."""
    found = cited_in(clause)
    return f"{ROOT}/clauses/{found[0]}" if found else ""
