"""Controls, stops, the plan and findings (IC-01, IC-05; paper §14, §18)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from gatepost.kernel.legal import LegalBasis
from gatepost.requirement.model import ControlKind, Place

Status = Literal["open", "examined", "sampled", "done", "recognised", "cancelled"]
Result = Literal["conform", "nonconform"]

DESK_KINDS: frozenset[ControlKind] = frozenset({"documentary", "refusal"})
STILL_OPEN: frozenset[Status] = frozenset({"open", "examined", "sampled"})


class Control(msgspec.Struct, frozen=True, omit_defaults=True):
    """One check of one agency on one target, and how far it got.

    ``source`` is the requirement, indicator or officer's order behind it;
    ``prescribed`` tells that a requirement prescribes it. ``placed_by`` is the rule that chose the
    place, ``site`` the place behind the border it names, and ``under_seal`` that the goods go there
    closed, before their release (IC-06).
    """

    id: str
    case: str
    agency: str
    kind: ControlKind
    check: str
    target: str
    source: str
    place: Place
    legal_basis: tuple[LegalBasis, ...]
    prescribed: bool = False
    status: Status = "open"
    result: Result | None = None
    site: str | None = None
    under_seal: bool = False
    placed_by: str | None = None

    @property
    def open(self) -> bool:
        """Tell whether a result is still wanted."""
        return self.status in STILL_OPEN

    @property
    def physical(self) -> bool:
        """Tell whether the conveyance must stop for it."""
        return self.kind not in DESK_KINDS

    @property
    def at_the_post(self) -> bool:
        """Tell whether it is made at the post, in the lane or off it."""
        return self.place in ("border", "off_lane")

    @property
    def after_release(self) -> bool:
        """Tell whether the goods are released before it: behind the border, and not under seal."""
        return self.place in ("inland", "premises") and not self.under_seal


class Stop(msgspec.Struct, frozen=True, omit_defaults=True):
    """One halt at which all its agencies do all its controls; ``openings`` is what is opened.

    ``lead`` is a role in this stop, not a rank among agencies. ``clauses`` are the
    clauses of agreements that let the agencies examine together. ``site`` names the place behind
    the border.
    """

    id: str
    place: Place
    lead: str
    agencies: tuple[str, ...]
    controls: tuple[str, ...]
    openings: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    site: str | None = None


class ControlPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """All agencies' open controls on a movement in the fewest stops.

    ``separate`` is the number of stops if each agency stopped each consignment
    for itself; ``desk`` are the documentary checks, for which nothing stops.
    """

    stops: tuple[Stop, ...] = ()
    desk: tuple[str, ...] = ()
    separate: int = 0

    @property
    def avoided(self) -> int:
        """Return the stops avoided by examining together."""
        return self.separate - len(self.stops)


class Custody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who has a sample now, and what became of it on the way (IC-05).

    ``holder`` is an officer's role, a carrier or a laboratory. Once the seal was found broken, no
    result of the sample counts.
    """

    holder: str
    laboratory: str | None = None
    seal: str | None = None
    broken: bool = False
    steps: int = 0


class Summons(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call to a specialist who is not at the post (IC-04).

    ``due`` is when the roster says that somebody called ``at`` a moment is there; ``minutes`` how
    long it took, once somebody has come; ``escalated`` that the unit above was told.
    """

    id: str
    agency: str
    officer: str
    at: datetime
    due: datetime
    minutes: int | None = None
    escalated: bool = False


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact seen, once, for the controls it answers; not a decision.

    ``agency`` is whose controls they are. Where an officer of another agency looked on its
    behalf, ``on_behalf_of`` names it again and ``instrument`` is the clause that allows it.
    ``evidence`` are digests of photographs and papers, which stay where the agency keeps them.
    """

    id: str
    agency: str
    controls: tuple[str, ...]
    check: str
    target: str
    result: Result
    at: datetime
    officer: str
    code: str | None = None
    text: str = ""
    on_behalf_of: str | None = None
    instrument: str | None = None
    evidence: tuple[str, ...] = ()
