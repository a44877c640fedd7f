"""Lengths of time and wanted papers as a story tells them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepost.casework.telling import needed, span
from gatepost.requirement.model import DocumentType
from tests.office import Office
from tests.small_country import declaration, goods


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=3, minutes=38), "3 h 38 min"),
        (timedelta(hours=24), "1 d"),
        (timedelta(days=1, minutes=35), "1 d 35 min"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(length: timedelta, told: str) -> None:
    assert span(length) == told


def test_a_wanted_paper_is_told_by_code_and_name() -> None:
    """Whoever must bring it may not know the code."""
    office = Office(document=[DocumentType("N853", {"en": "Veterinary certificate"})])
    case = office.case(office.lodge(declaration(goods("02023090"))))
    told = {needed(office.desk, need) for need in case.needs if need.document}
    assert told == {"N853 Veterinary certificate"}
    unknown = Office()
    case = unknown.case(unknown.lodge(declaration(goods("02023090"))))
    assert {needed(unknown.desk, need) for need in case.needs if need.document} == {"N853"}
