"""Being told: a mailbox to ask, and webhooks beside it."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from gatepost.adapters.store import models
from gatepost.api.model import Mailbox, Message, NewWebhook, Paging, Webhook, Webhooks
from gatepost.api.operations import Answer, Call, operation
from gatepost.api.problems import Failed, not_there

MOST = 10
"""Webhooks an owner may have."""


@operation("GET", "/mailbox", gives=Mailbox, scope="notify", query=Paging)
def mailbox(call: Call) -> Mailbox:
    """Give what happened to the caller's cases, in order; `next` is there for asking again."""
    cursor = call.query.cursor or "0"
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Failed(
            400, "cursor", "This cursor is none of ours.", "Send the `next` you were given."
        )
    found = models.Message.objects.filter(owner=call.by.owner, pk__gt=int(cursor))
    messages = tuple(map(message_of, found.order_by("pk")[: call.query.limit]))
    return Mailbox(messages, str(messages[-1].id) if messages else cursor)


def message_of(one: models.Message) -> Message:
    """Return a message as it is told."""
    return Message(one.pk, one.event, one.reference, one.at, one.agency or None)


@operation(
    "POST",
    "/webhooks",
    gives=Webhook,
    scope="notify",
    body=NewWebhook,
    status=201,
    problems=(409,),
)
def make_webhook(call: Call) -> Webhook:
    """Let messages be sent to an address from now on; the secret that signs them is told now.

    The same key again tells the same webhook.
    """
    new: NewWebhook = call.body
    if not new.url.startswith("https://") and not settings.OUTGOING_LOCAL:
        raise Failed(422, "body", "Only an https address is called.")
    call.do(lambda: None)
    owner = call.by.owner
    found = models.Webhook.objects.filter(owner=owner, key=call.key).first()
    if found is None:
        if models.Webhook.objects.filter(owner=owner).count() >= MOST:
            raise Failed(409, "conflict", f"There are {MOST} webhooks; delete one first.")
        last = models.Message.objects.filter(owner=owner).order_by("pk").last()
        found = models.Webhook.objects.create(
            owner=owner,
            key=call.key,
            url=new.url,
            events=list(new.events),
            made_at=call.now,
            next_at=call.now,
            taken=last.pk if last else 0,
        )
    return webhook_of(found, secret_of(found))


@operation("GET", "/webhooks", gives=Webhooks, scope="notify")
def webhooks(call: Call) -> Webhooks:
    """List the caller's webhooks."""
    found = models.Webhook.objects.filter(owner=call.by.owner).order_by("pk")
    return Webhooks(tuple(map(webhook_of, found)))


@operation("DELETE", "/webhooks/{id}", gives=None, scope="notify", status=204, problems=(404,))
def delete_webhook(call: Call, id: str) -> Answer:
    """Send nothing to a webhook any more."""
    number = int(id) if id.isascii() and id.isdigit() and len(id) < 19 else 0
    gone, _ = models.Webhook.objects.filter(owner=call.by.owner, pk=number).delete()
    if not gone:
        raise not_there()
    return Answer(None, 204)


def webhook_of(one: models.Webhook, secret: str | None = None) -> Webhook:
    """Return a webhook as it is told."""
    return Webhook(one.pk, one.url, tuple(one.events), one.failing_since, secret)


def secret_of(one: models.Webhook) -> str:
    """Return what signs the messages of a webhook: derived from our key and stored nowhere."""
    told = f"{one.pk}|{one.owner}|{one.key}"
    return salted_hmac("gatepost.webhook", told, algorithm="sha256").hexdigest()
