"""Which controls a case needs: those prescribed by law and those live indicators ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from gatepost.control.model import Control, Status
from gatepost.requirement.model import ControlKind, Place, Prescribed
from gatepost.risk.model import Hit

BEGUN: frozenset[Status] = frozenset({"examined", "sampled", "cancelled"})
"""A control that got so far stays, even if nothing asks for it any more."""


def ordered_controls(
    case: str,
    prescribed: Iterable[Prescribed],
    hits: Iterable[Hit],
    earlier: Mapping[str, Control],
    due: bool = False,
) -> tuple[Control, ...]:
    """Return the controls of a case; one already known keeps how far it got.

    Two sources of one agency that ask for the same check of the same target are
    one control, under the source that comes first: law before indicator. Nothing
    takes back what was begun, what spoke against the goods or what was set aside. What is ``due``
    stays too: with the goods there, who declares cannot amend away what they were selected for.
    """
    found: dict[tuple[str, str, str, str], Control] = {}
    for one in prescribed:
        _add(found, _control(case, one, one.requirement, one.kind, one.check, one.place, True))
    for hit in hits:
        wanted = hit.control
        if (kind := wanted.ordered) is not None:
            _add(found, _control(case, hit, hit.indicator, kind, wanted.check, wanted.place, False))
    for control in earlier.values():
        if control.source == "officer":
            _add(found, control)
    names = {control.id for control in found.values()}
    kept = (one for one in earlier.values() if one.id not in names and (due or _stays(one)))
    return (*(_continued(one, earlier.get(one.id)) for one in found.values()), *kept)


def _stays(control: Control) -> bool:
    return control.status in BEGUN or control.result == "nonconform"


def _add(found: dict[tuple[str, str, str, str], Control], control: Control) -> None:
    found.setdefault((control.agency, control.kind, control.check, control.target), control)


def _control(
    case: str,
    source: Prescribed | Hit,
    name: str,
    kind: ControlKind,
    check: str,
    place: Place,
    prescribed: bool,
) -> Control:
    return Control(
        f"{name}@{source.target}",
        case,
        source.agency,
        kind,
        check,
        source.target,
        name,
        place,
        source.legal_basis,
        prescribed,
    )


def _continued(control: Control, earlier: Control | None) -> Control:
    if earlier is None:
        return control
    if earlier.status == "open":
        return msgspec.structs.replace(control, result=earlier.result)
    # What was begun stays where it was begun.
    return msgspec.structs.replace(
        control,
        status=earlier.status,
        result=earlier.result,
        place=earlier.place,
        site=earlier.site,
        under_seal=earlier.under_seal,
        placed_by=earlier.placed_by,
    )
