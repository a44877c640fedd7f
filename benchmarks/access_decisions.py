"""Decisions of the disclosure gate, reloading it, and how soon a suspension counts.

1,000 agreements among 14 agencies, each sharing some of 20 classes of data for some purposes,
goods, regimes and places. 20,000 different questions are drawn beforehand; nothing is remembered
between them. A reload compiles the gate of a day from agreements that are read already. The delay
runs from the moment a suspension is on record, durably, until another process that asks again and
again over the same SQLite file refuses.
"""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.authority.clause import Share
from gatepost.authority.disclosure import Asked, DisclosureBook
from gatepost.authority.element import ELEMENTS, DataClass
from gatepost.authority.instrument import Agreement
from gatepost.authority.scope import Scope
from gatepost.bootstrap import CODEC
from gatepost.casework.concluding import InstrumentAct, conclude
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import open_case
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.kernel.regime import REGIMES
from tests.small_country import ALWAYS, LAW, concluded, declaration, parts

AGENCIES = (*(f"agency-{number}" for number in range(12)), "XB/customs", "XC/border")
PURPOSES = ("release", "risk", "control", "statistics", "transit")
POSTS = ("north", "port", "airport")
DAY = date(2026, 7, 2)
NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
AGREEMENTS, QUESTIONS, ROUNDS = 1_000, 20_000, 5
PARTS = ELEMENTS[::4][:20]
CLASSES = [DataClass(f"class-{n}", {"en": "c"}, (one,), LAW) for n, one in enumerate(PARTS)]


def agreement(draw: random.Random, number: int) -> Agreement:
    """Return one agreement between two agencies with one clause that shares."""
    parties = tuple(draw.sample(AGENCIES, 2))
    regimes: Any = tuple(draw.sample(REGIMES, draw.randint(0, 2)))
    scope = Scope(
        tuple(f"{draw.randint(1, 97):02d}" for _ in range(draw.randint(0, 5))),
        regimes,
        tuple(draw.sample(POSTS, draw.randint(0, 2))),
        people=draw.random() < 0.3,
    )
    clause = Share(
        f"A-{number}/1",
        {"en": "s"},
        scope,
        of=parties[:1],
        to=parties[1:],
        purposes=tuple(draw.sample(PURPOSES, draw.randint(1, 3))),
        data=tuple(f"class-{n}" for n in draw.sample(range(len(CLASSES)), draw.randint(1, 8))),
    )
    life = concluded(parties)
    return Agreement(f"A-{number}", {"en": "a"}, "agreement", parties, LAW, ALWAYS, (clause,), life)


def question(draw: random.Random) -> Asked:
    """Return one question about a case of three goods items."""
    recipient, owner = draw.sample(AGENCIES, 2)
    goods = tuple(f"{draw.randint(1, 97):02d}0100000"[:8] for _ in range(3))
    return Asked(
        recipient,
        owner,
        draw.choice(PURPOSES),
        draw.choice(("read", "list", "notify")),
        draw.choice(REGIMES),
        draw.choice(POSTS),
        goods,
        draw.random() < 0.2,
    )


def decisions() -> tuple[float, float, float]:
    """Return decisions a second, the share that grants something, and milliseconds a reload."""
    draw = random.Random(1)
    agreements = [agreement(draw, number) for number in range(AGREEMENTS)]
    asked = [question(draw) for _ in range(QUESTIONS)]
    reloads = []
    for _ in range(ROUNDS):
        start = process_time()
        gate = DisclosureBook(CLASSES, (), agreements).on(DAY)
        reloads.append(process_time() - start)
    decide = gate.decide
    granted = sum(bool(decide(one)[0]) for one in asked) / QUESTIONS
    times = []
    gc.collect()
    for _ in range(ROUNDS):
        start = process_time()
        for one in asked:
            decide(one)
        times.append(process_time() - start)
    return QUESTIONS / median(times), granted, median(reloads) * 1000


def country() -> Jurisdiction:
    """Return the small country with one agreement by which the vet sees steel of customs."""
    clause = Share(
        "LIVE/1",
        {"en": "s"},
        of=("customs",),
        to=("vet",),
        purposes=("control",),
        data=("goods",),
    )
    pair = ("customs", "vet")
    life = concluded(pair)
    live = Agreement("LIVE", {"en": "l"}, "agreement", pair, LAW, ALWAYS, (clause,), life)
    classes = [DataClass("goods", {"en": "g"}, ("item.commodity",), LAW)]
    draw = random.Random(2)
    many = [agreement(draw, number) for number in range(AGREEMENTS)]
    return Jurisdiction({**parts(), "agreement": [live, *many], "data_class": [*classes, *CLASSES]})


def watch(folder: str, reference: str) -> None:
    """Ask until the case is closed, and print when that was: the other process."""
    desk = Desk(country(), SqliteLedger(Path(folder) / "l.db", CODEC), FixedKey(b"k" * 32))
    vet = Actor("vet.one", "officer", "vet")
    open_case(desk, reference, vet, NOON, "control")
    print("open", flush=True)
    while True:
        try:
            open_case(desk, reference, vet, NOON, "control")
        except Refused:
            print(time(), flush=True)
            return


def revocation() -> float:
    """Return the milliseconds until another process refuses what a suspension closed."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger(Path(folder) / "l.db", CODEC)
        desk = Desk(country(), ledger, FixedKey(b"k" * 32))
        dataset = expand(declaration())
        reference = lodge(desk, dataset, digest_of(dataset), NOON).reference or ""
        other = subprocess.Popen(
            [sys.executable, __file__, folder, reference], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        act = InstrumentAct("s", "suspend", "LIVE", NOON, by="customs.one", second="customs.two")
        assert conclude(desk, act, NOON).status == "done"
        recorded = time()
        closed = float(other.stdout.readline())
        other.wait()
        ledger.close()
    return max(closed - recorded, 0.0) * 1000


def main() -> None:
    """Print the three figures beside the machine's moment."""
    print(probe())
    rate, granted, reload = decisions()
    print(
        f"access decisions at {AGREEMENTS} agreements: {rate:,.0f} a second of CPU"
        f" ({granted:.0%} of the questions granted something); {rate / 500_000:.2f} of 500,000"
    )
    print(f"reload of {AGREEMENTS} agreements: {reload:.1f} ms CPU; {reload / 100:.2f} of 100 ms")
    start = perf_counter()
    delays = [revocation() for _ in range(ROUNDS)]
    print(
        f"a suspension on record counts in another process after {median(delays):.0f} ms"
        f" (worst of {ROUNDS}: {max(delays):.0f} ms); {max(delays) / 1000:.2f} of 1 s"
        f" [{perf_counter() - start:.0f} s in all]"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        watch(*sys.argv[1:])
    else:
        main()
