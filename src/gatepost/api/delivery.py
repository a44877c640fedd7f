"""Sending messages to webhooks: in order, signed, and again until they are taken.

The signature is that of Standard Webhooks: HMAC-SHA256 over id, moment and body.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from gatepost.adapters.http.outgoing import Unreachable, post
from gatepost.adapters.store import models
from gatepost.api.mail import owners_told
from gatepost.api.notify import message_of, secret_of

MOST = 100
"""Messages in one request."""
LONGEST = timedelta(hours=1)
FIRST = timedelta(seconds=5)

Send = Callable[[str, bytes, Mapping[str, str]], int]


def deliver(now: datetime, send: Send = post) -> int:
    """Send every webhook that is due what it has not taken yet; return how many messages were."""
    due = models.Webhook.objects.filter(next_at__lte=now).order_by("pk")
    told = {one.owner for one in owners_told(now)}
    # An owner whose last token was revoked or has ended is told nothing more.
    return sum(_deliver(one, now, send) for one in due if one.owner in told)


def _deliver(one: models.Webhook, now: datetime, send: Send) -> int:
    waiting = models.Message.objects.filter(owner=one.owner, pk__gt=one.taken)
    if one.events:
        waiting = waiting.filter(event__in=one.events)
    messages = list(waiting.order_by("pk")[:MOST])
    if not messages:
        return 0
    body = msgspec.json.encode({"messages": [message_of(message) for message in messages]})
    try:
        status = send(one.url, body, signed(one, messages[-1].pk, now, body))
        problem = "" if 200 <= status < 300 else f"it answered {status}"
    except Unreachable as fault:
        problem = str(fault)
    if problem:
        one.attempts += 1
        one.failing_since = one.failing_since or now
        one.next_at = now + min(LONGEST, FIRST * 2 ** min(one.attempts - 1, 20))
    else:
        one.attempts, one.failing_since = 0, None
        one.next_at, one.taken = now, messages[-1].pk
    one.save()
    return 0 if problem else len(messages)


def signed(one: models.Webhook, number: int, now: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a request to a webhook, its signature among them."""
    identity, moment = f"{one.pk}-{number}", str(int(now.timestamp()))
    told = f"{identity}.{moment}.".encode() + body
    found = base64.b64encode(hmac.digest(secret_of(one).encode(), told, "sha256")).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Gatepost",
        "Webhook-Id": identity,
        "Webhook-Timestamp": moment,
        "Webhook-Signature": f"v1,{found}",
    }
