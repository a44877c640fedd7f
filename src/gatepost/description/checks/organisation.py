"""Agencies stand on three levels, and nobody holds a power that no law gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gatepost.authority.model import LEVELS, Agency, Officer, Resources
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located, listed
from gatepost.kernel.notice import Notice
from gatepost.kernel.validity import Validity


def check_organisation(described: Described) -> Iterator[Notice]:
    """Yield what does not hold together in agencies, units, officers and mandates."""
    agencies = described.agencies
    for thing in described.of("agency"):
        yield from _units(thing, thing.value)
        if described.own(thing.value):
            yield from _levels(thing, thing.value)
    for thing in described.of("resources"):
        yield from _officers(described, thing, thing.value)
    for thing in described.of("mandate"):
        agency = agencies.get(thing.value.agency)
        if agency is not None and agency.tier == "user":
            for index, power in enumerate(thing.value.powers):
                if power != "read":
                    yield rules.USER_WITH_POWERS.notice(
                        thing.where("powers", index), agency=agency.id, power=power
                    )
    yield from _undecided(described)
    for thing in described.of("country"):
        lead = thing.value.lead_agency
        if lead is not None and described.missing("agency", lead, agencies):
            yield rules.UNKNOWN_LEAD.notice(
                thing.where("lead_agency"), agency=lead, known=listed(agencies)
            )


def _units(thing: Located, agency: Agency) -> Iterator[Notice]:
    parents = {unit.id: unit.parent for unit in agency.units}
    told: set[str] = set()
    for index, unit in enumerate(agency.units):
        if unit.parent is None:
            continue
        where = ("units", index, "parent")
        if unit.parent not in parents:
            yield rules.UNKNOWN_PARENT.notice(
                thing.where(*where), unit=unit.parent, agency=agency.id
            )
            continue
        circle = _circle(unit.id, parents)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            shown = " → ".join((*circle, unit.id))
            yield rules.CYCLE.notice(thing.where(*where), circle=shown)


def _circle(start: str, parents: dict[str, str | None]) -> list[str]:
    """Return the units from ``start`` upward if they lead back to it."""
    way = [start]
    while (above := parents.get(way[-1])) is not None and above not in way:
        way.append(above)
    return way if above == start else []


def _levels(thing: Located, agency: Agency) -> Iterator[Notice]:
    if agency.tier != "control_authority":
        return
    present = {unit.level for unit in agency.units}
    for level in LEVELS:
        if level not in present:
            yield rules.LEVEL_WITHOUT_UNIT.notice(
                thing.where("units"), agency=agency.id, level=level
            )


def _officers(described: Described, thing: Located, resources: Resources) -> Iterator[Notice]:
    units = described.units.get(resources.agency)
    for index, officer in enumerate(resources.officers):
        own = ("officers", index)
        if units is not None and officer.unit not in units:
            yield rules.UNKNOWN_UNIT.notice(
                thing.where(*own, "unit"), unit=officer.unit, agency=resources.agency
            )
        if "mandate" not in described.unread:
            yield from _powers(described, thing, own, officer, resources.agency)


def _powers(
    described: Described, thing: Located, own: Keys, officer: Officer, agency: str
) -> Iterator[Notice]:
    given = {
        power
        for mandate in described.mandates.get(agency, ())
        if mandate.valid.overlaps(officer.valid)
        for power in mandate.powers
    }
    for index, power in enumerate(officer.powers):
        # What is read may be opened by an instrument alone, so the role may go before it.
        if power not in given and power != "read":
            where = thing.where(*own, "powers", index)
            yield rules.BEYOND_MANDATE.notice(where, agency=agency, power=power)


def _undecided(described: Described) -> Iterator[Notice]:
    """Yield, once for each agency and day, what no mandate would let the agency decide."""
    if "mandate" in described.unread:
        return
    known: dict[tuple[str, date, date | None], date | None] = {}
    told: set[tuple[str, date]] = set()
    for thing, keys, agency, period in _concerned(described):
        question = (agency, period.start, period.end)
        if question not in known:
            deciding = (m.valid for m in described.mandates.get(agency, ()) if "decide" in m.powers)
            known[question] = first_gap(period, deciding)
        day = known[question]
        if day is not None and (agency, day) not in told:
            told.add((agency, day))
            where = thing.where(*keys)
            yield rules.CANNOT_DECIDE.notice(where, agency=agency, day=day.isoformat())


def _concerned(described: Described) -> Iterator[tuple[Located, Keys, str, Validity]]:
    """Yield whatever gives an agency a say in a release, and when."""
    deciding = {one.id for one in described.agencies.values() if one.tier != "user"}
    for thing in described.of("requirement"):
        if thing.value.agency in deciding:
            for index, version in enumerate(thing.value.valid):
                yield thing, ("valid", index), thing.value.agency, version
    for thing in described.of("indicator"):
        if thing.value.mode == "live" and thing.value.agency in deciding:
            yield thing, ("valid",), thing.value.agency, thing.value.valid


def first_gap(period: Validity, covers: Iterable[Validity]) -> date | None:
    """Return the first day of ``period`` that none of ``covers`` has, or ``None``."""
    day = period.start
    for cover in sorted(covers, key=lambda one: one.start):
        if cover.start > day:
            break
        if cover.end is None:
            return None
        if cover.end >= day:
            day = cover.end + timedelta(days=1)
    return day if period.end is None or day <= period.end else None
