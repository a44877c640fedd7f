"""The life of an indicator: on trial, live, withdrawn, ended; in its file and on record (RM-01).

The file says how a wording begins. Steps on record are laid over it, each from a day that had
not begun when it was recorded: a day is judged by one set, and an old case replays to the same
hits. Going live is of one wording: whoever changes a word of it has an indicator on trial again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from gatepost.kernel.digest import digest_of
from gatepost.kernel.validity import Validity
from gatepost.risk.intervals import Share
from gatepost.risk.model import Indicator

State = Literal["trial", "live", "ended"]


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a back-test told of one wording, as it is attached to a step (RM-01).

    ``digest`` is that of the whole result, ``wording`` that of the indicator it was made with.
    The shares are of the consignments that somebody stops: by those in force, and with this one.
    """

    digest: str
    wording: str
    history: str
    consignments: int
    hits: int
    precision: Share
    stopped_before: float
    stopped_after: float


class IndicatorStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a version of an indicator becomes from a day on; ``wording`` is what was meant."""

    version: int
    to: State
    start: date
    wording: str


def wording_of(indicator: Indicator) -> str:
    """Return the digest of a wording: all of it but the day on which it is looked at again."""
    return digest_of(msgspec.structs.replace(indicator, review=date.min))


def laid_over(indicator: Indicator, steps: Iterable[IndicatorStep]) -> tuple[Indicator, ...]:
    """Return a wording as it stands with ``steps``, in the order of their recording, laid over it.

    One piece for each stretch of days; none for days after its end. A step that is recorded
    later takes the place of what was to begin on its day or after.
    """
    pieces: list[Indicator] = []
    marks = [(indicator.valid.start, indicator.mode), *_marks(indicator, steps)]
    for number, (start, state) in enumerate(marks):
        following = marks[number + 1][0] if number + 1 < len(marks) else None
        last = indicator.valid.end if following is None else following - timedelta(days=1)
        if state != "ended" and (last is None or start <= last):
            valid = Validity(start, last)
            pieces.append(msgspec.structs.replace(indicator, mode=state, valid=valid))
    return tuple(pieces)


def state_on(indicator: Indicator, steps: Iterable[IndicatorStep], day: date) -> State:
    """Return what a wording is on ``day``; before its first day what it begins as."""
    state: State = indicator.mode
    for start, then in _marks(indicator, steps):
        if start <= day:
            state = then
    ended = indicator.valid.end is not None and indicator.valid.end < day
    return "ended" if ended else state


def _marks(indicator: Indicator, steps: Iterable[IndicatorStep]) -> Iterator[tuple[date, State]]:
    """Yield the days on which the state of a wording changes, and what it becomes."""
    kept: list[IndicatorStep] = []
    for step in steps:
        if step.version == indicator.version:
            kept = [one for one in kept if one.start < step.start]
            kept.append(step)
    own = wording_of(indicator)
    known: State = indicator.mode
    for step in kept:
        start = max(step.start, indicator.valid.start)
        late = indicator.valid.end is not None and start > indicator.valid.end
        stale = step.to == "live" and step.wording != own
        if known == "ended" or step.to == known or late or stale:
            continue
        known = step.to
        yield start, known
