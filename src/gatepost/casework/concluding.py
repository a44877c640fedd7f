"""Proposing, signing, suspending and ending instruments: acts of the parties, with four eyes.

A change of what is shared, for what or with whom is a new version with a life of its own. What an
act changes counts in every process from the moment it is on record (IX-01, IN-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import msgspec

from gatepost.authority import events, rules
from gatepost.authority.instrument import Agreement, LifeStep, StepName, abroad
from gatepost.authority.lifecycle import allows, life_on
from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.instruments import (
    BODY_OF,
    Versions,
    evolve,
    stamp_row,
    version_row,
)
from gatepost.casework.once import answered, answered_again
from gatepost.casework.work import ATTEMPTS
from gatepost.description.checks.agreements import check_agreements
from gatepost.description.checks.disclosure import check_disclosure
from gatepost.description.checks.words import check_words
from gatepost.description.described import Described
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Append, Commit, Done, Row
from gatepost.lodgement import rules as lodgement_rules
from gatepost.requirement.compiled import Conditions

ActOnInstrument = Literal["propose", "sign", "ratify", "begin", "suspend", "resume", "end"]
STEPS: dict[ActOnInstrument, StepName] = {
    "propose": "proposed",
    "sign": "signed",
    "ratify": "ratified",
    "begin": "in_force",
    "suspend": "suspended",
    "resume": "resumed",
    "end": "ended",
}


class InstrumentAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on an instrument: ``id`` is its key, ``second`` the officer who confirms it.

    ``party`` is whose step it is, the officer's agency if left out; what a party abroad or a
    state did is recorded by an officer of a party here. ``text`` is the instrument proposed.
    """

    id: str
    act: ActOnInstrument
    instrument: str
    at: datetime
    version: int = 1
    by: str | None = None
    second: str | None = None
    party: str | None = None
    reason: str = ""
    text: Agreement | None = None


def conclude(desk: Desk, act: InstrumentAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` and answer; the same id answers the same, and a refused act leaves nothing."""
    key, digest = f"instrument-act|{act.id}", digest_of(act)
    stream = projection.stream_of(projection.INSTRUMENT, act.instrument)
    actor = desk.actor(act.by or by or "")
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            return answered_again(desk.ledger, act.id, act.instrument, known, digest)
        desk.refresh()
        before = [one.event for one in desk.ledger.read(stream)]
        try:
            bodies = tuple(_decide(desk, act, actor, now))
        except Refused as refused:
            return ActAnswer(act.id, "refused", act.instrument, (), refused.notices)
        zone = desk.jurisdiction.country.zone
        made = tuple(Event(act.at, one, zone, "manual", actor, actor.agency) for one in bodies)
        rows = _rows(desk, act.instrument, [*before, *made], stream)
        append = Append(stream, len(before), made)
        outcome = desk.ledger.commit(Commit(key, digest, now, (append,), rows))
        if isinstance(outcome, Done):
            return answered(act.id, act.instrument, made)
    return ActAnswer(act.id, "refused", act.instrument, (), (lodgement_rules.BUSY.notice(),))


def _rows(desk: Desk, instrument: str, happened: list[Event], stream: str) -> tuple[Row, ...]:
    """Return the rows of all versions of an instrument, and the one every process looks at."""
    versions: Versions = {}
    for event in happened:
        day = desk.jurisdiction.law_day(event.at)
        versions = evolve(instrument, versions, event.body, day)
    found = (version_row(one) for one in versions.values())
    return (*found, stamp_row(stream, len(happened)))


def _decide(desk: Desk, act: InstrumentAct, actor: Actor, now: datetime) -> Iterator[Body]:
    """Yield what happens, or refuse with everything that is wrong."""
    agreement = _text_of(desk, act)
    notices = [*_officers(desk, act, actor, agreement), *_text_faults(desk, act, agreement)]
    if act.at > now:
        notices.append(lodgement_rules.AHEAD_OF_TIME.notice("at", at=str(act.at), now=str(now)))
    if notices:
        raise Refused(notices)
    day = desk.jurisdiction.law_day(act.at)
    party = act.party or actor.agency or ""
    by = () if act.act in ("begin", "end") else (party,)
    step = LifeStep(STEPS[act.act], day, by)
    life = life_on(agreement, day)
    late = any(one.on > day for one in agreement.life)
    if late or not allows(agreement, life, step):
        raise Refused(
            [
                rules.STEP_REFUSED.notice(
                    instrument=act.instrument,
                    version=act.version,
                    state=life.state,
                    act=act.act,
                    party=party,
                )
            ]
        )
    if act.act == "propose":
        yield events.InstrumentProposed(agreement, by, act.second or "")
        return
    if act.act == "begin":
        yield from _ends(desk, act)
    kind: Any = BODY_OF[STEPS[act.act]]
    yield kind(act.version, by, act.second or "", act.reason)


def _ends(desk: Desk, act: InstrumentAct) -> Iterator[Body]:
    """Yield the end of other versions of the instrument: the new one takes their place."""
    day = desk.jurisdiction.law_day(act.at)
    for one in desk.jurisdiction.register.all_agreements:
        other = one.id == act.instrument and one.version != act.version
        if other and life_on(one, day).state in ("in_force", "suspended"):
            reason = f"version {act.version} takes its place"
            yield events.InstrumentEnded(one.version, (), act.second or "", reason)


def _text_of(desk: Desk, act: InstrumentAct) -> Agreement:
    known = {
        one.version: one
        for one in desk.jurisdiction.register.all_agreements
        if one.id == act.instrument
    }
    if act.act != "propose":
        found = known.get(act.version)
        if found is None:
            raise Refused([rules.UNKNOWN_INSTRUMENT.notice(id=act.instrument, version=act.version)])
        return found
    if act.text is None or act.text.id != act.instrument or act.text.version != act.version:
        raise Refused([rules.OTHER_TEXT.notice(id=act.instrument, version=act.version)])
    if act.version != max(known, default=0) + 1:
        raise Refused(
            [rules.NOT_THE_NEXT.notice(id=act.instrument, next=max(known, default=0) + 1)]
        )
    return msgspec.structs.replace(act.text, life=())


def _officers(
    desk: Desk, act: InstrumentAct, actor: Actor, agreement: Agreement
) -> Iterator[Notice]:
    """Yield why these two officers may not take this step for this party."""
    if agreement.kind == "law":
        yield rules.LAW_IS_MADE.notice(id=agreement.id)
    party = act.party or actor.agency or ""
    own = actor.agency or ""
    here = own in agreement.parties
    if act.act == "ratify":
        states = {abroad(one) for one in agreement.parties} | {desk.jurisdiction.country.code}
        mine = here and party in states
    else:
        foreign = abroad(party) is not None and party in agreement.parties
        mine = here and (party == own or foreign)
    if not mine:
        yield rules.NOT_YOURS_TO_SIGN.notice(party=party or actor.id, id=agreement.id)
    if act.second == actor.id:
        yield rules.SAME_OFFICER_TWICE.notice(officer=actor.id)
    for name in (actor.id, act.second):
        if name is None or not _may_agree(desk, name, own, act.at):
            yield rules.MAY_NOT_AGREE.notice(officer=name or "nobody", agency=own or "no agency")


def _may_agree(desk: Desk, name: str, agency: str, at: datetime) -> bool:
    register, day = desk.jurisdiction.register, desk.jurisdiction.law_day(at)
    officer = register.officer(name, day)
    return (
        officer is not None
        and register.agency_of(name) == agency
        and "agree" in officer.powers
        and any("agree" in mandate.powers for mandate in register.mandates(agency, day))
    )


class _Handed:
    """A text handed in, as the checks of a description look at it."""

    folder_agency = None

    def __init__(self, value: Any) -> None:
        self.value = value

    def where(self, *keys: str | int) -> str:
        """Return the way to a value in the text."""
        return "text" + "".join(f"/{key}" for key in keys)


def _text_faults(desk: Desk, act: InstrumentAct, agreement: Agreement) -> list[Notice]:
    """Return what ``gatepost check`` would say of a proposed text."""
    if act.act != "propose":
        return []
    parts = desk.jurisdiction.parts
    around = {
        kind: [_Handed(one) for one in parts.get(kind, ())]
        for kind in ("country", "agency", "post", "data_class")
    }
    described = Described({**around, "agreement": [_Handed(agreement)]}, (), Conditions({}))
    checks = (check_words, check_agreements, check_disclosure)
    return [notice for check in checks for notice in check(described)]
