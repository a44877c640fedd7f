"""Papers are read where they stand: on the declaration, on an item, on a traveller."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from gatepost.consignment.model import Document
from gatepost.consignment.money import Exchange
from gatepost.consignment.reading import read_consignment

DAY = date(2026, 7, 2)


def permit(number: str) -> dict[str, Any]:
    return {"CategoryCode": "P", "TypeCode": "010", "ID": number}


def test_papers_of_a_traveller_are_the_travellers() -> None:
    begins = {"DateTimeString": {"#": "20260703", "@formatCode": "102"}}
    declaration = {
        "AdditionalDocument": [permit("COMMON")],
        "Traveller": [
            {
                "AdditionalDocument": [
                    {**permit("VFP-12"), "EffectiveDateTime": begins},
                    {"CategoryCode": "I", "TypeCode": "001", "LPCOExemptionCode": "EX"},
                    {"CategoryCode": "I", "ID": "no type"},
                ]
            },
            {"Name": "Brother"},
        ],
    }
    read = read_consignment({"Declaration": declaration}, "import", DAY, UTC, Exchange("EUR"))
    first, second = read.travellers
    assert first.documents == (
        Document("P010", "VFP-12", effective=date(2026, 7, 3)),
        Document("I001", exemption="EX"),
    )
    assert second.documents == ()
    assert read.documents == (Document("P010", "COMMON"),)
