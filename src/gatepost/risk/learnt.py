"""A model that was learnt from what was found: its score, why, and how far the world moved on.

A model is data like any indicator's condition: trees with the features they read, the window they
were trained on, and a digest. It is asked here without the library that trained it. A score is
explained exactly: the base and what each feature added along the way through the trees sum up to
it. A model proposes a look; it never refuses anything (RM-06; paper §25).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import exp, log
from typing import Any, Literal

import msgspec

from gatepost.expression.compile import compile_number
from gatepost.kernel.digest import digest_of
from gatepost.requirement.compiled import ROOTS, VOCABULARY
from gatepost.requirement.model import ControlKind, Level

ALLOWED: frozenset[ControlKind] = frozenset({"documentary", "scan", "examination", "sample"})
"""What an indicator that rests on a model may propose: to look, and nothing that is decided."""

MISSING = -1.0
"""Stands for a missing number; amounts and masses are never below zero."""

STEADY, MOVED = 0.1, 0.25
"""A stability index below the first tells of no shift, from the second on of a large one."""

TOLD = 5
"""So many features are named beside a score, those that moved it most."""

Values = tuple[float | str | None, ...]
"""What a record holds for the features of a model, in their order."""


class Feature(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing a model looks at: a calculation, or a text cut to its first ``cut`` characters.

    ``levels`` are the texts seen in training with the share found wrong, drawn towards that of
    all; ``other`` stands for a text that was not seen. ``bounds`` and ``shares`` are the bins of
    its values in training: up to each bound, and above the last.
    """

    name: str
    reads: str
    kind: Literal["number", "text"]
    cut: int | None = None
    levels: dict[str, float] = {}
    other: float = 0.0
    bounds: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()


class Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tree: of each split its feature, threshold, children and value; of each leaf its value.

    A child below zero is the leaf ``-1 - child``. Up to the threshold goes left.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    inner: tuple[float, ...]
    leaf: tuple[float, ...]


class Trained(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model was learnt from, and how it did on the latest part, held back from it.

    ``first`` and ``last`` are the days of the window, if the records tell any. ``auc`` is the
    chance that of a wrong and a right record the wrong one scores higher; ``top_tenth`` the share
    found wrong among the tenth that scored highest, against ``base``.
    """

    first: date | None
    last: date | None
    records: int
    wrong: int
    data: str
    by: str
    held_back: int
    base: float
    auc: float
    top_tenth: float


class Model(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A learnt model of one agency; ``scores`` are the bins of its own scores in training."""

    id: str
    agency: str
    level: Level
    trained: Trained
    features: tuple[Feature, ...]
    trees: tuple[Tree, ...]
    scores: Feature
    digest: str = ""

    @property
    def own_digest(self) -> str:
        """Return the digest of the model as it is, whatever it says of itself."""
        return digest_of(msgspec.structs.replace(self, digest=""))


class Scored(msgspec.Struct, frozen=True):
    """A score between 0 and 1, what all score on average, and what each feature added to it.

    ``added`` are log-odds by feature, the largest first; with the log-odds of the base they sum
    up to those of the score.
    """

    score: float
    base: float
    added: dict[str, float]


class Scorer:
    """A model made ready to ask."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._readers = [reader_of(one, model.level) for one in model.features]
        self._base = sum(tree.inner[0] if tree.inner else tree.leaf[0] for tree in model.trees)

    def values(self, arguments: Sequence[Any]) -> Values:
        """Return what a record holds for each feature; ``arguments`` are the roots of its level."""
        return tuple(read(*arguments) for read in self._readers)

    def score(self, arguments: Sequence[Any]) -> float:
        """Return the score of a record."""
        return self.asked(self.values(arguments)).score

    def asked(self, values: Values) -> Scored:
        """Return the score of values and its explanation."""
        codes = [coded(one, value) for one, value in zip(self.model.features, values, strict=True)]
        added = [0.0] * len(codes)
        total = 0.0
        for tree in self.model.trees:
            total += _walk(tree, codes, added)
        named = {
            one.name: round(part, 9) for one, part in zip(self.model.features, added, strict=True)
        }
        largest = sorted(named.items(), key=lambda part: (-abs(part[1]), part[0]))
        return Scored(_odds(total), _odds(self._base), dict(largest))


def _walk(tree: Tree, codes: Sequence[float], added: list[float]) -> float:
    """Return the value of the leaf reached, and add to each feature what its splits changed."""
    if not tree.feature:
        return tree.leaf[0]
    node, value = 0, tree.inner[0]
    while True:
        feature = tree.feature[node]
        child = (tree.left if codes[feature] <= tree.threshold[node] else tree.right)[node]
        then = tree.leaf[-1 - child] if child < 0 else tree.inner[child]
        added[feature] += then - value
        if child < 0:
            return then
        node, value = child, then


def _odds(raw: float) -> float:
    return 1 / (1 + exp(-raw)) if raw > -700 else 0.0


def coded(feature: Feature, value: float | str | None) -> float:
    """Return the number by which trees and bins know a value."""
    if feature.kind == "number":
        return MISSING if value is None or isinstance(value, str) else float(value)
    return feature.levels.get(_cut(feature, value), feature.other)


def _cut(feature: Feature, value: float | str | None) -> str:
    text = "" if value is None else str(value)
    return text[: feature.cut] if feature.cut else text


def reader_of(feature: Feature, level: Level) -> Callable[..., float | str | None]:
    """Return what reads a feature of a record, given the roots of its level.

    ``Refused`` with the fault if a calculation is none.
    """
    roots = ROOTS[level]
    if feature.kind == "number":
        return compile_number(feature.reads, VOCABULARY, roots)
    root, *parts = feature.reads.split(".")
    place = roots.index(root)

    def text(*arguments: Any) -> str | None:
        here = arguments[place]
        for part in parts:
            here = getattr(here, part, None) if here is not None else None
        return None if here is None else _cut(feature, here)

    return text


def bin_of(bounds: Sequence[float], code: float) -> int:
    """Return the bin of a code: up to the first bound that is not below it."""
    for place, bound in enumerate(bounds):
        if code <= bound:
            return place
    return len(bounds)


def shares_of(bounds: Sequence[float], codes: Iterable[float]) -> tuple[float, ...]:
    """Return the share of codes in each bin."""
    counts = [0] * (len(bounds) + 1)
    for code in codes:
        counts[bin_of(bounds, code)] += 1
    total = sum(counts)
    return tuple(round(count / total, 9) if total else 0.0 for count in counts)


def stability(expected: Sequence[float], actual: Sequence[float]) -> float:
    """Return the population stability index of two distributions over the same bins.

    The sum over bins of (actual - expected) times ln(actual / expected); a bin that is empty
    counts as one in ten thousand.
    """
    pairs = [(max(a, 1e-4), max(e, 1e-4)) for a, e in zip(actual, expected, strict=True)]
    return round(sum((a - e) * log(a / e) for a, e in pairs), 6)


class Shift(msgspec.Struct, frozen=True):
    """How far a feature, or the score, has moved since the training."""

    name: str
    index: float
    verdict: Literal["steady", "moved", "drifted"]


def shifts(scorer: Scorer, records: Sequence[Values]) -> Iterator[Shift]:
    """Yield how far the score and each feature have moved; nothing without a record."""
    if not records:
        return
    scores = [scorer.asked(values).score for values in records]
    yield _shift(scorer.model.scores, scores)
    for place, feature in enumerate(scorer.model.features):
        yield _shift(feature, [coded(feature, values[place]) for values in records])


def _shift(feature: Feature, codes: Sequence[float]) -> Shift:
    index = stability(feature.shares, shares_of(feature.bounds, codes))
    verdict: Literal["steady", "moved", "drifted"] = "steady"
    if index >= MOVED:
        verdict = "drifted"
    elif index >= STEADY:
        verdict = "moved"
    return Shift(feature.name, index, verdict)


def area(scored: Iterable[tuple[float, bool]]) -> float:
    """Return the area under the ROC curve; equal scores count one half."""
    ordered = sorted(scored)
    ranks = 0.0
    place = 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        ranks += (place + 1 + end) / 2 * sum(wrong for _, wrong in ordered[place:end])
        place = end
    wrong = sum(one for _, one in ordered)
    right = len(ordered) - wrong
    return (ranks - wrong * (wrong + 1) / 2) / (wrong * right) if wrong and right else 0.5


def top(scored: Iterable[tuple[float, bool]], part: float) -> float:
    """Return the share found wrong among the part that scored highest."""
    ordered = sorted(scored, key=lambda one: -one[0])
    first = ordered[: max(1, int(len(ordered) * part))]
    return sum(wrong for _, wrong in first) / len(first)


def told_of(model: Model, scored: Scored, values: Values) -> dict[str, Any]:
    """Return a score as a hit tells it: the model, the score, and the features that moved it most.

    Each feature stands under what it reads, so that who may not see that is not told.
    """
    by_name = {one.name: (one, value) for one, value in zip(model.features, values, strict=True)}
    told: dict[str, Any] = {
        "model": model.id,
        "score": round(scored.score, 4),
        "usual": round(scored.base, 4),
    }
    for name, part in list(scored.added.items())[:TOLD]:
        feature, value = by_name[name]
        told[feature.reads] = {"is": value, "adds": round(part, 4)}
    return told


def scorers_of(models: Iterable[Model]) -> Mapping[str, Scorer]:
    """Return the models by their id, made ready to ask."""
    return {one.id: Scorer(one) for one in models}
