"""Seasons: days that some year has, and that come while the wording is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located
from gatepost.kernel.notice import Notice
from gatepost.kernel.season import is_day_of_year
from gatepost.requirement.model import Version

LEAP_CYCLE = timedelta(days=8 * 366)
"""Within so many days every season has come, that of the 29th of February too."""


def check_seasons(described: Described) -> Iterator[Notice]:
    """Yield every season of a requirement that is written wrongly or never comes."""
    for thing in described.of("requirement"):
        for index, version in enumerate(thing.value.valid):
            yield from _season(thing, version, ("valid", index, "season"))


def _season(thing: Located, version: Version, keys: Keys) -> Iterator[Notice]:
    season = version.season
    if season is None:
        return
    wrong = [
        (key, day)
        for key, day in (("from", season.first), ("to", season.last))
        if not is_day_of_year(day)
    ]
    for key, day in wrong:
        yield rules.NO_DAY_OF_YEAR.notice(thing.where(*keys, key), day=day)
    if not wrong and not _comes(version):
        yield rules.SEASON_NEVER_COMES.notice(
            thing.where(*keys),
            first=season.first,
            last=season.last,
            start=version.start.isoformat(),
            end=str(version.end),
        )


def _comes(version: Version) -> bool:
    """Tell whether some day of the wording lies in its season."""
    last = version.start + LEAP_CYCLE
    if version.end is not None:
        last = min(last, version.end)
    days: Iterator[date] = (
        version.start + timedelta(days=n) for n in range((last - version.start).days + 1)
    )
    return any(map(version.on, days))
