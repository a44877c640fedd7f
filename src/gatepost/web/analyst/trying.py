"""What the past says of an indicator: what it would have stopped and found, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from gatepost.casework.open_past import OpenPast, past_open_to
from gatepost.casework.past import observed
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.risk.backtest import IndicatorResult, SetResult
from gatepost.risk.effectiveness import AgencyEffect, Effectiveness, IndicatorEffect, effectiveness
from gatepost.risk.intervals import Share
from gatepost.risk.life import Evidence, wording_of
from gatepost.risk.model import Indicator
from gatepost.web import rules
from gatepost.web.site import site

PERIOD = timedelta(days=90)
WIDE = 400
"""How wide a share of all is drawn."""


class Whisker(msgspec.Struct, frozen=True):
    """A share with its bounds, drawn as a point on a line."""

    x: float
    low: float
    high: float


class Sum(msgspec.Struct, frozen=True):
    """What one set of indicators costs and finds: ``stopped`` is drawn as a bar."""

    name: str
    stopped: float
    bar: float
    stops: int
    caught: int
    known: int
    minutes: float


class Trial(msgspec.Struct, frozen=True):
    """An indicator over the past that is open to its agency."""

    consignments: int
    left_out: int
    result: IndicatorResult
    precision: Whisker | None
    sums: tuple[tuple[str, Sum], ...]
    records: int
    equal: bool
    evidence: Evidence


class Worth(msgspec.Struct, frozen=True):
    """What one indicator was worth, with its share found wrong drawn."""

    effect: IndicatorEffect
    title: dict[str, str]
    whisker: Whisker | None
    why: tuple[str, ...]


class Worths(msgspec.Struct, frozen=True):
    """What the indicators of one agency were worth, beside what chance finds."""

    found: Effectiveness
    agency: AgencyEffect | None
    base: Whisker | None
    indicators: tuple[Worth, ...]
    left_out: int


def whisker(share: Share) -> Whisker | None:
    """Return a share as it is drawn; ``None`` where nothing was counted."""
    if share.share is None or share.low is None or share.high is None:
        return None
    return Whisker(
        round(share.share * WIDE, 1), round(share.low * WIDE, 1), round(share.high * WIDE, 1)
    )


def past(actor: Actor, now: datetime) -> OpenPast:
    """Return the past that is open to an officer's agency."""
    here = site()
    return here.write(lambda: past_open_to(here.desk, actor, now - PERIOD, now))


def tried(indicator: Indicator, actor: Actor, now: datetime) -> Trial | None:
    """Return what the past says of an indicator; ``None`` if no case of it is open.

    Beside it stand the agency's own indicators in force; what others look for is not its to know.
    """
    try:
        from gatepost.risk.columns import history_of, read_by
        from gatepost.risk.trial import tried as tried_over
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_ANALYTICS.notice(package=fault.name or "")]) from fault
    here = site()
    here.desk.refresh()
    jurisdiction = here.desk.jurisdiction
    day = jurisdiction.law_day(now)
    live = [
        one
        for one in jurisdiction.indicators.indicators
        if one.agency == indicator.agency and one.mode == "live" and one.valid.on(day)
    ]
    found = past(actor, now)
    if not found.cases:
        return None
    rows = [(one.reference, one.consignment, one.found) for one in found.cases]
    scorers = jurisdiction.indicators.scorers
    history = history_of(rows, read_by([indicator, *live], scorers))
    told = tried_over([indicator], live, jurisdiction.sets, history, scorers)
    (result,) = told.draft.indicators
    evidence = Evidence(
        digest_of(told),
        wording_of(indicator),
        "the cases on record",
        history.size,
        result.hits,
        result.precision,
        told.today.chance_of_any_stop,
        told.both.chance_of_any_stop,
    )
    sets = (("draft", told.draft), ("today", told.today), ("both", told.both))
    return Trial(
        history.size,
        found.left_out,
        result,
        whisker(result.precision),
        tuple((name, _sum(name, one)) for name, one in sets),
        told.checked.records,
        told.checked.equal,
        evidence,
    )


def _sum(name: str, one: SetResult) -> Sum:
    share = one.chance_of_any_stop
    bar = round(share * WIDE, 1)
    return Sum(name, share, bar, one.joint, one.caught, one.known, one.minutes)


def worths(actor: Actor, agency: str, now: datetime) -> Worths:
    """Return what the indicators of an agency were worth over the past that is open to it."""
    here = site()
    here.desk.refresh()
    jurisdiction = here.desk.jurisdiction
    mine = [one for one in jurisdiction.indicators.indicators if one.agency == agency]
    found = past(actor, now)
    seen = [(one.reference, observed(one)) for one in found.cases]
    told = effectiveness(seen, mine, jurisdiction.law_day(now))
    effect = told.agencies.get(agency)
    return Worths(
        told,
        effect,
        whisker(effect.base) if effect else None,
        tuple(_worth(one, mine, told) for one in told.indicators),
        found.left_out,
    )


def _worth(effect: IndicatorEffect, mine: Sequence[Indicator], told: Effectiveness) -> Worth:
    titles: Iterable[dict[str, str]] = (one.title for one in mine if one.id == effect.id)
    why = tuple(one.why for one in told.proposals if one.indicator == effect.id)
    return Worth(effect, next(iter(titles), {}), whisker(effect.precision), why)
