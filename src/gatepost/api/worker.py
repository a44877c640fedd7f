"""What is done beside the requests: mail sorted and sent, the log sealed, time passing for cases.

On SQLite threads of the serving process do it; with PostgreSQL `gatepost worker` does. Two at
once are no harm: the place in the log is locked while mail is sorted, a message that is sent
twice carries the same id, one sealer keeps others away, and the same moment passes once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import close_old_connections

from gatepost.adapters.audit.rules import BUSY
from gatepost.adapters.audit.sealing import Sealer
from gatepost.adapters.http.outgoing import post
from gatepost.api.delivery import deliver
from gatepost.api.mail import sort_mail
from gatepost.bootstrap import open_sealer
from gatepost.casework.act import perform
from gatepost.casework.stuck import Watch, passing
from gatepost.kernel.notice import Refused
from gatepost.web.site import Site

SEALED_AT_ONCE = 10_000
"""Events sealed in one go, so that a stop is heard in between."""

log = logging.getLogger("gatepost.worker")


class Task(NamedTuple):
    """One kind of work: ``run`` does what there is and returns how much that was.

    ``pause`` is how many seconds it waits when there was nothing to do.
    """

    name: str
    pause: float
    run: Callable[[], int]


def tasks_of(site: Site) -> tuple[Task, ...]:
    """Return the kinds of work of an installation, in the order in which one finds the other's.

    A receiver that does not answer keeps nothing from being sealed. A demo stands still: it is
    shown as it was played.
    """
    sealer = open_sealer(site.desk.ledger, settings.DATA, site.desk.jurisdiction.country.code)
    found = (
        Task("mail", 1.0, partial(sort_mail, site)),
        Task("webhooks", 1.0, partial(send_due, site)),
        Task("sealer", 5.0, partial(seal, sealer)),
    )
    return found if site.demo else (Task("time", 15.0, _Time(site)), *found)


def send_due(site: Site) -> int:
    """Send to webhooks what is due; return how many messages were."""
    return deliver(site.now(), partial(post, local=settings.OUTGOING_LOCAL))


def seal(sealer: Sealer) -> int:
    """Seal what is committed; nothing while another process does."""
    try:
        return sealer.seal(at_most=SEALED_AT_ONCE)
    except Refused as refused:
        if any(one.code != BUSY.number for one in refused.notices):
            raise
        return 0


class _Time:
    """Lets what is due on a case happen, as the act ``tick`` does."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._watch = Watch(site.desk)

    def __call__(self) -> int:
        now = self._site.now()
        found = self._watch.due(now)
        for reference in found:
            act = passing(reference, now)
            self._site.write(partial(perform, self._site.desk, act, now))
        # What happened is looked at again after a pause: nothing here is worth a busy loop.
        return 0


def work_once(site: Site) -> dict[str, int]:
    """Do all there is to do now; return how much that was, by task."""
    done = {}
    for task in tasks_of(site):
        done[task.name] = 0
        while more := task.run():
            done[task.name] += more
    return done


def work(task: Task, stop: threading.Event) -> None:
    """Work until ``stop`` is set; a fault is told and what failed is tried again."""
    while not stop.is_set():
        try:
            busy = task.run()
        except Exception:
            log.exception("The worker's task %s failed; it goes on after a pause.", task.name)
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(task.pause)


def start(site: Site) -> threading.Event:
    """Work in threads of this process, and return what stops them."""
    stop = threading.Event()
    for task in tasks_of(site):
        threading.Thread(target=work, args=(task, stop), name=task.name, daemon=True).start()
    return stop
