"""Which form a case's name asks for."""

from __future__ import annotations

from policies.reading.variants import Form, forms


class UnknownForm(LookupError):
    """No case or form of that name; says which cases there are."""


def form_of(case: str) -> Form:
    """The form named (`guangdong:shenzhen`), or the first of a case. Raises UnknownForm."""
    named = [one for one in forms() if case in (one.ident, one.pack.case)]
    exact = [one for one in named if one.ident == case]
    if not named:
        raise UnknownForm(", ".join(dict.fromkeys(one.pack.case for one in forms())))
    return (exact or named)[0]
