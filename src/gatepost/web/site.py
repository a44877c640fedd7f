"""What every view is given: the desk of this process, its clock, and the one who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from gatepost.bootstrap import load_checked, open_desk
from gatepost.casework.desk import Desk
from gatepost.kernel.notice import Refused
from gatepost.web import rules
from gatepost.web.clock import Clock, clock, demo_clock
from gatepost.web.places import DEMO_MARKER


class Site:
    """One process of the web application."""

    def __init__(self, desk: Desk, clock: Clock, demo: bool = False) -> None:
        self.desk = desk
        self.demo = demo
        self._clock = clock

    def now(self) -> datetime:
        """Return the moment by which this request is judged."""
        return self._clock()


_open: list[Site] = []


def site() -> Site:
    """Return the site of this process; it is opened when the first request comes."""
    if not _open:
        _open.append(open_site())
    return _open[0]


def open_site() -> Site:
    """Open what the settings name; ``Refused`` if demo and data do not belong together."""
    data, demo = settings.DATA, settings.DEMO
    if demo and not (data / DEMO_MARKER).exists():
        raise Refused([rules.NO_DEMO.notice(data=str(data))])
    if not demo and (data / DEMO_MARKER).exists():
        raise Refused([rules.IS_DEMO.notice(data=str(data))])
    jurisdiction = load_checked(settings.JURISDICTION, data / "cache")
    desk = open_desk(jurisdiction, data, settings.DATABASE)
    return Site(desk, demo_clock(data) if demo else clock, demo)


@contextmanager
def serving(given: Site) -> Iterator[Site]:
    """Let every view use ``given`` meanwhile: for tests."""
    before = list(_open)
    _open[:] = [given]
    try:
        yield given
    finally:
        _open[:] = before
