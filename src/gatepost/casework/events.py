"""What happens to acts themselves."""

from __future__ import annotations

from gatepost.casework.reports import Report
from gatepost.kernel.event import Body
from gatepost.kernel.notice import Notice


class ActRefused(Body, frozen=True, tag="casework:act:refused"):
    """An act on this case was refused; nothing but the refusal is stored."""

    act: str
    notices: tuple[Notice, ...]


class CaseRead(Body, frozen=True, tag="casework:case:read"):
    """Someone read the case, by this right."""

    right: str


class AgencyReported(Body, frozen=True, tag="casework:report:received"):
    """An agency's own system reported; ``notices`` tell what of it could not be done here."""

    report: Report
    late: bool = False
    notices: tuple[Notice, ...] = ()
