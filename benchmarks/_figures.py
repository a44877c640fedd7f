"""The last figures of the benchmarks, in figures.json: docs/reference/promises.md is made of them.

A benchmark keeps a figure where it was asked to with `--keep`, so a run on a busy machine does not
replace one on a quiet machine unless somebody wants it to.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("figures.json")


class Figure(msgspec.Struct, frozen=True):
    """What was measured last: ``says`` in words with its unit, by ``command``, on which day.

    ``machine`` is the line of the probe, without which no figure says anything.
    """

    says: str
    command: str
    day: str
    machine: str


def figures() -> dict[str, Figure]:
    """Return the figures kept, by their name."""
    if not FILE.exists():
        return {}
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, Figure])


def keep(machine: str, **said: str) -> None:
    """Keep these figures, each under its name, if the command line asks for it."""
    if "--keep" not in sys.argv:
        return
    script = Path(sys.argv[0])
    words = [word for word in sys.argv[1:] if word != "--keep"]
    command = " ".join([f"python benchmarks/{script.name}", *words])
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    kept = {**figures(), **{n: Figure(s, command, day, machine) for n, s in said.items()}}
    text = msgspec.json.format(msgspec.json.encode(dict(sorted(kept.items()))), indent=2)
    FILE.write_bytes(text + b"\n")
