"""The scenarios that come with the platform: one file each under scenarios/, found by its id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from policies.reading.variants import Form
from services.kernel.registry import Registry
from services.sandbox.forms import form_of
from services.sandbox.happy import HAPPY, happy_told
from services.sandbox.reading import begun, scenario_of
from services.sandbox.scenario import Scenario
from services.sandbox.written import Told, Written, told_in

SCENARIOS = Path(__file__).with_name("scenarios")
DEFAULT, OVERDUE = "default", "overdue"
"""What a case's own scenarios are called: `jiangsu-default`."""


def listing() -> dict[str, Path]:
    """Every scenario's file by its id, in the order of the folders."""
    files = sorted(SCENARIOS.rglob("*.toml"))
    return {str(told_in(path)["scenario"]["id"]): path for path in files}


def read(path: Path, registry: Registry) -> Scenario:
    """The scenario of a file. Raises WrongScenario."""
    return _scenario(told_in(path), path, registry)


@lru_cache(maxsize=1)
def titles() -> Mapping[str, Mapping[str, str]]:
    """What the scenarios are called, by id and language."""
    return {ident: told_in(path)["scenario"]["title"] for ident, path in listing().items()}


def find(ident: str, registry: Registry) -> Scenario | None:
    """The scenario of that id; None where there is none."""
    path = listing().get(ident)
    return None if path is None else read(path, registry)


def happy(form: Form, registry: Registry) -> Scenario:
    """The loan that is repaid, under any form."""
    head = {
        "id": own_id(form, HAPPY),
        "title": dict(form.names),
        "case": form.pack.case,
        "form": form.ident,
        "begins": {"with": HAPPY},
    }
    return _scenario({"scenario": head}, SCENARIOS.with_name(f"{HAPPY}.toml"), registry)


def of_case(case: str, registry: Registry, *, path: str = DEFAULT) -> Scenario | None:
    """A case's own scenario, or the loan that is repaid; None where no other is written.

    Raises UnknownForm.
    """
    form = form_of(case)
    found = find(own_id(form, path), registry)
    return happy(form, registry) if found is None and path == HAPPY else found


def sample_case() -> str:
    """The case that is told first: of those whose own story is written."""
    own = (p for ident, p in listing().items() if ident.endswith(f"-{DEFAULT}"))
    return str(told_in(next(own))["scenario"]["case"])


def own_id(form: Form, path: str) -> str:
    """The id of a form's own scenario: `shanghai-pre-compensation-happy`."""
    return f"{form.ident.replace(':', '-').replace('_', '-')}-{path}"


def _scenario(data: Told, path: Path, registry: Registry) -> Scenario:
    return scenario_of(Written(path, registry), data, partial(_beginning, registry, ()))


def _beginning(registry: Registry, before: tuple[str, ...], ident: str, form: Form) -> Told:
    """Cast and steps of another scenario, with those it begins with. Raises LookupError."""
    if ident == HAPPY:
        return happy_told(form)
    path = listing().get(ident)
    if path is None or ident in before:
        raise LookupError(", ".join((HAPPY, *listing())))
    following = partial(_beginning, registry, (*before, ident))
    return begun(Written(path, registry), told_in(path), following, form)
