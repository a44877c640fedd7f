"""``gatepost check``: is this jurisdiction complete and consistent?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from gatepost.adapters.files.jurisdiction import find_jurisdiction
from gatepost.adapters.files.packs import variants_of
from gatepost.adapters.files.tree import Kind, Loaded, read_tree
from gatepost.adapters.formats.ens.description import HEAD_FILE, faults_of, read_interface
from gatepost.bootstrap import faults_in, read_description, rehearsal_desk
from gatepost.casework.rehearsal import Difference, Written, play
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import Said, complain, print_json, progress, said, say
from gatepost.kernel.notice import Notice, Refused


class Differs(msgspec.Struct, frozen=True):
    """Where a written case came out otherwise than its author expects."""

    case: str
    step: int
    what: str
    expected: Any
    found: Any


class Result(msgspec.Struct, frozen=True):
    """What was found in a description, as a program reads it."""

    jurisdiction: str
    ok: bool
    described: dict[str, int]
    notices: tuple[Said, ...]
    cases: int = 0
    differences: tuple[Differs, ...] = ()


@click.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "--cases", "with_cases", is_flag=True, help="Play the written cases in DIR/cases too."
)
@as_json
@command
def check(session: Session, folder: str, with_cases: bool, as_json: bool) -> None:
    """Check the jurisdiction in DIR.

    DIR may also be a name, such as aldermark. Every fault is told with file and line."""
    name = os.path.join(os.curdir, folder) if Path(folder).is_dir() else folder
    loaded, notices = _read(name, session)
    described = {kind: len(found) for kind, found in loaded.items.items()}
    result = Result(folder, not notices, described, said(notices))
    if with_cases and not notices:
        result = _with_cases(session, name, result)
    complain(notices)
    for one in result.differences:
        click.echo(_difference(one), err=True)
    if as_json:
        print_json(result)
    elif result.ok:
        counted = ", ".join(f"{kind} {count}" for kind, count in result.described.items() if count)
        say(f"{folder}: nothing wrong; {counted}")
        if with_cases:
            say(f"{folder}: {result.cases} cases come out as expected")
    if not result.ok:
        raise click.exceptions.Exit(1)


def _read(name: str, session: Session) -> tuple[Loaded, list[Notice]]:
    """Return what is described, and what is wrong with it: a country, or an interface.

    A pack that has variants is checked in each; what it describes is told of the last.
    """
    root = find_jurisdiction(name.partition(":")[0])
    if (root / HEAD_FILE).is_file():
        loaded = read_interface(root, session.cache)
        return loaded, faults_of(loaded)
    notices: list[Notice] = []
    for one in variants_of(name) or (name,):
        loaded = read_description(one, session.cache)
        notices += faults_in(loaded)
    return loaded, notices


def _with_cases(session: Session, name: str, result: Result) -> Result:
    session.name = name
    cases = written_cases(find_jurisdiction(name) / "cases")
    differences: list[Differs] = []
    with progress("Playing cases", len(cases)) as advance:
        for done, (path, written) in enumerate(cases, 1):
            desk = rehearsal_desk(session.jurisdiction)
            differences += _differs(path, play(desk, written).differences)
            advance(done)
    return msgspec.structs.replace(
        result, ok=not differences, cases=len(cases), differences=tuple(differences)
    )


def written_cases(folder: Path) -> list[tuple[str, Written]]:
    """Return the written cases below ``folder`` by path; ``Refused`` if a file is faulty."""
    if not folder.is_dir():
        return []
    loaded = read_tree(folder, [Kind("**/*.yaml", Written, "case")], None, ())
    if loaded.faults:
        raise Refused([_in_cases(fault) for fault in loaded.faults])
    return [(f"cases/{item.path}", item.value) for item in loaded.items["case"]]


def _in_cases(fault: Notice) -> Notice:
    return msgspec.structs.replace(fault, where=f"cases/{fault.where}")


def _differs(path: str, differences: tuple[Difference, ...]) -> Iterator[Differs]:
    for one in differences:
        yield Differs(path, one.step, one.what, one.expected, one.found)


def _difference(one: Differs) -> str:
    expected, found = (msgspec.json.encode(value).decode() for value in (one.expected, one.found))
    return f"{one.case} step {one.step}: {one.what} should be {expected}, but is {found}"
