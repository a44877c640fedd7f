"""Folders laid over each other: a model pack over its country, a variant or scenario over both.

``pack.yaml`` makes a folder a pack. A file of ``variants/NAME/`` or ``scenarios/NAME/`` replaces
the one at the same path. A variant is named with the pack, as ``european_union:informal``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gatepost.adapters.files import rules
from gatepost.adapters.files.jurisdiction import find_jurisdiction
from gatepost.adapters.files.tree import Item, Kind, Loaded, read_tree
from gatepost.description.pack import REPLACED, Pack, is_moot, taken_over, with_units
from gatepost.kernel.notice import Notice, Refused

Items = dict[str, list[Item]]


def variants_of(name: str) -> tuple[str, ...]:
    """Return the full names of a pack's variants; none where it has no such folder."""
    if ":" in name:
        return ()
    return tuple(f"{name}:{one}" for one in _names(find_jurisdiction(name) / "variants"))


def read_described(
    name: str,
    kinds: Sequence[Kind],
    cache: Path | None,
    ignore: Sequence[str],
    scenario: str | None = None,
) -> Loaded:
    """Return everything described under ``name``, whatever lies over what.

    :class:`Refused` if there is no such jurisdiction, variant or scenario, or if a pack with
    variants is named without one.
    """
    bare, _, variant = name.partition(":")
    root = find_jurisdiction(bare)
    found = read_tree(root, kinds, cache, ignore)
    for kind, wanted in (("variants", variant), ("scenarios", scenario or "")):
        if not wanted:
            continue
        if wanted not in _names(root / kind):
            known = ", ".join(_names(root / kind)) or "none"
            rule = rules.NO_VARIANT if kind == "variants" else rules.NO_SCENARIO
            raise Refused([rule.notice(name=wanted, of=bare, known=known)])
        over = read_tree(root / kind / wanted, kinds, cache, ignore)
        found = _replacing(found, over, root, f"{kind}/{wanted}")
    packs = found.items.get("pack", [])
    if not packs:
        return found
    if not variant and _names(root / "variants"):
        known = ", ".join(variants_of(bare))
        raise Refused([rules.WHICH_VARIANT.notice(name=bare, known=known)])
    pack: Pack = packs[0].value
    below = find_jurisdiction(pack.over)
    return _laid_over(read_tree(below, kinds, cache, ignore), found, pack, below)


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []


def _replacing(below: Loaded, above: Loaded, root: Path, folder: str) -> Loaded:
    """Return ``below`` with the files of ``above`` in place of those at the same path."""
    paths = {item.path for items in above.items.values() for item in items}
    items: Items = {}
    for kind in {**below.items, **above.items}:
        kept = [item for item in below.items.get(kind, []) if item.path not in paths]
        laid = [
            msgspec.structs.replace(item, path=f"{folder}/{item.path}", root=root)
            for item in above.items.get(kind, [])
        ]
        items[kind] = kept + laid
    faults = [*below.faults, *(_in(fault, folder) for fault in above.faults)]
    return Loaded(items, faults, below.unread | above.unread)


def _in(fault: Notice, folder: str) -> Notice:
    return msgspec.structs.replace(fault, where=f"{folder}/{fault.where}")


def _laid_over(below: Loaded, pack: Loaded, plan: Pack, root: Path) -> Loaded:
    """Return the country's law with the pack's organisation."""
    roles = plan.agency_by_role
    units = {item.value.id: item.value for item in below.items.get("agency", [])}
    items: Items = {}
    for kind in {**below.items, **pack.items}:
        laid = list(pack.items.get(kind, []))
        if kind == "agency":
            laid = [_with(item, with_units(item.value, units, plan)) for item in laid]
        if kind not in REPLACED:
            kept = [_moved(item, root, plan, roles) for item in below.items.get(kind, [])]
            kept = [item for item in kept if not is_moot(item.value)]
            if kind == "agency":
                kept = [item for item in kept if item.value.id not in roles]
            if kind == "post":
                own = {item.value.id for item in laid}
                kept = [item for item in kept if item.value.id not in own]
            laid = _once(kind, [*kept, *laid])
        items[kind] = laid
    faults = [*below.faults, *pack.faults]
    for item in pack.items["pack"]:
        for index, role in enumerate(plan.roles):
            if role.role not in units and "agency" not in below.unread:
                known = ", ".join(sorted(units))
                where = item.where("roles", index, "role")
                values = {"role": role.role, "below": plan.over, "known": known}
                faults.append(rules.UNKNOWN_ROLE.notice(where, **values))
    return Loaded(items, faults, below.unread | pack.unread)


def _with(item: Item, value: Any) -> Item:
    return msgspec.structs.replace(item, value=value)


def _moved(item: Item, root: Path, plan: Pack, roles: Mapping[str, str]) -> Item:
    folder = item.folder_agency
    return msgspec.structs.replace(
        item,
        value=taken_over(item.value, plan),
        folder_agency=roles.get(folder, folder) if folder else None,
        path=f"{root.name}/{item.path}",
        root=root.parent,
    )


def _once(kind: str, items: list[Item]) -> list[Item]:
    """Return codes that two merged agencies both listed only once."""
    if kind not in ("document", "customs_procedure"):
        return items
    found: dict[tuple[str | None, str], Item] = {}
    for item in items:
        found.setdefault((item.folder_agency, item.value.code), item)
    return list(found.values())
