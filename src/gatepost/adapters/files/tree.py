"""A jurisdiction's folder read into the structs of the rooms, or into everything wrong with it.

The caller says by a layout which files hold what::

    loaded = read_tree(root, [
        Kind("agencies/*/requirements/**/*.yaml", Requirement, "requirement"),
        Kind("precedence.yaml", Precedence, "precedence", many=True),
    ])

Every file is read, whatever is wrong with another. A YAML file that no kind claims is a fault,
so that a law in the wrong folder is noticed before it is missed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from yaml import YAMLError

from gatepost.adapters.files import plain, rules
from gatepost.adapters.files.cache import Cache, digest
from gatepost.adapters.files.plain import Plain
from gatepost.adapters.files.shape import Shape, shape_of
from gatepost.kernel.notice import Notice, Refused

IGNORED = ("cases/**",)
"""What a jurisdiction's folder holds besides its description."""

_SUFFIXES = (".yaml", ".yml")


class Kind(msgspec.Struct, frozen=True):
    """What the files that match ``pattern`` hold: one struct of ``type``, or a list if ``many``.

    ``pattern`` is relative to the jurisdiction: ``*`` stands for anything but a slash and ``**``
    for any folders. The first kind of a layout that matches a file has it.
    """

    pattern: str
    type: type[Any]
    name: str
    many: bool = False


class Item(msgspec.Struct, frozen=True):
    """One struct that was read, and where it stands.

    ``index`` is its position in a file of many, and ``folder_agency`` the agency in whose folder
    ``agencies/<agency>/`` its file lies.
    """

    path: str
    index: int | None
    value: Any
    folder_agency: str | None
    root: Path

    def locate(self, *keys: str | int) -> int:
        """Return the line of a value: ``item.locate("valid", 0, "from")``."""
        return line_of(self.root, self.path, keys if self.index is None else (self.index, *keys))

    def where(self, *keys: str | int) -> str:
        """Return the place of a value as a notice names it: ``path:line``."""
        return f"{self.path}:{self.locate(*keys)}"


class Loaded(msgspec.Struct, frozen=True):
    """All that was read, by the name of its kind and in the order of the paths, and all faults.

    ``unread`` names the kinds of which some file is not among the items, for its faults.
    """

    items: dict[str, list[Item]]
    faults: list[Notice]
    unread: frozenset[str] = frozenset()


def read_tree(
    root: Path,
    layout: Sequence[Kind],
    cache: Path | None = None,
    ignore: Sequence[str] = IGNORED,
) -> Loaded:
    """Return everything in the folder ``root`` that ``layout`` names.

    ``cache`` is a folder for what need not be parsed again; without it nothing is kept. Files
    that match ``ignore`` are passed over. What is wrong with files is in the result as notices;
    only a ``root`` that is no folder is :class:`Refused`.
    """
    if not root.is_dir():
        advice = "Name a folder that holds a jurisdiction.yaml."
        raise Refused([rules.NO_FOLDER.notice(path=str(root), advice=advice)])
    reader = _Reader(root, layout, Cache(cache, root) if cache else None)
    paths, faults = _walk(root)
    reader.faults += faults
    passed = _pattern(ignore)
    for path in paths:
        if not passed(path):
            reader.read(path)
    if reader.cache and not reader.faults:
        reader.cache.save()
    return Loaded(reader.items, sorted(reader.faults, key=_order), frozenset(reader.unread))


def read_file(path: Path, kind: type[Any], name: str) -> Loaded:
    """Return the one struct of type ``kind`` that a file holds, as ``name``, or its faults.

    What is wrong with the file is told under its own name, as if its folder were a jurisdiction.
    """
    reader = _Reader(path.parent, [Kind(path.name, kind, name)], None)
    reader.read(path.name)
    return Loaded(reader.items, sorted(reader.faults, key=_order), frozenset(reader.unread))


def line_of(root: Path, path: str, keys: Sequence[str | int]) -> int:
    """Return the line on which ``keys`` stands in a file, counted from 1.

    A key that is not written has the line of what it would stand in.
    """
    try:
        data = (root / path).read_bytes()
    except OSError:
        return 1
    return plain.lines(data).line(tuple(keys))


class _Reader:
    def __init__(self, root: Path, layout: Sequence[Kind], cache: Cache | None) -> None:
        self.root = root
        self.base = f"{root}{os.sep}"
        self.layout = layout
        self.cache = cache
        self.items: dict[str, list[Item]] = {kind.name: [] for kind in layout}
        self.faults: list[Notice] = []
        self.unread: set[str] = set()
        self.match = re.compile("|".join(f"({_regex(k.pattern)})" for k in layout)).fullmatch
        whole = [list[k.type] if k.many else k.type for k in layout]  # type: ignore[name-defined]
        self.shapes: list[Shape] = [shape_of(kind) for kind in whole]

    def read(self, path: str) -> None:
        """Read one file: its struct goes to the items, or its faults to the faults."""
        match = self.match(path) if self.layout else None
        if match is None or match.lastindex is None:
            self.faults.append(rules.MISPLACED.notice(path, advice=self.advice(path)))
            return
        number = match.lastindex - 1
        kind = self.layout[number]
        fitted = self.fitted(self.shapes[number], path)
        if fitted is None:
            self.unread.add(kind.name)
        else:
            self.keep(kind, path, fitted)

    def fitted(self, shape: Shape, path: str) -> Any:
        """Return what a file holds, or ``None`` when its faults have been told."""
        try:
            data = _bytes(self.base + path)
        except OSError as error:
            self.faults.append(rules.UNREADABLE.notice(path, problem=error.strerror or str(error)))
            return None
        value = self.parse(data, path)
        if value is None:
            return None
        try:
            fitted = msgspec.convert(value, shape.kind)
        except msgspec.ValidationError:
            fitted = None
        if fitted is None or not shape.known(value):
            self.misfit(value, shape, data, path)
            return None
        return fitted

    def parse(self, data: bytes, path: str) -> Plain:
        """Return the plain values of a file, or ``None`` when its faults have been told."""
        key = digest(data) if self.cache else b""
        if self.cache and (kept := self.cache.get(key)) is not None:
            return kept
        if fault := plain.unfit(data, path):
            self.faults.append(fault)
            return None
        value: Plain = None
        try:
            value, single = plain.build(data)
        except (YAMLError, plain.Faulty):
            single = False
        if not single:
            self.faults += plain.survey(data, path).faults
        elif value is None:
            self.faults.append(rules.EMPTY.notice(f"{path}:1"))
        elif self.cache:
            self.cache.put(key, value)
        return value

    def misfit(self, value: Plain, shape: Shape, data: bytes, path: str) -> None:
        lines = plain.lines(data)
        for keys, rule, values in shape.misfits(value):
            self.faults.append(Notice(rule.number, f"{path}:{lines.line(keys)}", values))

    def keep(self, kind: Kind, path: str, fitted: Any) -> None:
        agency = _agency(path)
        items = self.items[kind.name]
        if kind.many:
            items += [Item(path, i, value, agency, self.root) for i, value in enumerate(fitted)]
        else:
            items.append(Item(path, None, fitted, agency, self.root))

    def advice(self, path: str) -> str:
        """Return where a file of this name might have been meant to be."""
        if path.endswith(".yml"):
            return "End its name with .yaml."
        folders = path.split("/")[:-1]
        near = [k.pattern for k in self.layout if {*folders} & {*k.pattern.split("/")} - {"*"}]
        patterns = near or [k.pattern for k in self.layout]
        return f"Move it to one of {', '.join(patterns)}."


def _agency(path: str) -> str | None:
    parts = path.split("/", 2)
    return parts[1] if parts[0] == "agencies" and len(parts) == 3 else None


def _bytes(path: str) -> bytes:
    """Return a file's content, or enough of it to see that it is too large."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        data = os.read(handle, plain.LARGEST + 1)
        while chunk := os.read(handle, plain.LARGEST + 1 - len(data)):
            data += chunk
        return data
    finally:
        os.close(handle)


def _walk(root: Path) -> tuple[list[str], list[Notice]]:
    """Return the YAML files below ``root`` in order, hidden folders left out, and bad links."""
    paths: list[str] = []
    faults: list[Notice] = []
    real = root.resolve()
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                found = list(entries)
        except OSError as error:
            problem = error.strerror or str(error)
            faults.append(rules.UNREADABLE.notice(folder or ".", problem=problem))
            continue
        for entry in found:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    folders.append(f"{path}/")
            elif entry.is_symlink() and _leads_away(root / path, real):
                faults.append(rules.LINK.notice(path))
            elif entry.name.lower().endswith(_SUFFIXES):
                if entry.is_file():
                    paths.append(path)
                else:
                    faults.append(rules.UNREADABLE.notice(path, problem="not a file"))
    return sorted(paths), faults


def _leads_away(link: Path, real: Path) -> bool:
    """Tell whether a link would bring in a folder or a file that is not in the jurisdiction."""
    target = link.resolve()
    return target.is_dir() or not target.is_relative_to(real)


def _pattern(patterns: Iterable[str]) -> Any:
    joined = "|".join(map(_regex, patterns))
    return re.compile(joined or r"(?!)").fullmatch


def _regex(pattern: str) -> str:
    """Return the regular expression, without groups that capture, of a glob pattern."""
    out = re.escape(pattern)
    out = out.replace(r"\*\*/", "(?:[^/]+/)*").replace(r"\*\*", ".+")
    return out.replace(r"\*", "[^/]*")


def _order(notice: Notice) -> tuple[str, int, str]:
    path, _, line = notice.where.rpartition(":")
    return (path, int(line), notice.code) if line.isdigit() else (notice.where, 0, notice.code)
