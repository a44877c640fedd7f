"""``gatepost compare`` on the command line."""

from __future__ import annotations

import pytest

from tests.unit.cli.conftest import Run, objects


def test_models_stand_side_by_side_and_nothing_ranks_them(run: Run) -> None:
    result = run("compare", "canada", "nordic", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert [one["name"] for one in found["packs"]] == ["canada", "nordic"]
    for one in found["packs"]:
        assert one["notice"].startswith("Illustrative, not legal advice.")
        assert one["real"]
        assert one["borrowed"]
        assert {"facilitation", "security", "staff", "legal_blocks", "disclosures"} <= {*one}
        assert not [key for key in one if "score" in key or "rank" in key]
    assert found["packs"][1]["facilitation"]["border_stops"] == 100


def test_people_read_what_is_real_above_the_table(run: Run) -> None:
    told = run("compare", "chirundu").stdout
    assert told.index("  real ") < told.index("  Aldermark ") < told.index("border stops")
    assert told.rstrip().endswith("which matters more is not for a program to say.")


def test_in_a_narrow_terminal_models_stand_below_each_other(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("compare", "canada", "nordic").stdout
    monkeypatch.setattr("gatepost.cli.compare._width", lambda: 40)
    narrow = run("compare", "canada", "nordic").stdout
    assert (whole.count("border stops"), narrow.count("border stops")) == (1, 2)
    tables = narrow.partition("100 movements")[2].splitlines()[1:]
    assert max(len(line) for line in tables if not line.startswith("The same")) <= 40
    assert sorted(set(whole.split())) == sorted(set(narrow.split()))


def test_an_unknown_pack_is_refused(run: Run) -> None:
    result = run("compare", "canada", "atlantis")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("FILE-019")
    assert run("compare").exit_code == 2
