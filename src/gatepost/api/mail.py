"""Sorting what happened into the mailboxes of those it concerns, from the log.

The log is read from where the last reading ended, and how far it came is stored with the messages:
a crash in between sorts the same events again, and each message is there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from gatepost.adapters.store.models import Credential, Message, Place
from gatepost.api.callers import FOR, machine_of
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.disclosure import USUAL, is_party, reader_of, view_in
from gatepost.casework.events import CasesListed
from gatepost.casework.masking import masked_events
from gatepost.casework.obligations import to_correct
from gatepost.casework.projection import CASE, LISTED, decode_case, stream_of
from gatepost.ledger.model import Recorded
from gatepost.lodgement.events import DeclarationAmended
from gatepost.web.site import Site

READER = "mail"
BATCH = 1_000

TO_PARTIES = frozenset(
    {
        "lodgement:declaration:accepted",
        "lodgement:declaration:amended",
        "lodgement:declaration:withdrawn",
        "lodgement:conveyance:arrived",
        "requirement:data:requested",
        "control:examination:performed",
        "release:decision:given",
        "release:hold:placed",
        "release:hold:lifted",
        "release:hold:expired",
        "release:condition:failed",
        "release:release:granted",
        "release:release:denied",
        "release:goods:removed",
        "release:appeal:answered",
    }
)
TO_AGENCIES = TO_PARTIES | {
    "control:finding:recorded",
    "release:appeal:lodged",
    "release:conflict:raised",
    "release:conflict:referred",
    "release:clock:escalated",
}


def sort_mail(site: Site, batch: int = BATCH) -> int:
    """Sort up to ``batch`` further events of the log and return how many were read.

    What is put into an agency's mailbox is a disclosure by notification: the gate decides, as it
    stands now, and it is on record before the message is there.
    """
    now = site.now()
    with transaction.atomic():
        place, _ = Place.objects.select_for_update().get_or_create(reader=READER)
        owners = list(owners_told(now))
        last, count = place.position, 0
        messages: list[Message] = []
        for last, recorded in site.desk.ledger.read_all(place.position, batch):
            count += 1
            if recorded.event.body.name() in TO_AGENCIES and owners:
                messages += _messages(site.desk, last, recorded, owners, now)
        _put_on_record(site, messages, owners, now)
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        if count:
            place.position = last
            place.save()
    return count


class Told(NamedTuple):
    """Somebody who may be told: a party, or an agency for the purposes its tokens name."""

    owner: str
    kind: str
    purposes: tuple[str, ...]


def owners_told(now: datetime) -> Iterator[Told]:
    """Yield everybody who holds a token in force by which it may be told."""
    found: dict[tuple[str, str], set[str]] = {}
    in_force = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    for one in Credential.objects.filter(in_force, revoked_at__isnull=True):
        if "notify" in one.scopes:
            purposes = found.setdefault((one.owner, one.kind), set())
            purposes |= {name.removeprefix(FOR) for name in one.scopes if name.startswith(FOR)}
    for (owner, kind), named in found.items():
        yield Told(owner, kind, tuple(sorted(named)) or (USUAL,))


def _messages(
    desk: Desk, position: int, recorded: Recorded, owners: Iterable[Told], now: datetime
) -> Iterator[Message]:
    view, _, reference = recorded.stream.partition("/")
    value = desk.ledger.row(CASE, reference) if view == CASE else None
    if value is None:
        return
    case = decode_case(value)
    name = recorded.event.body.name()
    for one in owners:
        if one.kind == "agency":
            told = _shown_to_agency(desk, case, recorded, one, now) or _to_correct(
                desk, reference, recorded, one.owner
            )
        else:
            told = name in TO_PARTIES and _is_party(desk, case, one.owner, now)
        if told:
            yield Message(
                owner=one.owner,
                position=position,
                event=name,
                reference=reference,
                agency=recorded.event.agency or "",
                at=recorded.event.at,
            )


def _shown_to_agency(desk: Desk, case: Case, recorded: Recorded, told: Told, now: datetime) -> bool:
    """Tell whether the gate lets an agency be notified of this event, for any of its purposes."""
    for purpose in told.purposes:
        reader = reader_of(desk, machine_of(told.owner), purpose, "notify", now)
        view = view_in(desk, case, reader)
        if view is not None and any(masked_events(view, [recorded])):
            return True
    return False


def _to_correct(desk: Desk, reference: str, recorded: Recorded, owner: str) -> bool:
    """Tell whether this amendment changed what an agency was shown before.

    A correction travels with the data (IX-04): whoever has them is told that they changed, and
    nothing else, whether the clause opens notifications or not and even if it has ended.
    """
    if not isinstance(recorded.event.body, DeclarationAmended):
        return False
    at = recorded.event.at
    return any(one.agency == owner and one.changed_at == at for one in to_correct(desk, reference))


def _is_party(desk: Desk, case: Case, owner: str, now: datetime) -> bool:
    """Tell whether a party of the case may be told of it: an agent while its mandate lasts."""
    return owner in case.known.parties and is_party(
        desk, case, owner, desk.jurisdiction.law_day(now)
    )


def _put_on_record(
    site: Site, messages: Iterable[Message], owners: Iterable[Told], now: datetime
) -> None:
    """Put on record of which cases each agency is told, once for a batch."""
    for one in owners:
        references = [m.reference for m in messages if m.owner == one.owner]
        if one.kind == "agency" and references:
            actor, cases = machine_of(one.owner), tuple(dict.fromkeys(references))
            body = CasesListed(", ".join(one.purposes), "notify", cases, len(references))
            stream = stream_of(LISTED, one.owner)
            site.write(partial(put_on_record, site.desk, stream, actor, one.owner, body, now))
