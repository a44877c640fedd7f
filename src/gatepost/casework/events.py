"""What happens to acts themselves."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from gatepost.authority.disclosure import Right
from gatepost.casework.reports import Report
from gatepost.kernel.event import Body
from gatepost.kernel.notice import Notice


class ActRefused(Body, frozen=True, tag="casework:act:refused"):
    """An act on this case was refused; nothing but the refusal is stored."""

    act: str
    notices: tuple[Notice, ...]


class KeptActRefused(Body, frozen=True, tag="casework:kept:refused"):
    """An act on something beside cases was refused: of which ``kind``, and ``about`` which."""

    kind: str
    about: str
    notices: tuple[Notice, ...]


class CaseRead(Body, frozen=True, tag="casework:case:read"):
    """Someone was shown these elements of the case, for this purpose and by these rights."""

    right: str
    purpose: str = ""
    channel: str = "read"
    rights: tuple[Right, ...] = ()
    elements: tuple[str, ...] = ()
    until: date | None = None


class ReadRefused(Body, frozen=True, tag="casework:case:closed"):
    """Someone asked for the case and nothing opens it to them."""

    code: str
    purpose: str
    channel: str


class CasesListed(Body, frozen=True, tag="casework:cases:listed"):
    """Someone was shown these cases in a list, a count or an export."""

    purpose: str
    channel: str
    references: tuple[str, ...]
    count: int


class ConsentGiven(Body, frozen=True, tag="casework:consent:given"):
    """The agency that gave the data lets ``recipient`` pass them on, for this case alone."""

    recipient: str
    to: str
    purpose: str


class CaseDepersonalised(Body, frozen=True, tag="casework:case:depersonalised"):
    """What is left of a case when its term is over: ``state`` and ``dataset`` without people.

    The bodies of everything before it are deleted; ``state`` is what they came to.
    """

    state: dict[str, Any]
    dataset: dict[str, Any]


class ObligationMet(Body, frozen=True, tag="casework:obligation:met"):
    """A recipient did what an instrument obliges it to with what it was shown."""

    what: Literal["forget", "correct"]
    clause: str = ""


class Cell(msgspec.Struct, frozen=True):
    """One figure: ``heading`` has four digits, mass is in kilograms, value in the currency here."""

    month: str
    regime: str
    heading: str
    origin: str
    cases: int
    net_mass: float
    value: float


class Figures(msgspec.Struct, frozen=True):
    """The cells of a month, and how many were kept back because they rest on too few cases."""

    month: str
    cells: tuple[Cell, ...]
    suppressed: int
    smallest_cell: int


class FiguresDisclosed(Body, frozen=True, tag="casework:figures:disclosed"):
    """An agency received figures over many cases: so many cells, so many kept back as too small."""

    purpose: str
    channel: str
    month: date
    rights: tuple[Right, ...]
    elements: tuple[str, ...]
    cells: int
    suppressed: int
    cases: int


class AgencyReported(Body, frozen=True, tag="casework:report:received"):
    """An agency's own system reported; ``notices`` tell what of it could not be done here."""

    report: Report
    late: bool = False
    notices: tuple[Notice, ...] = ()


class WorkAssigned(Body, frozen=True, tag="casework:work:assigned"):
    """An agency's work on the case is with ``officer`` from now on; ``None`` puts it back."""

    officer: str | None = None
    reason: str = ""


class FeedProduced(Body, frozen=True, tag="casework:feed:produced"):
    """The figures of a month were produced as a standing feed, and are as they are from now on."""

    feed: str
    month: date
    figures: Figures
