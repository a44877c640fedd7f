"""What is known of a trader's compliance: one's own findings, and what others open (RM-05)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.authority import rules as authority_rules
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import reader_of, record_listed
from gatepost.casework.easing import opened, outcomes
from gatepost.casework.index import Found, found_of
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.risk.intervals import Share, share_of
from gatepost.risk.scheme import Role


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one agency found with one kind of check: consignments found wrong of those looked at.

    ``clean`` are the clean ones in a row up to now; ``rights`` open it where it is another's.
    """

    agency: str
    check: str
    wrong: Share
    clean: int
    rights: tuple[str, ...] = ()


class History(msgspec.Struct, frozen=True):
    """The records that are open to who asks; ``ask`` are the agencies that hold more."""

    records: tuple[Record, ...]
    ask: tuple[str, ...]


def history_of(desk: Desk, actor: Actor, role: Role, party: str, now: datetime) -> History:
    """Return the compliance history of a party as far as it is open to the officer's agency.

    What others found is shown where a clause opens both the findings and the trader for
    assessing risk; else only whom to ask. It is put on record as a reading. ``Refused`` with
    AUTH-001 for who is no officer.
    """
    desk.refresh()
    reader = reader_of(desk, actor, "risk", "read", now)
    if not reader.agency:
        on = reader.day.isoformat()
        raise Refused([authority_rules.UNKNOWN_OFFICER.notice(officer=actor.id, day=on)])
    shown: dict[tuple[str, str], tuple[list[Found], dict[str, None]]] = {}
    ask: set[str] = set()
    references: dict[str, None] = {}
    for one in found_of(desk, role, party):
        rights: tuple[str, ...] = ()
        if one.agency != reader.agency:
            rights = opened(desk, reader.agency, role, one, reader.day)
            if not rights:
                ask.add(one.agency)
                continue
            references[one.reference] = None
        found, by = shown.setdefault((one.agency, one.check), ([], {}))
        found.append(one)
        by |= dict.fromkeys(rights)
    if references:
        record_listed(desk, reader, tuple(references), len(references), now)
    records = tuple(
        _record(agency, check, found, tuple(by)) for (agency, check), (found, by) in shown.items()
    )
    return History(records, tuple(sorted(ask)))


def _record(agency: str, check: str, found: list[Found], rights: tuple[str, ...]) -> Record:
    marks = [one.wrong for one in outcomes(found)]
    clean = 0
    for wrong in marks:
        clean = 0 if wrong else clean + 1
    return Record(agency, check, share_of(sum(marks), len(marks)), clean, rights)
