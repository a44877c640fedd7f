"""Events as bytes and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.actor import SYSTEM, Actor
from gatepost.kernel.event import Body, Event
from gatepost.kernel.legal import LegalBasis
from gatepost.ledger.codec import Codec, UnknownEvent
from gatepost.ledger.model import Withheld

AT = datetime(2026, 7, 2, 10, 14, 1, 250_000, timezone(timedelta(hours=2)))


class Charged(Body, frozen=True, tag="requirement:fee:charged"):
    """A fee, for the tests."""

    amounts: dict[str, int] = {}
    due: date | None = None
    lines: tuple[str, ...] = ()


class Stranger(Body, frozen=True, tag="nobody:knows:me"):
    """An event of no room."""


class Namesake(Body, frozen=True, tag="requirement:fee:charged"):
    """Another body under the same name."""


CODEC = Codec([Charged])

EVENTS = st.builds(
    Event,
    at=st.datetimes(
        min_value=datetime(1950, 1, 1),
        max_value=datetime(2150, 1, 1),
        timezones=st.sampled_from([UTC, AT.tzinfo]),
    ),
    body=st.builds(
        Charged,
        amounts=st.dictionaries(st.text(), st.integers(-(2**53), 2**53)),
        due=st.none() | st.dates(),
        lines=st.lists(st.text(), max_size=3).map(tuple),
    ),
    zone=st.text(),
    source=st.sampled_from(["system", "manual", "estimated"]),
    actor=st.builds(
        Actor,
        st.text(),
        st.sampled_from(["officer", "party", "operator", "system"]),
        st.none() | st.text(),
    ),
    agency=st.none() | st.text(),
    rule=st.none() | st.text(),
    legal_basis=st.lists(st.builds(LegalBasis, st.text(), st.none() | st.text()), max_size=2).map(
        tuple
    ),
)


@given(EVENTS)
def test_every_event_comes_back_and_gives_the_same_bytes(event: Event) -> None:
    """Nothing is lost, and what was read is written alike."""
    coded = CODEC.encode(event)
    back = CODEC.decode(coded.name, coded.envelope, coded.body)
    assert back == event
    assert back.at.utcoffset() == event.at.utcoffset()
    assert CODEC.encode(back) == coded
    assert CODEC.decode(coded.name, coded.envelope.decode(), coded.body.decode()) == event


def test_bytes_are_these() -> None:
    """What is stored for years is pinned here."""
    body = Charged({"b": 2, "a": 1}, date(2026, 7, 9))
    coded = CODEC.encode(Event(AT, body, "Europe/Riga", legal_basis=(LegalBasis("Act § 1"),)))
    assert coded.name == "requirement:fee:charged"
    assert coded.body == (
        b'{"event":"requirement:fee:charged","amounts":{"a":1,"b":2},"due":"2026-07-09"}'
    )
    assert coded.envelope.decode() == (
        '{"at":"2026-07-02T10:14:01.250000+02:00","zone":"Europe/Riga","source":"system",'
        '"actor":{"id":"system","kind":"system"},"agency":null,"rule":null,'
        '"legal_basis":[{"cite":"Act § 1","url":null}]}'
    )


def test_equal_envelopes_give_equal_bytes() -> None:
    """Whether a value was taken from the default or given."""
    given_anew = Event(AT, Charged(), "".join(["U", "TC"]), "system", Actor("system", "system"))
    assert given_anew.actor is not SYSTEM
    assert CODEC.encode(given_anew) == CODEC.encode(Event(AT, Charged()))


def test_moment_in_a_named_zone_keeps_its_offset() -> None:
    """Summer in Riga is three hours ahead."""
    coded = CODEC.encode(Event(datetime(2026, 7, 2, 9, tzinfo=ZoneInfo("Europe/Riga")), Charged()))
    assert b'"at":"2026-07-02T09:00:00+03:00"' in coded.envelope


def test_deleted_body_is_read_as_withheld() -> None:
    """The envelope tells the rest."""
    coded = CODEC.encode(Event(AT, Charged(), rule="FEE-1"))
    bare = CODEC.decode(coded.name, coded.envelope, None)
    assert bare == Event(AT, Withheld("requirement:fee:charged"), rule="FEE-1")


def test_withheld_is_not_written() -> None:
    """It is a reading of what is missing, not something that happened."""
    with pytest.raises(UnknownEvent, match="ledger:body:withheld"):
        CODEC.encode(Event(AT, Withheld("requirement:fee:charged")))


def test_unknown_event_is_named() -> None:
    """Neither read nor written; a deleted body makes it no better known."""
    coded = CODEC.encode(Event(AT, Charged()))
    for body in (coded.body, None):
        with pytest.raises(UnknownEvent, match="'nobody:knows:me'; use the release") as fault:
            CODEC.decode("nobody:knows:me", coded.envelope, body)
        assert fault.value.name == "nobody:knows:me"
    with pytest.raises(UnknownEvent, match="nobody:knows:me"):
        CODEC.encode(Event(AT, Stranger()))


def test_namesake_is_refused() -> None:
    """One name, one body type: for the codec and for what it is handed."""
    with pytest.raises(ValueError, match="two bodies are named requirement:fee:charged"):
        Codec([Charged, Namesake])
    with pytest.raises(UnknownEvent):
        CODEC.encode(Event(AT, Namesake()))
    assert Codec([Charged, Charged]).encode(Event(AT, Charged()))


def test_moment_without_offset_is_refused() -> None:
    """Nobody could say later when it was."""
    with pytest.raises(ValueError, match="needs an offset"):
        CODEC.encode(Event(datetime(2026, 7, 2, 9), Charged()))


def test_body_of_another_event_is_refused() -> None:
    """The name in the body must be the name of the event."""
    coded = CODEC.encode(Event(AT, Charged()))
    with pytest.raises(msgspec.ValidationError):
        CODEC.decode(coded.name, coded.envelope, b'{"event":"nobody:knows:me"}')
