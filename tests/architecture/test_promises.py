"""What the rules promise is kept: each role, reader and module of them is reached by a service.

Imports tell what is reached. One arrow tells nothing: policies.mechanisms names every mechanism,
so from there only the modules of roles that somebody asks for are followed.
"""

from __future__ import annotations

import ast
from functools import cache

import grimp
import pytest

from policies.mechanisms import MECHANISMS, ROLES, RUNNING, running
from policies.reading.catalogue import CATALOGUE, DOCS
from policies.reading.loader import cases, load
from services.kernel.settings import ROOT

PACKAGES = ("policies", "workflows", "services")
REGISTRY = "policies.mechanisms"

ADVICE = "points and lists"
CAMPAIGNS = "campaigns"
CREDIT = "valuation in the credit decision"
FOREIGN = "credit across the border"
GUARANTEE = "guarantee and insurance"
LIVE_LOAN = "the live loan"
NOTES = "securitisation"
PORTFOLIO = "figures of a portfolio"

# Each with the topic that will call it. An entry that is no longer needed fails the tests below.
# fmt: off
ROLES_TO_COME = {
    "rating":     ADVICE,
    "advice":     ADVICE,
    "listing":    ADVICE,
    "evaluation": ADVICE,
    "valuation":  CREDIT,
    "collateral": CREDIT,
    "limit":      CREDIT,
    "quota":      CAMPAIGNS,
    "gates":      CAMPAIGNS,
    "subsidy":    CAMPAIGNS,
    "waterfall":  NOTES,
    "settlement": GUARANTEE,
    "guarantee":  GUARANTEE,
    "takeover":   GUARANTEE,
    "indemnity":  GUARANTEE,
    "capacity":   LIVE_LOAN,
}
MODULES_TO_COME = {
    "policies.rating.advice":                    ADVICE,
    "policies.rating.bank_scorecard":            ADVICE,
    "policies.rating.navigation":                ADVICE,
    "policies.rating.points":                    ADVICE,
    "policies.rating.technology_flow":           ADVICE,
    "policies.rating.weighted":                  ADVICE,
    "policies.rating.white_list":                ADVICE,
    "policies.rating.campaign":                  CAMPAIGNS,
    "policies.sharing.envelope":                 CAMPAIGNS,
    "policies.sharing.subsidy":                  CAMPAIGNS,
    "policies.sharing.fiscal_scheme":            GUARANTEE,
    "policies.sharing.guarantor":                GUARANTEE,
    "policies.sharing.insurance":                GUARANTEE,
    "policies.sharing.margin":                   GUARANTEE,
    "policies.sharing.pre_compensation":         GUARANTEE,
    "policies.sharing.takeover":                 GUARANTEE,
    "policies.sharing.cost":                     NOTES,
    "policies.sharing.foreign_debt":             FOREIGN,
    "policies.sharing.note_pool":                NOTES,
    "policies.sharing.waterfall":                NOTES,
    "policies.sharing.leverage":                 LIVE_LOAN,
    "policies.valuing.blend":                    CREDIT,
    "policies.valuing.internal_valuation":       CREDIT,
    "policies.valuing.scorecard":                CREDIT,
    "policies.valuing.valuation":                CREDIT,
    "workflows.lending.accrual":                 LIVE_LOAN,
    "workflows.lending.arrears.replay":          LIVE_LOAN,
    "workflows.lending.schedule.rescheduling":   LIVE_LOAN,
    "workflows.lending.arrears.batch":           PORTFOLIO,
    "workflows.lending.schedule.batch":          PORTFOLIO,
}
# fmt: on


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES)


def module_of(reader: str) -> str:
    """The longest leading part of a dotted name that is a module; "" where none is."""
    while reader and reader not in graph().modules:
        reader = reader.rpartition(".")[0]
    return reader


def followed(module: str) -> set[str]:
    """What a module imports, but of the registry only what plays a role that runs."""
    imported = graph().find_modules_directly_imported_by(module)
    if module != REGISTRY:
        return imported
    plays = {name for role in RUNNING for name in ROLES[role]}
    idle = {MECHANISMS[name].__module__ for name in set(MECHANISMS) - plays}
    return imported - (idle - {MECHANISMS[name].__module__ for name in plays})


@cache
def reached() -> frozenset[str]:
    """Every module that a service leads to, packages included."""
    found: set[str] = set()
    open_ = [name for name in graph().modules if name.startswith("services.")]
    while open_:
        module = open_.pop()
        if module not in found:
            found.add(module)
            open_.extend(followed(module))
    return frozenset(found)


def roles_asked_for(module: str) -> set[str]:
    """Roles R of every `policy.mechanisms["R"]` in a module."""
    path = ROOT / (module.replace(".", "/") + ".py")
    if not path.exists():
        return set()
    return {
        str(node.slice.value)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mechanisms"
        and isinstance(node.slice, ast.Constant)
    }


def test_the_roles_that_run_are_those_a_service_leads_to() -> None:
    asked = {role for module in reached() for role in roles_asked_for(module)}

    assert asked == set(RUNNING)


def test_every_role_runs_or_has_a_topic_that_will_call_it() -> None:
    assert set(ROLES) - set(RUNNING) == set(ROLES_TO_COME)


def test_every_module_of_the_rules_is_reached_or_has_a_topic_that_will_call_it() -> None:
    rules = {name for name in graph().modules if name.startswith(("policies.", "workflows."))}
    unreached = {
        name for name in rules - reached() if not graph().find_children(name)
    }  # a package has no code of its own

    assert unreached == set(MODULES_TO_COME)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_reader_of_a_parameter_is_reached_or_has_a_topic(name: str) -> None:
    reader = CATALOGUE[name].reader
    if reader == DOCS:
        return

    module = module_of(reader)

    assert module, f"{reader} lies in no module"
    assert module in reached() or module in MODULES_TO_COME


def test_only_what_runs_is_shown() -> None:
    packs = [load(case) for case in cases()]

    assert any(set(pack.mechanisms) - set(RUNNING) for pack in packs)
    assert all(set(running(pack.mechanisms)) <= set(RUNNING) for pack in packs)
