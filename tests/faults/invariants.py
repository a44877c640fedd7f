"""What must hold after every fault: nothing lost, nothing released twice.

I1  every acknowledged message is stored exactly once
I2  a consignment has at most one release, lawful at its moment, and no hold was passed over
I4  every state is that of its events, and every event that of a message that was sent
I6  nothing is without a state, and nothing waits without anybody to wait for

I3 and I5 concern exchange with partners. Each function returns what is wrong, in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping

from gatepost.casework import case as cases
from gatepost.casework.case import Case, UsersOn
from gatepost.casework.desk import Desk
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.reading import status_of
from gatepost.casework.rebuilding import rebuild
from gatepost.ledger.model import Recorded
from gatepost.lodgement.events import DeclarationRegistered
from gatepost.release.events import GoodsReleased
from tests.unit.casework.test_machine import lawful

VIEWS = ("case", "movement", "work", "party", "random")


def log_of(ledger: Ledger) -> list[Recorded]:
    """Return the whole log, in a group where no other writer is at work."""
    with ledger.group():
        return [recorded for _, recorded in ledger.read_all()]


def stored_once(log: list[Recorded], answered: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """I1: ``answered`` tells by the key of each acknowledged act what it was told happened."""
    found: dict[str, list[str]] = {}
    for recorded in log:
        found.setdefault(recorded.act, []).append(recorded.event.body.name())
    for key, happened in answered.items():
        if Counter(found.get(key, [])) != Counter(happened):
            yield f"I1: {key} was told {happened}, the log has {found.get(key)}"


def registered_once(log: list[Recorded]) -> Iterator[str]:
    """I1: no declarant's reference stands in the log twice."""
    counts = Counter(
        (recorded.event.body.declarant, recorded.event.body.functional_reference)
        for recorded in log
        if isinstance(recorded.event.body, DeclarationRegistered)
    )
    for who, count in counts.items():
        if count > 1:
            yield f"I1: {who} is registered {count} times"


def released_once(log: list[Recorded], users_on: UsersOn) -> Iterator[str]:
    """I2: the story of every case is lawful, and has one release at most."""
    found: dict[str, Case] = {}
    releases: Counter[str] = Counter()
    for recorded in log:
        view, key = recorded.stream.split("/", 1)
        if view != CASE:
            continue
        case = found.get(key, Case())
        try:
            lawful(case, recorded.event, users_on)
        except AssertionError as fault:
            yield f"I2: {key}: {recorded.event.body.name()} was not lawful: {fault}"
        releases[key] += isinstance(recorded.event.body, GoodsReleased)
        found[key] = cases.evolve(case, recorded.event)
    for key, count in releases.items():
        if count > 1:
            yield f"I2: {key} was released {count} times"


def states_from_events(desk: Desk) -> Iterator[str]:
    """I4: the rows are those that the log gives anew."""
    ledger = desk.ledger
    before = {view: ledger.rows(view) for view in VIEWS}
    rebuild(desk, lambda _: None)
    for view in VIEWS:
        if ledger.rows(view) != before[view]:
            yield f"I4: the rows of {view} are not those of the log"


def events_from_messages(log: list[Recorded], sent: Container[str]) -> Iterator[str]:
    """I4: every event was caused by something that was sent, or tells that a stranger tried."""
    for key in {recorded.act for recorded in log}:
        if key not in sent and not key.startswith(("commit-secret|", "read|")):
            yield f"I4: nobody sent {key}"


def all_in_a_state(ledger: Ledger, users_on: UsersOn) -> Iterator[str]:
    """I6: a case that is not over waits for somebody."""
    for row in ledger.rows(CASE):
        status = status_of(row.key, decode_case(row.value), users_on)
        if status.status in ("waiting", "held") and not status.waiting:
            yield f"I6: {row.key} is {status.status} and waits for nobody"
