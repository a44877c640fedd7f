"""A world to plan, as JSON: everything wrong in how it is written, each with its place."""

from __future__ import annotations

import msgspec

from gatepost.adapters.files.plain import Keys
from gatepost.adapters.files.shape import shape_of
from gatepost.adapters.formats import rules
from gatepost.adapters.formats.faults import Faults, shown
from gatepost.adapters.formats.json_names import repeated_names
from gatepost.control.schedule.world import World
from gatepost.kernel.notice import Refused

MAX_BYTES = 5_000_000

_SHAPE = shape_of(World)


def read_world(data: bytes) -> World:
    """Return the world that ``data`` describes; ``Refused`` with all that does not fit."""
    if len(data) > MAX_BYTES:
        raise Refused([rules.WORLD_TOO_LARGE.notice(size=len(data), limit=MAX_BYTES)])
    try:
        tree = msgspec.json.decode(data)
        faults = Faults()
        for where, name in repeated_names(data):
            faults.add(rules.DUPLICATE_NAME.notice(where, name=shown(name)))
    except (ValueError, RecursionError) as error:
        problem = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise Refused([rules.WORLD_NOT_JSON.notice(problem=shown(problem))]) from None
    for misfit in _SHAPE.misfits(tree):
        faults.add(misfit.rule.notice(path_of(misfit.keys), **misfit.values))
    faults.refuse()
    return msgspec.convert(tree, World)


def path_of(keys: Keys) -> str:
    """Return the way to a value as text: ``consignments[3].arrival``."""
    path = ""
    for key in keys:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else str(key)
    return path


def schema() -> bytes:
    """Return the JSON Schema of a world."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(World)), indent=2)
