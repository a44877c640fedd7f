"""``gatepost costs`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, objects


def test_the_shape_promised(run: Run) -> None:
    result = run("costs", "nordic", "--years", "10", "--rate", "0.04", "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert found["currency"] == "NOK"
    assert found["one_off"] == 50000000
    assert found["yearly_government"] == 50000000
    assert found["yearly_operators"] == 250000000
    assert found["first_year"] == 350000000
    assert found["present_value"] == 2483268733.81
    assert found["present_value_government"] == 455544788.97
    assert found["steps"]
    assert all(one["source"] and one["date"] for one in found["assumptions"])


def test_assumptions_are_edited_and_marked(run: Run) -> None:
    result = run("costs", "nordic", "--set", "operators=100000000", "--rate", "0", "--json")
    (found,) = objects(result)
    assert found["yearly_operators"] == 100000000
    changed = [one["id"] for one in found["assumptions"] if one["changed"]]
    assert changed == ["operators"]


def test_people_read_the_sums_and_what_does_not_fit(run: Run) -> None:
    told = run("costs", "chirundu").stdout
    assert "COST-020  Saving a day: 600,000 USD a day is quoted" in told
    assert "109,500,000 USD" in told


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--rate", "nan"), "COST-010"),
        (("--rate", "1.5"), "COST-010"),
        (("--rate", "-1"), "COST-010"),
        (("--rate", "1/0"), "COST-010"),
        (("--years", "0"), "COST-011"),
        (("--years", "201"), "COST-011"),
        (("--set", "operators"), "COST-012"),
        (("--set", "operators=many"), "COST-012"),
        (("--set", "ships=3"), "COST-001"),
        (("--set", "offices=0"), "COST-006"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(run: Run, more: tuple[str, ...], code: str) -> None:
    result = run("costs", "nordic", *more, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"{code} ")


def test_everything_wrong_is_said_at_once(run: Run) -> None:
    result = run("costs", "nordic", "--rate", "four", "--years", "-1", "--set", "x=1")
    assert [line[:8] for line in result.stderr.splitlines()] == ["COST-010", "COST-011", "COST-001"]


def test_a_jurisdiction_without_costs_names_those_with(run: Run) -> None:
    result = run("costs", "brenland")
    assert result.exit_code == 1
    assert result.stderr.startswith("COST-005: ")
    assert "nordic" in result.stderr


def test_a_file_by_its_path(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: mine\ncurrency: EURO\n")
    result = run("costs", str(file))
    assert result.exit_code == 1
    assert "mine.yaml" in result.stderr
    assert run("costs", str(tmp_path / "none.yaml")).stderr.startswith("COST-005")


def test_ranges_pay_back_and_hours(run: Run) -> None:
    result = run("costs", "aldermark", "--draws", "100", "--seed", "a", "--json")
    (found,) = objects(result)
    assert found["payback_years"] == 1
    assert found["by_kind"][0]["kind"] == "time"
    assert found["redeployment"]["left"] == 620
    assert (found["ranges"]["seed"], found["ranges"]["draws"]) == ("a", 100)
    told = run("costs", "aldermark", "--draws", "100").stdout
    for line in ("Paid back after 1 year", "not assigned: 620", "1 in 20 below", "COST-041"):
        assert line in told
    assert run("costs", "aldermark", "--draws", "1").stderr.startswith("COST-043 --draws")
