"""The machine's moment: what a processor loop and an fsync cost right now.

Machines vary up to threefold between runs, so every figure is printed beside this line.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter_ns, process_time_ns

STEPS = 200_000
WRITES = 40


def probe() -> str:
    """Return one line: the processor loop in milliseconds of CPU, the fsync in microseconds."""
    loop = median(_loop() for _ in range(7)) / 1e6
    sync = median(_syncs()) / 1e3
    return f"machine now: loop of {STEPS} steps {loop:.1f} ms CPU, fsync of 4 KiB {sync:.0f} us"


def _loop() -> int:
    start = process_time_ns()
    total = 0
    for step in range(STEPS):
        total = (total * 31 + step) & 0xFFFF
    return process_time_ns() - start


def _syncs() -> list[int]:
    """Return the nanoseconds of each of some small writes made durable in the temporary folder."""
    times = []
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "probe").open("wb", 0) as file:
        for _ in range(WRITES):
            file.write(b"x" * 4096)
            start = perf_counter_ns()
            os.fsync(file.fileno())
            times.append(perf_counter_ns() - start)
    return times


if __name__ == "__main__":
    print(probe())
