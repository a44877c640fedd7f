"""The inventory of each agency, and what is missing in it (RG-01)."""

from __future__ import annotations

from datetime import date

import msgspec

from gatepost.bootstrap import describe
from gatepost.review.overlap.inventory import inventories
from tests.small_country import agency
from tests.unit.review.overlap.planted import check, described, mandate, paper

DAY = date(2026, 11, 25)


def test_every_agency_of_aldermark_is_described_whole_and_by_law() -> None:
    found = inventories(describe("aldermark"), DAY)
    assert len(found) == 9
    assert [one.agency for one in found if one.missing or one.untied or one.complete < 1] == []


def test_what_is_missing_is_named() -> None:
    country = described(check("vet"), paper("vet", "P1"), mandate("vet"))
    vet = next(one for one in inventories(country, DAY) if one.agency == "vet")
    assert (vet.steps, vet.documents, vet.powers) == (
        ("vet-weight-examination",),
        ("P1",),
        ("VET-MAN-1",),
    )
    assert vet.missing == ("mission", "procedures", "data", "cost")
    assert vet.complete == 0.5


def test_a_rule_without_a_law_is_named() -> None:
    loose = msgspec.structs.replace(check("vet"), legal_basis=())
    vet = next(one for one in inventories(described(loose), DAY) if one.agency == "vet")
    assert vet.untied == ("vet-weight-examination",)


def test_an_agency_that_only_uses_data_has_no_powers_to_describe() -> None:
    user = agency("count", tier="user", mission={"en": "Counts."})
    [found] = [one for one in inventories(described(user), DAY) if one.agency == "count"]
    assert found.missing == ("data",)
