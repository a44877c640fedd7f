"""All models that ship, the same hundred movements under each: how long the comparison takes.

Promised is less than 60 seconds for all packs. What is timed is CPU, reading and checking the
descriptions included, without anything kept from an earlier run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.adapters.files.packs import variants_of
from gatepost.bootstrap import load_checked, rehearsal_desk
from gatepost.cli.compare import about
from gatepost.simulation.compare import MOVEMENTS, play

PACKS = ("canada", "new_zealand", "european_union", "nordic", "chirundu", "ladder")
PROMISED = 60


def main() -> None:
    """Print the figure."""
    names = [name for pack in PACKS for name in variants_of(pack) or (pack,)]
    wall, start = perf_counter(), process_time()
    for name in names:
        jurisdiction = load_checked(name)
        play(name, rehearsal_desk(jurisdiction), about(jurisdiction), lambda now: None)
    took, waited = process_time() - start, perf_counter() - wall
    print(probe())
    print(
        f"{len(names)} models x {MOVEMENTS} movements: {took:.1f} s CPU, {waited:.1f} s in all, "
        f"{took / PROMISED:.2f} of the {PROMISED} s promised"
    )


if __name__ == "__main__":
    main()
