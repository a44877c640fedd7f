"""From rows as they were written to events in one zone, and one row of milestones for each case.

The tables made here are what every other question of this room is asked of::

    named  id, case                      the cases, numbered
    event  id, kind, us, party           one row for each event up to the end of observation
    wide   id, <milestones>, <segments>, hour, day, pre_arrival
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Notice, Refused
from gatepost.timerelease import rules
from gatepost.timerelease.columns import Columns, literal, quoted
from gatepost.timerelease.milestones import BY_NAME, MILESTONES
from gatepost.timerelease.model import EventMap, Remark

ROLES = ("case", "event", "time", "party", "zone", "source")
KNOWN_SEGMENTS = ("regime", "office", "mode", "lane", "goods", "trusted_operator")
DERIVED = ("pre_arrival", "hour", "day")
SHOWN = 20
"""How many faults of one kind are told line by line."""

LABELS = ("examination", "primary", "secondary", "decision", "hold", "unknown")
"""Steps of attribution that are no milestones themselves."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LOCAL = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?"
_OFFSET = _LOCAL + r" ?([Zz]|[+-]\d{2}(:?\d{2})?)"
_FIRST, _LAST = (-2_208_988_800_000_000, 7_258_118_400_000_000)
"""The years 1900 to 2199, in microseconds."""


class Frame(msgspec.Struct):
    """What was read: which milestones and segments there are, and when observation ended.

    Moments are microseconds; ``own`` are the segments that the file itself has.
    """

    columns: Columns
    milestones: tuple[str, ...]
    segments: tuple[str, ...]
    zone: str
    until: int
    first: int
    cases: int
    events: int
    remarks: list[Remark]
    own: tuple[str, ...] = ()


def read_frame(
    columns: Columns, given: EventMap, until: datetime | None = None, zone: str = ""
) -> Frame:
    """Make the tables of a study from the Arrow table ``raw``.

    ``Refused`` with every fault: a column that is not there (TRS-001), no events (TRS-002), what
    is no moment (TRS-003) or has no case (TRS-004), with the line, counted from the header as 1.
    """
    zone = zone or given.zone or "UTC"
    names = columns.types("raw")
    segments = _segments(names, given)
    _make_rows(columns, names, given, segments)
    if not columns.one("select count(*) from row_event")[0]:
        raise Refused([rules.NO_EVENTS.notice()])
    _check_zones(columns, zone)
    named = ", ".join(["event", "party", *map(quoted, segments)])
    columns.run(f"create temp table combination as select distinct {named} from row_event")
    _make_words(columns, given)
    _make_events(columns, given, zone, segments)
    remarks = [*_remarks_of_reading(columns, zone)]
    if columns.one("select count(*) from word where kind = 'release'")[0]:
        remarks += _count_each_release_once(columns)
    end, cut = _observe_until(columns, until)
    remarks += cut
    columns.run("drop view row_event")
    columns.forget("raw")
    there = {kind for (kind,) in columns.rows("select distinct kind::varchar from event")}
    milestones = tuple(one.name for one in MILESTONES if one.name in there)
    _make_wide(columns, milestones, segments, zone)
    first, cases, events = columns.one(
        "select (select min(us) from event), (select count(*) from wide),"
        " (select count(*) from event)"
    )
    return Frame(
        columns,
        milestones,
        (*segments, *DERIVED),
        zone,
        end,
        first,
        cases,
        events,
        remarks,
        tuple(segments),
    )


def _segments(names: Iterable[str], given: EventMap) -> dict[str, str]:
    """Return the column of each breakdown: those of the map, else the usual ones by their name."""
    names = list(names)
    if given.segments:
        missing = [column for column in given.segments.values() if column not in names]
        if missing:
            found = ", ".join(names)
            raise Refused([rules.NO_COLUMN.notice(what=one, found=found) for one in missing])
        return given.segments
    taken = set(given.columns.values()) | set(given.milestones.values())
    return {one: one for one in KNOWN_SEGMENTS if one in names and one not in taken}


def _make_rows(
    columns: Columns, names: dict[str, str], given: EventMap, segments: dict[str, str]
) -> None:
    """See the rows, whatever their columns are called, as one row for each event."""
    unknown = [n for n in {*given.columns, *given.milestones} if n not in {*ROLES, *BY_NAME}]
    if unknown:
        known = ", ".join((*ROLES, *BY_NAME))
        raise Refused([rules.NO_MILESTONE.notice(name=one, known=known) for one in unknown])
    placed = {role: given.columns.get(role, role) for role in ROLES}
    wide = given.milestones or (
        {} if placed["event"] in names else {n: n for n in names if n in BY_NAME}
    )
    needed = ["case"] if wide else ["case", "event", "time"]
    wanted = [placed[role] for role in needed] + list(wide.values())
    if missing := [one for one in dict.fromkeys(wanted) if one not in names]:
        found = ", ".join(names)
        raise Refused([rules.NO_COLUMN.notice(what=one, found=found) for one in missing])
    kept = [
        f"{quoted(column)} as {quoted(name)}"
        for name, column in segments.items()
    ]  # fmt: skip

    def text(role: str) -> str:
        column = placed[role]
        if column not in names:
            return f"null::varchar as {quoted(role)}"
        return f"trim({quoted(column)}::varchar) as {quoted(role)}"

    def selected(event: str, time: str) -> str:
        others = [text(role) for role in ("case", "party", "zone", "source")]
        return f"select {', '.join([*others, f'{event} as event', f'{time} as time', *kept])}"

    if wide:
        parts = [
            f"{selected(literal(name), quoted(column))} from raw" for name, column in wide.items()
        ]
        sql = " union all ".join(parts)
    else:
        event = f"trim({quoted(placed['event'])}::varchar)"
        sql = f"{selected(event, quoted(placed['time']))} from raw"
    columns.run(f"create view row_event as {sql}")


def _check_zones(columns: Columns, zone: str) -> None:
    found = columns.rows("select distinct zone from row_event where zone <> ''")
    wrong = [one for one in (zone, *(name for (name,) in found)) if not is_zone(one)]
    if wrong:
        raise Refused([rules.NO_ZONE.notice(zone=one) for one in wrong])


def _make_words(columns: Columns, given: EventMap) -> None:
    """Make the table of the words for events, and the types of kinds in their natural order."""
    wrong = [kind for kind in given.events.values() if kind not in BY_NAME]
    if wrong:
        known = ", ".join(BY_NAME)
        raise Refused([rules.NO_MILESTONE.notice(name=one, known=known) for one in wrong])
    found = [word for (word,) in columns.rows("select distinct event from combination")]
    words = {word: kind_of(word, given) for word in found if word}
    if not words or not any(kind in BY_NAME for kind in words.values()):
        shown, known = ", ".join(sorted(words)[:10]), ", ".join(BY_NAME)
        raise Refused([rules.NOTHING_UNDERSTOOD.notice(found=shown or "none", known=known)])
    kinds = [one for one in BY_NAME if one in words.values()]
    kinds += sorted({kind for kind in words.values() if kind not in BY_NAME})
    kinds += [one for one in LABELS if one not in kinds]
    columns.run(f"create type kind as enum ({', '.join(map(literal, kinds))})")
    columns.run("create table word (raw varchar, kind kind, party varchar, known boolean)")
    for word, kind in words.items():
        one = BY_NAME.get(kind)
        party = one.party if one else "unknown"
        columns.run("insert into word values (?, ?, ?, ?)", word, kind, party, one is not None)


def kind_of(word: str, given: EventMap) -> str:
    """Return the milestone that ``word`` of a file means, or the word itself made plain."""
    return given.events.get(word) or word.strip().lower().replace(" ", "_").replace("-", "_")


def _make_events(columns: Columns, given: EventMap, zone: str, segments: dict[str, str]) -> None:
    """Make the tables ``named`` and ``parsed``, or refuse every row that cannot be read."""
    moment = _moment(columns, given, zone)
    bad = f"us is null or us not between {_FIRST} and {_LAST}"
    kept = "".join(
        f", {_plain(segment)}::{quoted('segment ' + segment)} as {quoted(segment)}"
        for segment in segments
    )
    for segment in segments:
        _make_type(columns, f"segment {segment}", f"select {_plain(segment)} from combination")
    party = "coalesce(nullif(r.party, ''), w.party)"
    if given.parties:
        renamed = " ".join(
            f"when {literal(old)} then {literal(new)}" for old, new in given.parties.items()
        )
        party = f"coalesce(case {party} {renamed} end, {party})"
    joined = "row_event r left join word w on w.raw = r.event"
    _make_type(
        columns, "party", f"select {party} from combination r left join word w on w.raw = r.event"
    )
    columns.run("drop table combination")
    columns.run("""
        create table named as select row_number() over ()::integer as id, "case"
        from (select distinct "case" from row_event where "case" <> '')""")
    columns.run(f"""
        create table parsed as
        select n.id, w.kind, {moment} as us, {party}::party as party {kept}
        from {joined} left join named n on n."case" = r."case"
        where {_given(columns)}""")
    if columns.one(f"select count(*) from parsed where id is null or kind is null or {bad}")[0]:
        raise Refused(list(_faults(columns, moment)))


def _given(columns: Columns) -> str:
    """Return the SQL that tells whether a row ``r`` has a time at all."""
    (kind,) = columns.one("select typeof(time) from row_event limit 1")
    return "coalesce(r.time, '') <> ''" if kind == "VARCHAR" else "r.time is not null"


def _plain(column: str) -> str:
    return f"nullif(trim({quoted(column)}::varchar), '')"


def _make_type(columns: Columns, name: str, sql: str) -> None:
    """Make a type of the words that occur, so that each takes a byte or two."""
    columns.run(f"create type {quoted(name)} as enum (select distinct v from ({sql}) t(v)"
                " where v is not null order by v)")  # fmt: skip


def _moment(columns: Columns, given: EventMap, zone: str) -> str:
    """Return the SQL that reads the time of a row, by the type it came in."""
    (kind,) = columns.one("select typeof(time) from row_event limit 1")
    place = f"coalesce(nullif(r.zone, ''), {literal(zone)})"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return "epoch_us(r.time)"
    if kind.startswith("TIMESTAMP"):
        return f"epoch_us(timezone({place}, r.time::timestamp))"
    text = "trim(r.time::varchar)"
    if given.time_format:
        read = f"try_strptime({text}, {literal(given.time_format)})"
        if "%z" in given.time_format:
            return f"epoch_us({read})"
        return f"epoch_us(timezone({place}, {read}))"
    plain = f"replace({text}, ',', '.')"
    return f"""case
        when regexp_full_match({text}, {literal(_OFFSET)})
        then epoch_us(try_cast({plain} as timestamptz))
        when regexp_full_match({text}, {literal(_LOCAL)})
        then epoch_us(timezone({place}, try_cast({plain} as timestamp))) end"""


def _faults(columns: Columns, moment: str) -> Iterable[Notice]:
    """Yield what is wrong with rows, the first of each kind with its line, the rest counted."""
    numbered = f"""
        with numbered as (select *, row_number() over () + 1 as line from row_event),
        seen as (
            select r.*, {moment} as us, w.kind from numbered r left join word w on w.raw = r.event
            where {_given(columns)}
        )"""
    for rule, problem, value in (
        (rules.NO_CASE, "coalesce(\"case\", '') = ''", "''"),
        (rules.NO_MILESTONE, "kind is null", "coalesce(event, '')"),
        (
            rules.NO_MOMENT,
            f"us is null or us not between {_FIRST} and {_LAST}",
            "time::varchar",
        ),
    ):
        sql = f"{numbered} select line, {value} from seen where {problem} order by line"
        found = columns.rows(f"{sql} limit {SHOWN}")
        for line, shown in found:
            values = {
                rules.NO_CASE: {},
                rules.NO_MOMENT: {"value": shown or "Nothing"},
                rules.NO_MILESTONE: {"name": shown or "Nothing", "known": ", ".join(BY_NAME)},
            }[rule]
            yield rule.notice(f"line {line}", **values)
        if len(found) == SHOWN:
            (count,) = columns.one(f"{numbered} select count(*) from seen where {problem}")
            if count > SHOWN:
                yield rules.AND_MORE.notice(count=count - SHOWN)


def _remarks_of_reading(columns: Columns, zone: str) -> Iterable[Remark]:
    """Yield what stands out before anything is counted: nothing of it is mended in silence."""
    (blank,) = columns.one(
        f"select count(*) from row_event r where not ({_given(columns)}) and event <> ''"
    )
    (where,) = columns.one("select typeof(time) from row_event limit 1")
    if blank:
        yield Remark("no_time", blank, "events without a time were left out")
    for kind, count in columns.rows(
        "select kind::varchar, count(*) from parsed"
        " where kind in (select kind from word where not known) group by kind order by kind"
    ):
        yield Remark("not_understood", count, f"{kind} is no milestone; kept in the process map")
    if where == "VARCHAR":
        (naive,) = columns.one(
            f"select count(*) from row_event where regexp_full_match(time, {literal(_LOCAL)})"
            " and coalesce(zone, '') = ''"
        )
        if naive:
            yield Remark("no_offset", naive, f"times without an offset were read as {zone}")
        yield from _clock_changes(columns, zone)
    for source, count in columns.rows(
        "select source, count(*) from row_event where source in ('manual', 'estimated')"
        " group by source order by source"
    ):
        yield Remark(source, count, f"events whose time is {source}")


def _clock_changes(columns: Columns, zone: str) -> Iterable[Remark]:
    """Yield the times that the clocks of their zone show twice, or never."""
    place = f"coalesce(nullif(zone, ''), {literal(zone)})"
    local = f"""
        with local as (
            select {place} as place, try_cast(replace(time, ',', '.') as timestamp) as shown
            from row_event where regexp_full_match(time, {literal(_LOCAL)})
        ),
        meant as (select place, shown, timezone(place, shown) as moment from local)
        select
            count(*) filter (timezone(place, moment) <> shown),
            count(*) filter (
                timezone(place, moment) = shown and (
                    timezone(place, moment - interval 1 hour) = shown
                    or timezone(place, moment + interval 1 hour) = shown
                )
            )
        from meant"""
    never, twice = columns.one(local)
    if never:
        yield Remark("clock_never", never, "times that no clock showed; read an hour later")
    if twice:
        yield Remark("clock_twice", twice, "times that the clocks showed twice; one was taken")


def _observe_until(columns: Columns, until: datetime | None) -> tuple[int, list[Remark]]:
    """Cut at the end of observation: the moment named, else the last event."""
    (last,) = columns.one("select max(us) from parsed")
    end = int(last) if until is None else round(until.timestamp() * 1e6)
    columns.run(f"create view event as select * from parsed where us <= {end}")
    (late,) = columns.one(f"select count(*) from parsed where us > {end}")
    if not late:
        return end, []
    return end, [Remark("after_the_end", late, "events after the end of observation")]


def _make_wide(
    columns: Columns, milestones: tuple[str, ...], segments: Iterable[str], zone: str
) -> None:
    """Make one row for each case: the moment of each milestone, and what it is told by."""
    times = [
        f"{'max' if BY_NAME[one].pick == 'last' else 'min'}(us) filter (kind = '{one}')"
        f" as {quoted(one)}"
        for one in milestones
    ]
    kept = [f"min({quoted(one)})::varchar as {quoted(one)}" for one in segments]
    bounds = ["min(us) as first_us", "max(us) as last_us"]
    columns.run(f"""
        create table moments as select id, {", ".join([*times, *kept, *bounds])}
        from event group by id""")
    here = next((one for one in ("arrival", "lodgement") if one in milestones), None)
    moment = f"timezone({literal(zone)}, make_timestamptz({quoted(here)}))" if here else "null"
    early = (
        f"case when lodgement < arrival then {literal('yes')} when lodgement >= arrival"
        f" then {literal('no')} end"
        if {"arrival", "lodgement"} <= set(milestones)
        else "null::varchar"
    )
    columns.run(f"""
        create table wide as select *, {early} as pre_arrival,
        strftime({moment}::timestamp, '%H') as hour,
        case when {moment} is null then null else list_extract(
            {list(DAYS)!r}, isodow({moment}::timestamp)) end as day
        from moments""")
    columns.run("drop table moments")


def _count_each_release_once(columns: Columns) -> list[Remark]:
    """Leave out what one party told again about a release; of several parties the last counts."""
    (often,) = columns.one("""
        select count(*) from (
            select id from parsed where kind = 'release' group by id having count(*) > 1)""")
    if not often:
        return []
    again = """
        kind = 'release' and exists (
            select 1 from told where told.id = parsed.id and told.party = parsed.party
            and parsed.us > told.us)"""
    columns.run("""
        create temp table told as select id, party, min(us) as us from parsed
        where kind = 'release' group by all having count(distinct us) > 1""")
    (cases,) = columns.one("select count(distinct id) from told")
    columns.run(f"delete from parsed where {again}")
    columns.run("drop table told")
    if not cases:
        return []
    return [Remark("released_again", cases, "cases one party released twice; the first counts")]
