"""Risk indicators read from a file or a folder that is no whole jurisdiction: drafts."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gatepost.adapters.files.tree import Kind, Loaded, read_tree
from gatepost.description.model import ValueSet
from gatepost.risk.model import Indicator

FOLDER, SETS = "indicators", "sets"


def read_indicators(path: Path) -> Loaded:
    """Return the indicators of a file or folder, and the named sets of the folder.

    Of a folder that has folders called ``indicators`` only these are read, else all of its YAML
    files; named sets stand in folders called ``sets``. The draft belongs to the agency it
    names, wherever it lies. What is wrong with the files is in the result as notices.
    """
    root = path if path.is_dir() else path.parent
    files = [one.relative_to(root) for one in root.rglob("*") if one.suffix in (".yaml", ".yml")]
    mine = [one for one in files if one.parts[0] != "cases"]
    if path.is_dir():
        inside = [one for one in mine if FOLDER in one.parts[:-1]]
        mine = [one for one in inside or mine if SETS not in one.parts[:-1]]
    else:
        mine = [Path(path.name)]
    sets = [one for one in files if SETS in one.parts[:-1] and path.is_dir()]
    kinds = [
        *(Kind(one.as_posix(), ValueSet, "set") for one in sets),
        *(Kind(one.as_posix(), Indicator, "indicator") for one in mine),
    ]
    read = {kind.pattern for kind in kinds}
    others = [one.as_posix() for one in files if one.as_posix() not in read]
    loaded = read_tree(root, kinds, None, others)
    items = {
        "set": loaded.items.get("set", []),
        "indicator": [
            msgspec.structs.replace(one, folder_agency=one.value.agency)
            for one in loaded.items.get("indicator", [])
        ],
    }
    return Loaded(items, loaded.faults, loaded.unread)
