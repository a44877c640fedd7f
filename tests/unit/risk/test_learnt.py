"""A learnt model: asked without its library, explained exactly, told when the world moves on."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import exp, log

import lightgbm
import msgspec
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.files.plain import build
from gatepost.adapters.learning.boosting import PARAMETERS, TREES, Example, learn, written
from gatepost.consignment.model import Consignment, GoodsItem
from gatepost.kernel.notice import Refused
from gatepost.risk.learnt import (
    Feature,
    Model,
    Scorer,
    area,
    bin_of,
    coded,
    shares_of,
    shifts,
    stability,
    told_of,
    top,
)

DAY = date(2026, 1, 1)
FEATURES = (
    Feature("item.value / item.net_mass", "item.value / item.net_mass", "number"),
    Feature("item.origin", "item.origin", "text"),
    Feature("item.commodity:4", "item.commodity", "text", 4),
)


def examples(size: int = 2000, seed: int = 7, shift: bool = False) -> list[Example]:
    """Return records of which cheap ones from XB are mostly wrong, and few others."""
    chance = random.Random(seed)
    found = []
    for number in range(size):
        price = chance.uniform(0, 2 if shift else 10)
        origin = chance.choice(("XB", "XC", "XD", None))
        code = chance.choice(("0603", "7208"))
        wrong = chance.random() < (0.6 if price < 3 and origin == "XB" else 0.03)
        found.append(Example(DAY + timedelta(days=number // 20), (price, origin, code), wrong))
    return found


@pytest.fixture(scope="module")
def model() -> Model:
    return learn("M-1", "plant", "item", FEATURES, examples())


def test_the_same_records_give_the_same_model(model: Model) -> None:
    again = learn("M-1", "plant", "item", FEATURES, examples())
    assert again == model
    assert model.digest == model.own_digest
    other = learn("M-1", "plant", "item", FEATURES, examples(seed=8))
    assert other.digest != model.digest


def test_it_finds_what_was_planted(model: Model) -> None:
    scorer = Scorer(model)
    bad, good = scorer.asked((1.0, "XB", "0603")), scorer.asked((8.0, "XC", "0603"))
    assert bad.score > 0.4 > 0.1 > good.score
    assert set(list(bad.added)[:2]) == {"item.origin", "item.value / item.net_mass"}
    trained = model.trained
    assert trained.auc > 0.65
    assert trained.top_tenth > 3 * trained.base
    assert (trained.records, trained.held_back) == (2000, 500)
    assert (trained.first, trained.last) == (DAY, DAY + timedelta(days=99))


records = st.tuples(
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.one_of(st.none(), st.sampled_from(["XB", "XC", "ZZ", ""])),
    st.one_of(st.none(), st.sampled_from(["0603", "7208", "9999"])),
)


@given(records)
def test_what_features_add_sums_up_to_the_score(
    values: tuple[float | None, str | None, str | None],
) -> None:
    scored = Scorer(_model()).asked(values)
    raw = log(scored.base / (1 - scored.base)) + sum(scored.added.values())
    assert abs(1 / (1 + exp(-raw)) - scored.score) < 1e-6


def test_the_trees_say_what_the_library_says(model: Model) -> None:
    ordered = sorted(examples(), key=lambda one: one.day or DAY)
    codes = numpy.array(
        [[coded(f, v) for f, v in zip(model.features, one.values, strict=True)] for one in ordered]
    )
    data = lightgbm.Dataset(codes, label=numpy.array([float(one.wrong) for one in ordered]))
    booster = lightgbm.train(PARAMETERS, data, num_boost_round=TREES)
    expected = booster.predict(codes)
    scorer = Scorer(model)
    for one, score in zip(ordered, expected, strict=True):
        assert abs(scorer.asked(one.values).score - score) < 1e-12


def test_a_written_model_reads_back_the_same(model: Model) -> None:
    plain, single = build(written(model).encode())
    assert single
    assert msgspec.convert(plain, Model) == model


def test_too_few_finds_teach_nothing() -> None:
    few = [Example(DAY, (1.0, "XB", "0603"), number < 5) for number in range(100)]
    with pytest.raises(Refused) as refused:
        learn("M-1", "plant", "item", FEATURES, few)
    assert [one.code for one in refused.value.notices] == ["LEARN-001"]


def test_a_score_is_read_from_goods_and_told_by_what_it_read(model: Model) -> None:
    item = GoodsItem(1, "06031100", origin="XB", value=100.0, net_mass=100.0)
    consignment = Consignment("import", DAY, "IMA", "R-1", items=(item,))
    scorer = Scorer(model)
    values = scorer.values((item, consignment))
    assert values == (1.0, "XB", "0603")
    told = told_of(model, scorer.asked(values), values)
    assert told["model"] == "M-1"
    assert told["item.origin"]["is"] == "XB"
    assert told["item.origin"]["adds"] > 0
    empty = GoodsItem(1)
    assert scorer.values((empty, consignment)) == (None, None, None)
    assert 0 < scorer.score((empty, consignment)) < 1


def test_drift_is_seen_where_it_is(model: Model) -> None:
    scorer = Scorer(model)
    same = {one.name: one for one in shifts(scorer, [e.values for e in examples(seed=9)])}
    assert {one.verdict for one in same.values()} == {"steady"}
    moved = {one.name: one for one in shifts(scorer, [e.values for e in examples(shift=True)])}
    assert moved["item.value / item.net_mass"].verdict == "drifted"
    assert moved["item.origin"].verdict == "steady"
    assert moved["score"].verdict != "steady"
    assert list(shifts(scorer, [])) == []


def test_the_stability_index() -> None:
    assert stability((0.5, 0.5), (0.5, 0.5)) == 0
    # (0.8 - 0.5) ln(0.8 / 0.5) + (0.2 - 0.5) ln(0.2 / 0.5)
    assert stability((0.5, 0.5), (0.8, 0.2)) == pytest.approx(0.415888, abs=1e-6)
    assert stability((1.0, 0.0), (0.0, 1.0)) > 10


@given(st.lists(st.floats(-10, 10), min_size=1), st.lists(st.floats(-10, 10), unique=True))
def test_every_code_is_in_one_bin(codes: list[float], bounds: list[float]) -> None:
    bounds.sort()
    assert sum(shares_of(bounds, codes)) == pytest.approx(1, abs=1e-6)
    for code in codes:
        place = bin_of(bounds, code)
        assert place == len(bounds) or code <= bounds[place]
        assert place == 0 or code > bounds[place - 1]


@given(st.lists(st.tuples(st.integers(0, 5).map(float), st.booleans()), max_size=30))
def test_the_area_is_the_share_of_pairs_in_order(scored: list[tuple[float, bool]]) -> None:
    wrong = [score for score, one in scored if one]
    right = [score for score, one in scored if not one]
    pairs = [(1.0 if w > r else 0.5 if w == r else 0.0) for w in wrong for r in right]
    expected = sum(pairs) / len(pairs) if pairs else 0.5
    assert area(scored) == pytest.approx(expected)


def test_the_top_tenth() -> None:
    scored = [(float(number), number >= 95) for number in range(100)]
    assert top(scored, 0.1) == 0.5


_kept: list[Model] = []


def _model() -> Model:
    if not _kept:
        _kept.append(learn("M-1", "plant", "item", FEATURES, examples(600)))
    return _kept[0]
