"""Thousands of seeded runs: ``python -m tests.faults.seeds --count 5000``.

Prints every seed whose run broke a promise; put such a seed into ``test_seeds.py``.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from rich.progress import track

from tests.faults.world import World


def run(seed: int) -> tuple[int, list[str]]:
    """Run one seed; return it with what is wrong."""
    return seed, World(seed).run()


def main() -> int:
    """Run the seeds asked for on every processor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.count)
    broken = 0
    with ProcessPoolExecutor() as pool:
        runs = pool.map(run, seeds, chunksize=20)
        for seed, wrong in track(runs, "Seeds", total=len(seeds)):
            if wrong:
                broken += 1
                print(f"seed {seed}: {wrong[0]}")
    print(f"{len(seeds)} seeds, {broken} of them broke a promise")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
