"""Whatever arrives in whatever order: one release at most, and never past what is open (RL-01)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gatepost.casework import case as cases
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.answers import ActAnswer
from gatepost.casework.case import Case, UsersOn
from gatepost.casework.lodge import lodge
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.shorthand import expand
from gatepost.control.events import ControlsOrdered
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Event
from gatepost.kernel.legal import LegalBasis
from gatepost.release.events import GoodsReleased, GoodsRemoved
from tests.small_country import AGENCIES, declaration, goods, small_desk

START = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)
LOADS = {
    "roses": declaration(goods(documents=("N851 PC-1",)), reference="R-1"),
    "no paper": declaration(goods(), reference="R-2"),
    "beef": declaration(goods("02023090", documents=("N853 H-1",), value="2000"), reference="R-3"),
    "both": declaration(
        goods(documents=("N851 PC-1",), net_mass="600"),
        goods("02023090", documents=("N853 H-2",)),
        reference="R-4",
    ),
    "horses": declaration(goods("01012100"), reference="R-5"),
}
DECISIONS = ("clear", "clear_conditional", "refuse", "return", "destroy", "seize")
OFFICERS = [f"{name}.{who}" for name in AGENCIES for who in ("one", "two", "region")]


class Border(RuleBasedStateMachine):
    """Random acts by everybody on one case, repeated and out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = small_desk()
        self.now = START
        self.number = 0
        self.reference: str | None = None
        self.answers: list[tuple[Act, ActAnswer]] = []

    @precondition(lambda self: self.reference is None)
    @rule(load=st.sampled_from(sorted(LOADS)))
    def lodge(self, load: str) -> None:
        dataset = expand(LOADS[load])
        answer = lodge(self.desk, dataset, digest_of(dataset), self.now)
        assert lodge(self.desk, dataset, digest_of(dataset), self.now) == answer
        self.reference = answer.reference

    def act(self, name: str, by: str, **fields: Any) -> None:
        self.number += 1
        self.now += timedelta(minutes=7)
        act = msgspec.convert(
            {
                "id": f"a{self.number}",
                "act": name,
                "reference": self.reference,
                "at": self.now,
                "by": by,
                **fields,
            },
            Act,
        )
        self.answers.append((act, perform(self.desk, act, self.now)))

    @precondition(lambda self: self.reference)
    @rule(name=st.sampled_from(("arrive", "present", "remove")))
    def move(self, name: str) -> None:
        self.act(name, "operator")

    @precondition(lambda self: self.reference)
    @rule(
        by=st.sampled_from(OFFICERS),
        result=st.sampled_from((None, "conform", "nonconform")),
        joined=st.sampled_from(((), ("plant",), ("vet",))),
    )
    def examine(self, by: str, result: str | None, joined: tuple[str, ...]) -> None:
        self.act("examine", by, result=result, **{"with": joined})

    @precondition(lambda self: self.reference)
    @rule(by=st.sampled_from(OFFICERS), result=st.sampled_from(("conform", "nonconform")))
    def find(self, by: str, result: str) -> None:
        self.act("find", by, result=result)

    @precondition(lambda self: self.reference)
    @rule(by=st.sampled_from(OFFICERS), decision=st.sampled_from(DECISIONS))
    def decide(self, by: str, decision: str) -> None:
        due = self.now + timedelta(hours=2)
        self.act("decide", by, decision=decision, reason="why", condition="pay", due=due)

    @precondition(lambda self: self.reference)
    @rule(by=st.sampled_from(OFFICERS))
    def hold(self, by: str) -> None:
        self.act(
            "hold",
            by,
            reason="suspicion",
            expires=self.now + timedelta(hours=5),
            legal_basis=(LegalBasis("Border Act, s. 9"),),
        )

    @precondition(lambda self: self.reference)
    @rule(
        name=st.sampled_from(("lift", "release", "meet", "tick", "resolve")),
        by=st.sampled_from(OFFICERS),
    )
    def settle(self, name: str, by: str) -> None:
        self.act(name, by, decision="return", reason="ruled")

    @precondition(lambda self: self.reference)
    @rule(hours=st.integers(1, 8))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.act("tick", "operator")

    @precondition(lambda self: self.reference)
    @rule(load=st.sampled_from(sorted(LOADS)), mass=st.integers(400, 700))
    def amend(self, load: str, mass: int) -> None:
        recorded = self.desk.ledger.read(f"{CASE}/{self.reference}")[0].event.body
        reference = recorded.functional_reference  # type: ignore[attr-defined]
        first, *others = LOADS[load].items
        heavier = msgspec.structs.replace(first, net_mass=str(mass))
        short = msgspec.structs.replace(LOADS[load], reference=reference, items=(heavier, *others))
        self.act("amend", "operator", declaration=expand(short), reason="corrected")

    @precondition(lambda self: len(self.answers) > 2)
    @rule(which=st.integers(0, 1000))
    def repeat(self, which: int) -> None:
        act, answer = self.answers[which % len(self.answers)]
        # To whom nothing was open is not remembered: what is sent again is judged again.
        known = answer.reference is not None
        if known and (answer.happened or answer.status == "refused"):
            assert perform(self.desk, act, self.now) == answer

    @invariant()
    def the_log_tells_a_lawful_story(self) -> None:
        if self.reference is None:
            return
        case, releases = Case(), 0
        for recorded in self.desk.ledger.read(f"{CASE}/{self.reference}"):
            lawful(case, recorded.event, self.desk.jurisdiction.users_on)
            releases += isinstance(recorded.event.body, GoodsReleased)
            case = cases.evolve(case, recorded.event)
        assert releases <= 1
        stored = self.desk.ledger.row(CASE, self.reference)
        assert stored is not None
        assert decode_case(stored) == case

    def teardown(self) -> None:
        before = [self.desk.ledger.rows(view) for view in ("case", "movement", "work", "random")]
        rebuild(self.desk, lambda _: None)
        after = [self.desk.ledger.rows(view) for view in ("case", "movement", "work", "random")]
        assert after == before


def lawful(case: Case, event: Event, users_on: UsersOn) -> None:
    """What must hold of the case at the moment an event happens to it."""
    match event.body:
        case GoodsReleased() as body:
            interests = case.interests(users_on)
            assert interests
            assert not case.release.open_holds
            for key, interest in interests.items():
                kind = case.release.decisions[key].kind
                assert interest.allows(kind), (key, kind)
                if interest.target in body.targets and interest.target not in case.release.rulings:
                    assert kind in ("clear", "clear_conditional")
        case GoodsRemoved():
            assert case.release.released is not None
            assert not case.release.open_holds
            assert case.known.arrived_at or case.known.presented_at
        case ControlsOrdered():
            assert case.release.removed_at is None
        case _:
            pass


Border.TestCase.settings = settings(max_examples=500, stateful_step_count=50)
TestBorder = Border.TestCase
