"""Identifiers are compared however written, and told only where an agreement opens them."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.risk.links import Link, Linked, MarkKind, link, mark_of, marks_in

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("plate", "XB-AB 123", "xb ab123"),
        ("container", "MSCU 123456-7", "mscu1234567"),
        ("address", "Rue  de l'Évêché, 3", "RUE DE L EVECHE 3"),
        ("person", "XBP-4711", "xbp4711"),
        ("seal", "S/1", "s1"),
    ],
)
def test_the_same_however_it_is_written(kind: MarkKind, one: str, other: str) -> None:
    assert mark_of(KEY, kind, one) == mark_of(KEY, kind, other)
    assert mark_of(KEY, kind, one) != mark_of(b"other", kind, one)


def test_kinds_and_words_are_kept_apart() -> None:
    assert mark_of(KEY, "seal", "AB1") != mark_of(KEY, "plate", "AB1")
    assert mark_of(KEY, "address", "1 2 Street") != mark_of(KEY, "address", "12 Street")


DATASET: dict[str, Any] = {
    "Declaration": {
        "Agent": {"ID": "XA9"},
        "BorderTransportMeans": {"ID": "XB-AB 123", "ModeCode": "3"},
        "Traveller": [{"Document": {"ID": "4711", "IssueCountryCode": "XB"}}, {"Name": "x"}],
        "GoodsShipment": {
            "Consignee": {"Address": {"Line": "Dock 3", "CityName": {"#": "Kelpie"}}},
            "Consignment": {
                "TransportEquipment": [{"ID": "MSCU1234567", "Seal": [{"ID": "S-1"}, {}]}]
            },
        },
    }
}


def test_every_identifier_of_a_data_set_is_found() -> None:
    assert marks_in(DATASET) == {
        ("person", "xa9"),
        ("plate", "xbab123"),
        ("person", "xb4711"),
        ("address", "dock 3 kelpie"),
        ("container", "mscu1234567"),
        ("seal", "s1"),
    }


CASES = (
    Linked("R-1", ("customs", "plant")),
    Linked("R-2", ("vet",), ("A-1/1",)),
    Linked("R-3", ("plant",)),
)


@pytest.mark.parametrize(
    ("asker", "cases", "expected"),
    [
        ("customs", CASES, Link("hit", ("R-1", "R-2"), ("A-1/1",), ("plant",))),
        ("customs", CASES[2:], Link("ask", ask=("plant",))),
        ("vet", CASES[1:2], Link("hit", ("R-2",))),
        ("plant", CASES[2:], Link("hit", ("R-3",))),
        ("plant", (), Link("no hit")),
    ],
)
def test_a_link_is_told_as_far_as_an_agreement_goes(
    asker: str, cases: tuple[Linked, ...], expected: Link
) -> None:
    assert link(asker, cases) == expected
