"""The sections of a report in the order of the WCO's guide (TR-09).

Objectives, scope, method, analysis, conclusions, recommendations; the model is that of the
guide's annex on the final report. Every sentence with a figure is made from the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from gatepost.timerelease.measure import Measured
from gatepost.timerelease.milestones import HEADLINE
from gatepost.timerelease.model import Scope, Statistic, StepTime
from gatepost.timerelease.publish import OTHERS, Published, open_told
from gatepost.timerelease.reading import DAYS
from gatepost.timerelease.report import charts
from gatepost.timerelease.report.model import (
    Block,
    Figure,
    Items,
    Report,
    Section,
    Table,
    Text,
)
from gatepost.timerelease.statistics import AGENCY, plain_name
from gatepost.timerelease.study import PHASES, Study
from gatepost.timerelease.words import (
    by_arrival,
    group_words,
    interval_words,
    length,
    party_words,
    percent,
    plain,
    step_words,
)

BREAKDOWNS = {
    "lane": "By channel of control",
    "regime": "By regime",
    "office": "By post",
    "mode": "By mode of transport",
    "goods": "By chapter of the Harmonized System",
    "pre_arrival": "By whether the declaration came before the goods",
    "trusted_operator": "By trusted operator",
    "day": "By day of the week",
    "hour": "By hour of arrival",
}
FINDINGS = 3
"""Steps that conclusions name."""


def report_of(told: Published, study: Study) -> Report:
    """Return the report of a study from what of it may be published."""
    found = told.found
    names = {**study.agencies, OTHERS: "Others"}
    sections = (
        Section("Objectives", tuple(_objectives(study))),
        Section("Scope", tuple(_scope(found, study))),
        Section("Method", tuple(_method(told, study))),
        Section("Analysis", tuple(_analysis(told, names))),
        Section("Conclusions", tuple(_conclusions(found, study, names))),
        Section("Recommendations", tuple(_recommendations(found, study, names))),
    )
    figures = tuple(_figures(told))
    return Report(
        study.title,
        study.country,
        period(found),
        figures,
        sections,
        tuple(_press(found, study, names, figures)),
        f"No figure rests on fewer than {told.rule.smallest_group} cases.",
    )


def period(found: Measured) -> str:
    """Return the time observed, by the days of the study's own clock."""
    first, last = (_day(one, found.zone) for one in (found.since, found.until))
    return first if first == last else f"{first} to {last}"


def _day(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def headline(found: Measured) -> Statistic | None:
    """Return what the report is about first: arrival to release, else the first interval."""
    whole = [one for one in found.intervals if not one.segment]
    return next((o for o in whole if o.interval == HEADLINE.name), whole[0] if whole else None)


def _figures(told: Published) -> Iterator[Figure]:
    found = told.found
    yield Figure("Cases", f"{found.cases:,}", f"{found.events:,} events")
    one = headline(found)
    if one is None:
        return
    said = interval_words(one.interval)
    yield Figure(f"Median, {said}", by_arrival(one.median, one.interval), _bounds(one))
    if one.p90 is not None:
        value = by_arrival(one.p90, one.interval)
        yield Figure("Nine in ten within", value, f"{said}, of {one.n:,} cases")
    if found.released_early:
        share = found.released_early / found.released
        yield Figure(
            "Released before arrival", percent(share, 0), f"of {found.released:,} released"
        )
    if one.share_within_target is not None:
        yield Figure("Within the target", percent(one.share_within_target), length(one.target))


def _bounds(one: Statistic) -> str:
    if one.median_low is None or one.median_high is None:
        return ""
    low, high = (by_arrival(v, one.interval) for v in (one.median_low, one.median_high))
    return f"95\N{NO-BREAK SPACE}% sure: {low} to {high}"


def _objectives(study: Study) -> Iterator[Block]:
    if study.mandate:
        yield Text(
            f"The study was ordered by {study.mandate.by} on {study.mandate.on:%d.%m.%Y}"
            f" ({study.mandate.basis})."
        )
    yield Items(
        study.objectives
        or (
            "To measure how long goods and travellers take at the border, from their arrival to"
            " their release, and each step between, by all agencies and by the trade.",
            "To find where time is lost, and who can change it.",
            "To publish release times as Article 7.6 of the WTO Agreement on Trade Facilitation"
            " encourages.",
        )
    )
    if study.group:
        rows = tuple((one.role, one.body) for one in study.group)
        yield Table("working-group", "Working group", ("Role", "Speaks for"), rows)


def _scope(found: Measured, study: Study) -> Iterator[Block]:
    yield Text(
        f"Observed from {period(found)}: {found.cases:,} cases with {found.events:,} events."
        f" Times are those of {found.zone}."
    )
    rows = tuple(_scope_rows(found.scope))
    if rows:
        yield Table("scope", "What was measured", ("What", "Which"), rows)
    if study.unusual:
        yield Text(f"Out of the ordinary in this time: {study.unusual}")


def _scope_rows(scope: Scope) -> Iterator[tuple[str, str]]:
    for name in Scope.__struct_fields__:
        value = getattr(scope, name)
        if value:
            yield name.capitalize(), value if isinstance(value, str) else ", ".join(value)


def _method(told: Published, study: Study) -> Iterator[Block]:
    found, rule = told.found, told.rule
    yield Text(_drawn(study))
    yield Text(
        "A case not yet released when observation ended is not dropped: medians and percentiles"
        " are Kaplan and Meier's estimates, and means marked * are restricted to the longest time"
        " observed. Means alone say little about release times, whose tail is long; so the"
        " median and the ninetieth percentile stand beside them."
    )
    yield Text(
        f"No figure rests on fewer than {rule.smallest_group} cases{_basis(rule.basis)}; where a"
        " group kept back could be reckoned from the others, the next smallest is kept back with"
        f" it. {told.held_back} figures are kept back. Percentiles with fewer than {rule.beyond}"
        " cases beyond them and the shortest and longest single times are not published."
    )
    if told.together:
        yield Text(
            f"{told.together} parties with few cases, or not named as public, are told as others."
        )
    rows = tuple((interval_words(name), meaning) for name, meaning in found.definitions.items())
    yield Table("definitions", "What the intervals mean", ("Interval", "Definition"), rows)
    if found.verification:
        rows = tuple((_few(one.count, rule.smallest_group), one.what) for one in found.verification)
        yield Table("verification", "What verification found", ("How many", "What"), rows)
    if study.done:
        yield Table(
            "course",
            "Course of the study",
            ("Phase", "Day", "By"),
            tuple(
                (PHASES[one.phase], f"{one.on:%d.%m.%Y}", one.by + _noted(one.note, one.skipped))
                for one in study.done
            ),
        )  # fmt: skip


def _noted(note: str, skipped: bool) -> str:
    if skipped:
        return f" (skipped: {note})"
    return f" ({note})" if note else ""


def _basis(basis: str) -> str:
    return f" ({basis})" if basis else ""


def _few(count: int, fewest: int) -> str:
    return f"fewer than {fewest}" if count < fewest else f"{count:,}"


def _drawn(study: Study) -> str:
    sample = study.sample
    if sample is None or sample.how == "all":
        return (
            "Every case of the time observed was followed, from the events that the agencies'"
            " systems record as work is done; nobody filled in a questionnaire."
        )
    of = f"of {sample.frame:,}" if sample.frame else "of any number"
    return (
        f"{sample.size:,} cases {of} were drawn at random and followed to their release;"
        f" {sample.needed:,} tell a share within {percent(sample.margin, 0)} with"
        f" {percent(sample.confidence, 0)} confidence."
    )


def _analysis(told: Published, names: Mapping[str, str]) -> Iterator[Block]:
    found = told.found
    first = headline(found)
    if first is not None and (curve := charts.curve_of(first)):
        yield curve
    whole = [one for one in found.intervals if not one.segment]
    yield _interval_table("intervals", "All cases", whole, told, names)
    if AGENCY in found.by:
        yield from _by_agency(told, names)
    for segment, title in BREAKDOWNS.items():
        if segment in found.by:
            yield from _breakdown(segment, title, told, names)
    if heights := charts.heights_of(list(charts.of_headline(found.intervals, "hour")), told.rule):
        yield heights
    yield charts.shares_bars(found.states, names)
    yield Text(found.shares_of)
    yield _share_table(found, names)
    steps = found.bottlenecks["critical"]
    if bars := charts.gain_bars(steps, names):
        yield bars
    if steps:
        yield _step_table(steps, names)


def _by_agency(told: Published, names: Mapping[str, str]) -> Iterator[Block]:
    rows = [one for one in told.found.intervals if AGENCY in one.segment]
    if not rows:
        return
    title = "By agency, from its notice to its decision"
    handling = [one for one in rows if one.interval == charts.HANDLING]
    if chart := charts.reaches_of(handling, title, names):
        yield chart
    yield _interval_table("by-agency", "By agency", rows, told, names)


def _breakdown(
    segment: str, title: str, told: Published, names: Mapping[str, str]
) -> Iterator[Block]:
    """Yield a breakdown of the headline; one that divides nothing is left out."""
    rows = list(charts.of_headline(told.found.intervals, segment))
    if segment == "day":
        rows.sort(key=lambda one: DAYS.index(one.segment[segment]))
    if len(rows) < 2:
        return
    if segment != "hour" and (
        chart := charts.reaches_of(rows, f"{title}, arrival to release", names)
    ):
        yield chart
    yield _interval_table(
        f"by-{segment.replace('_', '-')}", f"{title}, arrival to release", rows, told, names
    )


HEADS = ("Cases", "Open", "Mean", "Median", "p90", "p95")


def _interval_table(
    name: str, title: str, rows: list[Statistic], told: Published, names: Mapping[str, str]
) -> Table:
    """Return rows of figures; the group names a row where there is one, else the interval."""
    starred = any(one.horizon is not None for one in rows)
    many = len({one.interval for one in rows}) > 1
    aimed = any(one.share_within_target is not None for one in rows)
    first = "Interval" if many or not rows[0].segment else "Group"
    return Table(
        name,
        title,
        (first, *HEADS, *(["Within target"] if aimed else [])),
        tuple(
            (
                _row_name(one, many, names),
                f"{one.n:,}",
                open_told(one, told.rule),
                length(one.mean) + ("*" if one.horizon is not None else ""),
                length(one.median),
                length(one.p90),
                length(one.p95),
                *([_share(one.share_within_target)] if aimed else []),
            )
            for one in rows
        ),
        "* Restricted to the longest time observed: some cases are open." if starred else "",
        words=1,
    )


def _share(share: float | None) -> str:
    return "" if share is None else percent(share)


def _row_name(one: Statistic, many: bool, names: Mapping[str, str]) -> str:
    if not one.segment:
        return interval_words(one.interval)
    group = ", ".join(group_words(*told, names) for told in one.segment.items())
    return f"{group}: {interval_words(one.interval)}" if many else group


def _share_table(found: Measured, names: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            party_words(party, names),
            percent(share),
            percent(found.states[party].get("waiting", 0.0)),
            percent(found.states[party].get("working", 0.0)),
        )
        for party, share in found.shares.items()
    )
    return Table(
        "shares", "Shares of all time", ("Party", "Share", "Waited for", "At work"), rows, "", 1
    )


def _step_table(steps: list[StepTime], names: Mapping[str, str]) -> Table:
    return Table(
        "steps",
        "Where release is held up",
        ("Step", "Party", "Cases", "Median", "p90", "Variation", "Share of time",
         "Release waits in", "Gain a case"),
        tuple(
            (
                f"{plain(one.step)} ({one.state})",
                party_words(one.party, names),
                f"{one.cases:,}",
                length(one.median),
                length(one.p90),
                "" if one.cv is None else f"{one.cv:.2f}",
                percent(one.share),
                percent(one.critical),
                length(one.gain),
            )
            for one in steps
        ),
        "Gain: how much earlier a case would be released on average if the step took no time."
        " Variation: standard deviation divided by the mean.",
        words=2,
    )  # fmt: skip


def findings(found: Measured, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what the figures say, the most telling first."""
    one = headline(found)
    if one is not None and one.median is not None:
        said = f"Half of all cases took {by_arrival(one.median, one.interval)} or less"
        if one.median < 0 and one.interval == HEADLINE.name:
            said = (
                f"Half of all cases were released {by_arrival(one.median, one.interval)} or sooner"
            )
        rest = f", nine in ten within {by_arrival(one.p90, one.interval)}" if one.p90 else ""
        yield f"{said}{rest} ({interval_words(one.interval)}, {one.n:,} cases)."
    if found.released and found.released_early:
        early = percent(found.released_early / found.released, 0)
        yield (
            f"{early} of the {found.released:,} cases that arrived and were released had been"
            " released before they came."
        )
    party, share = next(iter(found.shares.items()), ("", 0.0))
    if party and party != OTHERS:
        waiting = found.states[party].get("waiting", 0.0) / share if share else 0.0
        part = "all of it" if waiting > 0.995 else f"{percent(waiting, 0)} of it"
        yield (
            f"The largest part of all time, {percent(share, 0)}, was on"
            f" {party_words(party, names)}; {part} was waiting."
        )
    working = sum(one.get("working", 0.0) for one in found.states.values())
    yield (
        f"Somebody was at work on the case in {percent(working, 0)} of the time; the rest was"
        " waiting."
    )
    for step in _holding(found):
        yield (
            f"If {step_words(step.step)} took no {'work' if step.state == 'working' else 'waiting'}"
            f" ({party_words(step.party, names)}, {step.cases:,} cases), a case would be released"
            f" {length(step.gain)} earlier on average."
        )


def _holding(found: Measured) -> list[StepTime]:
    return [one for one in found.bottlenecks["critical"] if one.gain >= 60][:FINDINGS]


def _conclusions(found: Measured, study: Study, names: Mapping[str, str]) -> Iterator[Block]:
    yield Items((*study.conclusions, *findings(found, names)))
    yield Text(
        "A group that chose itself, such as trusted operators or those who lodge early, differs"
        " from the others in more than its way of clearance; a difference is not yet an effect."
    )


def _recommendations(found: Measured, study: Study, names: Mapping[str, str]) -> Iterator[Block]:
    if study.recommendations:
        yield Table(
            "recommendations",
            "What is to change",
            ("What", "Owner", "By", "Measured by", "State"),
            tuple(
                (
                    one.what,
                    party_words(one.owner, names),
                    f"{one.due:%d.%m.%Y}",
                    interval_words(plain_name(one.interval)) if one.interval else "",
                    f"done {one.done:%d.%m.%Y}" if one.done else "open",
                )
                for one in study.recommendations
            ),
        )
    elif held := _holding(found):
        yield Text(
            "The working group has not decided yet. The figures ask for decisions on these steps,"
            " each with its owner and a day:"
        )
        yield Items(
            tuple(
                f"{party_words(one.party, names)}: {step_words(one.step)} ({one.state}),"
                f" up to {length(one.gain)} a case."
                for one in held
            )
        )
    else:
        yield Text("No step holds release up by a minute or more on average.")
    if study.next_study:
        yield Text(f"The study is done again on {study.next_study:%d.%m.%Y}.")


def _press(
    found: Measured, study: Study, names: Mapping[str, str], figures: tuple[Figure, ...]
) -> Iterator[Block]:
    """Yield the page for those who have one minute."""
    yield Items(tuple(findings(found, names))[:4])
    first = headline(found)
    if first is not None and (curve := charts.curve_of(first)):
        yield curve
    yield charts.shares_bars(found.states, names)
    due = [one for one in study.recommendations if not one.done][:FINDINGS]
    if due:
        yield Text("What comes next")
        yield Items(tuple(f"{o.what} ({party_words(o.owner, names)}, by {o.due:%d.%m.%Y})"
                          for o in due))  # fmt: skip
