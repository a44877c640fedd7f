"""Writing the report of a time release study: only what may be published leaves the house."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from gatepost.adapters.files.tree import read_file
from gatepost.authority.clause import Share
from gatepost.cli.context import Session
from gatepost.cli.events import Told, analytics, frame_of
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Refused
from gatepost.timerelease.study import Study, faults

ALSO = ("agency", "pre_arrival", "hour", "day")
"""Breakdowns of a report beside those of the map or the file."""


def reported(
    session: Session,
    file: str | None,
    told: Told,
    by: tuple[str, ...],
    study: Path | None,
    report: Path,
) -> list[str]:
    """Write the report of a study and return the names of its files."""
    about = study_in(study) if study else None
    with frame_of(session, file, told) as frame, analytics():
        from gatepost.timerelease.measure import measured

        found = measured(frame, told.given, by or (*frame.own, *ALSO))
    about = with_country(session, about) if file is None else (about or unnamed())
    from gatepost.adapters.reports.folder import write_report
    from gatepost.timerelease.publish import publish
    from gatepost.timerelease.report.sections import report_of

    names = {*about.agencies, *told.given.parties.values()}
    public = publish(found, about.publish, names)
    written = write_report(
        report, report_of(public, about), public, session.now(), about.publish.licence
    )
    return [str(one) for one in written]


def study_in(file: Path) -> Study:
    """Return the study in a file; ``Refused`` with everything wrong with its words or course."""
    loaded = read_file(file, Study, "study")
    if loaded.faults:
        raise Refused(loaded.faults)
    study: Study = loaded.items["study"][0].value
    if wrong := list(faults(study)):
        raise Refused(wrong)
    return study


def unnamed() -> Study:
    """Return the study of a file of which nothing more is told."""
    return Study("Time release study", "")


def with_country(session: Session, study: Study | None) -> Study:
    """Return a study of the ledger: what it does not say comes from the description.

    The agencies' names, and the strictest number of cases of which a clause lets figures be told.
    """
    jurisdiction = session.jurisdiction
    day: date = jurisdiction.law_day(session.now())
    study = study or Study("Time release study", in_language(jurisdiction.country.name))
    names = {
        one.id: in_language(one.name)
        for one in jurisdiction.register.all_agencies
        if one.valid.on(day)
    }
    strictest = max(
        (
            clause.smallest_cell or 0
            for agreement in jurisdiction.register.all_agreements
            for clause in agreement.clauses
            if isinstance(clause, Share)
        ),
        default=0,
    )
    rule = msgspec.structs.replace(
        study.publish, smallest_group=max(study.publish.smallest_group, strictest)
    )
    return msgspec.structs.replace(study, agencies={**names, **study.agencies}, publish=rule)
