"""Instruments as the ledger knows them: what was proposed here, and what became of each since.

A row keeps, for each version of an instrument, the text if it was proposed here and the steps that
are on record; laid over the description they are what is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from gatepost.authority import events
from gatepost.authority.instrument import Agreement, LifeStep, StepName
from gatepost.casework.projection import INSTRUMENT, STAMP
from gatepost.kernel.event import Body
from gatepost.ledger.model import Row

STEP_OF: dict[type[Body], StepName] = {
    events.InstrumentSigned: "signed",
    events.InstrumentRatified: "ratified",
    events.InstrumentBegun: "in_force",
    events.InstrumentSuspended: "suspended",
    events.InstrumentResumed: "resumed",
    events.InstrumentEnded: "ended",
}
BODY_OF = {step: body for body, step in STEP_OF.items()}


class Version(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of an instrument on record: its text if proposed here, and its steps here."""

    instrument: str
    number: int
    agreement: Agreement | None = None
    steps: tuple[LifeStep, ...] = ()


Versions = dict[int, Version]


def evolve(instrument: str, versions: Versions, body: Body, day: date) -> Versions:
    """Return the versions of an instrument after ``body``, which happened on the law's ``day``."""
    match body:
        case events.InstrumentProposed(agreement=agreement, by=by):
            step = LifeStep("proposed", day, by)
            new = Version(instrument, agreement.version, agreement, (step,))
            return {**versions, agreement.version: new}
        case (
            events.InstrumentSigned()
            | events.InstrumentRatified()
            | events.InstrumentBegun()
            | events.InstrumentSuspended()
            | events.InstrumentResumed()
            | events.InstrumentEnded()
        ):
            step = LifeStep(STEP_OF[type(body)], day, body.by)
            old = versions.get(body.version, Version(instrument, body.version))
            new = msgspec.structs.replace(old, steps=(*old.steps, step))
            return {**versions, body.version: new}
        case _:
            return versions


def overlaid(described: Sequence[Agreement], kept: Iterable[Row]) -> tuple[Agreement, ...]:
    """Return the instruments of a description with what is on record laid over them."""
    known = {(one.id, one.version): one for one in described}
    for row in kept:
        version = msgspec.json.decode(row.value, type=Version)
        key = (version.instrument, version.number)
        text = version.agreement or known.get(key)
        if text is not None:
            life = (*text.life, *version.steps)
            known[key] = msgspec.structs.replace(text, life=life)
    return tuple(known.values())


def version_row(version: Version) -> Row:
    """Return the row of a version."""
    key = f"{version.instrument}|{version.number}"
    return Row(INSTRUMENT, key, msgspec.json.encode(version))


def stamp_row(stream: str, version: int) -> Row:
    """Return the row every process looks at: another after anything happens to what is described.

    Instruments and indicators share it, so that an act looks at one row.
    """
    return Row(STAMP, INSTRUMENT, msgspec.json.encode(f"{stream}@{version}"))
