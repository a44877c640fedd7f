"""``gatepost ens validate``: one line for each file, and the exit code."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gatepost.cli import main

MESSAGE = """<ie:CC315A xmlns:ie="http://ics.dgtaxud.ec/CC315A">
  <MesSenMES3>GB000001/0000000001</MesSenMES3>
  <DatOfPreMES9>260702</DatOfPreMES9>
  <TimOfPreMES10>0814</TimOfPreMES10>
  <MesIdeMES19>NORTHGATE1</MesIdeMES19>
  <MesTypMES20>CC315A</MesTypMES20>
  <HEAHEA>
    <RefNumHEA4>ROSES-1</RefNumHEA4>
    <TraModAtBorHEA76>3</TraModAtBorHEA76>
    <IdeOfMeaOfTraCroHEA85>XA123</IdeOfMeaOfTraCroHEA85>
    <TotGroMasHEA307>150.5</TotGroMasHEA307>
    <ComRefNumHEA>ROSES</ComRefNumHEA>
    <PlaLoaGOOITE334>XB Brenland</PlaLoaGOOITE334>
    <PlaUnlGOOITE334>XA North Gate</PlaUnlGOOITE334>
    <DecDatTimHEA114>202607020814</DecDatTimHEA114>
  </HEAHEA>
  <TRACONCE1><TINCE159>GB000002</TINCE159></TRACONCE1>
  <GOOITEGDS>
    <IteNumGDS7>1</IteNumGDS7>
    <GooDesGDS23>Cut roses</GooDesGDS23>
    <PACGS2>
      <KinOfPacGS23>CT</KinOfPacGS23>
      <NumOfPacGS24>10</NumOfPacGS24>
      <MarNumOfPacGSL21>ROSES</MarNumOfPacGSL21>
    </PACGS2>
  </GOOITEGDS>
  <ITI><CouOfRouCodITI1>XB</CouOfRouCodITI1></ITI>
  <ITI><CouOfRouCodITI1>XA</CouOfRouCodITI1></ITI>
  <PERLODSUMDEC><TINPLD1>GB000001</TINPLD1></PERLODSUMDEC>
  <CUSOFFFENT730>
    <RefNumCUSOFFFENT731>GB000001</RefNumCUSOFFFENT731>
    <ExpDatOfArrFIRENT733>202607030814</ExpDatOfArrFIRENT733>
  </CUSOFFFENT730>
</ie:CC315A>
"""
HEADER = "/ie:CC315A[1]/HEAHEA[1]"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    changed = {
        "right": MESSAGE,
        "rules": MESSAGE.replace("<TraModAtBorHEA76>3", "<TraModAtBorHEA76>5"),
        "structure": MESSAGE.replace("9>260702", "9>260732"),
        "broken": "<ie:CC315A",
    }
    for name, text in changed.items():
        (tmp_path / f"{name}.xml").write_text(text)
    return [str(tmp_path / f"{name}.xml") for name in changed] + [str(tmp_path / "none.xml")]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["ens", "validate", *words])


def test_every_file_gets_one_line_of_json(files: list[str]) -> None:
    done = run(*files, "--json")
    lines = [msgspec.json.decode(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [list(line) for line in lines] == [["file", "result", "errors"]] * 5
    assert [line["file"] for line in lines] == files
    assert [line["result"] for line in lines] == ["accepted", *["rejected"] * 4]
    assert [line["errors"] for line in lines] == [
        [],
        [{"code": "8689", "where": HEADER}],
        [{"code": "DATA-008", "where": "/ie:CC315A[1]/DatOfPreMES9[1]"}],
        [{"code": "XML-001", "where": "line 1, column 11"}],
        [{"code": "CLI-001", "where": ""}],
    ]


def test_people_read_sentences(files: list[str]) -> None:
    done = run(files[0], files[1])
    assert done.stdout.splitlines() == [f"accepted  {files[0]}", f"rejected  {files[1]}"]
    assert "The mode of transport is 1, 2, 3, 4, 8, 10 or 11." in done.stderr
    assert run(files[0]).exit_code == 0


def test_structure_alone_may_be_asked_for(files: list[str]) -> None:
    assert run(files[1], "--structure").exit_code == 0
    assert run(files[2], "--structure").exit_code == 1


def test_an_earlier_day_has_an_earlier_rule_set(files: list[str]) -> None:
    """The earlier set wanted the number of items and the place of declaration."""
    done = run(files[0], "--json", "--day", "2024-07-01")
    assert [one["where"] for one in msgspec.json.decode(done.stdout)["errors"]] == [
        f"{HEADER}/TotNumOfIteHEA305[1]",
        f"{HEADER}/DecPlaHEA394[1]",
    ]
    assert run(files[0], "--day", "2001-01-01").exit_code == 1
    assert run().exit_code == 2
