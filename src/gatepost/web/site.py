"""What every view is given: the desk of this process, its clock, and the one who writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.conf import settings

from gatepost.bootstrap import load_checked, open_desk
from gatepost.casework.desk import Desk
from gatepost.kernel.notice import Refused
from gatepost.web import rules
from gatepost.web.clock import Clock, clock, demo_clock
from gatepost.web.one_writer import OneWriter
from gatepost.web.places import DEMO_MARKER

T = TypeVar("T")


class Site:
    """One process of the web application.

    Whatever writes to the ledger goes through :meth:`write`: on SQLite ``writer`` does it for all
    threads, elsewhere each does it for itself.
    """

    def __init__(
        self, desk: Desk, clock: Clock, demo: bool = False, writer: OneWriter | None = None
    ) -> None:
        self.desk = desk
        self.demo = demo
        self._clock = clock
        self._writer = writer

    def write(self, task: Callable[[], T]) -> T:
        """Do ``task``, which writes to the ledger; return what it gives once that is durable."""
        return self._writer(task) if self._writer else task()

    def now(self) -> datetime:
        """Return the moment by which this request is judged."""
        return self._clock()


_open: list[Site] = []
_opening = threading.Lock()


def site() -> Site:
    """Return the one site of this process; whoever asks while it is opened waits for it."""
    if not _open:
        with _opening:
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
    tells = demo_clock(data) if demo else clock
    writer = None if settings.DATABASE else OneWriter(desk, tells)
    return Site(desk, tells, demo, writer)


@contextmanager
def serving(given: Site) -> Iterator[Site]:
    """Let every view use ``given`` meanwhile: for tests."""
    before = list(_open)
    _open[:] = [given]
    try:
        yield given
    finally:
        _open[:] = before
