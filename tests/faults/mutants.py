"""Mutants of real messages on every way in: ``python -m tests.faults.mutants 100000``.

Each mutant is a real message of the samples beside the project, or a file of the description, with
one to four changes: bytes flipped, cut, doubled or moved, numbers and texts replaced by awkward
ones, parts of other messages pasted in. What comes of them is printed by way in, with the slowest
and the memory.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gatepost.adapters.formats import json_lodgement, read_lodgement
from gatepost.kernel.notice import Refused
from tests.faults.ways_in import CASE, Broken, Ways

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "data"
LARGEST_SEED = 40_000
LARGEST_MUTANT = 400_000
GROWTH = 200
"""Megabytes that the memory may grow by."""

SECONDS = 2.0
"""What takes longer hangs."""

AWKWARD = (
    *(
        b"",
        b"0",
        b"-1",
        b"1e999",
        b"NaN",
        b"9" * 400,
        b"0.1",
        b"1,5",
        b"\x00",
        b"\xff",
        b"\xc0\xaf",
    ),
    *("\u202e\u2066\ud7ff\ufffd\u0301".encode(), b"%00", b"../../x", b"A" * 5_000, b"<!--"),
    *(b"<![CDATA[", b"]]>", b"&amp;", b"&x;", b"<?x?>", b'<!DOCTYPE a [<!ENTITY x "y">]>', b"-->"),
    *(b"UNB+UNOC:3", b"UNZ+1+1'", b"'+:?", b"{", b"}", b"[", b"]", b'"', b"\\ud800", b"\n- "),
    *(b"2026-02-30", b"9999-12-31T23:59:60Z", b"19000101", b"xmlns='urn:x'", b"true", b"null"),
    *(b"\xc0\xaf", b": ", b"&a ", b"*a", b"|", b"\t"),
)
_TOKEN = re.compile(rb"[0-9]+(?:\.[0-9]+)?|[A-Za-z]{2,40}")

Seed = tuple[str, bytes]
Change = Callable[[bytearray, random.Random, bytes], None]


def seeds(samples: Path = SAMPLES) -> list[Seed]:
    """Return real messages, each with the way by which it would come in; YAML is our own."""
    found: list[Seed] = []
    for pattern, way in (
        ("wco_dm/open/declaration_*/*.xml", "lodge"),
        ("wco_dm/open/notification/*.xml", "notify"),
        ("ens_ics/open/ruleTestCases31[35]New/*[0-9].xml", "ens"),
        ("edifact/open/CUSDEC/*.edi", "lodge"),
        ("edifact/open/PAXLST/*.edi", "lodge"),
        ("edifact/open/*/*.edi", "interchange"),
    ):
        files = sorted(samples.glob(pattern))
        found += [(way, file.read_bytes()) for file in files if file.stat().st_size < LARGEST_SEED]
    found += [("lodge", _as_json(data)) for way, data in found[:200] if way == "lodge"]
    for pattern, way in (
        ("jurisdictions/aldermark/agencies/*/agency.yaml", "jurisdiction"),
        ("jurisdictions/models/*/interface.yaml", "interface"),
    ):
        found += [(way, file.read_bytes()) for file in sorted(ROOT.glob(pattern))]
    return [*(seed for seed in found if seed[1]), *OWN]


def _as_json(data: bytes) -> bytes:
    try:
        return json_lodgement.write(read_lodgement(data), 1)
    except Refused:
        return b""


OWN: list[Seed] = [
    ("lodge", json_lodgement.write(CASE, 1)),
    (
        "act",
        b'{"id": "a1", "act": "hold", "reference": "REFERENCE", "at": "2026-07-02T08:14",'
        b' "agency": "customs", "by": "customs.north_gate.examiner", "reason": "x", "expires":'
        b' "2026-07-03T08:14", "legal_basis": [{"cite": "Customs Act 2015, s. 30"}]}\n',
    ),
    (
        "act",
        b'{"id": "a2", "act": "examine", "reference": "REFERENCE", "at":'
        b' "2026-07-02T08:14Z", "agency": "customs", "controls": ["c-1"], "result": "conform"}\n'
        b'{"id": "a3", "act": "amend", "reference": "REFERENCE", "at":'
        b' "2026-07-02T08:14Z", "declaration": {"Declaration": {"FunctionCode": "9"}}}\n',
    ),
    ("upload", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
]


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with one to four changes, some of which paste a part of ``other``."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if made:
            chance.choice(CHANGES)(made, chance, other)
    return bytes(made[:LARGEST_MUTANT])


def _flip(made: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(made))
    made[at] ^= 1 << chance.randrange(8)


def _cut(made: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(made))
    del made[at : at + chance.choice((1, 2, 10, 100, 10_000))]


def _double(made: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(made))
    part = made[at : at + chance.choice((1, 5, 50, 500))]
    made[at:at] = part * chance.choice((1, 2, 50, 500))


def _awkward(made: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(made))
    made[at:at] = chance.choice(AWKWARD)


def _token(made: bytearray, chance: random.Random, other: bytes) -> None:
    """Replace a number or a word by an awkward one, where a value is most likely to stand."""
    start = chance.randrange(len(made))
    found = _TOKEN.search(made, start) or _TOKEN.search(made)
    if found:
        made[found.start() : found.end()] = chance.choice(AWKWARD)


def _paste(made: bytearray, chance: random.Random, other: bytes) -> None:
    at = chance.randrange(len(made))
    begin = chance.randrange(len(other))
    made[at:at] = other[begin : begin + chance.choice((5, 50, 500, 5_000))]


CHANGES: tuple[Change, ...] = (_flip, _flip, _cut, _double, _awkward, _token, _token, _paste)


class Tally:
    """What became of the mutants, by way in."""

    def __init__(self) -> None:
        self.refused: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.slowest: tuple[float, str] = (0.0, "")


def run(count: int, seed: int, found: list[Seed], ways: Ways) -> Tally:
    """Try ``count`` mutants, as many on each way; :class:`Broken` with the mutant at a fault."""
    chance = random.Random(seed)
    tally = Tally()
    by_way: dict[str, list[bytes]] = {}
    for way, data in found:
        by_way.setdefault(way, []).append(data)
    names = sorted(by_way)
    for number in range(count):
        way = chance.choice(names)
        data = chance.choice(by_way[way])
        data = data.replace(b"REFERENCE", ways.reference.encode())
        mutant = mutate(data, chance.choice(found)[1], chance)
        if chance.random() < 0.1:
            way = chance.choice([*ways.by_name])
        try:
            outcome = ways.try_on(way, mutant)
        except Broken as fault:
            raise Broken(f"mutant {number} of seed {seed}: {fault}", mutant) from fault
        (tally.taken if outcome.taken else tally.refused)[way] += 1
        tally.codes.update(outcome.codes[:1])
        tally.slowest = max(tally.slowest, (outcome.seconds, f"{way}, mutant {number}"))
    return tally


def resident() -> float:
    """Return the megabytes of memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def main(count: int = 100_000, seed: int = 1) -> None:
    """Print what became of ``count`` mutants."""
    found, ways = seeds(), Ways()
    run(2_000, seed + 1, found, ways)
    before, started = resident(), time.perf_counter()
    tally = run(count, seed, found, ways)
    took, growth = time.perf_counter() - started, resident() - before
    for way in ways.by_name:
        print(f"{way:12} refused {tally.refused[way]:7,}   taken {tally.taken[way]:7,}")
    print(f"{len(found)} seeds, {count:,} mutants in {took:.0f} s, {len(tally.codes)} codes")
    print(f"slowest {tally.slowest[0]:.2f} s ({tally.slowest[1]}); memory grew by {growth:.0f} MB")
    ways.close()
    if growth > GROWTH or tally.slowest[0] > SECONDS:
        raise SystemExit(f"more than {GROWTH} MB or {SECONDS} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
