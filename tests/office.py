"""A desk of the small country with short words for what tests do at it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.answers import ActAnswer, LodgeAnswer
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.events import ReadRefused
from gatepost.casework.lodge import lodge
from gatepost.casework.movement import Movement
from gatepost.casework.projection import (
    CASE,
    MOVEMENT,
    READ,
    WorkItem,
    decode_case,
    decode_movement,
)
from gatepost.casework.reading import work_list
from gatepost.casework.shorthand import Declaration, expand
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.digest import digest_of
from gatepost.kernel.event import Event
from tests.small_country import declaration, goods, parts, small_desk

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LAW_OF_HOLDS = [{"cite": "Border Act, s. 9"}]

ROSES = declaration(goods(documents=("N851 PC-1",)))
"""The plant service examines them, then clears by its own rules."""
BEEF = declaration(goods("02023090", documents=("N853 H-1",)))
"""The veterinary service decides; nothing is examined."""
STEEL = declaration(goods("72083900"))
"""Customs alone is concerned and clears at once."""
DEAR = declaration(goods("72083900", value="2000"))
"""Customs examines goods of this value."""
MIXED = declaration(
    goods(documents=("N851 PC-1",), value="2000"), goods("02023090", documents=("N853 H-1",))
)
"""Roses that customs and the plant service examine, and beef that the veterinary service clears."""


class Office:
    """A desk, and what people do at it; a refused lodging raises ``Refused``."""

    def __init__(self, **changes: list[Any]) -> None:
        self.desk: Desk = small_desk(**changes)
        self.count = 0

    def lodge(self, short: Declaration, at: Any = NOON, **changes: Any) -> str:
        """Lodge and return the reference."""
        return self.answer(short, at, **changes).reference or ""

    def answer(self, short: Declaration, at: Any = NOON, **changes: Any) -> LodgeAnswer:
        dataset = expand(msgspec.structs.replace(short, **changes))
        return lodge(self.desk, dataset, digest_of(dataset), at)

    def act(
        self, name: str, on: str, by: Any = "operator", at: Any = NOON, **fields: Any
    ) -> ActAnswer:
        self.count += 1
        return self.send(
            {"id": f"a{self.count}", "act": name, "reference": on, "at": at, **fields}, by
        )

    def send(self, fields: dict[str, Any], by: str = "operator") -> ActAnswer:
        act = msgspec.convert(fields, Act)
        return perform(self.desk, act, act.at, by)

    def done(
        self, name: str, on: str, by: Any = "operator", at: Any = NOON, **fields: Any
    ) -> ActAnswer:
        """Do an act that must not be refused."""
        answer = self.act(name, on, by, at, **fields)
        assert answer.status == "done", answer.notices
        return answer

    def refusal(
        self, name: str, on: str, by: Any = "operator", at: Any = NOON, **fields: Any
    ) -> tuple[str, ...]:
        """Do an act that must be refused, and return the numbers of the rules."""
        answer = self.act(name, on, by, at, **fields)
        assert answer.status == "refused", answer.happened
        return tuple(notice.code for notice in answer.notices)

    def turned_away(
        self, name: str, on: str, by: str, at: Any = NOON, **fields: Any
    ) -> tuple[str, ...]:
        """Do an act that is a stranger's, and return the number of the rule put on record."""
        assert self.refusal(name, on, by, at, **fields) == ("LODGE-301",)
        last = self.desk.ledger.read(f"{READ}/{on}")[-1].event
        assert isinstance(last.body, ReadRefused)
        assert (last.actor.id, last.body.channel) == (by, "act")
        return (last.body.code,)

    def amend(self, on: str, short: Declaration, at: Any = NOON, **fields: Any) -> ActAnswer:
        by = fields.pop("by", "operator")
        return self.act(
            "amend", on, by, at, declaration=expand(short), reason="put right", **fields
        )

    def work(self, agency: str, post: str | None = None) -> list[WorkItem]:
        """Return the work list of an agency as the operator sees it."""
        return work_list(self.desk, OPERATOR, NOON, agency, post)

    def case(self, reference: str) -> Case:
        stored = self.desk.ledger.row(CASE, reference)
        assert stored is not None
        return decode_case(stored)

    def movement(self, reference: str) -> Movement:
        stored = self.desk.ledger.row(MOVEMENT, self.case(reference).known.movement)
        assert stored is not None
        return decode_movement(stored)

    def controls(self, reference: str) -> dict[str, str]:
        return {c.id: c.status for c in self.case(reference).controls.by_id.values()}

    def events(self, reference: str) -> list[Event]:
        return [one.event for one in self.desk.ledger.read(f"{CASE}/{reference}")]

    def bodies(self, reference: str, kind: type) -> list[Any]:
        return [one.body for one in self.events(reference) if isinstance(one.body, kind)]


def of_all(*names: str) -> list[Any]:
    """Return requirements by which each of these agencies has a say in every import."""
    (customs, *_) = parts()["requirement"]
    return [
        msgspec.structs.replace(customs, id=f"{name.upper()}-REQ-9", agency=name) for name in names
    ]
