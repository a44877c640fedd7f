"""A draft beside the indicators in force, over the same history (RM-01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gatepost.risk.backtest import Checked, SetResult
from gatepost.risk.columns import History, Sets, hits_of, result_of, same_one_by_one
from gatepost.risk.learnt import Scorer
from gatepost.risk.model import Indicator

PAST_SECRET = b"\0" * 32
"""What decides random selection in a back-test: the same for everyone, and never in use."""


class Tried(msgspec.Struct, frozen=True):
    """What the draft alone would have cost and found, what those in force, and both together."""

    draft: SetResult
    today: SetResult
    both: SetResult
    checked: Checked


def tried(
    draft: Sequence[Indicator],
    live: Sequence[Indicator],
    sets: Sets,
    history: History,
    scorers: Mapping[str, Scorer] | None = None,
) -> Tried:
    """Return a draft beside ``live``; of both together the draft stands for those of its ids."""
    replaced = {one.id for one in draft}
    both = [*draft, *(one for one in live if one.id not in replaced)]
    every = [*draft, *live]
    fired = {id(one.indicator): one for one in hits_of(every, sets, history, PAST_SECRET, scorers)}

    def over(some: Sequence[Indicator]) -> SetResult:
        return result_of([fired[id(one)] for one in some], history)

    checked = same_one_by_one(every, sets, history)
    return Tried(over(draft), over(live), over(both), checked)
