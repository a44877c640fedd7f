"""A day at a post on a simulated clock, through the real lodging and the real acts.

Every crossing is lodged, arrives and is worked on by the agencies its law names:
stops of the plan take a bay, desk checks an officer's time, and an agency decides
where its own rules do not. Nothing here decides anything: it only acts and waits.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.answers import ActAnswer
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.movement import Movement
from gatepost.casework.projection import work_items
from gatepost.casework.shorthand import Declaration, expand
from gatepost.casework.work import Work
from gatepost.control.model import Stop
from gatepost.control.plan import case_of, qualified
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.simulation.chance import Chance
from gatepost.simulation.staff import Roster
from gatepost.simulation.trader import in_good_time, with_papers
from gatepost.simulation.traffic import Crossing

POST = "north_gate"
BAYS = 3
FORGETS = 0.06
"""Share of lodgements where one document was left at the office."""
LATE = 0.08
"""Share of traders who do not think of the notice an agency asks for."""
DESK_MINUTES, DECISION_MINUTES = 12, 15
"""What a desk check and a decision typically take."""
NONCONFORM = 0.03
"""Share of examinations that find something wrong."""

Task = Callable[[datetime], None]


class Scene(msgspec.Struct, frozen=True):
    """One act that the script of the day prescribes, so many minutes after the arrival."""

    script: str
    minutes: float
    act: dict[str, Any]


class Day:
    """One day in play; ``run`` plays it to its end.

    ``alike`` lets chance depend on the goods only and not on which agency looks at them, so that
    the same things are wrong and take as long however the agencies are organised. In ``wrong`` of
    the examinations, or of the consignments if they are alike, something is found.
    """

    def __init__(
        self,
        desk: Desk,
        chance: Chance,
        day: date,
        scenes: Iterable[Scene] = (),
        alike: bool = False,
        wrong: float = NONCONFORM,
    ) -> None:
        self.desk = desk
        self.references: dict[str, str] = {}
        self.refused: list[tuple[str, Refused]] = []
        self.answers: list[ActAnswer] = []
        self._chance = chance
        self._alike = alike
        self._wrong = wrong
        self._day = day.isoformat()
        self._scenes = tuple(scenes)
        self._roster = Roster(desk.jurisdiction.register, POST, day)
        self._queue: list[tuple[datetime, int, Task]] = []
        self._number = 0
        self._bays: list[datetime] = []
        self._doing: set[tuple[str, str, str]] = set()

    def is_wrong(self, reference: str, agency: str = "") -> bool:
        """Tell whether an agency that looks into a consignment finds something wrong.

        Where all look alike it is wrong or not, whatever reference its country gave it.
        """
        name = reference
        if self._alike:
            name = next(own for own, given in self.references.items() if given == reference)
        return self._chance.happens(self._wrong, "wrong", name, self._who(agency))

    def run(
        self,
        crossings: Iterable[Crossing],
        progress: Callable[[datetime], None],
        until: datetime | None = None,
    ) -> None:
        """Play every crossing and all that follows from it, or what does ``until`` a moment."""
        for crossing in crossings:
            self._at(self._lodging_time(crossing), partial(self._lodge, crossing))
        while self._queue and (until is None or self._queue[0][0] <= until):
            now, _, task = heapq.heappop(self._queue)
            task(now)
            progress(now)

    def _lodging_time(self, crossing: Crossing) -> datetime:
        """Return when a trader lodges: in good time, but for the few who forget the notice."""
        if self._chance.happens(LATE, "late", crossing.declaration.reference):
            return crossing.lodged
        jurisdiction = self.desk.jurisdiction
        return in_good_time(jurisdiction, crossing.declaration, crossing.lodged, crossing.arrival)

    def _at(self, moment: datetime, task: Task) -> None:
        self._number += 1
        heapq.heappush(self._queue, (moment, self._number, task))

    def _lodge(self, crossing: Crossing, now: datetime) -> None:
        name = crossing.declaration.reference
        forget = None
        if not crossing.script and self._chance.happens(FORGETS, "forgets", name):
            forget = self._chance.whole(0, 3, "which", name)
        full = with_papers(self.desk.jurisdiction, crossing.declaration, now)
        lodged = with_papers(self.desk.jurisdiction, crossing.declaration, now, forget)
        dataset = expand(lodged)
        try:
            answer = lodge(self.desk, dataset, digest_of(dataset), now)
        except Refused as refused:
            self.refused.append((name, refused))
            return
        reference = answer.reference or ""
        self.references[name] = reference
        if lodged != full:
            hours = self._chance.between(1.0, 4.0, "fetches", name)
            self._at(
                crossing.arrival + timedelta(hours=hours),
                partial(self._amend, reference, full),
            )
        self._at(crossing.arrival, partial(self._arrive, crossing, reference))

    def _amend(self, reference: str, declaration: Declaration, now: datetime) -> None:
        self._act(
            "amend",
            reference,
            now,
            "operator",
            declaration=expand(declaration),
            reason="document added",
        )
        self._look(reference, now)

    def _arrive(self, crossing: Crossing, reference: str, now: datetime) -> None:
        case = Work(self.desk, now).case(reference)
        if case.known.arrived_at is None:
            self._act("arrive", reference, now, "operator", source="system")
        for scene in self._scenes:
            if scene.script == crossing.script:
                later = now + timedelta(minutes=scene.minutes)
                self._at(later, partial(self._scene, scene, reference))
        for other in Work(self.desk, now).movement(case.known.movement).cases:
            self._look(other, now)

    def _scene(self, scene: Scene, reference: str, now: datetime) -> None:
        fields = dict(scene.act)
        name, by = fields.pop("act"), fields.pop("by")
        if "expires_hours" in fields:
            fields["expires"] = now + timedelta(hours=fields.pop("expires_hours"))
        self._act(name, reference, now, by, **fields)
        self._look(reference, now)

    def _look(self, reference: str, now: datetime) -> None:
        """Plan whatever the case now asks its agencies or its trader to do."""
        work = Work(self.desk, now)
        case = work.case(reference)
        if case.status == "released":
            self._leave(reference, now)
        movement = work.movement(case.known.movement)
        for stop in movement.plan.stops:
            self._stop(case.known.movement, stop, movement, now)
        for item in work_items(reference, case, work.interests(reference)):
            desk = [c for c in item.controls if not case.controls.by_id[c].physical]
            if desk:
                minutes = self._chance.skewed(
                    DESK_MINUTES, reference, self._who(item.agency), "desk"
                )
                self._once(reference, item.agency, "desk", now, minutes, self._desk_check)
            if item.action == "decide":
                minutes = self._chance.skewed(
                    DECISION_MINUTES, reference, self._who(item.agency), "decide"
                )
                self._once(reference, item.agency, "decide", now, minutes, self._decide)

    def _who(self, agency: str) -> str:
        return "" if self._alike else agency

    def _once(
        self,
        reference: str,
        agency: str,
        what: str,
        now: datetime,
        minutes: float,
        task: Callable[[str, str, datetime], None],
    ) -> None:
        key = (reference, agency, what)
        if key in self._doing:
            return
        self._doing.add(key)

        def do(later: datetime) -> None:
            self._doing.discard(key)
            task(reference, agency, later)

        self._at(now + timedelta(minutes=minutes), do)

    def _leave(self, reference: str, now: datetime) -> None:
        minutes = self._chance.skewed(18, reference, "leave")
        self._once(reference, "", "leave", now, minutes, self._remove)

    def _remove(self, reference: str, agency: str, now: datetime) -> None:
        if Work(self.desk, now).case(reference).status == "released":
            self._act("remove", reference, now, "operator", source="system")

    def _stop(self, key: str, stop: Stop, movement: Movement, now: datetime) -> None:
        """Take the first free bay for a stop; at its end the agencies record what they found."""
        if (
            movement.arrived_at is None
            or stop.place == "before"
            or (key, stop.id, "") in self._doing
            or self._still_open(_cases_of(stop), stop, now) is None
        ):
            return
        self._doing.add((key, stop.id, ""))
        while len(self._bays) < BAYS:
            heapq.heappush(self._bays, now)
        begin = max(now, heapq.heappop(self._bays)) + timedelta(minutes=5)
        minutes = self._chance.skewed(14 + 6 * len(stop.controls), key, stop.id)
        end = begin + timedelta(minutes=min(minutes, 90))
        heapq.heappush(self._bays, end)
        self._at(end, partial(self._examined, key, stop, begin))

    def _examined(self, key: str, stop: Stop, begin: datetime, now: datetime) -> None:
        self._doing.discard((key, stop.id, ""))
        references = _cases_of(stop)
        lead = self._roster.officer(stop.lead, "examine")
        others = [agency for agency in stop.agencies if agency != stop.lead]
        self._sample(references, stop, now)
        first = self._still_open(references, stop, now)
        if lead is None or first is None:
            return
        done = self._act(
            "examine", first, now, lead, **{"with": others, "stop": stop.id, "started": begin}
        )
        if done.status == "refused":
            return
        for reference in references:
            for agency in stop.agencies:
                self._found(reference, agency, now)
            self._look(reference, now)

    def _still_open(self, references: list[str], stop: Stop, now: datetime) -> str | None:
        for reference in references:
            case = Work(self.desk, now).case(reference)
            if any(
                qualified(c) in stop.controls and c.status == "open" for c in case.controls.open
            ):
                return reference
        return None

    def _sample(self, references: list[str], stop: Stop, now: datetime) -> None:
        """Take the samples of a stop; the laboratory answers a day or two later."""
        for reference in references:
            for control in Work(self.desk, now).case(reference).controls.open:
                officer = self._roster.officer(control.agency, "sample")
                wanted = qualified(control) in stop.controls and control.status == "open"
                if control.kind == "sample" and wanted and officer:
                    self._act("sample", reference, now, officer, controls=[control.id])
                    hours = self._chance.between(24, 48, "laboratory", reference, control.id)
                    task = partial(self._answered, reference, control.agency)
                    self._at(now + timedelta(hours=hours), task)

    def _answered(self, reference: str, agency: str, now: datetime) -> None:
        self._found(reference, agency, now)
        self._look(reference, now)

    def _found(self, reference: str, agency: str, now: datetime) -> None:
        case = Work(self.desk, now).case(reference)
        mine = [
            c.id
            for c in case.controls.open
            if c.agency == agency and c.status in ("examined", "sampled")
        ]
        officer = self._roster.officer(agency, "examine")
        if not mine or officer is None:
            return
        wrong = self.is_wrong(reference, agency)
        self._act(
            "find",
            reference,
            now,
            officer,
            controls=mine,
            result="nonconform" if wrong else "conform",
        )

    def _desk_check(self, reference: str, agency: str, now: datetime) -> None:
        case = Work(self.desk, now).case(reference)
        mine = [c.id for c in case.controls.open if c.agency == agency and not c.physical]
        officer = self._roster.officer(agency, "examine")
        if mine and officer:
            self._act("find", reference, now, officer, controls=mine, result="conform")
        self._look(reference, now)

    def _decide(self, reference: str, agency: str, now: datetime) -> None:
        """Clear what is in order; refuse what an examination spoke against."""
        case: Case = Work(self.desk, now).case(reference)
        officer = self._roster.officer(agency, "decide")
        interests = case.interests(self.desk.jurisdiction.users_on)
        ready = {
            key: one
            for key, one in interests.items()
            if one.agency == agency and one.ready and key not in case.release.decisions
        }
        if officer is None or not ready:
            return
        for adverse in (False, True):
            targets = [one.target for one in ready.values() if one.adverse is adverse]
            if targets:
                self._act(
                    "decide",
                    reference,
                    now,
                    officer,
                    targets=targets,
                    decision="refuse" if adverse else "clear",
                    reason="the examination found what the law does not allow" if adverse else "",
                )
        self._look(reference, now)

    def _act(
        self, name: ActName, reference: str, now: datetime, by: str, **fields: Any
    ) -> ActAnswer:
        self._number += 1
        plain = {
            "id": f"{self._day}-{self._number}",
            "act": name,
            "reference": reference,
            "at": now,
        }
        act = msgspec.convert({**plain, "source": "manual", **fields}, Act)
        answer = perform(self.desk, act, now, by)
        self.answers.append(answer)
        return answer


def _cases_of(stop: Stop) -> list[str]:
    return list(dict.fromkeys(map(case_of, stop.controls)))
