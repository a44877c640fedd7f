"""Learning a model with LightGBM (MIT licence), and writing it as a description file.

The same records give the same model, bit by bit: one thread, fixed seeds, no sampling. The trees
are taken out of the library's own dump; afterwards nothing here is needed to ask the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import lightgbm
import msgspec
import numpy

from gatepost.adapters.learning.rules import TOO_FEW
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.requirement.model import Level
from gatepost.risk.learnt import (
    Feature,
    Model,
    Scorer,
    Trained,
    Tree,
    Values,
    area,
    coded,
    shares_of,
    top,
)

TREES, LEAVES = 40, 8
HELD_BACK = 0.25
"""The latest part of the records, on which a model is judged that has not seen it."""
LEAST_WRONG = 20
"""With fewer finds there is nothing to learn from."""
LEVELS, WEIGHT, BINS = 60, 20, 10

PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": LEAVES,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "use_missing": False,
    "verbosity": -1,
}


class Example(msgspec.Struct, frozen=True):
    """A record that somebody looked at: its day if known, its values, whether it was wrong."""

    day: date | None
    values: Values
    wrong: bool


def learn(
    identity: str,
    agency: str,
    level: Level,
    features: Sequence[Feature],
    examples: Sequence[Example],
) -> Model:
    """Return the model learnt from ``examples``; among one day, or without one, their order counts.

    Its worth is told by a first model that did not see the latest quarter. Refused with
    LEARN-001 if there are too few finds in what it learns from or is judged by.
    """
    ordered = sorted(examples, key=lambda one: one.day or date.min)
    cut = len(ordered) - int(len(ordered) * HELD_BACK)
    early, late = ordered[:cut], ordered[cut:]
    wrong = sum(one.wrong for one in early)
    if wrong < LEAST_WRONG or wrong == len(early) or not any(one.wrong for one in late):
        raise Refused([TOO_FEW.notice(records=len(ordered), wrong=sum(o.wrong for o in ordered))])
    first = _fitted(identity, agency, level, features, early)
    scored = [(Scorer(first).asked(one.values).score, one.wrong) for one in late]
    model = _fitted(identity, agency, level, features, ordered)
    trained = msgspec.structs.replace(
        model.trained,
        held_back=len(late),
        base=round(sum(one.wrong for one in late) / len(late), 6),
        auc=round(area(scored), 6),
        top_tenth=round(top(scored, 0.1), 6),
    )
    whole = msgspec.structs.replace(model, trained=trained)
    return msgspec.structs.replace(whole, digest=whole.own_digest)


def _fitted(
    identity: str,
    agency: str,
    level: Level,
    features: Sequence[Feature],
    examples: Sequence[Example],
) -> Model:
    ready = [_prepared(feature, place, examples) for place, feature in enumerate(features)]
    codes = [[coded(f, v) for f, v in zip(ready, one.values, strict=True)] for one in examples]
    data = lightgbm.Dataset(
        numpy.array(codes), label=numpy.array([o.wrong for o in examples], float)
    )
    booster = lightgbm.train(PARAMETERS, data, num_boost_round=TREES)
    trees = tuple(_tree(one["tree_structure"]) for one in booster.dump_model()["tree_info"])
    trained = Trained(
        examples[0].day,
        examples[-1].day,
        len(examples),
        sum(one.wrong for one in examples),
        digest_of(examples),
        f"LightGBM {lightgbm.__version__}",
        0,
        0.0,
        0.0,
        0.0,
    )
    plain = Feature("score", "score", "number")
    model = Model(identity, agency, level, trained, tuple(ready), trees, plain)
    scorer = Scorer(model)
    scores = [scorer.asked(one.values).score for one in examples]
    return msgspec.structs.replace(model, scores=_binned(plain, scores))


def _prepared(feature: Feature, place: int, examples: Sequence[Example]) -> Feature:
    """Return a feature with the levels and bins of the examples."""
    if feature.kind == "text":
        feature = _levelled(feature, [(one.values[place], one.wrong) for one in examples])
    return _binned(feature, [coded(feature, one.values[place]) for one in examples])


def _levelled(feature: Feature, seen: Sequence[tuple[float | str | None, bool]]) -> Feature:
    base = sum(wrong for _, wrong in seen) / len(seen)
    counts: dict[str, list[int]] = {}
    for value, wrong in seen:
        text = "" if value is None else str(value)
        count = counts.setdefault(text[: feature.cut] if feature.cut else text, [0, 0])
        count[0] += 1
        count[1] += wrong
    often = sorted(counts.items(), key=lambda one: (-one[1][0], one[0]))[:LEVELS]
    levels = {
        text: round((wrong + WEIGHT * base) / (many + WEIGHT), 9) for text, (many, wrong) in often
    }
    return msgspec.structs.replace(
        feature, levels=dict(sorted(levels.items())), other=round(base, 9)
    )


def _binned(feature: Feature, codes: Sequence[float]) -> Feature:
    ordered = sorted(codes)
    places = (len(ordered) * part // BINS for part in range(1, BINS))
    bounds = tuple(sorted({ordered[place] for place in places}))
    return msgspec.structs.replace(feature, bounds=bounds, shares=shares_of(bounds, codes))


def _tree(root: dict[str, Any]) -> Tree:
    """Return a tree of the library's dump as plain lists, splits in the order of their number."""
    splits = sorted(_splits(root), key=lambda one: one["split_index"])
    leaves = sorted(_leaves(root), key=lambda one: one.get("leaf_index", 0))
    return Tree(
        tuple(one["split_feature"] for one in splits),
        tuple(one["threshold"] for one in splits),
        tuple(_child(one["left_child"]) for one in splits),
        tuple(_child(one["right_child"]) for one in splits),
        tuple(one["internal_value"] for one in splits),
        tuple(one["leaf_value"] for one in leaves),
    )


def _child(node: dict[str, Any]) -> int:
    return int(node["split_index"]) if "split_index" in node else -1 - int(node["leaf_index"])


def _splits(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "split_index" in node:
        yield node
        yield from _splits(node["left_child"])
        yield from _splits(node["right_child"])


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "split_index" in node:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])
    else:
        yield node


def written(model: Model) -> str:
    """Return a model as a description file: JSON, which is YAML, numbers without exponents."""
    head = "# A learnt model: made by gatepost risk learn, not written by hand.\n"
    return head + _text(msgspec.to_builtins(model)) + "\n"


def _text(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_text(k)}: {_text(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_text, value)) + "]"
        case float():
            plain = format(Decimal(repr(value)), "f")
            return plain if "." in plain else f"{plain}.0"
        case _:
            return msgspec.json.encode(value).decode()
