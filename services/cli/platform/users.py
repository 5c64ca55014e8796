"""`zhidai users`: who may sign in to the API. A password is shown once, when it is made."""

from __future__ import annotations

import json
import re
from typing import Annotated

import typer

from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import users
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.kernel.users import Issued
from services.sandbox import demo_users
from workflows.lifecycle.roles import Actor, Role

app = typer.Typer(no_args_is_help=True)

_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")

AsJson = Annotated[bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")]


@app.command("demo")
def demo(
    *,
    renew: Annotated[
        bool, typer.Option("--renew", help=("换新密码，旧的作废 · new passwords; the old end"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """列出演示用户及密码，没有则新建 · show the demo users with their passwords"""
    with started(settings(), say=say):
        act = demo_users.renew if renew else demo_users.ensure
        _show(act(settings().data), as_json=as_json)


@app.command("add")
def add(name: str, role: str, organisation: str, *, as_json: AsJson = False) -> None:
    """为某人开通登录或换新密码，角色如 BK-M · let somebody sign in; ROLE is a code such as BK-M"""
    if not _NAME.fullmatch(name):
        raise Unusable("cli.users.name", {"name": name})
    try:
        actor = Actor(name, Role(role), organisation)
    except ValueError:
        known = ", ".join(one.value for one in Role if one is not Role.SYS)
        raise Unusable("cli.users.role", {"role": role, "known": known}) from None
    if actor.role is Role.SYS:
        raise Unusable("cli.users.role", {"role": role, "known": "-"})
    with started(settings(), say=say):
        try:
            _show(users.issue([actor], demo=False), as_json=as_json)
        except users.NameTaken:
            raise Problem("cli.users.taken", {"name": name}) from None


def _show(issued: list[Issued], *, as_json: bool) -> None:
    rows = [
        {
            "user": one.actor.user,
            "password": one.password,
            "role": one.actor.role.value,
            "organisation": one.actor.organisation,
        }
        for one in issued
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo("  ".join(row.values()))
