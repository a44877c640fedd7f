"""What happens to a lodgement."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from gatepost.consignment.identity import Numbers
from gatepost.kernel.event import Body
from gatepost.kernel.notice import Notice
from gatepost.kernel.regime import Regime


class DeclarationRegistered(Body, frozen=True, tag="lodgement:declaration:registered"):
    """The declaration came in whole: its data set as written, and the digest of it."""

    reference: str
    declarant: str
    functional_reference: str
    digest: str
    dataset: dict[str, Any]


class DeclarationAccepted(Body, frozen=True, tag="lodgement:declaration:accepted"):
    """The declaration is accepted on this day, whose law judges it."""

    type: str
    regime: Regime
    day: date
    movement: str
    agent: str | None = None
    post: str | None = None
    parties: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    people: bool = False
    notices: tuple[Notice, ...] = ()


class Course(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a case goes: the movement it travels in and the post it comes to."""

    movement: str
    post: str | None = None


class DeclarationAmended(Body, frozen=True, tag="lodgement:declaration:amended"):
    """The data set is replaced; ``changed`` names the elements that differ.

    ``numbers`` are those of the items and travellers from now on; ``course`` is told where
    the amended office or journey leads elsewhere.
    """

    digest: str
    dataset: dict[str, Any]
    changed: tuple[str, ...]
    reason: str
    agent: str | None = None
    parties: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    people: bool = False
    numbers: Numbers | None = None
    course: Course | None = None
    notices: tuple[Notice, ...] = ()


class DeclarationWithdrawn(Body, frozen=True, tag="lodgement:declaration:withdrawn"):
    """The declarant takes the declaration back."""

    reason: str


class GoodsPresented(Body, frozen=True, tag="lodgement:goods:presented"):
    """The goods stand at the disposal of the agencies.

    ``seal`` is the number they bear where they came under one, ``intact`` whether it was.
    """

    place: str | None = None
    seal: str | None = None
    intact: bool = True


class GoodsSentOn(Body, frozen=True, tag="lodgement:goods:sent_on"):
    """The goods left the post under seal, before their release, to be examined at ``site``."""

    site: str
    seal: str


class ConveyanceArrived(Body, frozen=True, tag="lodgement:conveyance:arrived"):
    """The conveyance of the movement came to the post."""

    movement: str
    post: str | None = None


class CaseJoined(Body, frozen=True, tag="lodgement:movement:joined"):
    """A case travels in this movement."""

    reference: str
    expected: datetime | None = None


class CaseLeft(Body, frozen=True, tag="lodgement:movement:left"):
    """A case travels in this movement no more: an amendment named another office or journey."""

    reference: str


class ExitCompleted(Body, frozen=True, tag="lodgement:exit:completed"):
    """The adjoining state completed its exit at a shared post; jurisdiction passes to this one."""

    by: str
    instrument: str


class OrderReversed(Body, frozen=True, tag="lodgement:order:reversed"):
    """Both states let the entry go before the exit for this movement."""

    reason: str


class EntryTurnedBack(Body, frozen=True, tag="lodgement:entry:turned_back"):
    """Entry was refused; the movement goes back to the state it left, which must re-admit it."""

    reason: str


class MovementReadmitted(Body, frozen=True, tag="lodgement:movement:readmitted"):
    """The state that was left took the movement back."""

    by: str
