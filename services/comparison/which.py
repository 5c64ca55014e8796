"""Which form of which case is asked for, and its policy with what the asker chose otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from policies.reading.catalogue import CATALOGUE, Entry
from policies.reading.loader import WITH, Pack, UnknownCase, WrongPack, cases, load
from policies.reading.override import with_values
from policies.reading.pack import Policy, UnknownParameter, UnknownVariant
from policies.reading.units import NotInUnit
from policies.reading.variants import forms, last_change, policy_of
from services.comparison.answer import plain
from services.kernel.problems import Unusable


def case_named(written: str) -> str:
    """The id of a case written by its Chinese name (`江苏`, `苏知贷`), where one title has it."""
    name, colon, variant = written.partition(":")
    if name.isascii():
        return written
    found = [case for case in cases() if name in load(case).title["zh"]]
    return f"{found[0]}{colon}{variant}" if len(found) == 1 and len(name) > 1 else written


def case_title(ident: str, lang: str) -> str:
    """The title of a form's case; the id itself where there is none such."""
    name = ident.partition(":")[0]
    return load(name).title[lang] if name in cases() else ident


def ident_of(case: str, options: Mapping[str, str]) -> str:
    """The id of a form: a case with at most one option told, or the id itself.

    options: by `route`, `city` and `with`, "" where not told. Raises Unusable with the choices.
    """
    told = {option: name for option, name in options.items() if name}
    name, _, variant = case_named(case).partition(":")
    pack = _pack(name)
    if len(told) + bool(variant) > 1:
        raise Unusable("comparison.two_variants", {"case": name})
    option = pack.file.variants.option
    for wrong in told:
        if wrong != option:
            raise Unusable(*_no_such_option(pack, wrong))
    variant = variant or "".join(told.values())
    return _known(pack, f"{name}:{variant}" if variant else name)


def policy_on(ident: str, day: date | None, chosen: Iterable[str] = ()) -> Policy:
    """The policy of a form on a day (None: its latest), with values chosen as NAME=VALUE.

    Raises Unusable where there is no such form, parameter or value.
    """
    try:
        policy = policy_of(ident, day or last_change(ident))
    except (UnknownVariant, UnknownCase):
        raise Unusable(*_no_variant(_pack(ident.partition(":")[0]))) from None
    return overridden(policy, chosen)


def overridden(policy: Policy, chosen: Iterable[str]) -> Policy:
    """The policy with values chosen as NAME=VALUE; the last of a name holds."""
    values = dict(pair(one) for one in chosen)
    for name, value in values.items():
        _check(policy, name, value)
    try:
        return with_values(policy, values)
    except NotInUnit as fault:
        raise Unusable("comparison.contradiction", {"fault": fault}) from None


def title_of(policy: Policy, lang: str) -> str:
    """What a form is called: its case, and the variant where it is one."""
    pack = load(policy.case)
    own = pack.variants.get(policy.variant)
    variant = own.names[lang] if own else policy.variant
    return " · ".join(part for part in (pack.title[lang], variant) if part)


def _pack(case: str) -> Pack:
    try:
        return load(case)
    except UnknownCase:
        raise Unusable("policy.unknown_case", {"case": case, "cases": ", ".join(cases())}) from None
    except WrongPack as wrong:
        raise Unusable("policy.wrong_pack", {"fault": wrong}) from wrong


def _known(pack: Pack, ident: str) -> str:
    try:
        last_change(ident)
        policy_of(ident, last_change(ident))
    except (UnknownVariant, UnknownCase):
        raise Unusable(*_no_variant(pack)) from None
    return ident


def _no_variant(pack: Pack) -> tuple[str, dict[str, str]]:
    """There is no such form, and these there are."""
    option = pack.file.variants.option
    if not option:
        return "comparison.one_form", {"case": pack.case}
    choices = joinable() if option == WITH else tuple(pack.variants)
    shown = {"case": pack.case, "option": f"--{option}", "choices": ", ".join(choices)}
    return "comparison.choose", shown


def _no_such_option(pack: Pack, wrong: str) -> tuple[str, dict[str, str]]:
    key, shown = _no_variant(pack)
    return f"{key}_not", {**shown, "wrong": f"--{wrong}"}


def joinable() -> tuple[str, ...]:
    """Forms that a case without shares of its own can be combined with."""
    return tuple(form.ident for form in forms() if form.pack.file.variants.option != WITH)


def pair(written: str) -> tuple[str, str]:
    """A value chosen, as NAME=VALUE. Raises Unusable."""
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise Unusable("comparison.no_pair", {"written": written[:80]})
    return name.strip(), value.strip()


def _check(policy: Policy, name: str, value: str) -> None:
    """Raise Unusable where the policy does not state the parameter or it cannot be that value."""
    try:
        with_values(policy, {name: value})
    except UnknownParameter:
        shown = {"name": name[:80], "case": policy.ident}
        raise Unusable("comparison.unstated", shown) from None
    except NotInUnit as fault:
        if _agrees_alone(fault, name):
            return
        shown = {"name": name, "value": value[:80], "bounds": _bounds(CATALOGUE[name])}
        raise Unusable("comparison.out_of_bounds", shown) from None


def _agrees_alone(fault: NotInUnit, name: str) -> bool:
    """Whether the value itself is well formed and only its fellows are at odds with it."""
    return not str(fault).startswith(f"{name}: ")


def _bounds(entry: Entry) -> str:
    """What a parameter may be: `share, 0 - 1`, or its choices."""
    if entry.choices:
        return ", ".join(entry.choices)
    ends = [str(plain(end)) for end in (entry.low, entry.high) if end is not None]
    return ", ".join([entry.unit, *([" – ".join(ends)] if ends else [])])
