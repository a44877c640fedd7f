"""OR-Tools CP-SAT as a planner: it says when each visit should begin, and what cannot be beaten.

Officers are pooled: one cumulative constraint for each union of pools that Hall's condition
names. Bays, and in small problems officers too, are chosen by kind, for what is under way
cannot change hands. Names are given afterwards by ``control``, which also checks. The plan one
has is the hint, and its longest times are the limit.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from gatepost.control.schedule.board import Board
from gatepost.control.schedule.greedy import Cost, Slots
from gatepost.control.schedule.minutes import spans
from gatepost.control.schedule.planner import Proposal
from gatepost.control.schedule.pools import Pool, Use, pools_of
from gatepost.control.schedule.problem import Problem, Visit

WORKERS = 8
"""More than there are cores: each searches in its own way."""
SMALL = 20
"""Up to so many visits officers are chosen by kind, which makes the proof exact."""

Kind = tuple[int, ...]
"""Members of a pool that are alike all day."""
Choices = list[dict[Kind, cp_model.IntVar]]


class Model:
    """One problem as a constraint model."""

    def __init__(self, problem: Problem, limit: Cost) -> None:
        self.problem = problem
        self.limit = limit
        self.model = cp_model.CpModel()
        self.constant = 0
        board = Board(problem)
        self.starts = [self._start(board, n, visit) for n, visit in enumerate(problem.visits)]
        self.scans = [self._scan(n, visit) for n, visit in enumerate(problem.visits)]
        for pool in pools_of(problem):
            self._pool(pool)
        self.bays = self._kinds(
            [(v.bays, Use(n, 0, v.length)) for n, v in enumerate(problem.visits) if v.bays],
            problem.bays,
        )
        self.jobs: Choices = []
        if len(problem.visits) <= SMALL:
            jobs = [
                (job.officers, Use(number, job.offset, job.length))
                for number, visit in enumerate(problem.visits)
                for job in visit.jobs
            ]
            self.jobs = self._kinds(jobs, problem.officers)
        self._one_place()
        self._objective()

    def _start(self, board: Board, number: int, visit: Visit) -> cp_model.IntVar:
        """Return the start, from the arrival to the longest wait, when all could be there."""
        low = visit.arrival + (visit.scan if self.problem.scan_first else 0)
        over = min(visit.arrival + self.limit.longest, self.problem.horizon)
        high = max(min(over - visit.length, visit.arrival + self.limit.longest_wait), 0)
        moments = board.moments(visit, low) if visit.length else -1 << low
        moments &= (1 << high + 1) - 1
        domain = cp_model.Domain.from_intervals([[a, b - 1] for a, b in spans(moments)])
        return self.model.new_int_var_from_domain(domain, f"start-{number}")

    def _scan(self, number: int, visit: Visit) -> cp_model.IntVar | None:
        if not visit.scan:
            return None
        last = self.problem.horizon - visit.scan
        found = self.model.new_int_var(visit.arrival, last, f"scan-{number}")
        if self.problem.scan_first or not visit.length:
            self.model.add(found + visit.scan <= self.starts[number])
        return found

    def _at(self, pool: Pool, use: Use) -> cp_model.LinearExprT:
        if not pool.scan:
            return self.starts[use.visit] + use.offset
        scan = self.scans[use.visit]
        assert scan is not None
        return scan

    def _pool(self, pool: Pool) -> None:
        """No more of a pool are taken at a moment than are there."""
        intervals = [
            self.model.new_fixed_size_interval_var(self._at(pool, use), use.length, "")
            for use in pool.uses
        ]
        demands = [1] * len(intervals)
        for start, end, there in _steps(pool.capacity(self.problem.horizon)):
            if there < len(pool.free):
                intervals.append(self.model.new_fixed_size_interval_var(start, end - start, ""))
                demands.append(len(pool.free) - there)
        self.model.add_cumulative(intervals, demands, len(pool.free))

    def _kinds(self, uses: Sequence[tuple[Kind, Use]], free: Sequence[int]) -> Choices:
        """Let each use be done by one kind of those who may, and return the choices."""
        problem = self.problem
        kinds: dict[tuple[int, frozenset[int]], list[int]] = {}
        for member, moments in enumerate(free):
            users = frozenset(n for n, (able, _) in enumerate(uses) if member in able)
            if users:
                kinds.setdefault((moments, users), []).append(member)
        choices: Choices = [{} for _ in uses]
        always = (1 << problem.horizon) - 1
        for (moments, users), members in kinds.items():
            intervals = []
            for number in sorted(users):
                use = uses[number][1]
                here = choices[number][tuple(members)] = self.model.new_bool_var("")
                at = self.starts[use.visit] + use.offset
                intervals.append(
                    self.model.new_optional_fixed_size_interval_var(at, use.length, here, "")
                )
            demands = [1] * len(intervals)
            for start, end in spans(always & ~moments):
                intervals.append(self.model.new_fixed_size_interval_var(start, end - start, ""))
                demands.append(len(members))
            self.model.add_cumulative(intervals, demands, len(members))
        for one in choices:
            self.model.add_exactly_one(one.values())
        return choices

    def _one_place(self) -> None:
        """A conveyance with several visits is at one place at a time, and in their order."""
        moved: dict[int, list[cp_model.IntervalVar]] = {}
        for number, visit in enumerate(self.problem.visits):
            uses = moved.setdefault(visit.movement, [])
            for at, length in (
                (self.starts[number], visit.length),
                (self.scans[number], visit.scan),
            ):
                if length and at is not None:
                    uses.append(self.model.new_fixed_size_interval_var(at, length, ""))
            for other in visit.after:
                over = self.starts[other] + self.problem.visits[other].length
                self.model.add(self.starts[number] >= over)
        for uses in moved.values():
            if len(uses) > 1:
                self.model.add_no_overlap(uses)

    def _objective(self) -> None:
        """The weighted time of each consignment, until the last of its visits is over."""
        problem = self.problem
        ends: list[list[cp_model.LinearExprT]] = [[] for _ in problem.loads]
        for number, visit in enumerate(problem.visits):
            scan = self.scans[number]
            for index in visit.loads:
                ends[index].append(self.starts[number] + visit.length)
                if scan is not None and not problem.scan_first:
                    ends[index].append(scan + visit.scan)
        terms = []
        for load, mine in zip(problem.loads, ends, strict=True):
            if not mine or not load.weight:
                continue
            self.constant -= load.weight * load.arrival
            over = mine[0]
            if len(mine) > 1:
                over = self.model.new_int_var(0, problem.horizon, "")
                self.model.add_max_equality(over, mine)
            terms.append(load.weight * over)
        self.model.minimize(sum(terms))

    def hint(self, slots: Slots) -> None:
        """Begin from the plan one has."""
        for start, scan, slot in zip(self.starts, self.scans, slots, strict=True):
            if slot is not None:
                self.model.add_hint(start, slot.start)
                if scan is not None and slot.scan_start >= 0:
                    self.model.add_hint(scan, slot.scan_start)

    def held(self, solver: cp_model.CpSolver) -> tuple[Visit, ...]:
        """Return the visits, each held to the kinds of bays and officers chosen for it."""

        def chosen(choices: Choices) -> list[Kind]:
            return [next(k for k, here in one.items() if solver.value(here)) for one in choices]

        bays, jobs = iter(chosen(self.bays)), iter(chosen(self.jobs))
        found = []
        for visit in self.problem.visits:
            bay = next(bays) if visit.bays else ()
            own = tuple(
                job._replace(officers=next(jobs)) if self.jobs else job for job in visit.jobs
            )
            found.append(visit._replace(bays=bay, jobs=own))
        return tuple(found)


def solve(problem: Problem, hint: Slots, limit: Cost, seconds: float) -> Proposal:
    """Return the best starts found in ``seconds`` and the bound that CP-SAT proves."""
    model = Model(problem, limit)
    model.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Proposal()
    starts = tuple(solver.value(start) for start in model.starts)
    bound = round(solver.best_objective_bound) + model.constant
    return Proposal(starts, model.held(solver), bound)


def _steps(counts: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the counts as stretches of moments with the same count."""
    found: list[tuple[int, int, int]] = []
    for at, count in enumerate(counts):
        if found and found[-1][2] == count:
            found[-1] = found[-1][0], at + 1, count
        else:
            found.append((at, at + 1, count))
    return found
