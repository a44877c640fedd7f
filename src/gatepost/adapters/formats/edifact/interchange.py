"""An interchange and its messages, held to the counts and references of its own envelope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NoReturn

import msgspec

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.edifact.tokens import Segment, Separators, segments
from gatepost.adapters.formats.faults import shown
from gatepost.kernel.notice import Refused, Rule, Value

MAX_MESSAGES = 1_000
MAX_SEGMENTS = 20_000
"""Segments of one message; a list of 800 passengers has some 15,000."""

_COUNT = re.compile(r"[0-9]{1,8}", re.ASCII).fullmatch
_PREPARED = re.compile(r"[0-9]{6}(?:[0-9]{2})?", re.ASCII).fullmatch
_TIME = re.compile(r"[0-9]{4}", re.ASCII).fullmatch


class Message(msgspec.Struct, frozen=True):
    """One message: its reference, its type such as ``CUSDEC``, its directory such as ``D.99B``."""

    reference: str
    type: str
    directory: str
    segments: tuple[Segment, ...]


class Interchange(msgspec.Struct, frozen=True):
    """All messages under one reference, from one sender, ``prepared`` by the sender's clock."""

    sender: str
    recipient: str
    reference: str
    prepared: datetime
    separators: Separators
    messages: tuple[Message, ...]


def read(data: bytes) -> Interchange:
    """Return the interchange in ``data``.

    ``Refused`` as a whole (EDIFACT-001 to EDIFACT-010) if anything in its envelope is wrong: a
    count or reference that does not match means that something is missing or was added.
    """
    found, separators = segments(data)
    return _Envelope(found).interchange(separators)


class _Envelope:
    """Walks over the segments and keeps what must match at the end."""

    def __init__(self, found: Iterator[Segment]) -> None:
        self._coming = found
        self._now: Segment | None = next(found, None)
        self._last = Segment("", (), 0)

    def interchange(self, separators: Separators) -> Interchange:
        head = self._take("UNB")
        prepared = self._prepared(head)
        messages: list[Message] = []
        groups = 0
        while self._is("UNG", "UNH"):
            grouped = self._is("UNG")
            if messages and grouped != bool(groups):
                expected = "UNG or UNZ" if groups else "UNH or UNZ"
                self._refuse(rules.OUT_OF_PLACE, self._here(), expected=expected)
            if grouped:
                groups += 1
                self._group(messages)
            else:
                messages.append(self._message())
                self._check_many(messages)
        tail = self._take("UNZ")
        if self._now is not None:
            self._refuse(rules.OUT_OF_PLACE, self._now, expected="the end")
        self._match(tail, head.get(5), groups or len(messages), "UNB")
        if not messages:
            self._refuse(rules.OUT_OF_PLACE, tail, expected="UNH")
        self._check_references(messages)
        return Interchange(
            head.get(2), head.get(3), head.get(5), prepared, separators, tuple(messages)
        )

    def _group(self, messages: list[Message]) -> None:
        head = self._take("UNG")
        before = len(messages)
        while self._is("UNH"):
            messages.append(self._message())
            self._check_many(messages)
        self._match(self._take("UNE"), head.get(5), len(messages) - before, "UNG")

    def _message(self) -> Message:
        head = self._take("UNH")
        body: list[Segment] = []
        while not self._is("UNT"):
            here = self._here()
            if here.tag in ("UNA", "UNB", "UNG", "UNH", "UNE", "UNZ"):
                self._refuse(rules.OUT_OF_PLACE, here, expected="UNT")
            body.append(here)
            self._advance()
            if len(body) > MAX_SEGMENTS:
                self._refuse(rules.BEYOND_LIMIT, here, what="segments", limit=MAX_SEGMENTS)
        self._match(self._take("UNT"), head.get(1), len(body) + 2, "UNH")
        directory = ".".join(part for part in (head.get(2, 2), head.get(2, 3)) if part)
        return Message(head.get(1), head.get(2), directory, tuple(body))

    def _prepared(self, head: Segment) -> datetime:
        written = head.get(4), head.get(4, 2)
        try:
            if not (_PREPARED(written[0]) and _TIME(written[1])):
                raise ValueError
            prepared = datetime.strptime(written[0][-6:] + written[1], "%y%m%d%H%M")
        except ValueError:
            value = shown(":".join(written))
            self._refuse(rules.NOT_A_SEGMENT, head, problem=f'"{value}" is no day and time')
        if not head.get(5):
            self._refuse(rules.NOT_A_SEGMENT, head, problem="it has no reference")
        return prepared

    def _check_many(self, messages: list[Message]) -> None:
        if len(messages) > MAX_MESSAGES:
            self._refuse(
                rules.BEYOND_LIMIT,
                self._last,
                what="messages in an interchange",
                limit=MAX_MESSAGES,
            )

    def _check_references(self, messages: list[Message]) -> None:
        seen: set[str] = set()
        for message in messages:
            if message.reference in seen:
                reference = shown(message.reference)
                raise Refused([rules.SAME_REFERENCE.notice(reference=reference)])
            seen.add(message.reference)

    def _match(self, tail: Segment, reference: str, count: int, head: str) -> None:
        """Refuse a trailer whose count or reference is not that of what it closes."""
        written = tail.get(1)
        if not _COUNT(written) or int(written) != count:
            self._refuse(rules.WRONG_COUNT, tail, found=shown(written), count=count)
        if tail.get(2) != reference:
            values: dict[str, Value] = {"found": shown(tail.get(2)), "expected": shown(reference)}
            self._refuse(rules.WRONG_REFERENCE, tail, head=head, **values)

    def _is(self, *tags: str) -> bool:
        return self._now is not None and self._now.tag in tags

    def _advance(self) -> None:
        self._last = self._here()
        self._now = next(self._coming, None)

    def _here(self) -> Segment:
        if self._now is None:
            self._refuse(rules.OUT_OF_PLACE, self._last, expected="more, but it ends here")
        return self._now

    def _take(self, tag: str) -> Segment:
        here = self._here()
        if here.tag != tag:
            self._refuse(rules.OUT_OF_PLACE, here, expected=tag)
        self._advance()
        return here

    def _refuse(self, rule: Rule, at: Segment, **values: Value) -> NoReturn:
        raise Refused([rule.notice(at.where, **values)])
