"""Doing an act that is on no case: once, whatever the number of times it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.work import ATTEMPTS
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Done, Row
from gatepost.lodgement import rules

Decided = tuple[str, int, Event, Row]
"""The stream and the version it was read at, what happens, and the row it changes."""


def done_once(
    desk: Desk,
    kind: str,
    act: msgspec.Struct,
    id: str,
    now: datetime,
    decide: Callable[[], Decided],
) -> ActAnswer:
    """Let happen what ``decide`` says, and answer; the same id answers the same.

    Asked again if somebody else was faster. A refused act leaves nothing.
    """
    key, digest = f"{kind}|{id}", digest_of(act)
    for _ in range(ATTEMPTS):
        known = desk.ledger.act(key)
        if known is not None:
            if known.digest != digest:
                return ActAnswer(id, "refused", None, (), (rules.ACT_CONFLICT.notice(id=id),))
            made = [
                one.event.body.name()
                for span in known.appends
                for one in desk.ledger.read(span.stream, span.first - 1)
                if one.version <= span.last
            ]
            return ActAnswer(id, "done", None, tuple(made))
        try:
            stream, version, event, row = decide()
        except Refused as refused:
            return ActAnswer(id, "refused", None, (), refused.notices)
        append = Append(stream, version, (event,))
        outcome = desk.ledger.commit(Commit(key, digest, now, (append,), (row,)))
        if isinstance(outcome, Done):
            return ActAnswer(id, "done", None, (event.body.name(),))
    return ActAnswer(id, "refused", None, (), (rules.BUSY.notice(),))
