"""What an administrator looks at: roles, the law that begins and ends, the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
from django.utils.translation import get_language

from gatepost.adapters.audit.log import AuditLog
from gatepost.authority.register import Register
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.language import in_language
from gatepost.kernel.validity import Validity
from gatepost.ledger.checkpoint import Malformed


class Role(msgspec.Struct, frozen=True):
    """An officer's role: where it serves and what it may."""

    id: str
    role: str
    unit: str
    posts: tuple[str, ...]
    powers: tuple[str, ...]
    accounts: int


class Change(msgspec.Struct, frozen=True):
    """Something described that begins or ends on a day."""

    day: date
    begins: bool
    kind: str
    id: str
    title: str


class Described(msgspec.Struct, frozen=True):
    """The description in force: how much of each kind there is, and a digest of the whole."""

    country: str
    digest: str
    counts: tuple[tuple[str, int, int], ...]
    changes: tuple[Change, ...]


class Sealed(msgspec.Struct, frozen=True):
    """The newest checkpoint of the audit log; ``problem`` tells why it cannot be read."""

    origin: str = ""
    size: int = 0
    root: str = ""
    signatures: tuple[str, ...] = ()
    kept: int = 0
    problem: str = ""


def roles_of(register: Register, day: date, accounts: dict[str, int]) -> dict[str, list[Role]]:
    """Return the roles in post on ``day`` by agency, each with how many accounts have it."""
    language = get_language() or "en"
    found: dict[str, list[Role]] = {}
    for resources in register.all_resources:
        for one in resources.officers:
            if one.valid.on(day):
                role = Role(
                    one.id,
                    in_language(one.role, language),
                    one.unit,
                    register.posts_of(one, day),
                    one.powers,
                    accounts.get(one.id, 0),
                )
                found.setdefault(resources.agency, []).append(role)
    return found


def described(jurisdiction: Jurisdiction, day: date, within: timedelta) -> Described:
    """Return what is described, how much of it is in force on ``day``, and what changes soon."""
    counts = []
    changes: list[Change] = []
    for kind, things in sorted(jurisdiction.parts.items()):
        dated = [one for one in things if isinstance(getattr(one, "valid", None), Validity)]
        if dated:
            counts.append((kind, len(things), sum(one.valid.on(day) for one in dated)))
        for one in dated:
            changes += _changes(kind, one, day - within, day + within)
    changes.sort(key=lambda one: (one.day, one.kind, one.id))
    name = in_language(jurisdiction.country.name, get_language() or "en")
    return Described(name, digest_of(_parts(jurisdiction)), tuple(counts), tuple(changes))


def _parts(jurisdiction: Jurisdiction) -> dict[str, list[object]]:
    return {kind: list(things) for kind, things in sorted(jurisdiction.parts.items())}


def _changes(kind: str, one: object, first: date, last: date) -> Iterator[Change]:
    valid: Validity = one.valid  # type: ignore[attr-defined]
    named = getattr(one, "title", None) or getattr(one, "name", None) or {}
    title = in_language(named, get_language() or "en") if isinstance(named, dict) and named else ""
    name = str(getattr(one, "id", ""))
    if first <= valid.start <= last:
        yield Change(valid.start, True, kind, name, title)
    if valid.end is not None and first <= valid.end <= last:
        yield Change(valid.end, False, kind, name, title)


def sealed(data: Path) -> Sealed | None:
    """Return how far the audit log has come; ``None`` if nothing is sealed yet."""
    log = AuditLog(data)
    try:
        latest = log.latest()
    except Malformed as fault:
        return Sealed(problem=str(fault))
    if latest is None:
        return None
    names = tuple(one.name for one in latest.note.signatures)
    checkpoint = latest.checkpoint
    kept = sum(1 for _ in log.earlier())
    return Sealed(checkpoint.origin, checkpoint.size, checkpoint.root.hex(), names, kept)
