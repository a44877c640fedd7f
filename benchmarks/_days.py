"""Days at a post by chance, like those on which joint examinations were measured before.

Arrivals from 07:00 to 17:00; one to four of four agencies, two on average; examinations
lognormal around medians of 25 to 35 minutes; 20 minutes to position and unload; three in ten
scanned for 10 minutes; a quarter in need of a cold bay; officers in overlapping shifts. All
times are multiples of five minutes.
"""

from __future__ import annotations

import math
import random

from gatepost.control.schedule.world import Consignment, Examination, Officer, Place, World

MEDIANS = {"customs": 25, "plant": 30, "veterinary": 35, "food": 30}
SHARES = (0.30, 0.43, 0.21, 0.06)
"""How many consignments are examined by one, two, three and four agencies."""
SHIFTS = {
    3: ((360, 900), (600, 1140), (840, 2400)),
    4: ((360, 900), (540, 1080), (720, 1260), (840, 2400)),
    5: ((360, 840), (480, 960), (600, 1080), (720, 1200), (900, 2400)),
}
COLD = 0.25
SCANNED = 0.3


def day(
    number: int,
    bays: int,
    seed: int,
    officers: dict[str, int],
    scanners: int = 2,
    dual: float = 0.0,
) -> World:
    """Return a day of ``number`` consignments; ``dual`` of the officers have two skills."""
    chance = random.Random(seed)
    cold = max(1, round(0.4 * bays))
    return World(
        tuple(_consignment(chance, index) for index in range(number)),
        tuple(_officers(chance, officers, dual)),
        tuple(Place(f"bay-{n + 1}", ("cold",) if n < cold else ()) for n in range(bays)),
        scanners=scanners,
    )


def _fives(minutes: float) -> int:
    return max(5, 5 * round(minutes / 5))


def _consignment(chance: random.Random, index: int) -> Consignment:
    arrival = _fives(chance.uniform(7 * 60, 17 * 60))
    count = chance.choices((1, 2, 3, 4), SHARES)[0]
    exams = tuple(
        Examination(
            agency, min(120, _fives(chance.lognormvariate(math.log(MEDIANS[agency]), 0.35)))
        )
        for agency in chance.sample(list(MEDIANS), count)
    )
    cold = chance.random() < COLD
    scan = 10 if chance.random() < SCANNED else 0
    weight = chance.choice((1, 2, 4))
    needs = ("cold",) if cold else ()
    return Consignment(f"c{index + 1}", arrival, exams, scan, weight, needs=needs)


def _officers(chance: random.Random, officers: dict[str, int], dual: float) -> list[Officer]:
    found = []
    names = list(officers)
    for agency, count in officers.items():
        shifts = SHIFTS[min(max(count, 3), 5)]
        for number in range(count):
            other = names[(names.index(agency) + 1 + number) % len(names)]
            skills = (agency, other) if other != agency and chance.random() < dual else (agency,)
            shift = shifts[number % len(shifts)]
            found.append(Officer(f"{agency}-{number + 1}", agency, skills, (shift,)))
    return found
