"""Entry summary declarations: how many of the published tests come out exactly, and how fast.

The samples lie beside the project, in ``shared/data``; without them there is nothing to measure.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.adapters.formats import safe_xml
from gatepost.adapters.formats.ens.interface import Interface
from gatepost.bootstrap import load_checked_interface

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "ens_ics" / "open"
DAY = date(2026, 7, 2)
CONTROL = ".ctl.xml"


def main() -> None:
    """Print what came out and the speed."""
    if not SAMPLES.is_dir():
        print("no samples beside the project")
        return
    interface = load_checked_interface("uk_ens")
    print(probe())
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for control in sorted(SAMPLES.glob(f"*TestCases*/*{CONTROL}")):
        kind = control.parent.name.partition("Test")[0]
        total[kind] += 1
        if _is_right(interface, control, structure_only=kind == "schema"):
            right[kind] += 1
        else:
            print(f"wrong: {control.parent.name}/{control.name}", file=sys.stderr)
    for kind in sorted(total):
        print(f"{kind} tests: {right[kind]:,} of {total[kind]:,} exactly as their control files")
    _speed(interface)


def _is_right(interface: Interface, control: Path, structure_only: bool) -> bool:
    root = etree.parse(control).getroot()
    errors = root.findall("{*}Error")
    numbered = {
        (one.findtext("{*}Number"), one.findtext("{*}Location"))
        for one in errors
        if one.find("{*}Number") is not None
    }
    message = control.with_name(f"{control.name.removesuffix(CONTROL)}.xml")
    found = interface.errors(message.read_bytes(), DAY, structure_only)
    if len(numbered) < len(errors) and not numbered:
        return bool(found) and all(one.code.startswith("DATA-") for one in found)
    return {(one.code, one.where) for one in found} == numbered


def _speed(interface: Interface) -> None:
    files = sorted(SAMPLES.glob("ruleTestCases*/*.xml"))
    messages = [one.read_bytes() for one in files if not one.name.endswith(CONTROL)]
    started = process_time()
    for message in messages:
        safe_xml.read(message)
    parsing = process_time() - started
    started = process_time()
    for message in messages:
        interface.errors(message, DAY)
    judging = process_time() - started
    each = judging / len(messages)
    print(f"{len(messages):,} messages judged at {1 / each:,.0f} a second of CPU,")
    print(f"{judging / parsing:.1f} times the time of parsing them alone")


if __name__ == "__main__":
    main()
