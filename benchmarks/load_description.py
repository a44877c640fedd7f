"""A country of 12,000 requirements: read, checked and compiled, beside PyYAML's C loader alone.

The files are made anew in a temporary folder, the same ones every time: 12,000
requirements of ten agencies, each with a condition of its own in one of 200 shapes and
one in four with an exemption and a second wording. What is timed is CPU. Promised is at
most twice what ``yaml.CSafeLoader`` takes only to parse the same files.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.bootstrap import load_checked
from gatepost.codelists.hs import is_heading

REQUIREMENTS = 12_000
AGENCIES = 10
ROUNDS = 5

CLAUSES = (
    "item.net_mass > {n}",
    "item.value <= {n}",
    "item.quantity >= {n} / 4",
    '!("PERSONAL" in item.uses && item.net_mass < {n})',
    'consignment.mode == "3" && item.packages <= {n}',
    'item.procedure in ["4{n}", "6110"]',
    'starts_with(item.commodity, "{hs}", "0707")',
    'item.documents.exists(d, d.code == "X{n}")',
    "item.documents.exists(d, days_between(d.effective, consignment.day) > {n})",
    'consignment.destination == "XB" && consignment.value > {n}',
    'contains(item.description, "lot {n}")',
    "size(consignment.equipment) < {n}",
    'has(item.origin) && consignment.importer.id != "XA{n}"',
    "consignment.value > {n} || item.gross_mass > {n} * 1.2",
)

COUNTRY = """\
code: XA
name: {en: Aldermark}
languages: [en]
zone: Europe/Berlin
currency: EUR
legal_basis: [{cite: "Border Cooperation Act 2018, s. 1"}]
"""
PRECEDENCE = """\
- id: TABLE
  legal_basis: [{cite: "Border Cooperation Act 2018, s. 14"}]
  valid: {from: 2015-01-01}
  rows:
    - id: ROW-1
      sentence: {en: Whatever speaks against a release keeps the goods.}
      legal_basis: [{cite: "Border Cooperation Act 2018, s. 14(1)"}]
      any: [clear_conditional, refuse, return, destroy, seize]
      outcome: refuse
    - id: ROW-2
      sentence: {en: "Where all clear, the goods are released."}
      legal_basis: [{cite: "Border Cooperation Act 2018, s. 15"}]
      only: [clear]
      outcome: release
"""
AGENCY = """\
id: agency_@
name: {en: Agency @}
ministry: {en: Ministry @}
tier: control_authority
legal_basis: [{cite: "Act @, s. 2"}]
valid: {from: 2015-01-01}
units:
  - {id: a@-central, name: {en: Head office}, level: central, valid: {from: 2015-01-01}}
  - {id: a@-region, name: {en: Region}, level: regional, valid: {from: 2015-01-01}}
  - {id: a@-local, name: {en: Gate}, level: local, valid: {from: 2015-01-01}}
"""
MANDATE = """\
id: MAN-@
title: {en: Agency @ controls what enters.}
agency: agency_@
powers: [read, request_data, examine, sample, decide, hold]
legal_basis: [{cite: "Act @, s. 8"}]
valid: {from: 2015-01-01}
"""


def write_country(folder: Path) -> list[Path]:
    """Write the country into ``folder`` and return its files."""
    files = {"jurisdiction.yaml": COUNTRY, "precedence.yaml": PRECEDENCE}
    for number in range(AGENCIES):
        home = f"agencies/agency_{number}"
        files[f"{home}/agency.yaml"] = AGENCY.replace("@", str(number))
        files[f"{home}/mandates/MAN-{number}.yaml"] = MANDATE.replace("@", str(number))
        files[f"{home}/documents.yaml"] = "".join(
            f"- {{code: X{number}{n:02d}, name: {{en: Certificate {n}}}}}\n" for n in range(20)
        )
    headings = [code for code in (f"{n:04d}" for n in range(101, 9707)) if is_heading(code)]
    for number in range(REQUIREMENTS):
        name = f"REQ-{number:05d}"
        home = f"agencies/agency_{number % AGENCIES}/requirements/part_{number // 500:02d}"
        files[f"{home}/{name}.yaml"] = requirement(name, number, headings)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return [folder / path for path in files]


def requirement(name: str, number: int, headings: list[str]) -> str:
    """Return the text of one requirement."""
    agency, heading = number % AGENCIES, headings[number * 7 % len(headings)]
    first, second = CLAUSES[number % 14], CLAUSES[number // 14 % 14]
    when = first if number % 2 else f"({first}) && ({second})"
    when = when.replace("{n}", str(number)).replace("{hs}", heading)
    text = f"""\
id: {name}
title: {{en: Goods of heading {heading} above {number} kg come with certificate {number % 20}.}}
agency: agency_{agency}
legal_basis:
  - cite: Act {agency}, s. {number}(1)
applies_to:
  regimes: [import, transit]
  level: item
  commodity: ["{heading}"]
  except_origin: [XB]
  when: '{when}'
asks:
  kind: document
  document: X{agency}{number % 20:02d}
  alternatives: [X{agency}{(number + 1) % 20:02d}]
valid:
"""
    if number % 4:
        return text + "  - {from: 2020-01-01}\n"
    return (
        text
        + f"""\
  - {{from: 2018-01-01, to: 2019-12-31}}
  - from: 2020-01-01
    exempt:
      - when: item.value < {number + 10} || item.origin in ["XC", "XI"]
        because: {{en: Small values are let off.}}
        legal_basis: [{{cite: "Act {agency}, s. {number}(2)"}}]
"""
    )


def parse_alone(files: list[Path]) -> None:
    """Parse every file with PyYAML's C loader and do nothing else."""
    for path in files:
        yaml.load(path.read_bytes(), yaml.CSafeLoader)


def load(folder: Path, cache: Path | None) -> None:
    """Read, check and compile the country."""
    jurisdiction = load_checked(str(folder), cache)
    wordings = jurisdiction.requirements.wordings
    assert len(wordings) == REQUIREMENTS + REQUIREMENTS // 4


def seconds(work: Callable[[], None]) -> float:
    """Return the CPU seconds of ``work``."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    """Print both times, their ratio and the machine's moment."""
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "country", Path(place) / "cache"
        files = write_country(folder)
        load(folder, cache)
        alone, whole, kept = [], [], []
        for _ in range(ROUNDS):
            alone.append(seconds(lambda: parse_alone(files)))
            whole.append(seconds(lambda: load(folder, None)))
            kept.append(seconds(lambda: load(folder, cache)))
    base = median(alone)
    print(probe())
    print(f"CSafeLoader alone, {len(files)} files: {base:.2f} s CPU")
    print(f"read, check and compile: {median(whole):.2f} s, {median(whole) / base:.2f} of it")
    print(f"the same, files cached: {median(kept):.2f} s, {median(kept) / base:.2f} of it")
    print("at most 2.00 is promised")


if __name__ == "__main__":
    main()
