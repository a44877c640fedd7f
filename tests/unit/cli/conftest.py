"""The command line over a small country of two agencies, in folders of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from gatepost.bootstrap import KEY_FILE
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main

Run = Callable[..., Result]
Write = Callable[..., str]

LAW = "legal_basis: [{cite: 'Border Act, s. 1'}]"
POWERS = "[read, request_data, examine, sample, decide, hold, release, override]"

FILES = {
    "jurisdiction.yaml": f"""
code: XA
name: {{en: Aldermark}}
languages: [en]
zone: Europe/Berlin
currency: EUR
{LAW}
""",
    "posts/north_gate.yaml": f"""
id: north_gate
name: {{en: North Gate}}
kind: land
offices: [XA000101]
{LAW}
valid: {{from: 2020-01-01}}
""",
    "agencies/customs/declaration_types.yaml": """
- {prefix: IM, regime: import, name: {en: Import}}
- {prefix: EX, regime: export, name: {en: Export}}
""",
    "agencies/plant_health/documents.yaml": """
- {code: N851, name: {en: Phytosanitary certificate}}
- {code: C085, name: {en: Common health entry document for plants}}
""",
    "agencies/customs/requirements/CUSTOMS-REQ-001.yaml": f"""
id: CUSTOMS-REQ-001
title: {{en: All goods that enter are declared to customs.}}
agency: customs
{LAW}
applies_to: {{regimes: [import]}}
asks: {{kind: declaration}}
valid: [{{from: 2020-01-01}}]
""",
    "agencies/plant_health/requirements/PLANT-REQ-001.yaml": """
id: PLANT-REQ-001
title: {en: Cut flowers that enter come with a certificate.}
agency: plant_health
legal_basis: [{cite: "Plant Act, s. 12"}, {cite: "Plant Order, r. 3"}]
applies_to: {regimes: [import], commodity: ["0603"]}
asks: {kind: document, document: N851, alternatives: [C085]}
valid: [{from: 2020-01-01}]
""",
    "agencies/plant_health/requirements/PLANT-REQ-002.yaml": f"""
id: PLANT-REQ-002
title: {{en: More than 500 kg of flowers come by sea.}}
agency: plant_health
{LAW}
applies_to:
  regimes: [import]
  commodity: ["0603"]
  when: item.net_mass > 500 && consignment.mode == "1"
asks: {{kind: document, document: C085}}
valid: [{{from: 2020-01-01, to: 2026-12-31}}]
""",
    "agencies/plant_health/indicators/PLANT-RISK-001.yaml": f"""
id: PLANT-RISK-001
title: {{en: Flowers from Brenland are examined.}}
agency: plant_health
version: 1
author: plant health entomologist
second_reader: head of plant health import
reason: {{en: Leaf miners were found.}}
intent: inadvertent
mode: live
level: item
regimes: [import]
when: item.origin == "XB"
control: {{kind: examination, check: pests}}
{LAW}
valid: {{from: 2020-01-01}}
review: 2030-01-01
""",
    "agencies/customs/indicators/CUSTOMS-RISK-001.yaml": f"""
id: CUSTOMS-RISK-001
title: {{en: Half of all imports are looked at by chance.}}
agency: customs
version: 1
author: customs risk analyst
second_reader: head of customs risk
reason: {{en: Random selection keeps targeting honest.}}
intent: unknown
mode: live
level: consignment
regimes: [import]
random: 0.5
control: {{kind: documentary, check: papers}}
{LAW}
valid: {{from: 2020-01-01}}
review: 2030-01-01
""",
    "precedence.yaml": f"""
- id: XA-PREC
  {LAW}
  valid: {{from: 2020-01-01}}
  rows:
    - {{id: PREC-001, sentence: {{en: It is seized.}}, {LAW}, any: [seize], outcome: seize}}
    - {{id: PREC-002, sentence: {{en: It is destroyed.}}, {LAW}, any: [destroy], outcome: destroy}}
    - {{id: PREC-003, sentence: {{en: It goes back.}}, {LAW}, any: [return], outcome: return}}
    - {{id: PREC-004, sentence: {{en: It stays.}}, {LAW}, any: [refuse], outcome: refuse}}
    - id: PREC-005
      sentence: {{en: It is released under a condition.}}
      {LAW}
      any: [clear_conditional]
      outcome: conditional
    - {{id: PREC-006, sentence: {{en: All clear.}}, {LAW}, only: [clear], outcome: release}}
""",
}


def _agency(agency: str, prefix: str) -> dict[str, str]:
    folder = f"agencies/{agency}"
    return {
        f"{folder}/agency.yaml": f"""
id: {agency}
name: {{en: {agency.replace("_", " ").title()}}}
ministry: {{en: Ministry}}
tier: control_authority
{LAW}
valid: {{from: 2020-01-01}}
units:
  - {{id: {agency}-head, name: {{en: Head}}, level: central, valid: {{from: 2020-01-01}}}}
  - id: {agency}-north
    name: {{en: North}}
    level: regional
    parent: {agency}-head
    valid: {{from: 2020-01-01}}
  - id: {agency}-gate
    name: {{en: Gate}}
    level: local
    parent: {agency}-north
    posts: [north_gate]
    valid: {{from: 2020-01-01}}
""",
        f"{folder}/mandates/{prefix}-MAN-001.yaml": f"""
id: {prefix}-MAN-001
title: {{en: The agency examines and decides.}}
agency: {agency}
powers: {POWERS}
{LAW}
valid: {{from: 2020-01-01}}
automatic: [clear]
""",
        f"{folder}/resources/north_gate.yaml": f"""
agency: {agency}
officers:
  - id: {agency}.inspector
    role: {{en: Inspector}}
    unit: {agency}-gate
    powers: [read, examine, decide, hold]
    valid: {{from: 2020-01-01}}
""",
    }


@pytest.fixture
def country(tmp_path: Path) -> Path:
    """Return the folder of a small country's description."""
    files = FILES | _agency("customs", "CUSTOMS") | _agency("plant_health", "PLANT")
    folder = tmp_path / "country"
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.lstrip(), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the data folder of the test; its key draws alike in every run."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / KEY_FILE).write_text((b"k" * 32).hex())
    return folder


@pytest.fixture
def run(country: Path, data: Path) -> Run:
    """Return a function that runs a command over the small country and the test's data."""
    runner = CliRunner()

    def run_command(*words: str, stdin: bytes | None = None) -> Result:
        given = {"--data": str(data), "--jurisdiction": str(country)}
        options = [x for name, value in given.items() if name not in words for x in (name, value)]
        return runner.invoke(main, [*words, *options], input=stdin, catch_exceptions=False)

    return run_command


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a declaration of flowers and returns its file."""

    def write_declaration(name: str, reference: str = "R-1", **goods: Any) -> str:
        short = declaration(reference, **goods)
        file = tmp_path / name
        file.write_bytes(msgspec.json.encode(expand(short)))
        return str(file)

    return write_declaration


def declaration(reference: str = "R-1", **goods: Any) -> Declaration:
    """Return a declaration of flowers that come by road to North Gate."""
    described = {"commodity": "06031100", "origin": "XB", "description": "cut roses", **goods}
    return Declaration(
        type="IMA",
        office="XA000101",
        mode="3",
        arrival="2026-07-02T10:30",
        reference=reference,
        items=(Goods(**described),),
    )


def objects(result: Result) -> list[Any]:
    """Return the JSON values on the lines of what a command printed."""
    return [msgspec.json.decode(line) for line in result.stdout.splitlines()]
