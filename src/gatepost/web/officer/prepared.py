"""Four eyes: what one officer prepares happens when a second one confirms it (IN-01)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db.models import QuerySet

from gatepost.adapters.store.models import Prepared
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.kernel.notice import Notice
from gatepost.web.officer.forms import fresh
from gatepost.web.site import site
from gatepost.web.visitor import Visitor

KEPT = timedelta(days=1)
"""How long what was prepared waits for a second officer."""


class Waiting(msgspec.Struct, frozen=True):
    """A prepared act as the page shows it; ``own`` is what its reader prepared himself."""

    number: int
    by: str
    act: Act
    made_at: datetime
    own: bool


def prepare(who: Visitor, act: Act, now: datetime) -> None:
    """Keep an act until a second officer of the agency confirms it."""
    Prepared.objects.filter(made_at__lt=now - KEPT).delete()
    fields = msgspec.to_builtins(act)
    Prepared.objects.create(
        reference=act.reference, agency=who.agency, by=who.actor.id, act=fields, made_at=now
    )


def waiting(who: Visitor, reference: str, now: datetime) -> tuple[Waiting, ...]:
    """Return what waits for a second officer of the reader's own agency on a case."""
    found = _of(who, reference, now).order_by("made_at")
    return tuple(
        Waiting(one.pk, one.by, _act(one.act), one.made_at, one.by == who.actor.id) for one in found
    )


def confirm(who: Visitor, reference: str, number: str, now: datetime) -> tuple[Notice, ...]:
    """Do what another officer prepared, with who is asking as the second; return what refuses it.

    Nothing happens where there is no such act, or no more.
    """
    found = _of(who, reference, now).filter(pk=_number(number)).first()
    if found is None:
        return ()
    here = site()
    act = msgspec.structs.replace(_act(found.act), at=now, second=who.actor.id)
    by = found.by
    done = here.write(lambda: perform(here.desk, act, now, by))
    if done.status == "done":
        found.delete()
    else:
        # The refusal stands under this id; whoever tries again does another act.
        found.act = {**found.act, "id": f"web-{fresh()}"}
        found.save(update_fields=["act"])
    return done.notices


def drop(who: Visitor, reference: str, number: str, now: datetime) -> None:
    """Let go of what was prepared: whoever prepared it, or a colleague who will not confirm it."""
    _of(who, reference, now).filter(pk=_number(number)).delete()


def _of(who: Visitor, reference: str, now: datetime) -> QuerySet[Prepared]:
    return Prepared.objects.filter(reference=reference, agency=who.agency, made_at__gte=now - KEPT)


def _act(fields: dict[str, Any]) -> Act:
    return msgspec.convert(fields, Act)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
