"""Schemes by which an agency looks less at who proves itself, and more at what fails (RM-05).

Two public, testable algorithms. *Step down*: after so many consignments of a party in a row that
were clean, only a share of its consignments is looked at, and one failure restores the full rate
(a continuous sampling plan, as in Australia's compliance-based intervention scheme: 3, 5 or 10
clean ones, then one in four or one in ten). *Step up*: at every review, what was found wrong with
one group within a window is held against all groups; whoever exceeds the mean by more than a
given part goes up to the next rate (Regulation (EU) 2019/2129, Article 5: twelve months, 30 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Role = Literal["importer", "exporter", "consignor", "consignee", "declarant", "carrier"]
ROLES: tuple[Role, ...] = get_args(Role)


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``after`` so many clean consignments in a row, ``rate`` of them is looked at."""

    after: int
    rate: float


class StepDown(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="step_down"
):
    """The rate falls with a ``party``'s clean consignments; a failure restores it to one."""

    party: Role
    rungs: tuple[Rung, ...]


class StepUp(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="step_up",
):
    """The rate of a group goes up when its non-compliance exceeds the mean.

    ``of`` tells what makes a group; ``rates`` are the rungs from the lowest up. ``every`` so often
    what was found within the ``window`` before is reviewed: a group of at least ``least``
    consignments goes up if its share exceeds that of all by more than the part ``exceeds``, and
    down if it is no greater.
    """

    of: Literal["origin", "importer", "exporter"]
    rates: tuple[float, ...]
    exceeds: float = 0.3
    window: str = "365d"
    every: str = "91d"
    least: int = 10


class Scheme(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A scheme of one agency for one kind of check, dated, with its law.

    Findings of the agency itself count; with ``shared`` those of other agencies that the
    disclosure gate opens to it for assessing risk count too.
    """

    id: str
    title: Text
    agency: str
    check: str
    method: StepDown | StepUp
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    shared: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """One consignment that was looked at: its day, its group, and whether something was wrong."""

    day: date
    wrong: bool
    group: str = ""


class Standing(msgspec.Struct, frozen=True):
    """Where a party or group stands: the rate at which it is looked at, and what put it there.

    ``clean`` are the clean consignments in a row, ``level`` the rung it climbed to.
    """

    rate: float
    clean: int = 0
    level: int = 0


def step_down(method: StepDown, record: Iterable[Outcome]) -> Standing:
    """Return where a party stands whose consignments were found like this, oldest first."""
    clean = 0
    for one in record:
        clean = 0 if one.wrong else clean + 1
    reached = [rung for rung in method.rungs if rung.after <= clean]
    return Standing(reached[-1].rate if reached else 1.0, clean, len(reached))


def step_up(
    method: StepUp, group: str, record: Sequence[Outcome], since: date, day: date
) -> Standing:
    """Return where ``group`` stands on ``day``, the scheme being in force ``since`` then.

    ``record`` are the consignments of all groups. Reviews fall on fixed days counted from the
    first, so that nobody chooses when to look; what was found on the day of one counts for the
    next.
    """
    level, review = 0, since + parse_duration(method.every)
    while review <= day:
        first = review - parse_duration(method.window)
        level += _moved(method, group, [one for one in record if first <= one.day < review])
        level = max(0, min(level, len(method.rates) - 1))
        review += parse_duration(method.every)
    return Standing(method.rates[level], 0, level)


def last_review(method: StepUp, since: date, day: date) -> date:
    """Return the last review at or before ``day``; ``since`` if there was none."""
    every = parse_duration(method.every)
    return since + ((day - since) // every) * every if day >= since else since


def _moved(method: StepUp, group: str, record: Sequence[Outcome]) -> int:
    own = [one.wrong for one in record if one.group == group]
    if len(own) < max(1, method.least):
        return 0
    mean = Fraction(sum(one.wrong for one in record), len(record))
    share = Fraction(sum(own), len(own))
    if share > mean * (1 + Fraction(str(method.exceeds))):
        return 1
    return -1 if share <= mean else 0


def faults(scheme: Scheme) -> Iterable[str]:
    """Yield what is wrong with the steps of a scheme, each in a few words."""
    method = scheme.method
    if isinstance(method, StepDown):
        after = [rung.after for rung in method.rungs]
        rates = [rung.rate for rung in method.rungs]
        if not after or after != sorted(set(after)) or after[0] < 1:
            yield "the rungs need growing numbers of clean consignments, from one up"
        if any(not 0 < rate < 1 for rate in rates) or rates != sorted(set(rates), reverse=True):
            yield "the rates of the rungs fall and stay above zero and below one"
        return
    rates = list(method.rates)
    if len(rates) < 2 or any(not 0 < one <= 1 for one in rates) or rates != sorted(set(rates)):
        yield "two rates at least, growing, above zero and up to one"
    if method.exceeds < 0:
        yield "the part by which the mean is exceeded is not below zero"
    for name in ("window", "every"):
        try:
            short = parse_duration(getattr(method, name)) < timedelta(days=1)
        except ValueError:
            short = True
        if short:
            yield f"{name} is a number of days, such as 91d"
