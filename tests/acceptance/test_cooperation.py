"""Acceptance tests of cooperation, named after capabilities, as users of the commands see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.cli import main


class Desk:
    """Commands over one data folder; acts are written to a file as a user would write them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def ask(self, *words: str) -> Any:
        """Run a command and return its JSON."""
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return msgspec.json.decode(done.stdout)

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(main, [*words, "--data", str(self.folder)])

    def do(self, command: str, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        """Do acts of a kind and return the answers."""
        self.count += 1
        file = self.folder.parent / f"acts{self.count}.jsonl"
        numbered = ({"id": f"{self.count}-{n}", **one} for n, one in enumerate(acts))
        file.write_bytes(b"\n".join(msgspec.json.encode(one) for one in numbered))
        done = self.run(command, str(file), "--json")
        return [msgspec.json.decode(line) for line in done.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def test_TN_02_the_vet_on_duty_across_the_border_now(desk: Desk) -> None:
    words = ("contacts", "--post", "north_gate", "--function", "veterinary", "--side", "XB")
    found = desk.ask(*words, "--at", "2026-07-06T10:00:00+02:00")
    assert [one["contact"] for one in found["now"]] == ["bba-vet-north-gate"]
    # At Midsummer the office of Brenland is shut, and the one on call answers from the evening.
    holiday = desk.ask(*words, "--at", "2026-06-24T10:00:00+02:00")
    assert holiday["now"] == []
    assert holiday["next"][0]["contact"] == "bba-vet-on-call"


def test_GV_07_an_unacknowledged_instruction_at_a_post_is_seen_at_headquarters(desk: Desk) -> None:
    answers = desk.do(
        "instructions",
        {
            "act": "issue", "instruction": "CUS-1", "at": "2026-07-06T08:00:00+02:00",
            "by": "customs.headquarters.director", "title": "Seals", "text": "Look at each.",
            "within": "1d", "to": ["customs-regional-north", "customs-north-gate"],
        },
        {
            "act": "acknowledge", "instruction": "CUS-1", "at": "2026-07-06T09:00:00+02:00",
            "by": "customs.region_north.head",
        },
    )  # fmt: skip
    assert [one["status"] for one in answers] == ["done", "done"]
    words = ("instructions", "--unit", "customs-central", "--overdue", "--at")
    assert desk.ask(*words, "2026-07-07T08:00:00+02:00") == []
    (late,) = desk.ask(*words, "2026-07-07T09:00:00+02:00")
    assert late["overdue"] == ["customs-north-gate"]


def test_GV_07_a_case_that_is_handed_over_keeps_its_clock(desk: Desk) -> None:
    """The desk of customs has four hours; half an hour before they end the region takes over."""
    steel = {
        "FunctionCode": "9", "FunctionalReferenceID": "S-1", "TypeCode": "IMA",
        "Declarant": {"ID": "XA1001"}, "PresentationOffice": {"ID": "XA000101"},
        "BorderTransportMeans": {"ModeCode": "3"},
        "GoodsShipment": {
            "Importer": {"ID": "XA1001"},
            "GovernmentAgencyGoodsItem": [
                {
                    "SequenceNumeric": "1",
                    "Commodity": {
                        "Classification": [{"ID": "72083900", "IdentificationTypeCode": "TSP"}],
                        "GoodsMeasure": {"NetNetWeightMeasure": "20000"},
                        "InvoiceLine": {
                            "ItemChargeAmount": {"#": "4000.00", "@currencyID": "EUR"}
                        },
                    },
                    "Origin": [{"CountryCode": "XB"}],
                    "AdditionalDocument": [{"CategoryCode": "N", "ID": "I", "TypeCode": "380"}],
                }
            ],
        },
    }  # fmt: skip
    file = desk.folder.parent / "steel.json"
    file.write_bytes(msgspec.json.encode({"Declaration": steel}))
    lodged = desk.ask("lodge", str(file), "--at", "2026-07-06T08:00:00+02:00")
    reference = lodged["reference"]

    def at(hour: str) -> dict[str, str]:
        return {"reference": reference, "agency": "customs", "at": f"2026-07-06T{hour}:00+02:00"}

    done = desk.do(
        "act",
        {
            **at("09:00"), "act": "examine", "by": "customs.north_gate.examiner",
            "result": "nonconform", "code": "UNDERVALUED",
        },
        {
            **at("11:30"), "act": "hand_over", "by": "customs.north_gate.team_leader",
            "unit": "customs-regional-north", "reason": "Beyond what a post decides.",
        },
        {**at("11:59"), "act": "tick", "by": "operator"},
        {**at("12:00"), "act": "tick", "by": "operator"},
    )  # fmt: skip
    assert [one["status"] for one in done] == ["done"] * 4
    assert done[1]["happened"] == ["cooperation:case:handed_over"]
    assert [one["happened"] for one in done[2:]] == [[], ["release:clock:escalated"]]
    (item,) = desk.ask("work", "customs", "--unit", "customs-regional-north")
    assert item["reference"] == reference


def test_GV_04_a_joint_committee_decides_by_its_rule_and_follows_its_actions(desk: Desk) -> None:
    secretary = "customs.headquarters.director"
    common = {"committee": "north_gate_committee", "by": secretary, "meeting": "NG-3"}
    held = {**common, "at": "2026-07-01T15:00:00+02:00", "second": "XB/border_agency"}
    home = ["customs", "veterinary", "plant_health"]
    answers = desk.do(
        "committees",
        {
            **common, "act": "convene", "at": "2026-06-20T10:00:00+02:00", "on": "2026-07-01",
            "agenda": ["Hours", "Scanner", "Rooms"],
        },
        {
            **held, "act": "decide", "item": "1", "text": "Open at six.",
            "present": [*home, "west_wing"], "votes": dict.fromkeys([*home, "west_wing"], "for"),
        },
        {
            **held, "act": "decide", "item": "2", "text": "One scanner.",
            "present": [*home, "west_wing"], "votes": dict.fromkeys(home, "for"),
        },
        {
            **held, "act": "decide", "item": "3", "text": "More rooms.",
            "present": home, "votes": dict.fromkeys(home, "for"),
        },
        {
            **held, "act": "assign", "action": "A-1", "text": "Publish.", "owner": "west_wing",
            "due": "2026-07-10",
        },
    )  # fmt: skip
    assert [one["happened"] for one in answers] == [
        ["cooperation:meeting:convened"],
        ["cooperation:motion:carried"],
        # One side alone cannot carry it, and does not make a quorum.
        ["cooperation:motion:rejected"],
        [],
        ["cooperation:action:assigned"],
    ]
    assert [one["code"] for one in answers[3]["notices"]] == ["COOP-062"]
    words = ("committees", "--overdue", "--at")
    assert desk.ask(*words, "2026-07-10T12:00:00+02:00") == []
    (late,) = desk.ask(*words, "2026-07-11T12:00:00+02:00")
    assert late["overdue"] == ["A-1"]
    # The vice-chair goes round every two years.
    assert late["vice_chair"] == "veterinary"


def test_GV_05_exactly_one_answers_for_each_process_and_vetoes_are_shown(desk: Desk) -> None:
    found = desk.ask("processes", "--on", "2026-07-06")
    assert found["lead_agency"] is None
    processes = {one["process"]["id"]: one for one in found["processes"]}
    assert all(len(one["process"]["accountable"]) == 1 for one in processes.values())
    vetoes = {one["agency"] for one in processes["live_animals"]["vetoes"]}
    # Food safety and the environment have a part, and no law by which to stop live animals.
    assert {"veterinary", "customs"} <= vetoes
    assert vetoes.isdisjoint({"food_safety", "environment", "statistics"})
    assert all(one["legal_basis"] for one in processes["release"]["vetoes"])


def test_IX_06_due_feeds_are_found_and_each_month_is_produced_once(desk: Desk) -> None:
    words = ("feed", "--due", "--at")
    assert desk.run(*words, "2026-07-09T12:00:00+02:00").output == ""
    first = desk.run(*words, "2026-07-10T12:00:00+02:00").output
    assert (
        first
        == "trade_statistics  2026-06  0 cells, 0 kept back  feeds/trade_statistics/2026-06.json\n"
    )
    file = desk.folder / "feeds" / "trade_statistics" / "2026-06.json"
    written = file.read_bytes()
    assert desk.run(*words, "2026-07-11T12:00:00+02:00").output == ""
    file.unlink()
    assert desk.run(*words, "2026-07-11T12:00:00+02:00").output == ""
    assert file.read_bytes() == written
    assert (
        desk.run("feed").exit_code == desk.run("feed", "--due", "--month", "2026-06").exit_code == 2
    )


CORRIDOR = """
id: corridor
title: {en: "Two posts of one corridor, as the older press gives their hours"}
zone: Africa/Lusaka
legal_basis: [{cite: press}]
services:
  # Beitbridge, open all day and night.
  - {service: customs, side: ZA, hours: {daily: ["00:00-24:00"]}, valid: {from: 2010-01-01}}
  # Chirundu, further along the same road.
  - {service: customs, side: ZW, hours: {daily: ["06:00-18:00"]}, valid: {from: 2010-01-01}}
"""
TRUCKS = """
id: corridor
title: {en: What a longer day at Chirundu would cost}
currency: USD
assumptions:
  - id: trucks
    title: {en: "Trucks in an hour, if 400 a day came evenly"}
    value: 16.67
    unit: trucks
    source: COMCEC 2016, page 41
    date: "2013"
    basis: derived
  - id: truck_hour
    title: {en: Standing cost of a truck}
    value: 20
    unit: USD
    source: FESARTA
    date: "2020"
waiting:
  - {service: customs, arriving: [trucks], per_hour: [truck_hour]}
"""


def test_OS_05_who_arrives_at_night_gathers_before_the_post_that_shuts(desk: Desk) -> None:
    """Beitbridge works 24 hours, Chirundu from 06 to 18: what leaves the one waits at the other."""
    calendar, trucks = (desk.folder.parent / name for name in ("corridor.yaml", "trucks.yaml"))
    calendar.write_text(CORRIDOR)
    trucks.write_text(TRUCKS)
    words = ("hours", str(calendar), "--from", "2012-07-02", "--days", "7")
    found = desk.ask(*words, "--costs", str(trucks))
    (overlap,) = found["calendars"][0]["overlaps"]
    assert (overlap["overlap_hours"], overlap["longer_hours"], overlap["share"]) == (84, 168, 0.5)
    assert overlap["queue_grows_at"] == "ZA"
    nights = [one for one in overlap["mismatches"] if one["closed_side"] == "ZW"]
    assert all(one["start"][11:16] in ("18:00", "00:00") for one in nights)
    ((queue,),) = (one["queues"] for one in found["costs"]["services"])
    # Half a day's trucks gather every night: twelve hours of them.
    assert (queue["longest"], queue["gathered"]) == (12, 200.04)
    assert queue["cost"] == queue["vehicle_hours"] * 20
    # Once Chirundu is open as long, nothing gathers.
    calendar.write_text(CORRIDOR.replace("06:00-18:00", "00:00-24:00"))
    found = desk.ask(*words, "--costs", str(trucks))
    assert found["costs"]["services"][0]["queues"] == []
