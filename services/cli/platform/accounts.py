"""`zhidai organisations` and `zhidai tokens`: whose people act, and how programs sign in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from policies.regions import NATION, UnknownRegion, folded
from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import organisations, tokens, users
from services.kernel.organisations import Organisation, OrganisationExists
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.kernel.tokens import Token, UnknownToken, WrongLimits
from workflows.lifecycle.roles import Kind

AsJson = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]
organisations_app = typer.Typer(no_args_is_help=True)
tokens_app = typer.Typer(no_args_is_help=True)


@organisations_app.command("list")
def organisation_list(*, as_json: AsJson = False) -> None:
    """列出全部机构 · all organisations on file."""
    with started(settings(), say=say):
        tell([_organisation(one) for one in organisations.listing()], as_json=as_json)


@organisations_app.command("add")
def organisation_add(
    ident: str,
    kind: str,
    name: str,
    *,
    region: Annotated[
        str, typer.Option(help=("管理机构所辖区域 · of an office: the division it serves"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """登记机构，种类如 BANK、ENTERPRISE · put an organisation on file: BANK, ENTERPRISE .."""
    if kind not in Kind.__members__:
        known = ", ".join(Kind.__members__)
        raise Unusable("cli.organisations.kind", {"kind": kind, "known": known})
    made = Organisation(ident, Kind[kind], name, division(region))
    with started(settings(), say=say):
        try:
            organisations.add(made)
        except OrganisationExists:
            raise Problem("cli.organisations.taken", {"id": ident}) from None
        tell([_organisation(made)], as_json=as_json)


@tokens_app.command("list")
def token_list(*, as_json: AsJson = False) -> None:
    """列出有效的令牌 · tokens that are good, without their secrets."""
    with started(settings(), say=say):
        tell([_token(one) for one in tokens.listing()], as_json=as_json)


@tokens_app.command("add")
def token_add(
    user: str,
    label: str,
    *,
    world: Annotated[
        list[str] | None, typer.Option(help=("限于此世界，可重复 · good in it; again for more"))
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option(help=("用户具备此角色时有效 · good while the user has it"))
    ] = None,
    days: Annotated[
        int, typer.Option(min=1, max=366, help=("有效天数 · good for so many days"))
    ] = 30,
    as_json: AsJson = False,
) -> None:
    """为程序新建令牌，只显示一次 · make a token for a program, shown once"""
    with started(settings(), say=say):
        try:
            actor = users.find(user)
        except users.UnknownUser:
            raise Problem("cli.users.unknown", {"name": user}) from None
        roles = tuple(role or ()) or (actor.role.value,)
        try:
            minted = tokens.mint(
                actor, label=label, worlds=world or (), roles=roles, expires_at=tokens.in_days(days)
            )
        except WrongLimits as error:
            raise Unusable("cli.tokens.limits", {"error": str(error)}) from None
        tell([{**_token(minted.token), "token": minted.secret}], as_json=as_json)


@tokens_app.command("revoke")
def token_revoke(ident: str, *, as_json: AsJson = False) -> None:
    """作废令牌 · end a token."""
    with started(settings(), say=say):
        try:
            tokens.revoke(ident)
        except UnknownToken:
            raise Problem("cli.tokens.unknown", {"id": ident}) from None
        tell([{"id": ident, "revoked": True}], as_json=as_json)


def division(said: str) -> str:
    """The code of a place said by code or name; empty for none. Raises Unusable."""
    if said in ("", NATION):
        return said
    try:
        return folded(said)
    except UnknownRegion as error:
        raise Unusable("cli.organisations.region", {"error": str(error)}) from None


def tell(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Rows as data, or a line each."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo("  ".join(_word(value) for value in row.values()))


def _word(value: Any) -> str:
    return ",".join(map(str, value)) or "-" if isinstance(value, list) else str(value) or "-"


def _organisation(one: Organisation) -> dict[str, Any]:
    return {"id": one.id, "kind": one.kind.name, "name": one.name, "region": one.region}


def _token(one: Token) -> dict[str, Any]:
    return {
        "id": one.id, "user": one.user, "label": one.label, "worlds": list(one.worlds),
        "roles": list(one.roles), "expires_at": one.expires_at.isoformat(),
    }  # fmt: skip
