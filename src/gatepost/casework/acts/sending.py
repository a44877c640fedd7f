"""Sending goods on under seal, to be examined behind the border before their release (IC-06)."""

from __future__ import annotations

from gatepost.casework.acts.gate import agency_of, allowed
from gatepost.casework.acts.model import Act
from gatepost.casework.settling import pass_time
from gatepost.casework.work import Work
from gatepost.control.sending import sending_notices, site_of
from gatepost.kernel.notice import Refused
from gatepost.lodgement.events import GoodsSentOn
from gatepost.release import rules as release_rules


def send_on(work: Work, act: Act) -> None:
    """Record that the goods leave the post under ``seal`` for ``place``, still to be released.

    An agency that makes a control there sends them, once nothing is left to do at the post and no
    hold keeps them. Without ``place`` they go where the rule on places says; ``present`` tells
    when they are there.
    """
    pass_time(work, act.reference)
    mandate = allowed(work, act, "examine")
    agency, case = agency_of(work, act), work.case(act.reference)
    notices = list(sending_notices(case.known, case.controls.open, agency, act.place, act.seal))
    notices += [
        release_rules.HELD.notice(reference=act.reference, agency=hold.agency, reason=hold.reason)
        for hold in case.release.open_holds
    ]
    if notices:
        raise Refused(notices)
    mine = [c for c in case.controls.open if c.agency == agency]
    site, seal = act.place or site_of(mine), act.seal
    assert site is not None
    assert seal is not None
    work.happen(
        act.reference,
        GoodsSentOn(site, seal),
        agency=agency,
        rule=next(c.placed_by for c in mine if c.under_seal) or mandate.mandate,
        legal_basis=mandate.legal_basis,
    )
