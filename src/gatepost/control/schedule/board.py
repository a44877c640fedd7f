"""The board on which visits are placed one by one, each as early as what is left allows."""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.control.schedule.minutes import first, span, starts
from gatepost.control.schedule.problem import Job, Problem, Slot, Visit

EVER = -1
"""Every moment: all bits of a whole number without end."""


class Board:
    """Who and what is still free; ``place`` takes, ``copy`` lets one try."""

    __slots__ = ("bays", "movements", "officers", "problem", "scanners")

    def __init__(self, problem: Problem, since: int = 0) -> None:
        """Begin with everything of ``problem`` free from ``since`` on."""
        self.problem = problem
        self.bays = [free >> since << since for free in problem.bays]
        self.scanners = [free >> since << since for free in problem.scanners]
        self.officers = [free >> since << since for free in problem.officers]
        self.movements = [EVER] * problem.movements

    def copy(self) -> Board:
        """Return a board that can be changed apart from this one."""
        other = Board.__new__(Board)
        other.problem = self.problem
        other.bays = self.bays.copy()
        other.scanners = self.scanners.copy()
        other.officers = self.officers.copy()
        other.movements = self.movements.copy()
        return other

    def slot(self, visit: Visit, after: int = 0) -> Slot | None:
        """Return the earliest place for ``visit`` not before ``after``, or ``None``."""
        low = max(visit.arrival, after)
        if not visit.scan:
            return self._stop(visit, low)
        scanned = self._scan(visit, low)
        found = None
        if scanned is not None:
            at, scanner = scanned
            stop = self._stop(visit, at + visit.scan)
            found = stop and stop._replace(scan_start=at, scanner=scanner)
        if self.problem.scan_first or not visit.length:
            return found
        return self._better(found, self._scanned_after(visit, low))

    def take(self, visit: Visit, slot: Slot) -> None:
        """Take what ``visit`` needs at ``slot``."""
        if slot.bay >= 0:
            busy = span(slot.start, slot.end)
            self.bays[slot.bay] &= ~busy
            self.movements[visit.movement] &= ~busy
        for job, officer in zip(visit.jobs, slot.officers, strict=True):
            begin = slot.start + job.offset
            self.officers[officer] &= ~span(begin, begin + job.length)
        if slot.scanner >= 0:
            busy = span(slot.scan_start, slot.scan_start + visit.scan)
            self.scanners[slot.scanner] &= ~busy
            self.movements[visit.movement] &= ~busy

    def place(self, visit: Visit, after: int = 0) -> Slot | None:
        """Take the earliest place for ``visit`` and return it."""
        slot = self.slot(visit, after)
        if slot is not None:
            self.take(visit, slot)
        return slot

    def moments(self, visit: Visit, low: int) -> int:
        """Return when the visit could begin, each job having some officer and all a bay.

        That the officers are different ones is not looked at.
        """
        own = self.movements[visit.movement]
        found = starts(own, visit.length) if own != EVER else EVER
        if visit.bays:
            free = 0
            for bay in visit.bays:
                free |= starts(self.bays[bay], visit.length)
            found &= free
        else:
            found = 0
        for job in visit.jobs:
            if not found:
                break
            found &= self.job_moments(visit, job) >> job.offset
        return found >> low << low

    def job_moments(self, visit: Visit, job: Job) -> int:
        """Return when some officer could begin a job."""
        free, calls = 0, self.problem.calls
        for officer in job.officers:
            could = starts(self.officers[officer], job.length)
            if calls[officer]:
                there = visit.known + calls[officer]
                could = could >> there << there
            free |= could
        return free

    def _scan(self, visit: Visit, low: int) -> tuple[int, int] | None:
        own = self.movements[visit.movement]
        best = None
        for scanner, free in enumerate(self.scanners):
            at = first(starts(free & own, visit.scan) >> low << low)
            if at is not None and (best is None or at < best[0]):
                best = at, scanner
        return best

    def _scanned_after(self, visit: Visit, low: int) -> Slot | None:
        stop = self._stop(visit, low)
        scanned = stop and self._scan(visit, stop.end)
        if stop is None or scanned is None:
            return None
        return stop._replace(scan_start=scanned[0], scanner=scanned[1])

    @staticmethod
    def _better(one: Slot | None, other: Slot | None) -> Slot | None:
        found = [slot for slot in (one, other) if slot is not None]
        return min(found, key=lambda slot: max(slot.end, slot.scan_start), default=None)

    def _stop(self, visit: Visit, low: int) -> Slot | None:
        """Return the earliest bay and officers from ``low`` on; the scan is seen to elsewhere."""
        if not visit.length:
            return Slot(low, low, -1, ())
        found = self.moments(visit, low)
        while found:
            start = (found & -found).bit_length() - 1
            officers = self.crew(visit, start)
            if officers is not None:
                end = start + visit.length
                busy = span(start, end)
                bay = next(b for b in visit.bays if self.bays[b] & busy == busy)
                return Slot(start, end, bay, officers)
            found &= found - 1
        return None

    def crew(self, visit: Visit, start: int) -> tuple[int, ...] | None:
        """Return an officer for each job if the visit begins at ``start``; none is at two jobs."""
        able: list[tuple[int, list[int]]] = []
        calls = self.problem.calls
        for job in visit.jobs:
            begin = start + job.offset
            busy = span(begin, begin + job.length)
            free = [
                one
                for one in job.officers
                if self.officers[one] & busy == busy
                and (not calls[one] or begin >= visit.known + calls[one])
            ]
            if not free:
                return None
            if len(free) > 1:
                free.sort(key=lambda one: self._apt(one, begin))
            able.append((busy, free))
        return _apart(able, 0, [])

    def _apt(self, officer: int, begin: int) -> tuple[int, int]:
        """Return how dear an officer is at a moment: for what else, and how long, one could serve.

        Whoever goes off duty soonest is taken first, as shifts overlap like tiles.
        """
        taken = ~self.officers[officer] >> begin
        return self.problem.ranks[officer], (taken & -taken).bit_length()


def _apart(
    able: Sequence[tuple[int, list[int]]], number: int, chosen: list[int]
) -> tuple[int, ...] | None:
    """Choose an officer for each job from ``number`` on, so that nobody is needed twice at once."""
    if number == len(able):
        return tuple(chosen)
    busy, free = able[number]
    for officer in free:
        clash = any(
            one == officer and able[earlier][0] & busy for earlier, one in enumerate(chosen)
        )
        if not clash:
            found = _apart(able, number + 1, [*chosen, officer])
            if found is not None:
                return found
    return None
