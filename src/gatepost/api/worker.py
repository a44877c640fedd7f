"""What is done beside the requests: sorting mail and sending it.

On SQLite a thread of the serving process does it; with PostgreSQL `gatepost worker` does. Two at
once are no harm: the place in the log is locked while mail is sorted, and a message that is sent
twice carries the same id.
"""

from __future__ import annotations

import logging
import threading
from functools import partial

from django.conf import settings
from django.db import close_old_connections

from gatepost.adapters.http.outgoing import post
from gatepost.api.delivery import deliver
from gatepost.api.mail import sort_mail
from gatepost.web.site import Site

PAUSE = 1.0
"""Seconds between two looks at the log when there was nothing to do."""

log = logging.getLogger("gatepost.worker")


def work_once(site: Site) -> int:
    """Sort what happened and send what is due; return how much there was to do."""
    read = sort_mail(site)
    sent = deliver(site.now(), partial(post, local=settings.OUTGOING_LOCAL))
    return read + sent


def work(site: Site, stop: threading.Event, pause: float = PAUSE) -> None:
    """Work until ``stop`` is set; a fault is told and what failed is tried again."""
    while not stop.is_set():
        try:
            busy = work_once(site)
        except Exception:
            log.exception("The worker failed; it goes on after a pause.")
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(pause)


def start(site: Site) -> threading.Event:
    """Work in a thread of this process, and return what stops it."""
    stop = threading.Event()
    threading.Thread(target=work, args=(site, stop), name="worker", daemon=True).start()
    return stop
