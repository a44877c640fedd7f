"""What operations take and give, as it goes over the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from gatepost.api.problems import Wrong
from gatepost.casework.acts.model import ActName, Order
from gatepost.casework.case import Status
from gatepost.casework.reading import WaitingFor
from gatepost.control.model import Result
from gatepost.kernel.event import Source
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.release.model import DecisionKind

Moment = Annotated[datetime, Meta(tz=True)]
Word = Annotated[str, Meta(min_length=1, max_length=200)]
Prose = Annotated[str, Meta(max_length=5000)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Cursor = Annotated[str, Meta(max_length=500, description="The `next` of the page before.")]
Limit = Annotated[int, Meta(ge=1, le=200, description="How many at most.")]


class Paging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of a list."""

    cursor: Cursor | None = None
    limit: Limit = 50


Purpose = Annotated[
    str,
    Meta(
        max_length=50,
        description="For what an agency's machine asks; its token must name it. It goes on record.",
    ),
]


class CasesQuery(Paging, frozen=True, forbid_unknown_fields=True):
    """Which page of the cases, and for what they are asked."""

    purpose: Purpose | None = None


class CaseQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For what a case is asked."""

    purpose: Purpose | None = None


class Wanted(msgspec.Struct, frozen=True):
    """One thing asked of the trader, once for all agencies that need it."""

    document: str
    agencies: tuple[str, ...]
    targets: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]


class Receipt(msgspec.Struct, frozen=True):
    """How a declaration was taken: its reference, whom it concerns and what is still wanted."""

    status: Literal["accepted"]
    reference: str
    agencies: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    channel: str | None
    notices: tuple[Wrong, ...]


class CaseLine(msgspec.Struct, frozen=True):
    """One case in a list; to an agency only what the gate opens of it is told."""

    reference: str
    status: Status | None
    regime: Regime | None
    declarant: str | None
    functional_reference: str | None
    accepted_at: datetime
    post: str | None = None
    agencies: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()


class CaseLines(msgspec.Struct, frozen=True):
    """A page of cases; without ``next`` it is the last."""

    cases: tuple[CaseLine, ...]
    next: str | None = None


class StoryLine(msgspec.Struct, frozen=True):
    """One line of a case's story."""

    name: str
    at: datetime | None
    what: str
    beside: str


class CaseView(msgspec.Struct, frozen=True):
    """A case: its one status, whom it waits for and since when, and its story so far."""

    reference: str
    status: Status
    waiting: tuple[WaitingFor, ...]
    wanted: tuple[Wanted, ...]
    story: tuple[StoryLine, ...]


class Reason(msgspec.Struct, frozen=True):
    """Why a step is as it is: the rule, what it says, the agency and the law."""

    step: str
    at: datetime
    event: str
    rule: str | None
    sentence: str | None
    agency: str | None
    target: str | None
    legal_basis: tuple[LegalBasis, ...]
    says: str


class Reasons(msgspec.Struct, frozen=True):
    """The reasons behind the steps of a case."""

    reference: str
    reasons: tuple[Reason, ...]


class WhyQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which step is asked about; all of them if none is named."""

    purpose: Purpose | None = None
    step: Literal["lodge", "needs", "risk", "control", "decide", "release"] | None = None


class NewAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act on a case; which fields it reads is told in the reference of acts.

    ``at`` is when it happened, now if it is left out. An agency names in ``by`` the officer who
    acted; a party acts as itself.
    """

    act: ActName
    at: Moment | None = None
    by: Word | None = None
    agency: Word | None = None
    second: Word | None = None
    source: Source = "manual"
    zone: Word | None = None
    reason: Prose = ""
    text: Prose = ""
    place: Word | None = None
    document: Word | None = None
    data: Word | None = None
    exception: Word | None = None
    stop: Word | None = None
    controls: tuple[Word, ...] = ()
    order: Order | None = None
    with_: tuple[Word, ...] = msgspec.field(default=(), name="with")
    started: Moment | None = None
    result: Result | None = None
    code: Word | None = None
    laboratory: Word | None = None
    decision: DecisionKind | None = None
    targets: tuple[Word, ...] = ()
    condition: Prose | None = None
    due: Moment | None = None
    hold: Word | None = None
    expires: Moment | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    declaration: dict[str, Any] | None = None


class SyncedAct(NewAct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An act that a post without a line did: with an id of its own and its moment."""

    id: Word
    reference: Word
    at: Moment


class Sync(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a post did while it had no line, in the order in which it did it."""

    acts: Annotated[tuple[SyncedAct, ...], Meta(max_length=500)]


class Acted(msgspec.Struct, frozen=True):
    """What came of an act."""

    id: str
    status: Literal["done", "refused"]
    reference: str | None
    happened: tuple[str, ...]
    notices: tuple[Wrong, ...]


class Synced(msgspec.Struct, frozen=True):
    """What came of each act that was sent, in the same order."""

    acts: tuple[Acted, ...]


class WorkQuery(Paging, frozen=True, forbid_unknown_fields=True):
    """Which work list."""

    post: Word | None = None
    purpose: Purpose | None = None


class WorkLine(msgspec.Struct, frozen=True):
    """One line of an agency's work list: what it can do now, on which case, since when."""

    reference: str
    action: str
    targets: tuple[str, ...]
    controls: tuple[str, ...]
    since: datetime


class WorkLines(msgspec.Struct, frozen=True):
    """A page of an agency's work list, the oldest first."""

    agency: str
    work: tuple[WorkLine, ...]
    next: str | None = None


class GuideQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The goods asked about; what is not told is not known."""

    regime: Regime
    commodity: Annotated[str, Meta(pattern="^[0-9]{6,10}$")]
    on: date | None = None
    origin: Country | None = None
    destination: Country | None = None
    export_country: Country | None = None
    mode: Annotated[str, Meta(pattern="^[0-9]$")] | None = None
    office: Word | None = None
    procedure: Annotated[str, Meta(pattern="^[0-9A-Z]{4}$")] | None = None
    net_mass: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    quantity: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    value: Annotated[float, Meta(ge=0, le=1e15)] | None = None


class Needed(msgspec.Struct, frozen=True):
    """One requirement: by whom, by which law, in one sentence."""

    requirement: str
    agency: str
    document: str | None
    alternatives: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    sentence: str


class Guide(msgspec.Struct, frozen=True):
    """Everything that all agencies would ask for."""

    on: date
    requirements: tuple[Needed, ...]


class Health(msgspec.Struct, frozen=True):
    """How the service stands."""

    status: Literal["ok", "busy"]
    release: str
    country: str
    at: datetime
    store: Literal["ok", "failing"]


class Message(msgspec.Struct, frozen=True):
    """One thing that happened to a case of the caller's; ``id`` grows."""

    id: int
    event: str
    reference: str
    at: datetime
    agency: str | None


class Mailbox(msgspec.Struct, frozen=True):
    """Messages in order; ask again with ``next`` for what comes after them."""

    messages: tuple[Message, ...]
    next: str


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to send messages: an https address, and the names of events (all, if none)."""

    url: Annotated[str, Meta(max_length=500, pattern="^https?://")]
    events: Annotated[tuple[Word, ...], Meta(max_length=50)] = ()


class Webhook(msgspec.Struct, frozen=True):
    """A webhook; ``secret`` is told when it is made and never again."""

    id: int
    url: str
    events: tuple[str, ...]
    failing_since: datetime | None
    secret: str | None = None


class Webhooks(msgspec.Struct, frozen=True):
    """The caller's webhooks."""

    webhooks: tuple[Webhook, ...]
