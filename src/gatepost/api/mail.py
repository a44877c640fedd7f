"""Sorting what happened into the mailboxes of those it concerns, from the log.

The log is read from where the last reading ended, and how far it came is stored with the messages:
a crash in between sorts the same events again, and each message is there once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from gatepost.adapters.store.models import Credential, Message, Place
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.parties import stands_for
from gatepost.casework.projection import CASE, decode_case
from gatepost.ledger.model import Recorded

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
    }
)
TO_AGENCIES = TO_PARTIES | {
    "control:finding:recorded",
    "release:appeal:lodged",
    "release:conflict:raised",
    "release:conflict:referred",
    "release:clock:escalated",
}


def sort_mail(desk: Desk, batch: int = BATCH) -> int:
    """Sort up to ``batch`` further events of the log and return how many were read."""
    with transaction.atomic():
        place, _ = Place.objects.select_for_update().get_or_create(reader=READER)
        owners = dict(_owners())
        day_of = desk.jurisdiction.law_day
        last, count = place.position, 0
        messages: list[Message] = []
        for last, recorded in desk.ledger.read_all(place.position, batch):
            count += 1
            if recorded.event.body.name() in TO_AGENCIES and owners:
                day = day_of(recorded.recorded_at)
                messages += _messages(desk, last, recorded, owners, day)
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        if count:
            place.position = last
            place.save()
    return count


def _owners() -> Iterator[tuple[str, str]]:
    """Yield everybody who may be told, and whether it is a party or an agency."""
    for one in Credential.objects.filter(revoked_at__isnull=True):
        if "notify" in one.scopes:
            yield one.owner, one.kind


def _messages(
    desk: Desk, position: int, recorded: Recorded, owners: dict[str, str], day: date
) -> Iterable[Message]:
    view, _, reference = recorded.stream.partition("/")
    value = desk.ledger.row(CASE, reference) if view == CASE else None
    if value is None:
        return
    case = decode_case(value)
    name = recorded.event.body.name()
    for owner in _told(desk, case, name, owners, day):
        yield Message(
            owner=owner,
            position=position,
            event=name,
            reference=reference,
            agency=recorded.event.agency or "",
            at=recorded.event.at,
        )


def _told(desk: Desk, case: Case, name: str, owners: dict[str, str], day: date) -> Iterator[str]:
    jurisdiction = desk.jurisdiction
    for agency in case.agencies:
        if owners.get(agency) == "agency":
            yield agency
    if name not in TO_PARTIES:
        return
    country = jurisdiction.country.code
    for party in case.known.parties:
        if owners.get(party) == "party" and stands_for(
            jurisdiction.register, case.known, country, party, day
        ):
            yield party
