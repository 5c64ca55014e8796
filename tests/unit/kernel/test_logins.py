"""Which logins a ZHIDAI_DATABASE_URL stands for."""

from __future__ import annotations

from pathlib import Path

from services.kernel.logins import Logins, logins, password, user
from services.kernel.settings import Settings

BANK = "postgresql://dba:s3cret@db.bank.test:5433/lending"


def _logins(url: str, *, secret: str = "", owner: str = "") -> Logins:
    return logins(
        Settings(data=Path(), database_url=url, database_password=secret, owner_url=owner)
    )


def test_who_may_make_roles_logs_in_as_neither_of_them() -> None:
    known = _logins(BANK)

    assert known.setup == BANK
    assert user(known.app) == "lending_app"
    assert user(known.owner) == "lending_owner"
    assert known.app.endswith("@db.bank.test:5433/lending")


def test_passwords_are_derived_and_differ() -> None:
    known = _logins(BANK)

    assert len({password(known.app), password(known.owner), "s3cret"}) == 3
    assert password(known.app) == password(_logins(BANK).app)
    assert password(known.app) != password(_logins(BANK.replace("s3cret", "other")).app)


def test_a_password_beside_the_url_counts_as_one_in_it() -> None:
    beside = _logins(BANK.replace(":s3cret", ""), secret="s3cret")

    assert beside == _logins(BANK)


def test_without_a_password_none_is_made_up() -> None:
    known = _logins("postgresql://zhidai@/zhidai?host=/run/pg")

    assert known == Logins(
        "postgresql://zhidai_app@/zhidai?host=/run/pg",
        "postgresql://zhidai_owner@/zhidai?host=/run/pg",
        "postgresql://zhidai@/zhidai?host=/run/pg",
    )


def test_the_applications_own_login_is_used_as_it_is_and_sets_nothing_up() -> None:
    url = "postgresql://lending_app:pw@db.bank.test/lending"

    known = _logins(url, owner="postgresql://lending_owner:other@db.bank.test/lending")

    assert known.app == url
    assert password(known.owner) == "other"
    assert known.setup is None


def test_settings_show_no_password() -> None:
    shown = repr(Settings(data=Path(), database_url=BANK, database_password="hush"))

    assert "s3cret" not in shown
    assert "hush" not in shown
