"""Acceptance tests of instruments, disclosure and competence, named after capabilities.

They ask the countries and packs that ship, by the commands a user has.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.bootstrap import rehearsal_desk
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from tests.packs import shipped

SALMON = Declaration(
    type="IMA",
    office="XA000101",
    mode="3",
    importer="XA2001",
    set={"GoodsShipment/Consignor/Name": "Farm of the North"},
    items=(Goods(commodity="03021400", origin="XB", net_mass="4200", value="31000"),),
)
BY_VET = ("--by", "veterinary.north_gate.official")


class Folder:
    """Commands over one data folder, at moments of one day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def run(self, *words: str, at: str = "07:00") -> Any:
        """Run a command at a time of the day."""
        moment = ("--at", f"2026-07-06T{at}:00+02:00") if at else ()
        return CliRunner().invoke(main, [*words, *moment, "--data", str(self.data)])

    def ask(self, *words: str, at: str = "07:00") -> Any:
        """Run a command that succeeds and return its JSON."""
        done = self.run(*words, "--json", at=at)
        assert done.exit_code == 0, done.output
        return msgspec.json.decode(done.stdout)

    def lodge(self, short: Declaration) -> str:
        """Lodge a declaration at half past five and return its reference."""
        file = self.folder / "declaration.json"
        file.write_bytes(msgspec.json.encode(expand(short)))
        reference: str = self.ask("lodge", str(file), at="05:30")["reference"]
        return reference

    def seen(self, reference: str, *words: str) -> str:
        """Return the data set as it is shown."""
        done = self.run("show", reference, "--as", "json", *words)
        assert done.exit_code == 0, done.output
        return str(done.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_IX_01_a_suspended_instrument_grants_nothing_at_once(folder: Folder) -> None:
    asked = ("may", "--by", "customs.north_gate.examiner", "--agency", "food_safety")
    power = ("--power", "examine", "--post", "north_gate", "--commodity", "120242")
    before = folder.ask(*asked, *power, at="08:00")
    assert (before["allowed"], before["instrument"]) == (True, "XA-AGR-2026-05/2")
    act = {
        "id": "s",
        "act": "suspend",
        "instrument": "XA-AGR-2026-05",
        "at": "2026-07-06T08:00:00+02:00",
        "by": "customs.headquarters.director",
        "second": "customs.headquarters.legal_adviser",
        "reason": "The training is not done.",
    }
    file = folder.folder / "suspend.jsonl"
    file.write_bytes(msgspec.json.encode(act))
    assert folder.ask("agreements", str(file), at="08:00")["status"] == "done"
    (shown,) = [
        one
        for one in folder.ask("agreements", "--on", "2026-07-07", at="")
        if one["id"] == "XA-AGR-2026-05"
    ]
    assert shown["state"] == "suspended"


def test_IX_02_the_vet_sees_the_farm_and_no_price_and_statistics_no_name(folder: Folder) -> None:
    salmon = folder.lodge(SALMON)
    vet = folder.seen(salmon, *BY_VET)
    assert "Farm of the North" in vet
    assert "31000" not in vet
    assert "XA2001" not in vet
    compiler = ("--by", "statistics.trade.compiler", "--purpose", "statistics")
    statistics = folder.seen(salmon, *compiler)
    assert "31000" in statistics
    for name in ("Farm of the North", "XA2001"):
        assert name not in statistics
    stranger = folder.run("show", salmon, "--by", "police.north_gate.officer")
    assert stranger.output.startswith("LODGE-301")


def test_IX_03_who_saw_the_case_is_one_question_and_an_altered_row_is_detected(
    folder: Folder,
) -> None:
    salmon = folder.lodge(SALMON)
    folder.seen(salmon, *BY_VET)
    folder.run("show", salmon, "--by", "police.north_gate.officer")
    told = folder.ask("disclosures", salmon)
    assert [(one["agency"], one["allowed"]) for one in told] == [
        ("veterinary", True),
        ("police", False),
    ]
    verify = ["audit", "verify", str(folder.data)]
    assert CliRunner().invoke(main, verify).exit_code == 0
    (database,) = folder.data.glob("*.sqlite*")
    with closing(sqlite3.connect(database)) as connection, connection:
        # The store itself lets no event be changed; whoever owns the file takes that away first.
        triggers = connection.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"drop trigger {name}")
        changed = connection.execute(
            "update event set body = replace(body, 'release', 'control') where stream = ?",
            (f"read/{salmon}",),
        ).rowcount
        assert changed
    found = CliRunner().invoke(main, verify)
    assert found.exit_code == 1
    assert salmon in found.output


def test_IX_04_data_of_a_partner_go_no_further_until_consent_is_recorded(folder: Folder) -> None:
    out = Declaration(
        type="EXA",
        office="XA000101",
        mode="3",
        destination="XB",
        items=(Goods(commodity="72083900", origin="XA", net_mass="9000"),),
    )
    steel = folder.lodge(out)
    partner = ("--by", "XB/customs")
    folder.seen(steel, *partner, "--purpose", "risk")
    on = ("obligations", "pass-on", steel, "--to", "XB/veterinary", "--for", "risk", *partner)
    assert folder.run(*on).output.startswith("AUTH-046")
    to = ("--recipient", "XB/customs", "--to", "XB/veterinary", "--for", "risk")
    giver = ("--by", "customs.north_gate.examiner")
    assert folder.run("obligations", "consent", steel, *to, *giver).exit_code == 0
    passed = folder.ask(*on)
    assert "item.commodity" in passed["elements"]
    assert not [one for one in passed["elements"] if one.startswith("item.value")]


def test_OS_03_entry_waits_for_the_exit_unless_it_is_reversed() -> None:
    """North Gate as the treaty could have it: nothing is begun here before Brenland is done."""
    parts = shipped("aldermark").parts
    posts = [
        msgspec.structs.replace(one, exit_first=True) if one.id == "north_gate" else one
        for one in parts["post"]
    ]
    desk = rehearsal_desk(Jurisdiction({**parts, "post": posts}))
    now, numbers = datetime(2026, 7, 2, 8, tzinfo=UTC), count()

    def arrived(name: str) -> str:
        short = Declaration(
            type="IMA",
            office="XA000101",
            mode="3",
            reference=name,
            items=(Goods(commodity="72083900", origin="XB", net_mass="9000"),),
        )
        dataset = expand(short)
        reference = lodge(desk, dataset, digest_of(dataset), now).reference or ""
        done(reference, "arrive")
        return reference

    def done(reference: str, act: str, by: str = "operator", **fields: Any) -> tuple[str, ...]:
        what: dict[str, Any] = {"id": f"{reference}-{act}-{next(numbers)}", "act": act}
        what |= {"reference": reference, "at": now + timedelta(minutes=5), **fields}
        answer = perform(desk, msgspec.convert(what, Act), now + timedelta(minutes=5), by)
        return tuple(one.code for one in answer.notices if answer.status == "refused")

    officer = "customs.north_gate.examiner"
    waits = arrived("S-1")
    assert done(waits, "remove") == ("AUTH-065",)
    assert done(waits, "exit") == ()
    assert done(waits, "remove") == ()
    reversed_ = arrived("S-2")
    assert done(reversed_, "reverse", officer, reason="The other side has no light.") == ()
    assert done(reversed_, "remove") == ()


def test_TN_01_an_expired_competence_blocks_work_done_for_another(folder: Folder) -> None:
    """The leader's training in food inspection ended on 5 July; the examiners' goes on."""
    asked = ("--power", "examine", "--agency", "food_safety", "--post", "north_gate")
    goods = ("--commodity", "120242")

    def may(officer: str, day: str) -> tuple[bool, list[str]]:
        found = folder.ask("may", "--by", officer, *asked, *goods, "--on", day, at="")
        return found["allowed"], [one["code"] for one in found["notices"]]

    leader = "customs.north_gate.team_leader"
    assert may(leader, "2026-07-05") == (True, [])
    assert may(leader, "2026-07-06") == (False, ["AUTH-062"])
    assert may("customs.north_gate.examiner", "2026-07-06") == (True, [])
