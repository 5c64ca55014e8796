"""A row keeps the policy it was made under, whatever becomes of the case's file."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, text

from policies.reading.loader import UnknownCase, load, of_text
from services.kernel import policies, worlds
from services.kernel.db import transact
from services.kernel.worlds import World
from tests.toy.note_records import SignNote, WriteNote
from tests.toy.stage import APPROVER, MANAGER, Stage, yuan

EDITED = "# edited since\n"


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch) -> str:
    """As a process that starts after the file was edited; returns the fingerprint then."""
    fresh = of_text(load("jiangsu").text + EDITED)
    monkeypatch.setattr(policies, "load", lambda _case: fresh)
    monkeypatch.setattr(policies, "_KNOWN", {})
    policies.on_day.cache_clear()
    return fresh.fingerprint


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    policies.on_day.cache_clear()


def _kept(stage: Stage) -> list[str]:
    return [row.fingerprint for row in stage.rows("SELECT fingerprint FROM policy_pack")]


def test_the_pack_that_a_row_names_is_kept_in_its_world(stage: Stage) -> None:
    stage.write("N1")

    assert _kept(stage) == [load("jiangsu").fingerprint]
    assert stage.one("SELECT content FROM policy_pack") == load("jiangsu").text


def test_a_row_of_before_an_edit_keeps_its_policy_and_a_new_one_takes_the_new(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    stage.write("N1")
    before = stage.record("note", "N1").policy
    fingerprint = request.getfixturevalue("edited")

    stage.signed("N2")
    stage.do(SignNote("N1"), MANAGER, APPROVER)

    assert stage.record("note", "N1").policy == before
    assert (
        stage.rows("SELECT policy FROM event WHERE stream = 'note/N1' AND seq = 2")[0][0] == before
    )
    assert f"@{fingerprint}:" in stage.record("note", "N2").policy
    assert len(_kept(stage)) == 2


def test_a_pack_that_is_neither_on_file_nor_kept_is_unknown(stage: Stage, edited: str) -> None:
    with stage.engine.connect() as connection, pytest.raises(UnknownCase, match="kept"):
        policies.resolve(connection, "jiangsu@0123456789ab:2025-01-02")
    with pytest.raises(UnknownCase), stage.engine.connect() as connection:
        policies.governing(connection, [], case=None, today=date(2025, 1, 2))


def test_a_pack_whose_keeping_was_rolled_back_is_kept_by_the_next_command(stage: Stage) -> None:
    with stage.engine.begin() as connection:
        connection.execute(text("DELETE FROM policy_pack"))

    def undone(connection: Connection) -> None:
        policies.keep(connection, [f"jiangsu@{load('jiangsu').fingerprint}:2025-01-02"])
        raise LookupError

    with pytest.raises(LookupError):
        transact(stage.engine, undone)
    assert _kept(stage) == []
    stage.do(WriteNote("N1", "BK01", yuan("1.00"), "T"), MANAGER)

    assert _kept(stage) == [load("jiangsu").fingerprint]


def test_a_world_made_anew_under_an_old_name_keeps_its_packs_again(world: World) -> None:
    ref = f"jiangsu@{load('jiangsu').fingerprint}:2025-01-02"

    def kept(of: World) -> int:
        with of.engine.begin() as connection:
            policies.keep(connection, [ref])
            return int(connection.execute(text("SELECT count(*) FROM policy_pack")).scalar_one())

    assert kept(world) == 1
    worlds.drop(world.name)
    again = worlds.create(world.name, starts_on=world.starts_on)

    assert kept(again) == 1


VARIED = """
[variants]
option = "city"
alone  = true

[variant.suzhou]
zh = "苏州"
en = "Suzhou"

[variant.suzhou.parameter.tier_1_fund_share]
layer  = "form"
values = [{ from = "2023-08-01", value = "0.70" }]
grade  = "assumed"
source = "ZD"
clause = "for this test"
zh     = "试"
en     = "test"
"""


def test_a_ref_names_the_variant_a_row_was_made_under(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    varied = of_text(load("jiangsu").text + VARIED)
    monkeypatch.setattr(policies, "load", lambda _case: varied)
    policy = varied.on(date(2025, 8, 14), "suzhou")

    with stage.engine.begin() as connection:
        policies.keep(connection, [policy.ref])
        found = policies.resolve(connection, policy.ref)

    assert policy.ref == f"jiangsu:suzhou@{varied.fingerprint}:2025-08-14"
    assert found["tier_1_fund_share"].text == "0.70"
    assert varied.fingerprint in _kept(stage)
