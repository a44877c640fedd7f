"""Events as bytes and back.

The envelope and the body are written apart, so that a retention rule can delete a body and
leave the envelope: an event without its body is read as :class:`Withheld`. Moments are ISO 8601
with their offset, mappings are sorted, and an envelope leaves nothing out, so that equal
envelopes give equal bytes. A body leaves out what it took from its defaults.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Body, Event, Source
from gatepost.kernel.legal import LegalBasis
from gatepost.ledger.model import Withheld


class UnknownEvent(ValueError):
    """No room of this release knows an event of this name: a newer one wrote it, or none did."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no room knows an event named {name!r}; use the release that wrote it")


class Coded(msgspec.Struct, frozen=True):
    """An event as it is stored: its name, and its envelope and body as JSON."""

    name: str
    envelope: bytes
    body: bytes


class _Envelope(msgspec.Struct, frozen=True):
    at: datetime
    zone: str
    source: Source
    actor: Actor
    agency: str | None
    rule: str | None
    legal_basis: tuple[LegalBasis, ...]


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode


def encode_envelope(event: Event) -> bytes:
    """Return the bytes of an event's envelope, whatever its body."""
    return _encode(
        _Envelope(
            event.at,
            event.zone,
            event.source,
            event.actor,
            event.agency,
            event.rule,
            event.legal_basis,
        )
    )


class Codec:
    """Reads and writes the events whose bodies the rooms define.

    ``ValueError`` if two body types carry one name.
    """

    def __init__(self, body_types: Iterable[type[Body]]) -> None:
        self._types: dict[str, type[Body]] = {}
        for body_type in body_types:
            name = body_type.name()
            if self._types.setdefault(name, body_type) is not body_type:
                raise ValueError(f"two bodies are named {name}")
        self._bodies = {
            name: msgspec.json.Decoder(body_type) for name, body_type in self._types.items()
        }

    def check(self, event: Event) -> str:
        """Return the name of ``event`` if it can be written.

        :class:`UnknownEvent` if no room knows it, ``ValueError`` if its moment has no offset.
        """
        name = event.body.name()
        if self._types.get(name) is not type(event.body):
            raise UnknownEvent(name)
        if event.at.tzinfo is None:
            raise ValueError(f"the moment of {name} needs an offset")
        return name

    def encode(self, event: Event) -> Coded:
        """Return the bytes of ``event``; refuses what :meth:`check` refuses."""
        name = self.check(event)
        return Coded(name, encode_envelope(event), _encode(event.body))

    def decode(self, name: str, envelope: bytes | str, body: bytes | str | None) -> Event:
        """Return the event that was stored; ``body`` is ``None`` where it was deleted.

        :class:`UnknownEvent` if no room knows ``name``, ``msgspec.ValidationError`` if the
        bytes are not those of such an event.
        """
        reader = self._bodies.get(name)
        if reader is None:
            raise UnknownEvent(name)
        head = _decode_envelope(envelope)
        return Event(
            at=head.at,
            body=Withheld(name) if body is None else reader.decode(body),
            zone=head.zone,
            source=head.source,
            actor=head.actor,
            agency=head.agency,
            rule=head.rule,
            legal_basis=head.legal_basis,
        )
