"""Playing a written case: what is given, what is expected, and where the two differ.

A case is a page that an agency expert can read and write. It lodges one or more
declarations, acts on them, and says what must come of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from gatepost.authority.clause import Channel
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import open_case
from gatepost.casework.lodge import lodge
from gatepost.casework.projection import CASE, MOVEMENT, decode_case, decode_movement
from gatepost.casework.retention import term_of
from gatepost.casework.shorthand import Declaration, expand
from gatepost.casework.shown import View
from gatepost.casework.story import open_agencies
from gatepost.kernel.digest import digest_of
from gatepost.kernel.language import Text
from gatepost.kernel.notice import Refused
from gatepost.release.events import ClockEscalated
from gatepost.risk.events import AssessmentMade


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold now; what is not named is not looked at.

    ``agencies``, ``hits``, ``fees``, ``notices`` and ``controls`` are the whole of
    what is there; ``places`` is where each control is made. ``needs`` is, for each agency named,
    all its requirements and whether each is ``met`` or ``open``. ``hits`` leaves out what chance
    selected.
    ``kept`` is until when a case that ended is kept and what is done then, such as
    ``2029-07-01 delete``, and ``for ever`` where an agency it concerns has no rule.
    ``under`` are the mandates and other rules behind what this step alone made happen.
    ``escalated`` are the levels and units told by service clocks: ``local customs-gate``.
    Of a ``read``, ``shows`` are the classes of data of which everything is shown, of the case or
    of some other agency's part in it, and ``rights`` the mandates and clauses behind it.
    """

    refused: tuple[str, ...] = ()
    status: str | None = None
    agencies: tuple[str, ...] | None = None
    needs: dict[str, dict[str, str]] | None = None
    hits: tuple[str, ...] | None = None
    channel: str | None = None
    controls: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    stops: int | None = None
    avoided: int | None = None
    fees: dict[str, float] | None = None
    notices: tuple[str, ...] | None = None
    waiting: tuple[str, ...] | None = None
    happened: tuple[str, ...] | None = None
    withheld: tuple[str, ...] | None = None
    rules: tuple[str, ...] | None = None
    under: tuple[str, ...] | None = None
    escalated: tuple[str, ...] | None = None
    kept: str | None = None
    shows: tuple[str, ...] | None = None
    rights: tuple[str, ...] | None = None


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody asks to see a case, for a purpose and by a channel."""

    by: str
    purpose: str | None = None
    channel: Channel = "read"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing done: a declaration lodged, an act or a reading; and what must come of it.

    ``of`` is the number of the declaration, from 1, that it is on. ``amended``
    is the corrected declaration of an ``amend``.
    """

    at: str
    lodge: Declaration | None = None
    act: dict[str, Any] | None = None
    read: Look | None = None
    of: int = 1
    amended: Declaration | None = None
    expect: Expect = Expect()


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: its name is a sentence, ``story`` the story it belongs to."""

    name: Text
    story: str
    steps: tuple[Step, ...]


class Difference(msgspec.Struct, frozen=True):
    """Where a case came out otherwise: the step, what was looked at, expected and found."""

    step: int
    what: str
    expected: Any
    found: Any


class Played(msgspec.Struct, frozen=True):
    """A case played: where it differs, and every rule that had a part in it."""

    differences: tuple[Difference, ...]
    rules: frozenset[str]


def play(desk: Desk, written: Written) -> Played:
    """Play a case on a desk whose ledger is empty."""
    references: list[str] = []
    differences: list[Difference] = []
    for number, step in enumerate(written.steps, 1):
        now = _moment(step.at, desk)
        before = len(list(desk.ledger.read_all()))
        view: View | None = None
        if step.read is not None:
            refused, view = _look(desk, step.read, now, _reference(references, step.of))
            happened: tuple[str, ...] = ()
            notices: tuple[str, ...] = ()
        else:
            refused, happened, notices = _do(desk, step, now, number, references)
        day = desk.jurisdiction.law_day(now)
        found = _found(desk, references, step.of if step.act else len(references), day)
        found |= _shown(desk, view)
        found |= {"refused": refused, "happened": happened, "under": _under(desk, before)}
        if step.lodge is not None:
            found["notices"] = notices
        differences += _differences(number, step.expect, found)
    day = desk.jurisdiction.law_day(now) if written.steps else date.max
    behind = frozenset(_rules(desk)) | frozenset(_keeping(desk, references, day))
    return Played(tuple(differences), behind)


def _keeping(desk: Desk, references: list[str], day: date) -> Iterator[str]:
    """Yield the rules by which the cases that ended are kept."""
    for reference in references:
        value = desk.ledger.row(CASE, reference)
        term = term_of(desk, reference, decode_case(value), day) if value else None
        yield from (one.id for one in (term.kept.rules if term else ()))


def _under(desk: Desk, after: int) -> tuple[str, ...]:
    """Return the rules behind what an agency made happen since a position of the log."""
    events = (recorded.event for _, recorded in desk.ledger.read_all(after))
    return tuple(dict.fromkeys(e.rule for e in events if e.rule and e.actor.kind == "officer"))


def _look(
    desk: Desk, look: Look, now: datetime, reference: str
) -> tuple[tuple[str, ...], View | None]:
    """Ask to see a case; return the codes it was refused with, or what is shown."""
    try:
        actor = desk.actor(look.by)
        return (), open_case(desk, reference, actor, now, look.purpose, look.channel).view
    except Refused as refused:
        return _codes(refused.notices), None


def _shown(desk: Desk, view: View | None) -> dict[str, Any]:
    """Return the classes of data that a view shows whole, of the case or of others' records."""
    if view is None:
        return {"shows": (), "rights": ()}
    masks = desk.jurisdiction.disclosure.masks
    shown = tuple(name for name, mask in masks.items() if mask & view.disclosed == mask)
    return {"shows": shown, "rights": tuple(right.name for right in view.rights)}


def _reference(references: list[str], of: int) -> str:
    """Return the reference of the declaration numbered ``of``; of one refused, none."""
    return references[of - 1] if 0 < of <= len(references) else ""


def _moment(text: str, desk: Desk) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.jurisdiction.zone)


def _do(
    desk: Desk, step: Step, now: datetime, number: int, references: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Do a step; return the codes it was refused with, what happened and the notices."""
    if step.lodge is not None:
        dataset = expand(step.lodge)
        try:
            answer = lodge(desk, dataset, digest_of(dataset), now)
        except Refused as refused:
            return _codes(refused.notices), (), ()
        references.append(answer.reference or "")
        return (), (), _codes(answer.notices)
    fields: dict[str, Any] = {
        "id": f"step-{number}",
        "reference": _reference(references, step.of),
        "at": now.isoformat(),
        **(step.act or {}),
    }
    if step.amended is not None:
        fields["declaration"] = expand(step.amended)
    for name in ("due", "expires", "started"):
        if isinstance(fields.get(name), str):
            fields[name] = _moment(fields[name], desk).isoformat()
    act = msgspec.convert(fields, Act, strict=False)
    done = perform(desk, act, now)
    return _codes(done.notices), done.happened, ()


def _codes(notices: Iterable[Any]) -> tuple[str, ...]:
    return tuple(notice.code for notice in notices)


def _found(desk: Desk, references: list[str], of: int, day: date) -> dict[str, Any]:
    """Return what there is to look at in the case numbered ``of``."""
    if not 0 < of <= len(references):
        return {}
    value = desk.ledger.row(CASE, references[of - 1])
    if value is None:
        return {}
    case = decode_case(value)
    stored = desk.ledger.row(MOVEMENT, case.known.movement)
    plan = decode_movement(stored).plan if stored else None
    return {
        "status": case.status,
        "agencies": case.agencies,
        "needs": _needs(case),
        "hits": _hits(desk, references[of - 1]),
        "channel": case.channel,
        "controls": tuple(
            f"{c.agency} {c.kind} {c.check} {c.target} {c.status}"
            for c in case.controls.by_id.values()
        ),
        "places": tuple(
            " ".join(filter(None, (c.agency, c.check, c.target, c.place, c.site)))
            for c in case.controls.by_id.values()
        ),
        "stops": len(plan.stops) if plan else 0,
        "avoided": plan.avoided if plan else 0,
        "fees": _fees(case),
        "waiting": _waiting(case, desk),
        "withheld": case.release.released.withheld if case.release.released else (),
        "rules": tuple(sorted(_rules(desk))),
        "escalated": _escalated(desk, references[of - 1]),
        "kept": _kept(desk, references[of - 1], case, day),
    }


def _kept(desk: Desk, reference: str, case: Case, day: date) -> str | None:
    """Return until when a case is kept and what is done then; ``None`` while it goes on."""
    term = term_of(desk, reference, case, day)
    if term is None:
        return None
    return "for ever" if term.kept.without else f"{term.kept.until} {term.kept.then}"


def _needs(case: Case) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for need in case.needs:
        states = found.setdefault(need.agency, {})
        if states.get(need.requirement) != "open":
            states[need.requirement] = "open" if need.open else "met"
    return found


def _hits(desk: Desk, reference: str) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for recorded in desk.ledger.read(f"{CASE}/{reference}"):
        body = recorded.event.body
        if isinstance(body, AssessmentMade):
            found = tuple(dict.fromkeys(hit.indicator for hit in body.hits if not hit.random))
    return found


def _escalated(desk: Desk, reference: str) -> tuple[str, ...]:
    """Return whom an agency's clock told so far: ``level unit`` in order."""
    return tuple(
        f"{body.level} {body.unit}"
        for recorded in desk.ledger.read(f"{CASE}/{reference}")
        if isinstance(body := recorded.event.body, ClockEscalated)
    )


def _fees(case: Case) -> dict[str, float]:
    found: dict[str, float] = {}
    for charge in case.charges:
        found[charge.fee] = round(found.get(charge.fee, 0.0) + charge.amount, 2)
    return found


def _waiting(case: Case, desk: Desk) -> tuple[str, ...]:
    if case.release.released is not None:
        return ()
    return open_agencies(case, desk.jurisdiction.users_on)


def _differences(number: int, expect: Expect, found: Mapping[str, Any]) -> Iterator[Difference]:
    for name in expect.__struct_fields__:
        wanted = getattr(expect, name)
        if wanted is None:
            continue
        there = found.get(name)
        if name == "needs":
            yield from _need_differences(number, wanted, there or {})
        elif name == "rules":
            missing = [one for one in wanted if one not in (there or ())]
            if missing:
                yield Difference(number, name, wanted, tuple(missing))
        elif not _same(wanted, there):
            yield Difference(number, name, wanted, there)


def _need_differences(
    number: int, wanted: Mapping[str, Mapping[str, str]], there: Mapping[str, Mapping[str, str]]
) -> Iterator[Difference]:
    for agency, states in wanted.items():
        if dict(there.get(agency, {})) != dict(states):
            yield Difference(number, f"needs of {agency}", states, there.get(agency, {}))


def _same(wanted: Any, there: Any) -> bool:
    if isinstance(wanted, tuple) and isinstance(there, tuple):
        return sorted(wanted) == sorted(there)
    return bool(wanted == there)


def _rules(desk: Desk) -> Iterator[str]:
    """Yield the name of every requirement, indicator, mandate, clause and row behind an event."""
    for _, recorded in desk.ledger.read_all():
        event = recorded.event
        if event.rule:
            yield event.rule
        body = event.body
        for field in ("needs", "charges", "hits", "controls"):
            for one in getattr(body, field, ()):
                for name in ("requirement", "fee", "indicator", "source", "placed_by"):
                    found = getattr(one, name, None)
                    if found:
                        yield found
        for one in (*getattr(body, "hits", ()), *getattr(body, "spared", ())):
            if one.eased is not None:
                yield from one.eased.by
        yield from getattr(body, "rows", ())
        yield from (right.name for right in getattr(body, "rights", ()))
        plan = getattr(body, "plan", None)
        if plan is not None:
            yield from (clause for stop in plan.stops for clause in stop.clauses)
