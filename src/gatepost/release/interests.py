"""Who has a say in what: the interests that every release must satisfy."""

from __future__ import annotations

from collections.abc import Iterable

from gatepost.control.model import Control
from gatepost.release.model import Interest
from gatepost.requirement.model import Need


def interests_of(
    needs: Iterable[Need], controls: Iterable[Control], users: frozenset[str] = frozenset()
) -> dict[str, Interest]:
    """Return the interests by ``agency|target``, from needs and controls.

    ``users`` are agencies that read data and decide nothing. An adverse finding
    is remembered: the agency's own rules may then not clear by themselves.
    """
    waiting: dict[str, _Waiting] = {}
    for need in needs:
        if need.agency not in users:
            entry = waiting.setdefault(f"{need.agency}|{need.target}", _Waiting())
            if need.open:
                entry.needs.append(need.requirement)
                entry.prohibited |= need.kind == "prohibition"
    for control in controls:
        if control.status == "cancelled":
            continue
        entry = waiting.setdefault(f"{control.agency}|{control.target}", _Waiting())
        if control.open:
            (entry.inland if control.after_release else entry.controls).append(control.id)
        elif control.result == "nonconform":
            entry.adverse = True
    return {
        key: Interest(
            *_agency_and_target(key),
            tuple(entry.needs),
            tuple(entry.controls),
            tuple(entry.inland),
            entry.adverse,
            entry.prohibited,
        )
        for key, entry in waiting.items()
    }


def _agency_and_target(key: str) -> tuple[str, str]:
    agency, target = key.split("|", 1)
    return agency, target


class _Waiting:
    def __init__(self) -> None:
        self.needs: list[str] = []
        self.controls: list[str] = []
        self.inland: list[str] = []
        self.adverse = False
        self.prohibited = False
