"""Treating and cleaning: done by a method, and found about afterwards (IC-05)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatepost.casework.acts.gate import agency_of, allowed
from gatepost.casework.acts.model import Act
from gatepost.casework.acts.sampling import refuse_bad_digests
from gatepost.casework.work import Work
from gatepost.control import rules
from gatepost.control.events import TreatmentPerformed
from gatepost.control.model import Control
from gatepost.control.sending import whereabouts_notices
from gatepost.kernel.notice import Notice, Refused

TREATED = ("treatment", "cleaning")


def treat(work: Work, act: Act) -> None:
    """Record that goods were treated or cleaned, by the method under ``text``.

    It is for the named ``controls``, or for all open ones of the agency of these kinds;
    ``evidence`` are digests of photographs. ``find`` tells afterwards whether it helped.
    """
    mandate = allowed(work, act, "examine")
    refuse_bad_digests(act)
    agency = agency_of(work, act)
    mine = [c for c in work.case(act.reference).controls.open if c.agency == agency]
    named = act.controls or tuple(c.id for c in mine if c.kind in TREATED)
    notices = list(_notices(work, act, agency, mine, named))
    if notices:
        raise Refused(notices)
    work.happen(
        act.reference,
        TreatmentPerformed(named, act.text, act.evidence, mandate.on_behalf_of, mandate.clause),
        agency=agency,
        rule=mandate.mandate,
        legal_basis=mandate.legal_basis,
    )


def _notices(
    work: Work, act: Act, agency: str, mine: Sequence[Control], named: tuple[str, ...]
) -> Iterator[Notice]:
    by_id = {one.id: one for one in mine}
    for name in named or ("treatment",):
        control = by_id.get(name)
        if control is None:
            yield rules.NO_OPEN_CONTROL.notice(agency=agency, control=name, reference=act.reference)
        elif control.kind not in TREATED:
            yield rules.NO_TREATMENT_ORDERED.notice(control=name, kind=control.kind)
    if not act.text.strip():
        yield rules.NO_METHOD.notice("text")
    meant = [by_id[one] for one in named if one in by_id]
    yield from whereabouts_notices(work.case(act.reference).known, meant)
