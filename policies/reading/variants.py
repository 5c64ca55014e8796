"""Every form of every case by its id (`jiangsu`, `shanghai:margin`, `boc:jiangsu`), as a policy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from policies.reading.canonical import canonical
from policies.reading.case import CaseFile, Variant
from policies.reading.loader import WITH, Pack, cases, load, of_text
from policies.reading.pack import Policy, UnknownVariant


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a case. names: of the variant, by language; those of the case without one."""

    ident: str
    pack: Pack
    variant: str
    names: Mapping[str, str]
    headline: bool


def forms() -> tuple[Form, ...]:
    """All forms, cases in the order of their numbers, variants in that of the file."""
    packs = sorted((load(case) for case in cases()), key=lambda pack: (pack.file.number, pack.case))
    return tuple(form for pack in packs for form in _forms(pack))


def _forms(pack: Pack) -> Iterator[Form]:
    for name in pack.names():
        if not name:
            yield Form(pack.case, pack, "", pack.title, True)
            continue
        one = pack.variants[name]
        yield Form(f"{pack.case}:{name}", pack, name, one.names, one.headline)


def policy_of(ident: str, day: date) -> Policy:
    """The policy of a form on a day. Raises UnknownCase, UnknownVariant."""
    case, _, variant = ident.partition(":")
    pack = load(case)
    if not variant and not pack.file.variants.alone:
        raise UnknownVariant(f"{case} stands in variants only: {', '.join(pack.variants)}")
    if pack.file.variants.option == WITH and variant:
        return joined(pack, _joins(pack, variant), day, variant=variant)
    return pack.on(day, variant)


def _joins(pack: Pack, variant: str) -> str:
    """The form a combination takes its sharing from: as stated, or named outright."""
    stated = pack.variants.get(variant)
    return stated.joins if stated and stated.joins else variant


def joined(pack: Pack, other: str, day: date, *, variant: str) -> Policy:
    """A case under the loss sharing of another: its own access and quota, the other's shares.

    ZD-4.9. Raises UnknownVariant where the other is itself a combination.
    """
    partner = load(other.partition(":")[0])
    if partner.file.variants.option == WITH:
        raise UnknownVariant(f"{pack.case} cannot be combined with {other}")
    own, shares = pack.on(day), policy_of(other, day)
    parameters = {**own.parameters, **shares.parameters}
    mechanisms = {**own.mechanisms, **shares.mechanisms}
    return replace(own, parameters=parameters, mechanisms=mechanisms, variant=variant)


def is_joint(ident: str) -> bool:
    """Whether a form takes its loss sharing from another case. Raises UnknownCase."""
    case, _, variant = ident.partition(":")
    return bool(variant) and load(case).file.variants.option == WITH


@lru_cache(maxsize=64)
def joint_pack(ident: str) -> Pack:
    """A case under the loss sharing of another as one pack, with a text that can be kept.

    Raises UnknownCase, UnknownVariant.
    """
    case, _, variant = ident.partition(":")
    pack = load(case)
    other, _, own = _joins(pack, variant).partition(":")
    policy_of(ident, last_change(ident))  # raises for what cannot be combined
    tables, shares = tomllib.loads(pack.text), tomllib.loads(load(other).text)
    told = shares["variant"][own] if own else {}
    for part in ("parameter", "mechanisms"):
        tables[part] = {**tables[part], **shares[part], **told.get(part, {})}
    tables["case"] = {**tables["case"], "in_force": shares["case"]["in_force"]}
    tables["source"] = {**shares["source"], **tables["source"]}
    alone = {key: one for key, one in tables.items() if key not in ("variants", "variant")}
    return of_text(canonical(alone))


def form_pack(ident: str) -> Pack:
    """A form as a pack of its own: what it states in place of what its case does.

    Raises UnknownCase, UnknownVariant.
    """
    case, _, variant = ident.partition(":")
    pack = load(case)
    if not variant:
        return pack
    policy_of(ident, last_change(ident))  # raises for what is no form
    if pack.file.variants.option == WITH:
        return _merged(pack, form_pack(_joins(pack, variant)).file, variant)
    return _merged(pack, pack.variants[variant], variant)


def _merged(pack: Pack, own: Variant | CaseFile, variant: str) -> Pack:
    """A pack with the parameters, mechanisms and sources of a variant, or of a case it joins."""
    named = pack.variants.get(variant)
    title = {
        lang: f"{name} · {named.names[lang] if named else variant}"
        for lang, name in pack.title.items()
    }
    sources = own.sources if isinstance(own, CaseFile) else {}
    file = replace(
        pack.file,
        title=title,
        stated={**pack.stated, **own.stated},
        mechanisms={**pack.mechanisms, **own.mechanisms},
        sources={**sources, **pack.sources},
    )
    return replace(pack, file=file)


def last_change(ident: str) -> date:
    """The latest day on which a value of the form starts: its newest state.

    Raises UnknownCase, UnknownVariant.
    """
    case, _, variant = ident.partition(":")
    pack = load(case)
    if pack.file.variants.option == WITH and variant:
        return max(pack.last_change(), last_change(_joins(pack, variant)))
    return pack.last_change(variant)
