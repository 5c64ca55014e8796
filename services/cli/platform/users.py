"""`zhidai users`: who may sign in to the API. A password is shown once, when it is made."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from services.cli.platform.accounts import AsJson, division, tell
from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import grants, users
from services.kernel.grants import Grant
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.kernel.users import Issued
from services.sandbox import demo_users
from workflows.lifecycle.roles import Actor, Role

app = typer.Typer(no_args_is_help=True)

_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")


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


@app.command("list")
def listing(*, as_json: AsJson = False) -> None:
    """列出可登录者及其授权 · all who may sign in, and what was granted to them"""
    with started(settings(), say=say):
        granted = grants.everybody()
        rows = [
            {
                "user": one.user,
                "role": one.role.value,
                "organisation": one.organisation,
                "grants": [grant.value for grant in granted.get(one.user, ())],
            }
            for one in users.listing()
        ]
    tell(rows, as_json=as_json)


@app.command("grant")
def grant(name: str, grant: str, *, as_json: AsJson = False) -> None:
    """授予运维或教学权限 · let a user keep the platform (operator) or teach (instructor)"""
    with started(settings(), say=say):
        grants.give(_known(name), _grant(grant))
        tell([{"user": name, "grant": grant}], as_json=as_json)


@app.command("withdraw")
def withdraw(name: str, grant: str, *, as_json: AsJson = False) -> None:
    """收回授权 · take a grant back"""
    with started(settings(), say=say):
        grants.take(_known(name), _grant(grant))
        tell([{"user": name, "withdrawn": grant}], as_json=as_json)


@app.command("add")
def add(
    name: str,
    role: str,
    organisation: str,
    *,
    region: Annotated[
        str, typer.Option(help=("管理机构所辖区域 · of an office: the division it serves"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """为某人开通登录或换新密码，角色如 BK-M · let somebody sign in; ROLE is a code such as BK-M

    An organisation that is not on file is put there.
    """
    if not _NAME.fullmatch(name):
        raise Unusable("cli.users.name", {"name": name})
    try:
        actor = Actor(name, Role(role), organisation, division(region))
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
    tell(rows, as_json=as_json)


def _known(name: str) -> str:
    try:
        return users.find(name).user
    except users.UnknownUser:
        raise Problem("cli.users.unknown", {"name": name}) from None


def _grant(said: str) -> Grant:
    try:
        return Grant(said)
    except ValueError:
        known = ", ".join(one.value for one in Grant)
        raise Unusable("cli.users.grant", {"grant": said, "known": known}) from None
