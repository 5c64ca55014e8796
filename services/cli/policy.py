"""`zhidai policy`: which cases there are, and all that one case says, with source and grade.

Reads policies/ only; needs no running platform.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.console import Console

from policies.case import Stated
from policies.catalogue import CATALOGUE
from policies.loader import Pack, UnknownCase, WrongPack, cases, load
from policies.money import Money
from policies.pack import Grade
from services.cli.policy_tables import print_cases, print_pack
from services.kernel.language import language
from services.kernel.problems import Unusable

AsJson = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]

app = typer.Typer(no_args_is_help=True, help="案例及其参数 · the cases and their parameters")


@app.command("list")
def list_cases(*, as_json: AsJson = False) -> None:
    """各案例 · every case."""
    packs = [_load(case) for case in cases()]
    if as_json:
        _print_json([_head(pack) for pack in packs])
    else:
        print_cases(Console(), packs, language())


@app.command("show")
def show(case: str, *, as_json: AsJson = False) -> None:
    """一案的参数、出处、假设与空白 · one case's parameters, sources, assumptions and gaps."""
    pack = _load(case)
    if as_json:
        _print_json(data(pack))
    else:
        print_pack(Console(), pack, language())


def data(pack: Pack) -> dict[str, Any]:
    """A pack as plain data. Amounts are yuan as text, rates and shares fractions as text."""
    return {
        **_head(pack),
        "mechanisms": dict(pack.mechanisms),
        "parameters": [_parameter(pack.stated[name]) for name in CATALOGUE if name in pack.stated],
        "assumptions": [
            name for name, one in pack.stated.items() if one.citation.grade is Grade.ASSUMED
        ],
        "absent": [
            {**gap.names, "parameters": list(gap.parameters), "document": gap.document}
            for gap in pack.gaps
        ],
        "siblings": [{**one.names, "source": one.source} for one in pack.siblings],
        "sources": [
            {"key": s.key, "title": s.title, "document": s.document, "url": s.url, "grade": s.grade}
            for s in pack.sources.values()
        ],
    }


def _head(pack: Pack) -> dict[str, Any]:
    return {
        "case": pack.case,
        "fingerprint": pack.fingerprint,
        "title": dict(pack.title),
        "issuer": dict(pack.file.issuer),
        "kind": pack.file.kind,
        "in_force_from": pack.stated["in_force_from"].values[0][1],
    }


def _parameter(stated: Stated) -> dict[str, Any]:
    entry = CATALOGUE[stated.name]
    figure: Mapping[str, str] = (
        {"qualifier": stated.qualifier, "as_of": stated.as_of} if stated.qualifier else {}
    )
    return {
        "name": stated.name,
        "label": dict(entry.names),
        "stage": entry.stage,
        "unit": stated.unit,
        "values": [{"from": d.isoformat(), "value": _plain(v)} for d, v in stated.values],
        "grade": stated.citation.grade.value,
        "source": stated.source,
        "clause": stated.citation.clause,
        "note": {"zh": stated.note_zh, "en": stated.note},
        "reader": entry.reader,
        **figure,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _load(case: str) -> Pack:
    try:
        return load(case)
    except UnknownCase:
        known = {"case": case, "cases": ", ".join(cases())}
        raise Unusable("policy.unknown_case", known) from None
    except WrongPack as wrong:
        raise Unusable("policy.wrong_pack", {"fault": wrong}) from wrong


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
