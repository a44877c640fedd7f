"""Who is examined in a world: each agency for itself, or all with one budget.

An agency learns from what it saw: for every value of a feature, and every pair, how often
something was wrong, older findings counting less, few of them pulled to the average. That is
plain on purpose: the worlds compare ways of choosing, not of learning.
"""

from __future__ import annotations

import numpy as np

from benchmarks.worlds.truth import AGENCIES, FEATURES, PAIRS, SIZES, Bools, Floats, Ints, Week
from gatepost.risk.budget import Budget, Candidate, Wish, allocate
from tests.small_country import ALWAYS, LAW

MEMORY = 0.96
"""What a finding still counts for a week later."""

PULL = 8.0
"""How many average findings every value is given to begin with."""


Shown = str | tuple[str, str]
"""A feature or a pair of features, in whose values harm may show."""

SHOWN: tuple[Shown, ...] = (*FEATURES, *PAIRS)


class Learner:
    """One agency's memory of what it saw."""

    def __init__(self) -> None:
        self._seen = {one: np.zeros(_cells(one)) for one in SHOWN}
        self._wrong = {one: np.zeros(_cells(one)) for one in SHOWN}
        self._total = np.array([50.0, 0.5])

    def score(self, week: Week) -> Floats:
        """Return the log-odds by which each consignment differs from the average."""
        rate = self._total[1] / self._total[0]
        total = np.zeros(week.size)
        for one, seen in self._seen.items():
            place = _place(one, week.columns)
            share = (self._wrong[one][place] + PULL * rate) / (seen[place] + PULL)
            total += np.log(share / (1 - np.minimum(share, 0.99))) - np.log(rate / (1 - rate))
        return total

    def learn(self, week: Week, looked: Ints, wrong: Bools) -> None:
        """Take in what was found in the consignments that were looked at."""
        for one in self._seen:
            place = _place(one, week.columns)[looked]
            self._seen[one] *= MEMORY
            self._wrong[one] *= MEMORY
            np.add.at(self._seen[one], place, 1)
            np.add.at(self._wrong[one], place, wrong)
        self._total = self._total * MEMORY + np.array([len(looked), wrong.sum()])
        self._total = np.maximum(self._total, [50.0, 0.25])


class Outcome:
    """What a way of choosing came to, week by week: stops, examinations and finds."""

    def __init__(self, weeks: int) -> None:
        self.stops = np.zeros(weeks)
        self.looks = np.zeros(weeks)
        self.finds = np.zeros(weeks)


def alone(weeks: list[Week], share: float, random: float, seed: int) -> Outcome:
    """Return what comes of it if every agency chooses for itself and sees its own only.

    Each may look at ``share`` of what comes, of which it draws the part ``random``.
    """
    chance = np.random.default_rng(seed)
    learners = [Learner() for _ in AGENCIES]
    outcome = Outcome(len(weeks))
    for number, week in enumerate(weeks):
        stopped = np.zeros(week.size, dtype=bool)
        for agency, learner in enumerate(learners):
            many = round(share * week.size)
            order = np.argsort(-learner.score(week) + 1e-9 * chance.random(week.size))
            drawn = chance.permutation(week.size)[: round(many * random)]
            best = order[~np.isin(order, drawn)][: many - len(drawn)]
            looked = np.concatenate([drawn, best])
            wrong = week.wrong[looked, agency]
            learner.learn(week, looked, wrong)
            stopped[looked] = True
            outcome.looks[number] += len(looked)
            outcome.finds[number] += wrong.sum()
        outcome.stops[number] = stopped.sum()
    return outcome


def jointly(weeks: list[Week], share: float, random: float, seed: int) -> Outcome:
    """Return what comes of it if the agencies share one budget and look together.

    ``share`` of what comes may be stopped, ``random`` of that by chance; the allocation is
    the program's own.
    """
    learners = [Learner() for _ in AGENCIES]
    outcome = Outcome(len(weeks))
    budget = Budget("B", {"en": "b"}, AGENCIES, share, max(share * random, 1e-9), LAW, ALWAYS)
    for number, week in enumerate(weeks):
        scores = np.stack([learner.score(week) for learner in learners], axis=1)
        secret = f"{seed} {number}".encode()
        candidates = _candidates(week, scores, share)
        chosen = allocate(candidates, budget, secret)
        looked = np.array([int(one.reference) for one in chosen.selections])
        wrong = week.wrong[looked]
        for agency, learner in enumerate(learners):
            learner.learn(week, looked, wrong[:, agency])
        outcome.stops[number] = len(looked)
        outcome.looks[number] = len(looked)
        outcome.finds[number] = wrong.sum()
    return outcome


def _candidates(week: Week, scores: Floats, share: float) -> list[Candidate]:
    """Return every consignment, with the wishes of those agencies that rank it high."""
    # What is expected in all is what a stop is for, so that is what each agency weighs.
    expected = np.exp(np.clip(scores, -9, 9)).sum(axis=1)
    many = max(1, round(share * week.size))
    wishes: list[list[Wish]] = [[] for _ in range(week.size)]
    for agency, name in enumerate(AGENCIES):
        for row in np.argsort(-scores[:, agency], kind="stable")[:many]:
            wishes[row].append(Wish(name, f"{name} score", float(expected[row])))
    return [Candidate(str(row), (), tuple(some)) for row, some in enumerate(wishes)]


def _cells(one: Shown) -> int:
    return SIZES[one] if isinstance(one, str) else SIZES[one[0]] * SIZES[one[1]]


def _place(one: Shown, columns: dict[str, Ints]) -> Ints:
    if isinstance(one, str):
        return columns[one]
    place: Ints = columns[one[0]] * SIZES[one[1]] + columns[one[1]]
    return place
