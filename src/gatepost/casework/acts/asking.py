"""An agency asks for more data, or overrides a selection."""

from __future__ import annotations

import msgspec

from gatepost.casework.acts.gate import agency_of, allowed
from gatepost.casework.acts.model import Act
from gatepost.casework.determining import replan
from gatepost.casework.settling import settle_case
from gatepost.casework.work import Work
from gatepost.consignment.dataset import NOTHING, Tree, each
from gatepost.consignment.model import Consignment
from gatepost.control.events import ControlsOrdered
from gatepost.control.model import Control
from gatepost.kernel.notice import Refused
from gatepost.requirement import rules
from gatepost.requirement.events import DataRequested
from gatepost.risk import rules as risk_rules
from gatepost.risk.events import ChannelOverridden


def request_data(work: Work, act: Act) -> None:
    """Ask the declarant for a document (``document``) or an element (``data``, a path).

    What is already held is refused, or recorded as an exception with one of the
    published reasons (SW-03).
    """
    mandate = allowed(work, act, "request_data")
    asked = act.document or act.data
    if asked is None:
        raise Refused([rules.NOTHING_ASKED.notice()])
    agency = agency_of(work, act)
    known = work.desk.jurisdiction.reason_codes("request_data")
    held = _held(work, act)
    if held and act.exception is None:
        raise Refused([rules.ALREADY_HELD.notice(agency=agency, asked=asked)])
    if act.exception is not None and act.exception not in known:
        notice = rules.UNKNOWN_REASON.notice(reason=act.exception, known=", ".join(known))
        raise Refused([notice])
    work.happen(
        act.reference,
        DataRequested(asked, act.text, act.exception if held else None),
        agency=agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def _held(work: Work, act: Act) -> bool:
    """Tell whether what is asked for was lodged, or was asked for before."""
    if (act.document or act.data) in work.case(act.reference).asked:
        return True
    if act.document is not None:
        consignment = work.consignment(act.reference)
        papers = [*consignment.documents]
        papers += [paper for item in consignment.items for paper in item.documents]
        papers += [paper for person in consignment.travellers for paper in person.documents]
        return any(paper.code == act.document and paper.id for paper in papers)
    found: list[Tree] = [work.dataset(act.reference)]
    *parents, leaf = (act.data or "").split("/")
    for name in parents:
        found = [tree for parent in found for tree in each(parent, name) if isinstance(tree, dict)]
    return any(leaf in (tree or NOTHING) for tree in found)


def override(work: Work, act: Act) -> None:
    """Set aside controls of indicators (``controls``) or order one (``order``), for a coded reason.

    A second officer confirms it where the mandate says so; a control that a
    requirement prescribes cannot be set aside (RM-04, IN-01).
    """
    mandate = allowed(work, act, "override", concerned=act.order is None)
    agency = agency_of(work, act)
    known = work.desk.jurisdiction.reason_codes("override")
    case = work.case(act.reference)
    cancelled = [c for c in case.controls.open if c.agency == agency and c.id in act.controls]
    notices = [
        risk_rules.OBLIGATORY.notice(control=c.id, source=c.source)
        for c in cancelled
        if c.prescribed
    ]
    if act.reason not in known:
        notices.append(risk_rules.UNKNOWN_REASON.notice(reason=act.reason, known=", ".join(known)))
    if len(cancelled) != len(act.controls) or not (cancelled or act.order):
        notices.append(risk_rules.NOTHING_TO_OVERRIDE.notice(agency=agency))
    if act.order is not None and act.order.target not in _targets(work.consignment(act.reference)):
        notices.append(risk_rules.NO_TARGET.notice(target=act.order.target, of=act.reference))
    if notices:
        raise Refused(notices)
    added = _ordered(act, agency, mandate.mandate) if act.order else None
    body = ChannelOverridden(
        act.reason, tuple(c.id for c in cancelled), added.id if added else None, act.second
    )
    basis = mandate.legal_basis
    work.happen(act.reference, body, agency=agency, rule=mandate.mandate, legal_basis=basis)
    if added is not None:
        control = msgspec.structs.replace(added, legal_basis=basis)
        now = (*work.case(act.reference).controls.by_id.values(), control)
        ordered = ControlsOrdered(now)
        rule = mandate.mandate
        work.happen(act.reference, ordered, agency=agency, rule=rule, legal_basis=basis)
    replan(work, case.known.movement)
    settle_case(work, act.reference)


def _targets(consignment: Consignment) -> set[str]:
    """Return what a control may be ordered on."""
    items = {f"item/{one.number}" for one in consignment.items}
    travellers = {f"traveller/{one.number}" for one in consignment.travellers}
    return {"consignment"} | items | travellers


def _ordered(act: Act, agency: str, mandate: str) -> Control:
    order = act.order
    assert order is not None
    name = f"officer/{agency}/{order.kind}/{order.check}@{order.target}"
    return Control(
        name,
        act.reference,
        agency,
        order.kind,
        order.check,
        order.target,
        "officer",
        order.place,
        (),
    )
