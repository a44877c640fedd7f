"""Forms by their paths: every file read by what it ends with, all that is wrong told at once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gatepost.adapters.forms.own import read_own
from gatepost.adapters.forms.schema import read_schema
from gatepost.adapters.forms.table import read_csv, read_xlsx
from gatepost.kernel.notice import Notice, Refused
from gatepost.review.harmonise import rules
from gatepost.review.harmonise.model import Captured, Form

LARGEST = 5_000_000
"""The most bytes a form may have."""

READERS: dict[str, Callable[[Path], Captured]] = {
    ".json": read_schema,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".yaml": read_own,
}


def read_forms(paths: Sequence[str]) -> list[Form]:
    """Return the forms in files and folders; :class:`Refused` with everything wrong in them.

    A form is called by its path below what all given paths share, and belongs to the agency it
    names, else to the first folder of that path.
    """
    faults: list[Notice] = []
    files = list(dict.fromkeys(_files(paths, faults)))
    base = _base(files, paths)
    forms = []
    for file in files:
        name = file.relative_to(base).as_posix() if base in file.parents else file.as_posix()
        try:
            found = _read(file)
        except Refused as refused:
            faults += refused.notices
            continue
        agency = found.agency or _folder(name)
        forms.append(Form(name, agency, found.fields, found.title))
    if faults:
        raise Refused(faults)
    return forms


def _files(paths: Sequence[str], faults: list[Notice]) -> Iterator[Path]:
    for text in paths:
        path = Path(text).absolute()
        if not path.is_dir():
            yield path
            continue
        found = sorted(one for one in path.rglob("*") if one.suffix in READERS and one.is_file())
        if not found:
            faults.append(rules.NO_FORMS.notice(path=text))
        yield from found


def _base(files: Sequence[Path], paths: Sequence[str]) -> Path:
    folders = [one for text in paths if (one := Path(text).absolute()).is_dir()]
    shared = [*(str(one) for one in folders), *(str(one.parent) for one in files)]
    return Path(os.path.commonpath(shared)) if shared else Path()


def _folder(name: str) -> str:
    return name.split("/", 1)[0] if "/" in name else ""


def _read(file: Path) -> Captured:
    reader = READERS.get(file.suffix)
    if reader is None:
        raise Refused([rules.NOT_A_FORM.notice(file=str(file), problem="its ending is not known")])
    try:
        if file.stat().st_size > LARGEST:
            problem = f"it is larger than {LARGEST:,} bytes"
            raise Refused([rules.NOT_A_FORM.notice(file=str(file), problem=problem)])
        found = reader(file)
    except OSError as fault:
        problem = fault.strerror or str(fault)
        raise Refused([rules.NOT_A_FORM.notice(file=str(file), problem=problem)]) from fault
    counted = Counter(one.path for one in found.fields)
    twice = [path for path, times in counted.items() if times > 1]
    if twice:
        raise Refused([rules.FIELD_TWICE.notice(file=str(file), field=one) for one in twice])
    return found
