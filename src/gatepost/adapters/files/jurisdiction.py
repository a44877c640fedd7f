"""Where a jurisdiction's folder is: by its name among those that ship, or by its path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from gatepost.adapters.files.rules import NO_FOLDER, NO_JURISDICTION
from gatepost.kernel.notice import Refused

_PACKAGE = Path(__file__).parents[2]

PLACES = (_PACKAGE / "jurisdictions", _PACKAGE.parents[1] / "jurisdictions")
"""In the installed package, and at the root of the repository when run from there."""


def find_jurisdiction(name: str, places: Sequence[Path] = PLACES) -> Path:
    """Return the folder of the jurisdiction ``name``.

    A bare name is looked up in each of ``places``, then in the ``models`` folder of each; a name
    with a slash, or ``.``, is the path of a folder. One that does not exist is :class:`Refused`
    with those that do.
    """
    known = {folder.name: folder for folder in reversed(_folders(places))}
    if name in known:
        return known[name]
    folder = Path(name)
    if name in (os.curdir, os.pardir) or os.sep in name:
        if folder.is_dir():
            return folder
        advice = "Look at how it is written, and from which folder the path starts."
        raise Refused([NO_FOLDER.notice(path=name, advice=advice)])
    advice = _advice(name, sorted(known), bool(name) and folder.is_dir())
    raise Refused([NO_JURISDICTION.notice(name=name, advice=advice)])


def with_file(name: str, places: Sequence[Path] = PLACES) -> list[str]:
    """Return the names of the jurisdictions whose folder holds a file called ``name``."""
    return sorted({folder.name for folder in _folders(places) if (folder / name).is_file()})


def _folders(places: Sequence[Path]) -> list[Path]:
    """Return every folder that can be called by its name, the one found first before others."""
    rows = [*places, *(place / "models" for place in places)]
    return [
        folder
        for row in rows
        if row.is_dir()
        for folder in sorted(row.iterdir())
        if folder.is_dir() and folder.name != "models" and not folder.name.startswith(".")
    ]


def _advice(name: str, known: Sequence[str], here: bool) -> str:
    if here:
        return f"For the folder of this name, write {os.curdir}{os.sep}{name}."
    listed = f"There are: {', '.join(known)}." if known else "None is installed."
    near = get_close_matches(name.lower(), known, n=1)
    return f'Did you mean "{near[0]}"? {listed}' if near else listed
