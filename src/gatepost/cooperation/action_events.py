"""What happens to joint actions."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.kernel.event import Body


class Effect(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long consignments stood at the post while an action lasted, and as long before it.

    Minutes are means from arrival to release over those released; ``waiting`` are those that
    arrived in the time and were not released when the action was stopped. ``None``: none was.
    """

    before: float | None
    during: float | None
    cases_before: int
    cases_during: int
    waiting: int


class JointActionProposed(Body, frozen=True, tag="cooperation:joint_action:proposed"):
    """An officer proposed that agencies of a post do something together for a while."""

    id: str
    title: str
    post: str
    trigger: str
    agencies: tuple[str, ...]
    measures: tuple[str, ...]
    until: datetime
    like: str | None = None


class JointActionJoined(Body, frozen=True, tag="cooperation:joint_action:joined"):
    """An agency takes part."""

    agency: str


class JointActionBegun(Body, frozen=True, tag="cooperation:joint_action:begun"):
    """All agencies take part: it begins."""


class JointActionStopped(Body, frozen=True, tag="cooperation:joint_action:stopped"):
    """It is over: what came of it in the words of who stopped it, and in figures."""

    result: str
    effect: Effect
