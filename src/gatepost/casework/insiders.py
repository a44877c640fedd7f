"""Who may look at what agencies keep for themselves beside cases: instructions and minutes.

These are nobody's case, so no clause discloses them: they are open to officers in post of the
agencies whose they are, for whom it is no disclosure, and to the operator. Everybody else is
refused, and that they asked is on record (IX-02, GV-04, GV-07).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from gatepost.authority import rules
from gatepost.authority.instrument import abroad
from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.events import KeptActRefused, ReadRefused
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Notice, Refused


class Insider(NamedTuple):
    """For whom somebody reads: an agency, here or abroad, and the unit of it.

    ``agency`` is empty for who serves none today: a party, or a role that nobody holds.
    """

    agency: str
    unit: str | None


def insider_of(desk: Desk, actor: Actor, now: datetime) -> Insider | None:
    """Return for whom ``actor`` reads; ``None`` for the operator, who sees everything."""
    if actor.kind in ("operator", "system"):
        return None
    if actor.kind != "officer":
        return Insider("", None)
    agency = actor.agency or ""
    officer = desk.jurisdiction.register.officer(actor.id, desk.jurisdiction.law_day(now))
    if officer is None:
        return Insider(agency if abroad(agency) else "", None)
    return Insider(agency, officer.unit)


def outsider(desk: Desk, actor: Actor, owner: str, now: datetime) -> Refused:
    """Put on record that ``actor`` asked for what ``owner`` keeps, and return the refusal."""
    notice = rules.NOT_AN_INSIDER.notice(actor=actor.id, owner=owner)
    body = ReadRefused(notice.code, "", "list")
    _record(desk, projection.LISTED, actor, body, now)
    return Refused([notice])


def refused_act(
    desk: Desk, actor: Actor, kind: str, about: str, notices: tuple[Notice, ...], now: datetime
) -> None:
    """Put on record that an act on something beside cases was refused."""
    _record(desk, projection.REFUSED, actor, KeptActRefused(kind, about, notices), now)


def _record(
    desk: Desk, view: str, actor: Actor, body: ReadRefused | KeptActRefused, now: datetime
) -> None:
    stream = projection.stream_of(view, actor.agency or actor.id or "nobody")
    put_on_record(desk, stream, actor, actor.agency or "", body, now)
