"""``gatepost equipment`` and ``gatepost calls``: what a post has, who uses it, who comes."""

from __future__ import annotations

from pathlib import Path

import msgspec
from click.testing import CliRunner

from gatepost.cli import main

AT = ("--at", "2026-07-02T07:30", "--date", "2026-07-02")


def run(tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [*arguments, "--data", str(tmp_path)])
    return done.exit_code, done.stdout, done.stderr


def test_a_scanner_is_booked_used_and_fails(tmp_path: Path) -> None:
    by = (*AT, "--by", "police.north_gate.officer")
    when = ("--start", "2026-07-02T10:00", "--end", "2026-07-02T12:00")
    scanner = "north-gate-scanner"
    code, out, _ = run(tmp_path, "equipment", "north_gate", "--book", scanner, *when, *by)
    assert code == 0
    assert (
        "north-gate-scanner          scanner         customs       police   XA       2.0    12 %"
        in out
    )
    assert "booking-1: north-gate-scanner for police, 2026-07-02 10:00 +02:00 to" in out
    code, out, err = run(tmp_path, "equipment", "north_gate", "--book", scanner, *when, *by)
    assert (code, out) == (0, out)
    code, out, err = run(
        tmp_path, "equipment", "north_gate", "--book", scanner, *when, *by, "--reason", "again"
    )
    assert (code, out) == (1, "")
    assert err.startswith("PLAN-402: police has booked north-gate-scanner from 2026-07-02 10:00")
    code, out, _ = run(tmp_path, "equipment", "north_gate", "--fail", scanner, *by)
    assert (
        "north-gate-scanner out of order since 2026-07-02 07:30 +02:00 until it is repaired" in out
    )
    code, out, _ = run(tmp_path, "equipment", "north_gate", *AT, "--json")
    found = msgspec.json.decode(out)
    assert (found["record"]["version"], found["use"][0]["agency"]) == (2, "police")


def test_one_thing_at_a_time_and_by_somebody(tmp_path: Path) -> None:
    assert run(tmp_path, "equipment", "north_gate", "--fail", "x", *AT)[0] == 2
    both = ("--fail", "x", "--repair", "x", "--by", "police.north_gate.officer")
    assert run(tmp_path, "equipment", "north_gate", *both, *AT)[0] == 2


def test_calls_of_a_day(tmp_path: Path) -> None:
    assert run(tmp_path, "calls", "north_gate", "--at", "2026-07-02T12:00")[1] == (
        "Nobody was called.\n"
    )
    assert run(tmp_path, "calls", "south_gate")[0] == 2


def test_a_post_that_is_not_there_has_no_equipment(tmp_path: Path) -> None:
    assert run(tmp_path, "equipment", "south_gate", *AT)[0] == 2
