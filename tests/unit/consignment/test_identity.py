"""What is declared again keeps its number, what is new gets one never used."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.casework.shorthand import Declaration, Goods, Person, expand
from gatepost.consignment.dataset import DataSet
from gatepost.consignment.identity import Numbers, numbered, numbers_after
from gatepost.consignment.model import Consignment
from gatepost.consignment.money import Exchange
from gatepost.consignment.reading import read_consignment
from tests.office import NOON

ROSES = Goods("06031100", origin="XB", net_mass=100, packages=4)
BEEF = Goods("02023090", origin="XB", net_mass=500, packages=2)
STEEL = Goods("72083900", origin="XB", net_mass=900, packages=1)
HEAVY = Goods("06031100", origin="XB", net_mass=110, packages=4)
LILIES = Goods("06031500", origin="XB", net_mass=100, packages=4)
PAPERS = Goods("06031100", origin="XB", net_mass=100, packages=4, documents=("N851 PC-1",))


def read(short: Declaration) -> tuple[Consignment, DataSet]:
    dataset = expand(short)
    return read_consignment(dataset, "import", NOON.date(), UTC, Exchange("EUR")), dataset


def after(*steps: Declaration) -> Numbers | None:
    """Return the numbers once the first of ``steps`` was amended by each of the others."""
    known: Numbers | None = None
    before, old = read(steps[0])
    for step in steps[1:]:
        plain, new = read(step)
        known = numbers_after(numbered(before, known), old, plain, new, known)
        before, old = plain, new
    return known


def load(*items: Goods) -> Declaration:
    return Declaration(type="IMA", items=items)


@pytest.mark.parametrize(
    ("before", "amended", "numbers"),
    [
        ((ROSES, BEEF), (ROSES, BEEF), (1, 2)),
        ((ROSES, BEEF), (BEEF, ROSES), (2, 1)),
        ((ROSES, BEEF, STEEL), (BEEF, STEEL), (2, 3)),
        ((ROSES, BEEF), (ROSES, STEEL, BEEF), (1, 3, 2)),
        ((ROSES,), (BEEF,), (2,)),
        ((ROSES, BEEF), (HEAVY, BEEF), (1, 2)),
        ((ROSES, BEEF), (LILIES, BEEF), (1, 2)),
        ((ROSES, BEEF), (PAPERS, BEEF), (1, 2)),
        ((BEEF, ROSES), (PAPERS,), (2,)),
        ((BEEF, ROSES), (LILIES,), (3,)),
        ((ROSES, ROSES), (ROSES,), (1,)),
        ((ROSES, HEAVY), (HEAVY, ROSES), (2, 1)),
        ((), (ROSES,), (1,)),
        ((ROSES,), (), ()),
    ],
)
def test_goods_keep_their_number(
    before: tuple[Goods, ...], amended: tuple[Goods, ...], numbers: tuple[int, ...]
) -> None:
    found = after(load(*before), load(*amended))
    assert found is not None
    assert found.items == numbers


def test_a_number_is_given_once() -> None:
    found = after(load(ROSES, BEEF), load(ROSES), load(ROSES, STEEL), load(ROSES, BEEF))
    assert found == Numbers((1, 4), (), 4, 0)


@pytest.mark.parametrize(
    ("amended", "numbers"),
    [
        ((("Ada", "P 1 XB"), ("Ben", "P 2 XB")), (1, 2)),
        ((("Ben", "P 2 XB"), ("Ada", "P 1 XB")), (2, 1)),
        ((("Ben", "P 2 XB"),), (2,)),
        ((("Adah", "P 1 XB"), ("Ben", "P 2 XB")), (1, 2)),
        ((("Ada", "P 9 XB"), ("Ben", "P 2 XB")), (1, 2)),
        ((("Eve", "P 9 XB"), ("Ben", "P 2 XB")), (3, 2)),
    ],
)
def test_people_keep_their_number(
    amended: tuple[tuple[str, str], ...], numbers: tuple[int, ...]
) -> None:
    def coach(people: tuple[tuple[str, str], ...]) -> Declaration:
        travellers = tuple(Person(name, document=document) for name, document in people)
        return Declaration(type="IMA", travellers=travellers)

    found = after(coach((("Ada", "P 1 XB"), ("Ben", "P 2 XB"))), coach(amended))
    assert found is not None
    assert found.travellers == numbers


loads = st.lists(st.sampled_from((ROSES, BEEF, STEEL, HEAVY, LILIES, PAPERS)), max_size=6)


@given(loads, st.lists(loads, min_size=1, max_size=4))
def test_numbers_are_distinct_never_reused_and_follow_a_shuffle(
    first: list[Goods], later: list[list[Goods]]
) -> None:
    known: Numbers | None = None
    before, old = read(load(*first))
    ever = set(range(1, len(first) + 1))
    current = dict(enumerate(first, 1))
    for step in later:
        plain, new = read(load(*step))
        last = known.last_item if known else len(first)
        known = numbers_after(numbered(before, known), old, plain, new, known)
        assert len(set(known.items)) == len(step) == len(known.items)
        fresh = {number for number in known.items if number > last}
        assert not fresh & ever
        assert set(known.items) - fresh <= set(current)
        ever |= fresh
        current = dict(zip(known.items, step, strict=True))
        before, old = plain, new


@given(st.permutations((ROSES, BEEF, STEEL)))
def test_a_shuffle_moves_numbers_with_the_goods(shuffled: list[Goods]) -> None:
    original = (ROSES, BEEF, STEEL)
    found = after(load(*original), load(*shuffled))
    assert found is not None
    assert [original[number - 1] for number in found.items] == shuffled
