"""``gatepost contacts``: the vet on duty across the border now (TN-02)."""

from __future__ import annotations

from tests.unit.cli.conftest import Run, objects

GATE = ("contacts", "--jurisdiction", "aldermark", "--post", "north_gate")
VET = (*GATE, "--function", "veterinary")


def test_the_vet_on_duty_across_the_border_now(run: Run) -> None:
    (found,) = objects(run(*VET, "--side", "XB", "--at", "2026-07-06T10:00", "--json"))
    assert [one["contact"] for one in found["now"]] == ["bba-vet-north-gate"]
    assert found["now"][0]["end"] == "2026-07-06T16:00:00+03:00"
    assert found["now"][0]["reach"] == {"telephone": "+00 900 0107"}
    assert [one["contact"] for one in found["next"]] == ["bba-vet-on-call", "bba-vet-north-gate"]


def test_at_night_in_a_language_nobody_there_speaks(run: Run) -> None:
    words = (*VET, "--side", "XB", "--language", "en", "--at", "2026-07-06T23:00")
    told = run(*words).stdout
    assert "Nobody is on duty now." in told
    assert "from Tue 07 Jul 08:00 EEST" in told


def test_both_sides_are_told(run: Run) -> None:
    told = run(*VET, "--at", "2026-07-05T03:00").stdout
    assert "XA  Veterinarian on call in the region" in told
    assert "XB  Veterinary officer on call" in told
    assert "until Mon 06 Jul 06:00 CEST" in told


def test_nobody_is_listed(run: Run) -> None:
    assert run(*GATE, "--function", "press").stdout == "Nobody is listed for that.\n"


def test_an_unknown_post_is_refused(run: Run) -> None:
    result = run("contacts", "--jurisdiction", "aldermark", "--post", "moon")
    assert result.exit_code == 1
    assert "DESC-032 --post" in result.stderr
