"""Where goods must be for a control, and when they may go on under seal to be there (IC-06)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatepost.control import rules
from gatepost.control.model import Control
from gatepost.kernel.notice import Notice
from gatepost.lodgement.model import Lodged


def whereabouts_notices(lodged: Lodged, controls: Sequence[Control]) -> Iterator[Notice]:
    """Yield which of ``controls`` cannot be made, as the goods are not where they are made."""
    reference, journey = lodged.reference, lodged.journey
    if not lodged.is_here and any(c.physical and c.place != "before" for c in controls):
        yield rules.NOT_HERE_YET.notice(reference=reference)
        return
    there = journey is not None and journey.arrived is not None
    for control in controls:
        if not control.physical or control.source == "officer":
            continue
        if control.under_seal and not there:
            site = journey.site if journey else control.site or control.place
            yield rules.NOT_AT_THE_SITE.notice(control=control.id, site=site, reference=reference)
        elif control.at_the_post and journey is not None:
            yield rules.AWAY.notice(control=control.id, reference=reference, site=journey.site)


def sending_notices(
    lodged: Lodged,
    controls: Sequence[Control],
    agency: str,
    place: str | None,
    seal: str | None,
) -> Iterator[Notice]:
    """Yield why ``agency`` may not send the goods on to ``place`` under ``seal``.

    ``controls`` are the open ones of every agency: what is made at the post is made first.
    """
    reference, journey = lodged.reference, lodged.journey
    if not lodged.is_here:
        yield rules.NOT_HERE_YET.notice(reference=reference)
    if journey is not None:
        at = journey.left.isoformat()
        yield rules.GONE_ALREADY.notice(reference=reference, site=journey.site, at=at)
    behind = [c for c in controls if c.agency == agency and c.under_seal]
    if not behind:
        yield rules.NOTHING_BEHIND.notice(agency=agency, reference=reference)
    here = [c.id for c in controls if c.physical and c.at_the_post]
    if here:
        yield rules.STILL_AT_THE_POST.notice(controls=", ".join(here))
    if not (seal or "").strip():
        yield rules.NO_SEAL.notice("seal")
    site = site_of(behind)
    if site is not None and place not in (None, site):
        yield rules.OTHER_SITE.notice("place", reference=reference, site=site, given=place)
    if behind and site is None and not (place or "").strip():
        yield rules.NO_SITE.notice("place")


def site_of(controls: Sequence[Control]) -> str | None:
    """Return the place behind the border that the first of ``controls`` with one names."""
    return next((c.site for c in controls if c.under_seal and c.site), None)


def presenting_notices(
    lodged: Lodged, place: str | None, seal: str | None, intact: bool
) -> Iterator[Notice]:
    """Yield why goods that were sent on are not presented: elsewhere, or under another seal."""
    journey = lodged.journey
    if journey is None:
        return
    if place not in (None, journey.site):
        yield rules.OTHER_SITE.notice(
            "place", reference=lodged.reference, site=journey.site, given=place
        )
    if intact and seal != journey.seal:
        yield rules.OTHER_SEAL_OF_GOODS.notice(
            "seal", reference=lodged.reference, seal=journey.seal, given=seal or "none that is told"
        )
