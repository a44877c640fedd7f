"""Which document of a lodgement satisfies a need."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gatepost.consignment.model import Consignment, Document, GoodsItem, Traveller
from gatepost.permit.match import Papers

DAY = date(2026, 7, 2)
N851 = Document("N851", "PC-1")


def papers(common: tuple[Document, ...] = (), *own: tuple[Document, ...]) -> Papers:
    items = tuple(GoodsItem(n, documents=documents) for n, documents in enumerate(own, 1))
    return Papers(Consignment("import", DAY, "IMA", "R-1", documents=common, items=items))


def test_a_paper_of_an_item_serves_that_item_only() -> None:
    found = papers((), (N851,), ())
    assert found.first("item/1", ["N851"]) == "N851"
    assert found.first("item/2", ["N851"]) is None
    assert found.first("consignment", ["N851"]) is None


def test_a_paper_of_the_declaration_serves_all_of_it() -> None:
    found = papers((N851,), (), ())
    for target in ("item/1", "item/2", "traveller/1", "consignment"):
        assert found.first(target, ["N851"]) == "N851"


def test_the_first_of_the_codes_that_is_there_counts() -> None:
    found = papers((Document("C085", "1"),), (N851,))
    assert found.first("item/1", ["N851", "C085"]) == "N851"
    assert found.first("item/1", ["C085", "N851"]) == "C085"
    assert found.first("item/1", ["N853"]) is None
    assert found.first("item/1", []) is None


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        (Document("N851", "PC-1"), True),
        (Document("N851"), False),
        (Document("N851", exemption="LP"), True),
        (Document("N851", "PC-1", effective=DAY), True),
        (Document("N851", "PC-1", effective=DAY + timedelta(days=1)), False),
        (Document("N851", "PC-1", effective=DAY - timedelta(days=999)), True),
    ],
)
def test_a_paper_counts_with_a_number_and_once_effective(document: Document, counts: bool) -> None:
    assert (papers((document,)).first("item/1", ["N851"]) == "N851") is counts


HUNTERS = Papers(
    Consignment(
        "import",
        DAY,
        "PE",
        "R-1",
        documents=(Document("I010", "GV-1"),),
        items=(GoodsItem(1, documents=(N851,)),),
        travellers=(
            Traveller(1, documents=(Document("P010", "VFP-12"),)),
            Traveller(
                2, documents=(Document("P010", "VFP-13", effective=DAY + timedelta(days=1)),)
            ),
            Traveller(3, documents=(Document("P010"), Document("P011", exemption="LP"))),
        ),
    )
)


@pytest.mark.parametrize(
    ("target", "code", "serves"),
    [
        ("traveller/1", "P010", True),
        ("traveller/3", "P011", True),
        ("traveller/2", "I010", True),
        # Its own begins tomorrow, and that of the first traveller is not lent.
        ("traveller/2", "P010", False),
        ("traveller/3", "P010", False),
        ("traveller/1", "P011", False),
        # An item's number is not a traveller's.
        ("item/1", "P010", False),
        ("traveller/1", "N851", False),
        ("consignment", "P010", False),
    ],
)
def test_a_paper_of_a_traveller_serves_that_traveller_only(
    target: str, code: str, serves: bool
) -> None:
    assert (HUNTERS.first(target, [code]) == code) is serves
