"""Acting on a case, one act at a time or all that a post did while it had no line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gatepost.adapters.formats import json_lodgement
from gatepost.api.declarations import reading_of
from gatepost.api.model import Acted, NewAct, Sync, Synced, SyncedAct
from gatepost.api.operations import Call, operation
from gatepost.api.problems import Failed, Wrong, wrong
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.answers import ActAnswer
from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOMENTS = ("at", "started", "due", "expires")


@operation(
    "POST",
    "/declarations/{reference}/acts",
    gives=Acted,
    scope="act",
    body=NewAct,
    problems=(403, 404, 422),
)
def act(call: Call, reference: str) -> Acted:
    """Do an act on a case; refused, it leaves the record of its refusal.

    An agency's machine names in `by` the officer who acted; the gate asks whether that officer may.
    """
    told: NewAct = call.body
    fields = msgspec.structs.asdict(told)
    who = _by(call, told.by)
    reading = reading_of(call, reference, call.site.desk.actor(who))
    fields["at"] = told.at or call.now
    identity = _identity(call, call.key)
    done = call.do(
        lambda: perform(call.site.desk, act_of(call, identity, reading.reference, fields), call.now)
    )
    return acted(call.key, done)


@operation("POST", "/sync", gives=Synced, scope="act", body=Sync, problems=(403, 422))
def sync(call: Call) -> Synced:
    """Take over what a post did while it had no line, each act once however often it is sent.

    Each act carries an id of the post's own and the moment at which it happened.
    """
    sent: Sync = call.body
    return Synced(call.do(lambda: tuple(_synced(call, one) for one in sent.acts)))


def _synced(call: Call, one: SyncedAct) -> Acted:
    fields = msgspec.structs.asdict(one)
    identity = _identity(call, fields.pop("id"))
    reference = fields.pop("reference").upper()
    try:
        done = perform(call.site.desk, act_of(call, identity, reference, fields), call.now)
    except Failed as failed:
        told = failed.problem
        notices = told.notices or (Wrong(told.type, f"{told.title} {told.detail}".strip(), ""),)
        return Acted(one.id, "refused", None, (), notices)
    except Refused as refused:
        return Acted(one.id, "refused", None, (), wrong(refused.notices))
    return acted(one.id, done)


def _identity(call: Call, told: str) -> str:
    """Return the id of an act here; no two owners share one, whatever stands in their names."""
    owner = call.by.owner.replace("%", "%25").replace("|", "%7C")
    return f"api|{owner}|{told}"


def act_of(call: Call, identity: str, reference: str, fields: dict[str, Any]) -> Act:
    """Return the act that was sent, done by who may speak for the caller."""
    _moments(fields)
    zone = fields["zone"]
    if zone is not None and not is_zone(zone):
        raise Failed(422, "body", "The zone is no time zone such as Europe/Berlin.")
    fields["by"] = _by(call, fields["by"])
    declaration = fields["declaration"]
    if declaration is not None:
        fields["declaration"] = json_lodgement.read(msgspec.json.encode(declaration))
    return Act(id=identity, reference=reference, **fields)


def _moments(fields: dict[str, Any]) -> None:
    for name in MOMENTS:
        found: datetime | None = fields[name]
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            title = f"`{name}` lies outside the years {FIRST_YEAR} to {LAST_YEAR}."
            raise Failed(422, "body", title)


def _by(call: Call, named: str | None) -> str:
    """Return who acts: the party itself, or an officer of the caller's agency."""
    caller = call.by
    if caller.kind == "party":
        # A token in a name that means somebody else here, such as an officer, is for nothing.
        if named not in (None, caller.owner) or call.site.desk.actor(caller.owner) != caller.actor:
            raise Failed(403, "not-allowed", "A party acts as itself only.")
        return caller.owner
    if named is None:
        raise Failed(422, "body", "Name in `by` the officer who acted.")
    if call.site.desk.jurisdiction.register.agency_of(named) != caller.owner:
        raise Failed(403, "not-allowed", "Only an officer of your own agency can be named.")
    return named


def acted(identity: str, done: ActAnswer) -> Acted:
    """Return what came of an act, as it is told."""
    return Acted(identity, done.status, done.reference, done.happened, wrong(done.notices))
