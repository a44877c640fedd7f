"""One seeded run: traders and officers at two desks over one store, under mixed faults.

Messages come late, twice and in the wrong order; clocks jump; the line to the store is cut before
and after it wrote; one desk overtakes the other between reading and writing. Whoever gets no answer
sends the same message again, as the rules of the interface tell him to. The same seed gives the
same run to the letter.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import CODEC
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge, lodgement_key
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.casework.shorthand import Declaration, expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.reference import make_reference
from gatepost.lodgement import rules
from tests.faults import invariants
from tests.faults.faulty import CALM, Cut, FaultyLedger, Rates
from tests.small_country import AGENCIES, declaration, goods, parts

START = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
"""The night in which the clocks of Aldermark go back an hour."""

COUNTRY = Jurisdiction(parts())
CASES = 4
ACTS = 14
LOADS = (
    (goods(documents=("N851 PC-1",)),),
    (goods(),),
    (goods("02023090", documents=("N853 H-1",), value="2000"),),
    (goods(documents=("N851 PC-1",), net_mass="600"), goods("02023090", documents=("N853 H",))),
    (goods("72083900"),),
)
OFFICERS = tuple(f"{name}.{who}" for name in AGENCIES for who in ("one", "two", "region"))
DECISIONS = ("clear", "clear", "clear", "clear_conditional", "refuse", "return", "destroy")
ACT_NAMES = ("arrive", "examine", "find", "decide", "decide", "decide", "hold", "lift")
OTHER_NAMES = ("release", "remove", "tick", "amend", "present", "meet", "resolve", "withdraw")
AGAIN = {rules.UNKNOWN_REFERENCE.number, rules.BUSY.number}
"""Refusals that leave nothing on record: the same message may be sent again."""


class Message(msgspec.Struct, frozen=True):
    """What somebody sends, under its key; ``send`` does it at a desk at the desk's time."""

    key: str
    send: Callable[[Desk, datetime], Any]


class World:
    """A run: what was sent, what was answered, and what is still on its way."""

    def __init__(self, seed: int, ledger: Ledger | None = None) -> None:
        self.rng = random.Random(seed)
        self.store: Ledger = MemoryLedger(CODEC) if ledger is None else ledger
        rates = Rates(*(self.rng.choice((0.0, 0.02, 0.1)) for _ in range(4)))
        self.lines = [FaultyLedger(self.store, self.rng, rates) for _ in range(2)]
        self.desks = [Desk(COUNTRY, line, FixedKey(b"k" * 32)) for line in self.lines]
        for line in self.lines:
            line.meanwhile = self._overtake
        self.now = START
        self.answers: dict[str, Any] = {}
        self.wrong: list[str] = []
        self.pending = list(self._messages())
        self.sent = {message.key for message in self.pending}
        self._within = False

    def _messages(self) -> Iterator[Message]:
        for number in range(CASES):
            reference = f"R-{number}"
            short = declaration(*self.rng.choice(LOADS), reference=reference)
            key = lodgement_key(short.declarant, reference)
            yield Message(key, _lodging(short))
            case = make_reference(START.year, "XA", key)
            for one in range(ACTS):
                yield self._act(f"a{number}-{one}", case, short)

    def _act(self, id: str, reference: str, short: Declaration) -> Message:
        rng = self.rng
        name = rng.choice(ACT_NAMES if rng.random() < 0.7 else OTHER_NAMES)
        moves = name in ("arrive", "present", "remove", "tick", "amend", "withdraw")
        late = timedelta(minutes=rng.randrange(-5, 40))
        fields: dict[str, Any] = {
            "id": id,
            "act": name,
            "reference": reference,
            "by": "operator" if moves else rng.choice(OFFICERS),
            **self._particulars(name, short),
        }
        first: list[Act] = []

        def send(desk: Desk, now: datetime) -> Any:
            if not first:
                first.append(msgspec.convert(fields | _moments(name, now - late), Act))
            return perform(desk, first[0], now)

        return Message(f"act|{id}", send)

    def _particulars(self, name: str, short: Declaration) -> dict[str, Any]:
        rng = self.rng
        match name:
            case "examine" | "find":
                return {"result": rng.choice(("conform", "conform", "nonconform"))}
            case "decide" | "resolve":
                decision = rng.choice(DECISIONS)
                return {"decision": decision, "reason": "why", "condition": "pay"}
            case "hold":
                law = [{"cite": "Border Act, s. 9"}]
                return {"reason": "suspicion", "legal_basis": law}
            case "amend":
                mass = str(rng.randrange(400, 700))
                first = msgspec.structs.replace(short.items[0], net_mass=mass)
                changed = msgspec.structs.replace(short, items=(first, *short.items[1:]))
                return {"declaration": expand(changed), "reason": "corrected"}
            case _:
                return {}

    def run(self) -> list[str]:
        """Deliver everything, under faults and then until all is answered; return what is wrong."""
        for _ in range(len(self.pending) * 3):
            self._deliver(self.rng.randrange(2))
        for line in self.lines:
            line.rates = CALM
        for _ in range(len(self.pending) * 40):
            if not self.pending:
                break
            self._deliver(self.rng.randrange(2))
        return [*self.wrong, *self._violated()]

    def _deliver(self, desk: int) -> None:
        if not self.pending:
            return
        self._tick()
        message = self.rng.choice(self.pending)
        try:
            answer = message.send(self.desks[desk], self.now)
        except Cut:
            return
        if _is_to_be_sent_again(answer) and self._still_coming():
            return
        first = self.answers.get(message.key)
        if first is None or _is_to_be_sent_again(first):
            # An agency that had no part in the case and was told of none may have one by now.
            self.answers[message.key] = answer
        elif answer != first:
            self.wrong.append(f"I1: {message.key} was answered {first} and then {answer}")
        if self.rng.random() > 0.2 and message in self.pending:
            self.pending.remove(message)

    def _still_coming(self) -> bool:
        """Tell whether a lodgement is on its way, so that an act may have overtaken it."""
        return any(message.key.startswith("lodge|") for message in self.pending)

    def _tick(self) -> None:
        """Let time pass; now and then a clock jumps an hour, forward or back."""
        self.now += timedelta(minutes=self.rng.randrange(0, 15))
        if self.rng.random() < 0.03:
            self.now += timedelta(hours=self.rng.choice((-1, 1)))

    def _overtake(self) -> None:
        """Let the other desk do something between the reading and the writing of this one."""
        if self._within:
            return
        self._within = True
        try:
            self._deliver(self.rng.randrange(2))
        finally:
            self._within = False

    def _violated(self) -> Iterator[str]:
        log, users_on = invariants.log_of(self.store), COUNTRY.users_on
        told = {
            key: answer.happened
            for key, answer in self.answers.items()
            if key.startswith("act|") and answer.happened
        }
        yield from invariants.stored_once(log, told)
        yield from invariants.registered_once(log)
        for key, answer in self.answers.items():
            if key.startswith("lodge|") and answer.reference and self.store.act(key) is None:
                yield f"I1: {key} was acknowledged and is not there"
        yield from invariants.released_once(log, users_on)
        yield from invariants.events_from_messages(log, self.sent)
        yield from invariants.all_in_a_state(self.store, users_on)
        desk = Desk(COUNTRY, self.store, FixedKey(b"k" * 32))
        yield from invariants.states_from_events(desk)


def _lodging(short: Declaration) -> Callable[[Desk, datetime], Any]:
    dataset = expand(short)
    return lambda desk, now: lodge(desk, dataset, digest_of(dataset), now)


def _moments(name: str, at: datetime) -> dict[str, Any]:
    """Return when an act happened, and when what it sets ends."""
    ends = {"hold": ("expires", 3), "decide": ("due", 2), "resolve": ("due", 2)}
    if name not in ends:
        return {"at": at}
    field, hours = ends[name]
    return {"at": at, field: at + timedelta(hours=hours)}


def _is_to_be_sent_again(answer: Any) -> bool:
    """Tell whether an answer leaves nothing on record and asks to try again."""
    return any(notice.code in AGAIN for notice in answer.notices)
