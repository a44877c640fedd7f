"""Milestones, intervals, and what a study says about them. Times are seconds."""

from __future__ import annotations

from typing import Literal

import msgspec

Pick = Literal["first", "last"]

DASH = "\N{EN DASH}"
PERCENTS = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95)


class Milestone(msgspec.Struct, frozen=True):
    """Something that happens to a consignment or a traveller, with its number in the scheme.

    ``party`` is who it belongs to where an event does not say. Of several events of one case
    the ``first`` or the ``last`` counts.
    """

    name: str
    number: str
    party: str
    definition: str
    pick: Pick = "first"


class Interval(msgspec.Struct, frozen=True):
    """The time between two milestones. ``early`` tells that it may be negative by right.

    A case that has come to one of ``ends`` will not reach the end any more; where a file tells
    of ``sure``, only a case that has come to it will reach the end at all.
    """

    start: str
    end: str
    definition: str
    early: bool = False
    ends: tuple[str, ...] = ("release", "removal")
    sure: str = ""

    @property
    def name(self) -> str:
        """Return the name of the interval, the two milestones with a dash between."""
        return f"{self.start}{DASH}{self.end}"


class Target(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How long an interval may take, as ``48h``; for the cases of ``where`` only, if given."""

    interval: str
    within: str
    where: dict[str, str] = {}


class Scope(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a study is about; two studies are alike only if all of this is.

    ``arrival`` and ``release`` say which moments are meant: block-in or discharge, permit or gate.
    """

    flow: str = ""
    offices: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    arrival: str = ""
    release: str = ""


class Procedure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An agency's own procedure: its steps in order, and those of them that may be left out."""

    agency: str
    steps: tuple[str, ...]
    optional: tuple[str, ...] = ()


class EventMap(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a file of events from elsewhere is read.

    ``columns`` names the column that holds ``case``, ``event``, ``time``, ``party``, ``zone``
    and ``source``; ``milestones`` instead the column of each milestone, where a row is a case,
    as on a paper form. ``events`` gives the milestone for each word of the file. ``segments``
    gives the column for each breakdown. ``zone`` is that of times without an offset.
    """

    columns: dict[str, str] = {}
    milestones: dict[str, str] = {}
    events: dict[str, str] = {}
    parties: dict[str, str] = {}
    segments: dict[str, str] = {}
    zone: str = ""
    time_format: str = ""
    until: str = ""
    targets: tuple[Target, ...] = ()
    scope: Scope = Scope()
    procedures: tuple[Procedure, ...] = ()


class Statistic(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """One interval over one segment of the cases; ``{}`` is the whole population.

    ``n`` counts every case that began the interval, ``censored`` those that had not ended it
    when observation ended. Median and percentiles are the smallest time by which that share had
    ended (Kaplan-Meier), ``None`` where it was not reached. Where cases are censored, ``mean``
    and ``sd`` are restricted to ``horizon``, the longest time observed. ``low`` and ``high``
    bound 95 %. ``mode`` is over whole minutes, ``buffer_index`` is (p95 - mean) / mean.
    """

    interval: str
    start: str
    end: str
    segment: dict[str, str]
    n: int
    censored: int
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    horizon: float | None = None
    median: float | None = None
    median_low: float | None = None
    median_high: float | None = None
    mode: float | None = None
    min: float | None = None
    max: float | None = None
    sd: float | None = None
    cv: float | None = None
    p10: float | None = None
    p20: float | None = None
    p25: float | None = None
    p30: float | None = None
    p40: float | None = None
    p50: float | None = None
    p60: float | None = None
    p70: float | None = None
    p75: float | None = None
    p80: float | None = None
    p90: float | None = None
    p95: float | None = None
    buffer_index: float | None = None
    target: float | None = None
    share_within_target: float | None = None


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something verification found: how many cases, a few of them, and what was done."""

    kind: str
    count: int
    what: str
    cases: tuple[str, ...] = ()


class StepTime(msgspec.Struct, frozen=True):
    """A step that cases waited for or that was worked on, in seconds.

    ``cases`` went through it; ``mean``, ``median``, ``p90`` and ``cv`` are over those.
    ``share`` is its part of all time, ``critical`` the share of all cases in which release
    waited for it, and ``gain`` how much earlier a case would be released on average over all
    cases if this step took no time.
    """

    step: str
    party: str
    state: Literal["waiting", "working"]
    cases: int
    mean: float
    median: float
    p90: float
    cv: float | None
    share: float
    critical: float
    gain: float


class Publication(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The rules of publishing a study, as data.

    No figure rests on fewer than ``smallest_group`` cases, and a percentile has at least
    ``beyond`` cases above and below it. ``segments`` are breakdowns of the map that may be
    published beside the usual ones. ``basis`` is where this is laid down, ``licence`` what the open
    data may be used under, by its SPDX name.
    """

    smallest_group: int = 10
    beyond: int = 3
    segments: tuple[str, ...] = ()
    basis: str = ""
    licence: str = ""
