"""Examining, sampling and finding: what follows from what an officer reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from gatepost.control import rules
from gatepost.control.events import ResultRecognised
from gatepost.control.model import STILL_OPEN, Control, Finding, Status
from gatepost.control.plan import ClauseBetween
from gatepost.control.sending import whereabouts_notices
from gatepost.kernel.notice import Notice
from gatepost.lodgement.model import Lodged
from gatepost.requirement.model import ControlKind

ANSWERABLE: Mapping[ControlKind, frozenset[Status]] = {
    "documentary": STILL_OPEN,
    "scan": frozenset({"examined"}),
    "interview": frozenset({"examined"}),
    "examination": frozenset({"examined"}),
    "treatment": frozenset({"examined"}),
    "cleaning": frozenset({"examined"}),
    "refusal": STILL_OPEN,
    "sample": frozenset({"sampled"}),
}
"""How far a control of each kind must have got before a result can be found."""

Recognition = Callable[[Finding, Control], str | None]
"""Names the clause by which the agency of a control accepts a finding for it, if one does."""


def chosen_controls(
    controls: Iterable[Control], agencies: Sequence[str], named: Sequence[str]
) -> tuple[Control, ...]:
    """Return the open controls of ``agencies`` that an act means: those named, or all of them.

    A sample is meant only by name, or where nothing else is open: no look at the goods answers it.
    """
    mine = [c for c in controls if c.open and c.agency in agencies]
    if named:
        return tuple(c for c in mine if c.id in named)
    return tuple(c for c in mine if c.kind != "sample") or tuple(mine)


def examination_notices(
    lodged: Lodged,
    controls: Sequence[Control],
    agencies: Sequence[str],
    named: Sequence[str],
    clause_between: ClauseBetween,
) -> Iterator[Notice]:
    """Yield why the examination cannot be recorded.

    The first of ``agencies`` reports it; any two of them must be allowed to examine together.
    """
    lead, reference = agencies[0], lodged.reference
    for one, other in combinations(agencies, 2):
        if clause_between(one, other) is None:
            yield rules.NOT_JOINT.notice(agency=one, other=other)
    known = {c.id for c in controls}
    for name in named:
        if name not in known:
            yield rules.NO_OPEN_CONTROL.notice(agency=lead, control=name, reference=reference)
    if not controls:
        yield rules.NO_OPEN_CONTROL.notice(agency=lead, control="at all", reference=reference)
    for control in controls:
        if control.kind == "sample":
            yield rules.SAMPLE_NOT_EXAMINED.notice(control=control.id)
    yield from whereabouts_notices(lodged, controls)


def finding_notices(
    reference: str, agency: str, by_id: dict[str, Control], named: Sequence[str]
) -> Iterator[Notice]:
    """Yield why the finding cannot be recorded; a finding is recorded once (IC-05)."""
    for name in named:
        control = by_id.get(name)
        if control is None or control.agency != agency or control.status == "cancelled":
            yield rules.NO_OPEN_CONTROL.notice(agency=agency, control=name, reference=reference)
        elif not control.open:
            yield rules.ALREADY_FOUND.notice(control=name, result=control.result or control.status)
        elif control.status not in ANSWERABLE[control.kind]:
            yield rules.NOT_EXAMINED.notice(control=name, kind=control.kind)
    if not named:
        yield rules.NO_OPEN_CONTROL.notice(agency=agency, control="at all", reference=reference)


def recognised(
    finding: Finding, controls: Iterable[Control], recognition: Recognition
) -> Iterator[ResultRecognised]:
    """Yield the controls that ``finding`` satisfies for other agencies.

    Only a conform result is recognised: what is wrong each agency looks at itself.
    """
    if finding.result != "conform":
        return
    for control in controls:
        if not control.open or control.agency == finding.agency:
            continue
        if control.check != finding.check:
            continue
        clause = recognition(finding, control)
        if clause is not None:
            yield ResultRecognised(control.id, finding.id, finding.agency, clause)
