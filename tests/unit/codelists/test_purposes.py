"""Every purpose stands beside a term that the Data Privacy Vocabulary knows."""

from __future__ import annotations

import csv
from pathlib import Path

from gatepost.codelists.purposes import PURPOSES


def test_every_purpose_has_a_term_of_the_vocabulary(shared_data: Path) -> None:
    with (shared_data / "dpv" / "purposes.csv").open(encoding="utf-8", newline="") as file:
        terms = {row["term"] for row in csv.DictReader(file)}
    assert {term for _, term in PURPOSES.values()} <= terms


def test_a_purpose_says_what_for() -> None:
    assert all(meaning.startswith("to ") for meaning, _ in PURPOSES.values())
