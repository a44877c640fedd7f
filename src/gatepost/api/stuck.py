"""What is stuck in an installation: cases, events nobody sealed, mail nobody sorted or took.

A page, the command and a monitor ask :func:`stuck`; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gatepost.adapters.audit.lag import unsealed
from gatepost.adapters.store.models import Message, Place, Webhook
from gatepost.api.mail import READER, owners_told
from gatepost.casework.desk import Desk
from gatepost.casework.ports import Ledger
from gatepost.casework.stuck import PATIENCE, RUNS, Stuck, stuck_cases


def stuck(desk: Desk, data: Path, now: datetime) -> Iterator[Stuck]:
    """Yield everything that is stuck at ``now``, what concerns all before single cases."""
    yield from unsealed(desk.ledger, data, now)
    yield from unsorted(desk.ledger, now)
    yield from undelivered(now)
    yield from stuck_cases(desk, now)


def unsorted(ledger: Ledger, now: datetime) -> Iterator[Stuck]:
    """Yield that events are in no mailbox yet although the oldest is a minute old."""
    if not any(owners_told(now)):
        return
    place = Place.objects.filter(reader=READER).first()
    for _, first in ledger.read_all(place.position if place else 0, 1):
        if now - first.recorded_at > PATIENCE:
            yield Stuck(
                "mail", "mailboxes", first.recorded_at, "events are not sorted into them", RUNS
            )


def undelivered(now: datetime) -> Iterator[Stuck]:
    """Yield the webhooks that have not taken what has been waiting for a minute."""
    told = {one.owner for one in owners_told(now)}
    for one in Webhook.objects.filter(owner__in=told).order_by("pk"):
        waiting = Message.objects.filter(owner=one.owner, pk__gt=one.taken, at__lt=now - PATIENCE)
        if one.events:
            waiting = waiting.filter(event__in=one.events)
        first = waiting.order_by("pk").first()
        if first is None:
            continue
        since = one.failing_since or first.at
        tried = f"{one.attempts} attempts failed" if one.attempts else "nothing was sent yet"
        said = f"{waiting.count()} messages to {one.owner} wait, {tried}"
        do = "Ask its owner whether the address takes messages." if one.attempts else RUNS
        yield Stuck("webhook", f"webhook {one.pk}", since, said, do, one.owner)
