"""Milestones read from Gatepost's own log: a study without a questionnaire (TR-01).

What each event of the log is in the scheme of milestones stands in one table here. Parties are
roles and agencies, never the names or numbers of traders: a study tells nothing personal.
"""

from __future__ import annotations

from collections.abc import Collection

from gatepost.control.events import (
    ControlsOrdered,
    ExaminationPerformed,
    FindingRecorded,
    SampleTaken,
)
from gatepost.kernel.event import Body
from gatepost.lodgement.events import (
    ConveyanceArrived,
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationRegistered,
    DeclarationWithdrawn,
    GoodsPresented,
    GoodsSentOn,
)
from gatepost.release.events import (
    DecisionGiven,
    GoodsReleased,
    GoodsRemoved,
    HoldLifted,
    HoldPlaced,
    ReleaseDenied,
)
from gatepost.requirement.events import DataRequested, NeedsDetermined
from gatepost.risk.events import AssessmentMade
from gatepost.timerelease.columns import Columns, literal

SIMPLE: dict[type[Body], tuple[str, str]] = {
    DeclarationAmended: ("amended", "'trader'"),
    DeclarationWithdrawn: ("withdrawn", "'trader'"),
    ConveyanceArrived: ("arrival", "'carrier'"),
    GoodsPresented: ("positioned", "'trader'"),
    AssessmentMade: ("risk_result", "'system'"),
    DataRequested: ("query", "agency"),
    SampleTaken: ("sample", "agency"),
    FindingRecorded: ("finding", "agency"),
    DecisionGiven: ("decision", "agency"),
    HoldPlaced: ("hold", "agency"),
    HoldLifted: ("hold_lifted", "agency"),
    GoodsReleased: ("release", "'system'"),
    ReleaseDenied: ("denied", "'system'"),
    GoodsRemoved: ("removal", "'trader'"),
}
"""The milestone of an event of goods, and whose it is: a role, or the agency that acted."""

PEOPLE: dict[type[Body], tuple[str, str]] = {
    DeclarationWithdrawn: ("withdrawn", "'carrier'"),
    ConveyanceArrived: ("traveller_queue", "'traveller'"),
    FindingRecorded: ("finding", "agency"),
    DecisionGiven: ("decision", "agency"),
    ReleaseDenied: ("denied", "'system'"),
    GoodsRemoved: ("exit", "'traveller'"),
}
"""The same for travellers and coaches."""

_OTHERS: tuple[type[Body], ...] = (
    DeclarationRegistered,
    DeclarationAccepted,
    NeedsDetermined,
    ControlsOrdered,
    ExaminationPerformed,
    GoodsSentOn,
)
READ = tuple(sorted({one.name() for one in (*SIMPLE, *PEOPLE, *_OTHERS)}))
"""The names of the events that a study reads; the others need not leave the store."""

MODE = ("dataset", "Declaration", "BorderTransportMeans", "ModeCode")
"""Where a declaration says how its goods travel; of the rest of it nothing is read."""

MODES = {"1": "sea", "2": "rail", "3": "road", "4": "air", "5": "post", "8": "inland waterway"}
"""Modes of transport by their codes of UN/ECE Recommendation 19."""

SEGMENTS = ("regime", "office", "mode", "lane", "goods")

NEEDS = '[{"agency": "VARCHAR", "met_by": "VARCHAR"}]'
CONTROLS = '[{"agency": "VARCHAR", "kind": "VARCHAR"}]'


def make_raw(columns: Columns, users: Collection[str] = ()) -> None:
    """Make the view ``raw`` of :func:`read_frame` from the table ``log``.

    ``log`` has a row for each event of a case: ``ref, name, happened, agency, source, body``;
    the body as JSON, that of a registration reduced to its ``mode``. ``users`` are agencies that
    read data alone: no release waits for them, so no time is theirs.
    """
    reads = ", ".join(map(literal, sorted(users))) or "''"
    modes = " ".join(f"when {literal(code)} then {literal(word)}" for code, word in MODES.items())
    columns.run(f"""
        create temp table about as
        with accepted as (
            select ref, body ->> '$.regime' as regime, body ->> '$.post' as office,
                coalesce((body ->> '$.people') = 'true', false) as people,
                (body ->> '$.agent') is not null as agent,
                substr(body ->> '$.commodities[0]', 1, 2) as goods
            from log where name = '{DeclarationAccepted.name()}'
        ),
        lane as (
            select ref, max_by(coalesce(body ->> '$.channel', 'green'), happened) as lane from log
            where name = '{AssessmentMade.name()}' and body is not null group by ref
        ),
        mode as (
            select ref, case body ->> '$.mode' {modes} end as mode from log
            where name = '{DeclarationRegistered.name()}'
        )
        select ref, regime, office, mode, coalesce(lane, 'green') as lane,
            case when people then 'travellers' else goods end as goods, people, agent
        from accepted left join lane using (ref) left join mode using (ref)""")
    columns.run(f"""
        create temp table needed as
        select ref, happened, source, need.agency, bool_and(need.met_by is not null) as met
        from (
            select ref, happened, source, unnest(from_json(body -> '$.needs', '{NEEDS}')) as need
            from log where name = '{NeedsDetermined.name()}'
        ) where need.agency not in ({reads}) group by all""")
    columns.run(f"""
        create temp table ordered as
        select distinct ref, happened, source, control.agency,
            control.kind <> 'documentary' as physical
        from (
            select ref, happened, source,
                unnest(from_json(body -> '$.controls', '{CONTROLS}')) as control
            from log where name = '{ControlsOrdered.name()}'
        )""")
    told = " union all ".join(_parts())
    kept = ", ".join(f"about.{one}" for one in SEGMENTS)
    columns.run(f"""
        create temp table raw as
        select told.ref as "case", event, happened as time, party, source, {kept}
        from ({told}) told join about using (ref) where told.people is null
            or told.people = about.people""")
    for table in ("about", "needed", "ordered"):
        columns.run(f"drop table {table}")
    columns.forget("log")


def _parts() -> list[str]:
    """Return the SQL of every milestone: the simple ones, then those with a rule of their own."""
    parts = [
        f"select distinct ref, '{kind}' as event, happened, {party} as party, source,"
        f" {people} as people"
        f" from log where name = '{body.name()}'"
        for people, words in (("false", SIMPLE), ("true", PEOPLE))
        for body, (kind, party) in words.items()
    ]
    accepted, performed = DeclarationAccepted.name(), ExaminationPerformed.name()
    examined = f"""
        from (
            select ref, happened, source, body ->> '$.started' as started,
                unnest(json_extract_string(body, '$.agencies[*]')) as agency
            from log where name = '{performed}'
        )"""
    for people, start, end in (
        ("false", "examination_start", "examination_end"),
        ("true", "secondary_start", "secondary_end"),
    ):
        began = "coalesce(started::timestamptz, happened::timestamptz)::varchar"
        parts.append(f"select ref, '{start}', {began}, agency, source, {people} {examined}")
        parts.append(f"select ref, '{end}', happened, agency, source, {people} {examined}")
    leaving = f"'{GoodsSentOn.name()}', '{GoodsRemoved.name()}'"
    parts += [
        f"""select ref, 'left_post', min(happened), 'trader', min_by(source, happened), false
            from log where name in ({leaving}) group by ref""",
        f"""select log.ref, 'lodgement', happened, case when agent then 'broker' else 'trader' end,
            source, false from log join about using (ref) where name = '{accepted}'""",
        f"""select ref, 'advance_data', happened, 'carrier', source, true from log
            where name = '{accepted}'""",
        # An agency has the case before it once it wants nothing more of the trader.
        """select ref, 'notified', min(happened), agency, min_by(source, happened), false
            from needed where met group by ref, agency""",
        """select ref, 'notified', min(happened), agency, min_by(source, happened), false
            from ordered where (ref, agency) not in (select ref, agency from needed)
            group by ref, agency""",
        """select ref, 'documents_requested', min(happened), agency, min_by(source, happened), false
            from needed where not met group by ref, agency""",
        """select ref, 'documents_received', min(happened), 'trader',
            min_by(source, happened), false from needed join (
                select ref, agency, min(happened) as asked from needed where not met group by all
            ) using (ref, agency) where met and happened > asked group by ref, agency""",
        """select ref, 'examination_ordered', min(happened), agency, min_by(source, happened), false
            from ordered where physical group by ref, agency""",
        """select ref, 'referral', min(happened), agency, min_by(source, happened), true
            from ordered where physical group by ref, agency""",
    ]
    return parts
