"""Reading what is handed in: bytes of a bounded size, and declarations made from them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import msgspec

from gatepost.adapters import formats
from gatepost.cli import rules
from gatepost.cli.output import file_name
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused

STDIN = "-"

LARGEST = 64 * 2**20
"""Bytes read of one file; the readers of formats know stricter limits of their own."""

GROUP = 128
"""Declarations lodged together: enough that syncing them costs little for each."""

GROUP_BYTES = 4 * 2**20
"""Bytes after which a group ends early, so that large files do not fill the memory."""


class Arrived(msgspec.Struct, frozen=True):
    """One file that came: its declaration with its digest, or everything wrong with it."""

    file: str
    size: int = 0
    dataset: DataSet | None = None
    digest: str = ""
    faults: tuple[Notice, ...] = ()


def read_bytes(file: str) -> bytes:
    """Return the content of ``file``, of stdin for ``-``; ``Refused`` with CLI-001 or CLI-002."""
    name = file_name(file)
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with open(file, "rb") as stream:
                data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Refused([rules.UNREADABLE.notice(file=name, reason=reason)]) from fault
    if len(data) > LARGEST:
        raise Refused([rules.TOO_LARGE.notice(file=name, limit=LARGEST)])
    return data


def read_declaration(file: str) -> Arrived:
    """Return the declaration in ``file``, or what is wrong with it."""
    try:
        data = read_bytes(file)
        dataset = formats.read_lodgement(data)
    except Refused as refused:
        return Arrived(file, faults=refused.notices)
    return Arrived(file, len(data), dataset, digest_of(dataset))


def groups(files: Iterable[str]) -> Iterator[list[Arrived]]:
    """Yield the declarations of the files in order, in groups that fit into memory."""
    return in_groups(map(read_declaration, files))


def in_groups(all_arrived: Iterable[Arrived]) -> Iterator[list[Arrived]]:
    """Yield what arrived in order, in groups that fit into memory."""
    group: list[Arrived] = []
    size = 0
    for arrived in all_arrived:
        group.append(arrived)
        size += arrived.size
        if len(group) == GROUP or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
