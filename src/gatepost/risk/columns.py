"""Indicators over a whole history: the hits of all of them, and what they cost and found."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from math import prod
from typing import Any

import msgspec
import polars as pl

from gatepost.consignment.columns import frame_of
from gatepost.consignment.model import Consignment
from gatepost.expression.columns import compile_columns
from gatepost.expression.compile import compile_many
from gatepost.expression.explain import reads
from gatepost.expression.parser import parse
from gatepost.kernel.columns import Parts, Table
from gatepost.requirement.compiled import ROOTS, VOCABULARY
from gatepost.requirement.model import Level
from gatepost.risk.backtest import AgencyResult, Checked, IndicatorResult, SetResult
from gatepost.risk.intervals import share_of
from gatepost.risk.learnt import Scorer
from gatepost.risk.model import UNSTOPPED, Indicator, Learnt

Sets = Mapping[str, frozenset[str]]
Outcomes = Mapping[tuple[str, str], bool]
"""By agency and target: whether something wrong was found; what nobody looked at is absent."""

ITEMS = ("consignment", "items")
LEVELS: tuple[Level, ...] = ("consignment", "item", "traveller")
SAMPLE = 500


class Rows:
    """The subjects of one level: their columns, and the consignment each belongs to.

    ``found.AGENCY`` among the columns tells what that agency found.
    """

    def __init__(self, frame: pl.DataFrame, case: pl.Series, target: pl.Series) -> None:
        self.table = Table(frame)
        self.case = case
        self.target = target


class History:
    """What passed: references and regimes of the consignments, and the rows of each level."""

    def __init__(self, references: pl.Series, regimes: pl.Series, levels: Mapping[Level, Rows]):
        self.references = references
        self.regimes = regimes
        self.levels = levels

    @property
    def size(self) -> int:
        """The number of consignments."""
        return len(self.references)


def read_by(
    indicators: Iterable[Indicator], scorers: Mapping[str, Scorer] | None = None
) -> dict[Level, frozenset[Parts]]:
    """Return the paths that the conditions and models of each level read."""
    found: dict[Level, frozenset[Parts]] = dict.fromkeys(LEVELS, frozenset())
    for one in indicators:
        if one.when is not None:
            found[one.level] |= reads(parse(one.when))
        if one.learnt is not None and scorers:
            for feature in scorers[one.learnt.model].model.features:
                found[one.level] |= reads(parse(feature.reads))
    return found


def history_of(
    past: Sequence[tuple[str, Consignment, Outcomes]], paths: Mapping[Level, frozenset[Parts]]
) -> History:
    """Return the history of consignments with what was found, holding ``paths`` only."""
    agencies = sorted({agency for _, _, found in past for agency, _ in found})
    levels: dict[Level, Rows] = {}
    for level in LEVELS:
        subjects = [
            (case, target, record, found)
            for case, (_, consignment, found) in enumerate(past)
            for target, record in _subjects(level, consignment)
        ]
        frame = frame_of([one[2] for one in subjects], VOCABULARY, ROOTS[level], paths[level])
        outcomes = [
            pl.Series(
                f"found.{agency}",
                [_found(found, agency, target, level) for _, target, _, found in subjects],
                dtype=pl.Boolean,
            )
            for agency in agencies
        ]
        case = pl.Series("case", [one[0] for one in subjects], dtype=pl.UInt32)
        target = pl.Series([one[1] for one in subjects], dtype=pl.String)
        levels[level] = Rows(frame.hstack([*outcomes, case]), case, target)
    references = pl.Series([one[0] for one in past], dtype=pl.String)
    regimes = pl.Series([one[1].regime for one in past], dtype=pl.String)
    return History(references, regimes, levels)


def history_of_frame(frame: pl.DataFrame, paths: Mapping[Level, frozenset[Parts]]) -> History:
    """Return the history of flat records: one row a goods item, a traveller or a consignment.

    Where some of ``paths`` go through the items of a consignment, these are the records of one
    reference, unless a column tells them.
    """
    case, references = _cases(frame)
    frame = frame.with_columns(case=case)
    first = case.is_first_distinct()
    single = bool(first.all())
    regime = frame["regime"] if "regime" in frame.columns else _nothing(frame.height)
    items = pl.Series()
    if any(parts[:2] == ITEMS for several in paths.values() for parts in several):
        items = _items(frame)
    levels: dict[Level, Rows] = {}
    for level in ("item", "traveller"):
        own = frame.select(rf"^{level}\..*$")
        if own.width:
            there = reduce(operator.or_, (own[name].is_not_null() for name in own.columns))
            rows = frame.select(rf"^({level}|consignment|found)\..*$", "case")
            rows = rows if there.all() else rows.filter(there)
            if len(items):
                rows = rows.with_columns(items.gather(rows["case"]).alias(".".join(ITEMS)))
            levels[level] = Rows(rows, rows["case"], _targets(level, rows, single))
    whole = _whole(frame, first, single)
    if len(items):
        whole = whole.with_columns(items.alias(".".join(ITEMS)))
    target = pl.Series(["consignment"]).new_from_index(0, whole.height)
    levels["consignment"] = Rows(whole, whole["case"], target)
    return History(references, regime.filter(first), levels)


def _cases(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return the consignment of each record, and the references of the consignments."""
    if "reference" not in frame.columns:
        case = pl.int_range(frame.height, dtype=pl.UInt32, eager=True)
        return case, (case + 1).cast(pl.String)
    named = frame["reference"].fill_null("")
    references = named.unique(maintain_order=True)
    return named.cast(pl.Enum(references)).to_physical().cast(pl.UInt32), references


def _items(frame: pl.DataFrame) -> pl.Series:
    """Return the items of each consignment; empty where a column tells them, or no record one."""
    own = frame.select(r"^item\..*$")
    if not own.width or ".".join(ITEMS) in frame.columns:
        return pl.Series()
    fields = [own[name].alias(name.removeprefix("item.")) for name in own.columns]
    grouped = pl.DataFrame({"case": frame["case"], "item": pl.DataFrame(fields).to_struct()})
    return grouped.group_by("case", maintain_order=True).agg("item")["item"]


def _whole(frame: pl.DataFrame, first: pl.Series, single: bool) -> pl.DataFrame:
    """Return one row a consignment: the first that names it, and what was found in any."""
    whole = frame.select(r"^consignment\..*$", r"^found\..*$", "case")
    if single:
        return whole
    found = [name for name in whole.columns if name.startswith("found.")]
    # Max, as any() would make false of what nobody looked at.
    most = whole.group_by("case", maintain_order=True).agg(pl.col(found).max())
    return whole.filter(first).with_columns(most.select(found))


class Fired(msgspec.Struct, frozen=True):
    """Where one indicator hit: rows of its level, and the consignments they belong to."""

    indicator: Indicator
    rows: pl.Series
    cases: pl.Series


def hits_of(
    indicators: Sequence[Indicator],
    sets: Sets,
    history: History,
    secret: bytes,
    scorers: Mapping[str, Scorer] | None = None,
) -> list[Fired]:
    """Return the hits of each indicator on all days; ``secret`` decides random selections.

    ``scorers`` are the models that indicators rest on; schemes and trust are passed over.
    """
    regimes: dict[tuple[str, ...], pl.Series | None] = {}
    fired: dict[int, Fired] = {}
    for level, rows in history.levels.items():
        conditions = [
            (n, one.when or "true") for n, one in enumerate(indicators) if one.level == level
        ]
        found = compile_columns(conditions, VOCABULARY, ROOTS[level], sets)(rows.table)
        for n, hit in found.items():
            one = indicators[n]
            if one.regimes not in regimes:
                regimes[one.regimes] = _of_regimes(history.regimes, one.regimes)
            wanted = regimes[one.regimes]
            if wanted is not None:
                hit = hit.filter(wanted.gather(rows.case.gather(hit)))
            if one.learnt is not None and scorers:
                hit = _scored(one.learnt, scorers[one.learnt.model], hit, rows)
            if one.random is not None:
                hit = _drawn(one, hit, rows, history, secret)
            cases = rows.case.gather(hit)
            fired[n] = Fired(one, hit, cases if level == "consignment" else cases.unique())
    nobody = pl.Series(dtype=pl.UInt32)
    return [fired.get(n) or Fired(one, nobody, nobody) for n, one in enumerate(indicators)]


def records_of(
    history: History, level: Level, agency: str
) -> Iterator[tuple[tuple[Any, ...], bool | None]]:
    """Yield the subjects of a level as one-record functions read them, and what was found."""
    rows = history.levels.get(level)
    if rows is None:
        return
    for record in rows.table.frame.iter_rows(named=True):
        wrong = record.pop(f"found.{agency}", None)
        yield _record(record, ROOTS[level]), wrong


def same_one_by_one(
    indicators: Sequence[Indicator], sets: Sets, history: History, sample: int = SAMPLE
) -> Checked:
    """Ask some of the records again with the one-record functions, and compare the hits."""
    records, equal = 0, True
    for level, rows in history.levels.items():
        conditions = [
            (n, one.when or "true") for n, one in enumerate(indicators) if one.level == level
        ]
        if not conditions or not rows.table.height:
            continue
        step = max(1, rows.table.height // sample)
        few = rows.table.frame.gather_every(step)
        columns = compile_columns(conditions, VOCABULARY, ROOTS[level], sets)(Table(few))
        many = {(n, row) for n, hit in columns.items() for row in hit}
        function = compile_many(conditions, VOCABULARY, ROOTS[level], sets)
        singly = {
            (n, row)
            for row, record in enumerate(few.iter_rows(named=True))
            for n in function(*_record(record, ROOTS[level]))
        }
        records += few.height
        equal = equal and many == singly
    return Checked(records, equal)


def result_of(fired: Sequence[Fired], history: History) -> SetResult:
    """Return what a set of indicators would have cost and found."""
    size = history.size
    times = pl.Series([0], dtype=pl.UInt32).new_from_index(0, size)
    for one in fired:
        times = times.scatter(one.cases, times.gather(one.cases) + 1) if len(one.cases) else times
    agencies = {
        agency: _agency(agency, [one for one in fired if one.indicator.agency == agency], history)
        for agency in sorted({one.indicator.agency for one in fired})
    }
    stopped = _marked(size, (one.cases for one in fired if _stops(one.indicator)))
    joint = int(stopped.sum())
    return SetResult(
        tuple(_indicator(one, times, history) for one in fired),
        agencies,
        _part(int((times > 0).sum()), size),
        _part(joint, size),
        round(1 - prod(1 - _part(one.stopped, size) for one in agencies.values()), 6),
        sum(one.stopped for one in agencies.values()),
        joint,
        round(sum(one.minutes for one in agencies.values()), 1),
        sum(one.known for one in agencies.values()),
        sum(one.caught for one in agencies.values()),
    )


def _indicator(fired: Fired, times: pl.Series, history: History) -> IndicatorResult:
    one = fired.indicator
    rows = history.levels.get(one.level)
    outcome = _outcome(rows, one.agency)
    seen = outcome.gather(fired.rows).drop_nulls() if outcome is not None else _nothing(0)
    hits, cases = len(fired.rows), len(fired.cases)
    return IndicatorResult(
        one.id,
        one.version,
        one.agency,
        one.mode,
        one.level,
        one.control.kind,
        hits,
        cases,
        int((times.gather(fired.cases) == 1).sum()) if cases else 0,
        _part(cases, history.size),
        round(hits * (one.control.minutes or 0), 1),
        share_of(int(seen.sum()) if len(seen) else 0, len(seen)),
    )


def _agency(agency: str, fired: Sequence[Fired], history: History) -> AgencyResult:
    size = history.size
    hit = _marked(size, (one.cases for one in fired))
    stopped = _marked(size, (one.cases for one in fired if _stops(one.indicator)))
    known, caught = _finds(agency, hit, history)
    return AgencyResult(
        sum(len(one.rows) for one in fired),
        int(hit.sum()),
        int(stopped.sum()),
        _part(int(hit.sum()), size),
        round(sum(len(one.rows) * (one.indicator.control.minutes or 0) for one in fired), 1),
        known,
        caught,
    )


def _finds(agency: str, hit: pl.Series, history: History) -> tuple[int, int]:
    """Return in how many consignments an agency found something, and how many of them are hit."""
    wrong = []
    for rows in history.levels.values():
        outcome = _outcome(rows, agency)
        if outcome is not None:
            wrong.append(rows.case.filter(outcome.fill_null(False)))
    found = _marked(history.size, wrong)
    return int(found.sum()), int((found & hit).sum())


def _stops(indicator: Indicator) -> bool:
    return indicator.control.kind not in UNSTOPPED


def _outcome(rows: Rows | None, agency: str) -> pl.Series | None:
    name = f"found.{agency}"
    return rows.table.frame[name] if rows and name in rows.table.frame.columns else None


def _part(some: int, size: int) -> float:
    return round(some / size, 6) if size else 0.0


def _marked(size: int, places: Iterable[pl.Series]) -> pl.Series:
    marked = pl.repeat(False, size, eager=True)
    for one in places:
        if len(one):
            marked = marked.scatter(one, True)
    return marked


def _nothing(height: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, height)


def _of_regimes(regimes: pl.Series, wanted: Sequence[str]) -> pl.Series | None:
    """Return which consignments are of one of the regimes; ``None`` if all are, or not told."""
    of = regimes.is_in([*wanted]).fill_null(True)
    return None if of.all() else of


def _scored(learnt: Learnt, scorer: Scorer, hit: pl.Series, rows: Rows) -> pl.Series:
    """Return the rows among ``hit`` that a model scores high enough."""
    roots = ROOTS[scorer.model.level]
    records = rows.table.frame[hit].iter_rows(named=True)
    kept = [scorer.score(_record(record, roots)) >= learnt.above for record in records]
    return hit.filter(pl.Series(kept, dtype=pl.Boolean))


def _drawn(
    one: Indicator, rows: pl.Series, level: Rows, history: History, secret: bytes
) -> pl.Series:
    names = history.references.gather(level.case.gather(rows))
    targets = level.target.gather(rows)
    kept = [one.drawn(secret, name, target) for name, target in zip(names, targets, strict=True)]
    return rows.filter(pl.Series(kept, dtype=pl.Boolean))


def _subjects(level: Level, consignment: Consignment) -> list[tuple[str, tuple[Any, ...]]]:
    if level == "consignment":
        return [("consignment", (consignment,))]
    several: Sequence[Any] = consignment.items if level == "item" else consignment.travellers
    return [(f"{level}/{one.number}", (one, consignment)) for one in several]


def _found(found: Outcomes, agency: str, target: str, level: Level) -> bool | None:
    """Return what was found on a target, or in anything of a consignment."""
    if level != "consignment":
        known = found.get((agency, target))
        return found.get((agency, "consignment")) if known is None else known
    each = [wrong for (by, _), wrong in found.items() if by == agency]
    return any(each) if each else None


def _targets(level: Level, rows: pl.DataFrame, single: bool) -> pl.Series:
    """Return the name of each row within its consignment: as numbered, else as they come."""
    number = f"{level}.number"
    if number in rows.columns and not rows[number].has_nulls():
        place = rows[number].cast(pl.Int64)
    elif single:
        place = pl.Series([1]).new_from_index(0, rows.height)
    else:
        place = rows.select(pl.int_range(1, pl.len() + 1).over("case")).to_series()
    return pl.Series([f"{level}/"]).new_from_index(0, rows.height) + place.cast(pl.String)


class _Seen:
    """A record as the one-record function reads it; what the columns do not hold is missing."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update({name: _seen(value) for name, value in values.items()})

    def __getattr__(self, name: str) -> None:
        return None


def _seen(value: Any) -> Any:
    if isinstance(value, dict):
        return _Seen(value)
    return [_seen(one) for one in value] if isinstance(value, list) else value


def _record(row: Mapping[str, Any], roots: Sequence[str]) -> tuple[Any, ...]:
    """Return the roots of a row whose columns are structs or have dotted names."""
    nested: dict[str, Any] = {root: {} for root in roots}
    for name, value in row.items():
        *above, last = name.split(".")
        here = nested
        for part in above:
            here = here.setdefault(part, {})
        here[last] = value
    return tuple(_seen(nested[root]) for root in roots)
