"""Commands that answer a question and change nothing: requirements, may, work."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.cli.conftest import Run, Write, objects

ROSES = ("--regime", "import", "--commodity", "0603.11", "--origin", "XB", "--on", "2026-07-02")
EXAMINE = ("may", "--by", "plant_health.inspector", "--power", "examine", "--on", "2026-07-02")


def test_requirements_are_answered_with_the_list_promised(run: Run) -> None:
    result = run("requirements", *ROSES, "--json")
    assert result.exit_code == 0
    (answer,) = objects(result)
    assert answer == [
        {
            "requirement": "CUSTOMS-REQ-001",
            "agency": "customs",
            "document": None,
            "alternatives": [],
            "legal_basis": "Border Act, s. 1",
            "sentence": "All goods that enter are declared to customs.",
        },
        {
            "requirement": "PLANT-REQ-001",
            "agency": "plant_health",
            "document": "N851",
            "alternatives": ["C085"],
            "legal_basis": "Plant Act, s. 12; Plant Order, r. 3",
            "sentence": "Cut flowers that enter come with a certificate.",
        },
    ]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        (("--net-mass", "501", "--mode", "1"), True),
        (("--net-mass", "500", "--mode", "1"), False),
        (("--net-mass", "501", "--mode", "3"), False),
        (("--mode", "1"), False),
        (("--net-mass", "501", "--mode", "1", "--on", "2026-12-31"), True),
        (("--net-mass", "501", "--mode", "1", "--on", "2027-01-01"), False),
    ],
)
def test_what_is_told_of_the_goods_and_the_day_decide(
    run: Run, more: tuple[str, ...], asked: bool
) -> None:
    (answer,) = objects(run("requirements", *ROSES, *more, "--json"))
    assert ("PLANT-REQ-002" in {one["requirement"] for one in answer}) is asked


def test_requirements_for_people_name_document_sentence_and_law(run: Run) -> None:
    lines = run("requirements", *ROSES).stdout.splitlines()
    assert lines[2].split() == ["PLANT-REQ-001", "plant_health", "N851", "or", "C085"]
    assert lines[3].endswith("(Plant Act, s. 12; Plant Order, r. 3)")


def test_a_code_that_no_list_knows_is_said_and_answered(run: Run) -> None:
    result = run("requirements", *ROSES, "--commodity", "060399", "--origin", "ZZ", "--json")
    assert result.exit_code == 0
    assert "LODGE-104 --commodity: " in result.stderr
    assert "LODGE-105 --origin: " in result.stderr
    assert len(objects(result)[0]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("requirements",),
        ("requirements", "--regime", "theft", "--commodity", "060311"),
        ("requirements", "--regime", "import", "--commodity", "0603"),
        ("requirements", "--regime", "import", "--commodity", "²²²²²²"),
        ("requirements", *ROSES, "--origin", "Brenland"),
        ("requirements", *ROSES, "--on", "2026-02-30"),
        ("requirements", *ROSES, "--net-mass", "-1"),
        ("requirements", *ROSES, "--value", "nan"),
        ("requirements", *ROSES, "--quantity", "1e400"),
        ("may", "--by", "plant_health.inspector"),
        ("may", "--office", "north_gate"),
        ("may", "--office", "north_gate", "--formality", "a:b", "--by", "plant_health.inspector"),
        ("may", "--by", "plant_health.inspector", "--power", "dance"),
        ("work", "nobody"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_may_says_yes_by_which_law(run: Run) -> None:
    result = run(*EXAMINE, "--post", "north_gate", "--commodity", "060311", "--json")
    assert result.exit_code == 0
    assert objects(result) == [
        {
            "allowed": True,
            "instrument": "PLANT-MAN-001",
            "reason": "The agency examines and decides. (Border Act, s. 1)",
            "mandate": "PLANT-MAN-001",
            "sentence": "The agency examines and decides.",
            "legal_basis": "Border Act, s. 1",
            "on_behalf_of": None,
            "notices": [],
            "ask": None,
        }
    ]
    assert run(*EXAMINE).stdout.startswith("yes  PLANT-MAN-001  Border Act, s. 1")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--power", "release"), "AUTH-003"),
        (("--post", "kelpie_port"), "AUTH-003"),
        (("--agency", "customs"), "AUTH-006"),
        (("--by", "nobody", "--agency", "customs"), "AUTH-011"),
        (("--by", "nobody"), "AUTH-011"),
        (("--on", "2019-12-31"), "AUTH-002"),
    ],
)
def test_may_says_no_with_its_reason_and_ends_well(
    run: Run, more: tuple[str, ...], code: str
) -> None:
    result = run(*EXAMINE, *more, "--json")
    assert result.exit_code == 0
    answer: dict[str, Any] = objects(result)[0]
    assert answer["allowed"] is False
    assert code in {one["code"] for one in answer["notices"]}
    told = run(*EXAMINE, *more)
    assert told.exit_code == 0
    assert f"no   {code}" in told.stdout


def test_work_lists_what_an_agency_can_do_now(run: Run, write: Write) -> None:
    file = write("roses.json", documents=("N851 PC-1",))
    (lodged,) = objects(run("lodge", file, "--json", "--at", "2026-07-02T08:14"))
    (items,) = objects(run("work", "plant_health", "--post", "north_gate", "--json"))
    assert [(one["reference"], one["action"]) for one in items] == [
        (lodged["reference"], "control")
    ]
    told = run("work", "plant_health").stdout
    assert told.startswith(f"{lodged['reference']}  2026-07-02 08:14 +02:00  control")
    assert objects(run("work", "plant_health", "--post", "kelpie_port", "--json")) == [[]]
    elsewhere = run("work", "plant_health", "--post", "kelpie_port").stdout
    assert elsewhere == "Nothing for plant_health to do now at kelpie_port.\n"


def test_an_agencys_work_is_its_own(run: Run) -> None:
    assert run("work", "plant_health", "--by", "plant_health.inspector").exit_code == 0
    assert run("work", "plant_health", "--by", "operator").exit_code == 0
    refused = run("work", "plant_health", "--by", "customs.inspector")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("AUTH-040: ")
