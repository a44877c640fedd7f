"""Answering an act on what the whole country shares: from its events, also when sent again."""

from __future__ import annotations

from collections.abc import Iterable

from gatepost.casework.answers import ActAnswer
from gatepost.casework.ports import Ledger
from gatepost.kernel.event import Event
from gatepost.ledger.model import ActRow
from gatepost.lodgement import rules as lodgement_rules


def answered(act: str, subject: str, made: Iterable[Event]) -> ActAnswer:
    """Return the answer to an act on ``subject`` that let these events happen."""
    return ActAnswer(act, "done", subject, tuple(one.body.name() for one in made))


def answered_again(ledger: Ledger, act: str, subject: str, known: ActRow, digest: str) -> ActAnswer:
    """Return the answer of the first time; other content under one id is a conflict."""
    if known.digest != digest:
        notice = lodgement_rules.ACT_CONFLICT.notice(id=act)
        return ActAnswer(act, "refused", subject, (), (notice,))
    return answered(
        act,
        subject,
        (
            one.event
            for span in known.appends
            for one in ledger.read(span.stream, span.first - 1)
            if one.version <= span.last
        ),
    )
