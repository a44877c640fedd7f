"""The documents of a case, in the reader's language: release notice and examination report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, override
from django.utils.translation import gettext as _

from gatepost.adapters.audit import rules as audit_rules
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.documents import rules
from gatepost.adapters.documents.proofs import codes_of
from gatepost.bootstrap import open_sealer
from gatepost.casework.reading import Reading
from gatepost.consignment.model import Consignment
from gatepost.consignment.reading import read_consignment
from gatepost.control.events import ExaminationPerformed, FindingRecorded
from gatepost.kernel.notice import Refused
from gatepost.ledger.seal import Entry
from gatepost.release.events import GoodsReleased
from gatepost.web.site import Site
from gatepost.web.told import agency_name, moment, plain
from gatepost.web.trader.story import story_of
from gatepost.web.words import word

AT_ONCE = 20_000
"""Events sealed for one document at most; a longer log is sealed by 'gatepost audit seal'."""

CODES = 6
"""Codes on one document at most: the newest."""


class Kind(NamedTuple):
    """A kind of document: its title, and the events that it proves."""

    title: Any
    proves: tuple[str, ...]
    lead: Callable[[Reading], str]


class Offered(msgspec.Struct, frozen=True):
    """A document that can be had now."""

    kind: str
    title: str


def _released(reading: Reading) -> str:
    if reading.case.status == "held":
        return _("The goods were released and are held again.")
    conditional = any(one.status == "open" for one in reading.case.release.conditions.values())
    return (
        _("The goods are released under conditions.")
        if conditional
        else _("The goods are released: every agency concerned is satisfied.")
    )


def _examined(reading: Reading) -> str:
    wrong = any(
        isinstance(one.event.body, FindingRecorded) and one.event.body.finding.result != "conform"
        for one in reading.events
    )
    return _("Something was found not in order.") if wrong else _("Everything was in order.")


KINDS = {
    "release": Kind(gettext_lazy("Release notice"), (GoodsReleased.name(),), _released),
    "examination": Kind(
        gettext_lazy("Examination report"),
        (ExaminationPerformed.name(), FindingRecorded.name()),
        _examined,
    ),
}


def offered(reading: Reading) -> tuple[Offered, ...]:
    """Return the documents for which enough has happened."""
    happened = {one.event.body.name() for one in reading.events}
    return tuple(
        Offered(name, str(kind.title)) for name, kind in KINDS.items() if happened & {*kind.proves}
    )


def document(here: Site, reading: Reading, name: str, data: Path, now: datetime) -> bytes:
    """Return a document of a case as PDF, its events proven by the audit log in ``data``.

    In English where this machine has no font for the reader's language. ``Refused`` with DOC-003
    if nothing of it is sealed yet, and with DOC-004 where nothing can make documents.
    """
    try:
        from gatepost.adapters.documents.typeset import can_write, pdf_of
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_DOCUMENTS.notice()]) from fault
    _seal(here, data)
    proofs = list(
        codes_of(here.desk.ledger, AuditLog(data), reading.reference, KINDS[name].proves)
    )[-CODES:]
    if not proofs:
        raise Refused([rules.NOTHING_TO_PROVE.notice(reference=reading.reference)])
    language = get_language() or "en"
    with override(language if can_write(language) else "en"):
        return pdf_of(_page(here, reading, name, proofs, now), now)


def _seal(here: Site, data: Path) -> None:
    """Seal what happened lately, so that a document can be had at once; another may be at it."""
    sealer = open_sealer(here.desk.ledger, data, here.desk.jurisdiction.country.code)
    try:
        sealer.seal(at_most=AT_ONCE)
    except Refused as refused:
        if {one.code for one in refused.notices} != {audit_rules.BUSY.number}:
            raise


def _page(
    here: Site, reading: Reading, name: str, proofs: list[tuple[Entry, str]], now: datetime
) -> Any:
    from gatepost.adapters.documents.typeset import Code, Page

    jurisdiction, known = here.desk.jurisdiction, reading.case.known
    zone = jurisdiction.zone
    consignment = read_consignment(
        reading.dataset, known.regime, known.day, zone, jurisdiction.exchange(known.day)
    )
    return Page(
        get_language() or "en",
        get_language_bidi(),
        plain(jurisdiction.country.name),
        str(KINDS[name].title),
        reading.reference,
        KINDS[name].lead(reading),
        tuple(_facts(here, reading, consignment)),
        tuple(_goods(consignment)),
        _("What happened"),
        tuple(_lines(here, reading, name)),
        tuple(
            Code(_caption(one, datetime.fromisoformat(one.at), here), code) for one, code in proofs
        ),
        _(
            "Whoever has the public key of the log checks a code without network, with"
            " gatepost document verify. It proves what was decided then; whether something"
            " changed it later, the case tells."
        ),
        _("Made on %(at)s.") % {"at": moment(now, zone)},
    )


def _facts(here: Site, reading: Reading, consignment: Consignment) -> Iterator[tuple[str, str]]:
    case, known, zone = reading.case, reading.case.known, here.desk.jurisdiction.zone
    yield _("Status"), word(case.status, "status")
    if case.release.released is not None:
        yield _("Released"), moment(case.release.released.at, zone)
    yield _("Declarant"), known.declarant
    yield _("Yours"), known.functional_reference
    yield _("For"), word(known.regime, "regime")
    post = here.desk.jurisdiction.register.post(known.post or "", known.day)
    if post is not None:
        yield _("Border post"), plain(post.name)
    if consignment.conveyance and consignment.conveyance.id:
        yield _("Vehicle, flight or vessel"), consignment.conveyance.id
    yield _("Agencies"), ", ".join(map(agency_name, case.agencies))
    for one in case.release.conditions.values():
        if one.status == "open":
            until = moment(one.due, zone)
            yield (
                _("Condition"),
                _("%(text)s, until %(until)s") % {"text": one.text, "until": until},
            )


def _goods(consignment: Consignment) -> Iterator[tuple[str, ...]]:
    yield (
        _("Item"),
        _("Commodity code"),
        _("What it is"),
        _("Country of origin"),
        _("Net mass in kg"),
    )
    for item in consignment.items:
        mass = "" if item.net_mass is None else f"{item.net_mass:g}"
        yield (
            str(item.number),
            item.commodity or "",
            item.description or "",
            item.origin or "",
            mass,
        )


def _lines(here: Site, reading: Reading, name: str) -> Iterator[str]:
    zone = here.desk.jurisdiction.zone
    wanted = reading.events
    if name == "examination":
        wanted = tuple(
            one
            for one in reading.events
            if isinstance(one.event.body, ExaminationPerformed | FindingRecorded)
        )
    for line in story_of(wanted):
        said = f": {line.said}" if line.said else ""
        yield f"{moment(line.at, zone)}: {line.sentence}{said}"


def _caption(entry: Entry, at: datetime, here: Site) -> str:
    what = {
        GoodsReleased.name(): _("Release"),
        ExaminationPerformed.name(): _("Examination"),
        FindingRecorded.name(): _("Finding"),
    }
    return f"{what[entry.name]}, {moment(at, here.desk.jurisdiction.zone)}"
