"""Raising findings of the overlap review, consenting, carrying out and measuring (RG-03)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.casework.projection import FINDING, instant
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Row
from gatepost.review.decision import events, rules
from gatepost.review.decision.model import Decision, Standing, folded
from gatepost.review.overlap.model import FindingKind, Remedy

MEASURED_AFTER = timedelta(weeks=12)
"""How long after the first day an effect is measured, where nobody says otherwise."""

_encode = msgspec.json.Encoder().encode
decode_decision = msgspec.json.Decoder(Decision).decode
ActOnFinding = Literal["raise", "consent", "object", "carry_out", "measure", "withdraw"]
ALLOWED: dict[ActOnFinding, tuple[Standing, ...]] = {
    "consent": ("open", "objected"),
    "object": ("open", "objected"),
    "carry_out": ("decided",),
    "measure": ("carried_out",),
    "withdraw": ("open", "objected"),
}
"""How far a finding has come when an act on it is possible."""


class FindingAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on a finding; ``id`` is its key.

    ``raise`` reads ``kind``, ``agencies``, ``rules``, ``sentence``, ``remedy``, ``from`` (the first
    day of the remedy; left out, the day itself) and ``measure`` (left out, twelve weeks later);
    ``object`` and ``withdraw`` read ``reason``, ``carry_out`` reads ``legal`` (the law or clause by
    which it stands), ``measure`` reads ``before``, ``after``, ``unit`` and ``source``.
    """

    id: str
    act: ActOnFinding
    finding: str
    at: datetime
    by: str | None = None
    kind: FindingKind = "redundant"
    agencies: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    sentence: str = ""
    remedy: Remedy = "keep"
    effective: date | None = msgspec.field(default=None, name="from")
    measure: date | None = None
    reason: str = ""
    legal: str = ""
    before: float = 0.0
    after: float = 0.0
    unit: str = ""
    source: str = ""


def decide(desk: Desk, act: FindingAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` for ``by`` (or whom the act names) and answer; refused acts leave nothing."""
    named = Named(act.id, act.finding, act.at, act.by or by or "")
    return keep(desk, FINDING, named, act, now, lambda keeping: _act(keeping, act), decision_row)


def decision_row(key: str, happened: Iterable[Event]) -> Row:
    """Return the row of a finding: how far it has come, in the list of who raised it."""
    found = folded(happened)
    assert found is not None
    first = datetime.combine(found.raised_on, datetime.min.time())
    return Row(FINDING, key, _encode(found), found.raised_by, None, instant(first))


def decisions(desk: Desk, agency: str | None = None) -> Iterator[Decision]:
    """Yield the findings on record, or those that affect an agency."""
    for row in desk.ledger.rows(FINDING):
        found = decode_decision(row.value)
        if agency is None or agency in found.agencies:
            yield found


def _act(keeping: Keeping, act: FindingAct) -> None:
    known = folded(keeping.events(act.finding))
    notices = [*_officer(keeping)]
    if act.act == "raise":
        notices += _raise_faults(keeping, act, known)
        _refuse(notices)
        _raise(keeping, act)
        return
    if known is None:
        raise Refused([*notices, rules.UNKNOWN_FINDING.notice(finding=act.finding)])
    notices += _faults(keeping, act, known)
    _refuse(notices)
    _do(keeping, act, known)


def _do(keeping: Keeping, act: FindingAct, known: Decision) -> None:
    agency, key = keeping.actor.agency or "", act.finding
    match act.act:
        case "consent":
            keeping.happen(key, events.RemedyConsented(agency))
            if set(known.waiting) <= {agency}:
                keeping.happen(key, events.RemedyDecided())
        case "object":
            keeping.happen(key, events.RemedyObjected(agency, act.reason))
        case "carry_out":
            keeping.happen(key, events.RemedyCarriedOut(act.legal))
        case "measure":
            body = events.EffectMeasured(act.before, act.after, act.unit, act.source)
            keeping.happen(key, body)
        case _:
            keeping.happen(key, events.FindingWithdrawn(act.reason))


def _raise(keeping: Keeping, act: FindingAct) -> None:
    """Raise a finding; who raises it consents to its own proposal."""
    effective = act.effective or keeping.day
    body = events.FindingRaised(
        act.finding,
        act.kind,
        act.agencies,
        act.rules,
        act.sentence,
        act.remedy,
        effective,
        act.measure or effective + MEASURED_AFTER,
    )
    keeping.happen(act.finding, body)
    agency = keeping.actor.agency or ""
    keeping.happen(act.finding, events.RemedyConsented(agency))
    if set(act.agencies) == {agency}:
        keeping.happen(act.finding, events.RemedyDecided())


def _officer(keeping: Keeping) -> Iterator[Notice]:
    """Yield why this actor may not agree for an agency."""
    register, day = keeping.desk.jurisdiction.register, keeping.day
    actor, agency = keeping.actor, keeping.actor.agency or ""
    officer = register.officer(actor.id or "", day)
    agrees = any("agree" in mandate.powers for mandate in register.mandates(agency, day))
    if officer is None or "agree" not in officer.powers or not agrees:
        yield rules.MAY_NOT_AGREE.notice(officer=actor.id or "nobody")


def _raise_faults(keeping: Keeping, act: FindingAct, known: Decision | None) -> Iterator[Notice]:
    if known is not None:
        yield rules.RAISED_ALREADY.notice(finding=act.finding)
    if not act.sentence.strip():
        yield rules.WITHOUT_WORDS.notice("sentence", what="the sentence")
    yield from _affected(keeping, act.finding, act.agencies)
    parts = keeping.desk.jurisdiction.parts
    here = {one.id for one in parts["agency"] if one.valid.on(keeping.day)}
    for agency in act.agencies:
        if agency not in here:
            yield rules.TOO_FEW.notice("agencies", agency=agency)
    owners = {
        one.id: one.agency
        for kind in ("requirement", "indicator", "mandate", "fee")
        for one in parts.get(kind, ())
    }
    for rule in act.rules:
        if rule not in owners:
            yield rules.UNKNOWN_RULE.notice("rules", rule=rule)
        elif owners[rule] not in act.agencies:
            yield rules.OWNER_LEFT_OUT.notice("rules", rule=rule, agency=owners[rule])
    effective = act.effective or keeping.day
    if act.measure is not None and act.measure < effective:
        values = {"measure": str(act.measure), "effective": str(effective)}
        yield rules.DAYS_REVERSED.notice("measure", **values)


def _faults(keeping: Keeping, act: FindingAct, known: Decision) -> Iterator[Notice]:
    yield from _affected(keeping, act.finding, known.agencies)
    if known.standing not in ALLOWED[act.act]:
        standing = known.standing.replace("_", " ")
        yield rules.NOT_NOW.notice(finding=act.finding, standing=standing, act=act.act)
    if act.act == "withdraw" and keeping.actor.agency != known.raised_by:
        yield rules.NOT_RAISED_BY_YOU.notice(finding=act.finding, agency=known.raised_by)
    wanted = {
        "object": {"reason": act.reason},
        "withdraw": {"reason": act.reason},
        "carry_out": {"legal": act.legal},
        "measure": {"unit": act.unit, "source": act.source},
    }
    for name, text in wanted.get(act.act, {}).items():
        if not text.strip():
            yield rules.WITHOUT_WORDS.notice(name, what=f"the {name}")


def _affected(keeping: Keeping, finding: str, agencies: tuple[str, ...]) -> Iterator[Notice]:
    if keeping.actor.agency not in agencies:
        agency = keeping.actor.agency or keeping.actor.id or "nobody"
        named = ", ".join(agencies) or "none"
        yield rules.NOT_AFFECTED.notice(finding=finding, agency=agency, agencies=named)


def _refuse(notices: list[Notice]) -> None:
    if notices:
        raise Refused(notices)
