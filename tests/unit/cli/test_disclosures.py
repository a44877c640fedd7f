"""``gatepost disclosures``, ``agreements``, ``feed`` and ``law`` on the small country."""

from __future__ import annotations

import pytest

from tests.unit.cli.conftest import Run, Write, objects

AT = ("--at", "2026-07-02T08:14")


@pytest.fixture
def roses(run: Run, write: Write) -> str:
    """Return the reference of roses that were lodged with their certificate."""
    file = write("roses.json", documents=("N851 PC-1",), net_mass="10.00")
    (answer,) = objects(run("lodge", file, "--json", *AT))
    return str(answer["reference"])


def test_who_saw_a_case_and_who_was_refused(run: Run, roses: str) -> None:
    run("show", roses, "--by", "plant_health.inspector", "--purpose", "control")
    run("show", roses, "--by", "XA9999")
    (told,) = objects(run("disclosures", roses, "--json"))
    assert [(one["actor"], one["purpose"], one["allowed"]) for one in told] == [
        ("plant_health.inspector", "control", True),
        ("XA9999", "release", False),
    ]
    assert told[0]["right"]
    assert told[0]["references"] == [roses]
    assert told[1]["refused"] == "AUTH-040"
    assert "refused (AUTH-040)" in run("disclosures", roses).stdout


def test_a_report_is_of_a_case_or_of_an_agency(run: Run, roses: str) -> None:
    assert run("disclosures").exit_code == 2
    assert run("disclosures", roses, "--agency", "customs").exit_code == 2
    assert run("disclosures", "nonsense").stderr.startswith("LODGE-301: ")
    assert objects(run("disclosures", "--agency", "customs", "--json")) == [[]]


def test_a_purpose_is_one_of_the_list(run: Run, roses: str) -> None:
    assert run("show", roses, "--purpose", "curiosity").exit_code == 2


def test_figures_are_for_whom_an_instrument_opens_them(run: Run, roses: str) -> None:
    refused = run("feed", "--month", "2026-07")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("AUTH-040: ")


def test_the_law_is_told_for_a_lawyer(run: Run) -> None:
    page = run("law").stdout
    assert page.startswith("# What the law of Aldermark lets its agencies do")
    assert "## Who can be shown what" in page


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("## Who acts for whom", "| Aldermark Customs | Food Safety Authority | examine and"),
        ("## The instruments", "  Aldermark Customs shows progress, lodgement, goods, journey,"),
        ("## The posts", "- **North Gate** (`north_gate`), land. Shared with Brenland"),
        ("## At which hours", "- **VET-MAN-001** Veterinary Service: examine and sample"),
        ("## Who instructs whom", "- Border Police, by **POL-MAN-001** (Police Act 2011, s. 21)"),
        ("## The committees", "A motion is carried by more than half of those present on each"),
        ("## Who answers for what", "| Live animals at the border | Veterinary Service |"),
        ("## How long a case is kept", "| Border Police | goods of HS 93 | 7305 days | kept"),
        ("## Which figures go out by themselves", "- **trade_statistics** Trade across"),
        ("## What traders and travellers are entitled to", "- **IMM-RGT-001** A person who"),
        ("## The agencies and their mandates", "  Only while its service at the post is open may"),
    ],
)
def test_the_page_for_lawyers_has_what_binds_several_agencies(
    run: Run, section: str, line: str
) -> None:
    page = run("law", "--jurisdiction", "aldermark").stdout
    told = page.partition(f"{section}\n")[2].partition("\n## ")[0]
    assert any(one.startswith(line) for one in told.splitlines())


def test_what_a_later_law_keeps_back_is_told_at_the_clause(run: Run) -> None:
    page = run("law", "--jurisdiction", "aldermark").stdout
    clause = page.partition("- **XA-TRT-2020-01/12**")[2].partition("\n- **")[0]
    assert clause.endswith("**But prices** are kept from customs of Brenland by XA-LAW-2024-03/14.")


def test_a_pack_says_above_its_law_that_it_is_illustrative(run: Run) -> None:
    page = run("law", "--jurisdiction", "nordic").stdout
    assert "Illustrative, not legal advice." in page.partition("## ")[0]


def test_an_act_on_no_instrument_is_refused(run: Run, tmp_path: object) -> None:
    refused = run("agreements", f"{tmp_path}/none.jsonl")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("CLI-001")


def test_what_an_agency_received_is_told_to_itself_and_the_operator(run: Run, roses: str) -> None:
    own = ("--agency", "plant_health", "--by", "plant_health.inspector")
    assert objects(run("disclosures", *own, "--json", *AT)) == [[]]
    other = run("disclosures", "--agency", "customs", "--by", "plant_health.inspector", *AT)
    assert other.exit_code == 1
    assert other.stderr.startswith("AUTH-040: ")
    (told,) = objects(
        run("disclosures", "--agency", "plant_health", "--month", "2026-07", "--json")
    )
    assert [(one["allowed"], one["references"]) for one in told] == [(False, [])]


def test_a_work_list_is_its_agencys_and_the_operators(run: Run, roses: str) -> None:
    assert roses in run("work", "plant_health", *AT).stdout
    mine = run("work", "plant_health", "--by", "plant_health.inspector", *AT)
    assert roses in mine.stdout
    other = run("work", "customs", "--by", "plant_health.inspector", *AT)
    assert (other.exit_code, other.stdout) == (1, "")
    assert other.stderr.startswith("AUTH-040: ")


def test_another_agency_reads_that_it_was_read_and_not_by_whom(run: Run, roses: str) -> None:
    run("show", roses, "--by", "customs.inspector", "--purpose", "control", *AT)
    words = ("--by", "plant_health.inspector", "--purpose", "control", "--json", *AT)
    (told,) = objects(run("disclosures", roses, *words))
    assert [(one["actor"], one["agency"]) for one in told] == [("somebody", "customs")]
    (whole,) = objects(run("disclosures", roses, "--json", *AT))
    assert [one["actor"] for one in whole] == ["customs.inspector", "plant_health.inspector"]
