"""Small worlds to plan, and a way to draw others by chance."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import first_come
from gatepost.control.schedule.timetable import Timetable, timetable
from gatepost.control.schedule.world import (
    Agency,
    Cargo,
    Consignment,
    Examination,
    Officer,
    Order,
    World,
)

AGENCIES = ("customs", "veterinary", "plant")


def officer(name: str, agency: str, *shifts: tuple[str, str], **changes: Any) -> Officer:
    """Return an officer of ``agency`` on duty in ``shifts``."""
    return Officer(name, agency, shifts=shifts, **changes)


def consignment(name: str, arrival: str, *agencies: str, **changes: Any) -> Consignment:
    """Return a consignment that each of ``agencies`` examines for 20 minutes."""
    return Consignment(name, arrival, tuple(Examination(a, 20) for a in agencies), **changes)


def world(*consignments: Consignment, **changes: Any) -> World:
    """Return a day with two bays, one scanner and an officer of each agency."""
    fields: dict[str, Any] = {
        "officers": tuple(officer(f"{a}-1", a, ("06:00", "20:00")) for a in AGENCIES),
        "bays": 2,
        "scanners": 1,
        **changes,
    }
    return World(consignments, **fields)


def by_first_come(given: World, separate: bool = False) -> Timetable:
    """Return the plan of first come, first served."""
    problem = compile_world(given, separate)
    return timetable(problem, first_come(problem)[1])


_clock = st.integers(6 * 12, 16 * 12).map(lambda n: 5 * n)
_cargo: st.SearchStrategy[Cargo] = st.sampled_from(get_args(Cargo))


@st.composite
def worlds(draw: st.DrawFn, most: int = 6) -> World:
    """Return a world of a few consignments, all kinds of constraints by chance."""
    agencies = draw(st.lists(st.sampled_from(AGENCIES), min_size=1, unique=True))
    officers = []
    for agency in agencies:
        for number in range(draw(st.integers(1, 2))):
            start = draw(_clock)
            length = draw(st.integers(24, 96)) * 5
            skills = draw(st.sampled_from(((), (agency,), tuple(agencies))))
            on_call = draw(st.sampled_from((0, 0, 0, 45)))
            shift = ((start, min(start + length, 2880)),)
            officers.append(Officer(f"{agency}-{number}", agency, skills, shift, on_call))
    consignments = tuple(
        Consignment(
            f"c{number}",
            draw(_clock),
            tuple(
                Examination(agency, 5 * draw(st.integers(1, 9)), stop=draw(st.sampled_from("aab")))
                for agency in draw(st.lists(st.sampled_from(agencies), unique=True))
            ),
            scan=draw(st.sampled_from((0, 0, 10))),
            weight=draw(st.integers(1, 4)),
            cargo=draw(_cargo),
            needs=draw(st.sampled_from(((), (), ("cold",)))),
            movement=draw(st.sampled_from((None, None, "lorry-1", "lorry-2"))),
        )
        for number in range(draw(st.integers(1, most)))
    )
    pairs = [(a, b) for n, a in enumerate(agencies) for b in agencies[n + 1 :]]
    orders = [
        Order(f"order-{n}", "before", first=a, then=b, whole=draw(st.booleans()))
        for n, (a, b) in enumerate(pairs)
        if draw(st.booleans())
    ]
    if draw(st.booleans()):
        orders.append(Order("animals", "goes_first", cargo=("live_animals",)))
    return World(
        consignments,
        tuple(officers),
        draw(st.sampled_from((1, 2, 3))) if draw(st.booleans()) else _bays(draw),
        tuple(Agency(agency, hours=draw(_hours)) for agency in agencies),
        draw(st.integers(0, 2)),
        draw(st.sampled_from((0, 10, 20))),
        draw(st.booleans()),
        tuple(orders),
        draw(st.sampled_from((None, None, 60))),
    )


_hours = st.sampled_from(((), (("06:00", "12:00"), ("12:00", "21:00")), (("09:00", "17:00"),)))


def _bays(draw: st.DrawFn) -> Any:
    from gatepost.control.schedule.world import Place

    closed = draw(st.sampled_from(((), (("10:00", "11:30"),))))
    return (Place("dry"), Place("cold", ("cold",), closed))
