"""A study as dated data: who wants it, what it covers, how far it is, and what follows from it.

The phases are those of the WCO's guide to measuring the time required for the release of goods
(version 3 of 2018, version 4 of 2025). A phase is entered by recording that the one before it is
done; what was skipped needs a reason (TR-02).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from gatepost.kernel.notice import Notice, Refused
from gatepost.timerelease import rules
from gatepost.timerelease.model import Publication
from gatepost.timerelease.sampling import sample_size

Phase = Literal[
    "mandate",
    "scope",
    "form",
    "sampling",
    "test_run",
    "collection",
    "verification",
    "analysis",
    "report",
    "follow_up",
]

PHASES: dict[Phase, str] = {
    "mandate": "A mandate, and a working group of all agencies at the border",
    "scope": "What is measured: flow, posts, goods, and which moments arrival and release are",
    "form": "The form, with the definition of every moment on it",
    "sampling": "How many cases are followed, drawn from which",
    "test_run": "A test run of the form or of the reading of systems",
    "collection": "Collection: every case drawn is followed to its release",
    "verification": "Verification: what stands out is looked at, nothing is mended in silence",
    "analysis": "Analysis",
    "report": "The report, published",
    "follow_up": "Recommendations followed up, until the next study",
}


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the working group: a role, and the agency or association it speaks for."""

    role: str
    body: str


class Mandate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who ordered the study, when, and by which decision."""

    by: str
    on: date
    basis: str


class Sample(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How cases are drawn: ``all`` of ``frame`` or so many at ``random``; ``None`` of any number.

    ``margin`` and ``confidence`` say how exact a share is to be.
    """

    how: Literal["all", "random"]
    frame: int | None = None
    size: int | None = None
    margin: float = 0.05
    confidence: float = 0.95

    @property
    def needed(self) -> int:
        """Return how many cases tell a share within the margin."""
        return sample_size(self.frame, self.margin, self.confidence)


class Done(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A phase that is done: when, by which role; ``reason`` where it was skipped."""

    phase: Phase
    on: date
    by: str
    note: str = ""
    skipped: bool = False


class Recommendation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is to change, who owns it and by when; ``done`` is the day it was."""

    what: str
    owner: str
    due: date
    interval: str = ""
    done: date | None = None


class Study(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One study. ``agencies`` gives the names under which parties of the events are published.

    ``next_study`` is when it is done again; ``unusual`` is what was out of the ordinary in the
    time observed, such as a strike or a holiday, and stands beside the figures.
    """

    title: str
    country: str
    mandate: Mandate | None = None
    group: tuple[Person, ...] = ()
    objectives: tuple[str, ...] = ()
    unusual: str = ""
    sample: Sample | None = None
    agencies: dict[str, str] = {}
    publish: Publication = Publication()
    done: tuple[Done, ...] = ()
    conclusions: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    next_study: date | None = None


class Standing(msgspec.Struct, frozen=True):
    """How far a study is: each phase with what was done; ``next`` is the phase to do now.

    ``late`` are the recommendations that are not done though their day has passed.
    """

    phases: tuple[tuple[Phase, Done | None], ...]
    next: Phase | None
    late: tuple[Recommendation, ...]


def standing(study: Study, today: date) -> Standing:
    """Return how far a study is on ``today``; ``Refused`` with everything :func:`faults` finds."""
    if found := list(faults(study)):
        raise Refused(found)
    done = {one.phase: one for one in study.done}
    following = next((phase for phase in PHASES if phase not in done), None)
    late = tuple(one for one in study.recommendations if not one.done and one.due < today)
    return Standing(tuple((phase, done.get(phase)) for phase in PHASES), following, late)


def faults(study: Study) -> Iterator[Notice]:
    """Yield what is wrong with the course of a study.

    A phase done twice (TRS-015), before its turn or before the earlier ones without their being
    recorded (TRS-014), skipped without a reason (TRS-016), too few cases drawn (TRS-017), a
    recommendation that is due before the report or a next study before this one's end (TRS-018).
    """
    yield from _order(study)
    sample = study.sample
    if sample and sample.how == "random" and (sample.size or 0) < sample.needed:
        yield rules.SAMPLE_TOO_SMALL.notice(
            "sample", size=sample.size or 0, needed=sample.needed, margin=f"{sample.margin:.0%}"
        )
    reported = next((one.on for one in study.done if one.phase == "report"), None)
    if reported:
        for number, one in enumerate(study.recommendations):
            if one.due < reported:
                yield rules.BEFORE_THE_REPORT.notice(
                    f"recommendations/{number}",
                    what=one.what,
                    day=f"{one.due}",
                    reported=f"{reported}",
                )
    if reported and study.next_study and study.next_study <= reported + timedelta(days=1):
        yield rules.BEFORE_THE_REPORT.notice(
            "next_study", what="The next study", day=f"{study.next_study}", reported=f"{reported}"
        )


def _order(study: Study) -> Iterator[Notice]:
    """Yield the phases that stand out of their order, in the guide's order."""
    order = list(PHASES)
    recorded: dict[Phase, Done] = {}
    for number, one in enumerate(study.done):
        where = f"done/{number}"
        if one.phase in recorded:
            yield rules.PHASE_TWICE.notice(where, phase=one.phase)
        if one.skipped and not one.note.strip():
            yield rules.NO_REASON.notice(where, phase=one.phase)
        before = order[: order.index(one.phase)]
        missing = [p for p in before if p not in recorded or recorded[p].on > one.on]
        if missing:
            yield rules.OUT_OF_ORDER.notice(where, phase=one.phase, before=", ".join(missing))
        recorded.setdefault(one.phase, one)
