"""What ``doctor`` looks at in the files of an installation: keys, backup, sealing, certificates."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from gatepost.adapters.audit.lag import lag, witnessed_at
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.tiles import Missing
from gatepost.adapters.backup import last_backup
from gatepost.adapters.place import Check, Place
from gatepost.casework.desk import Desk
from gatepost.ledger.checkpoint import Malformed

SECRET = ("*.key", "*.sqlite3", "*.sqlite3-wal", "*.sqlite3-shm")
"""Files of a data folder that only their owner may read."""

BACKUP_EVERY = timedelta(hours=26)
WITNESS_EVERY = timedelta(days=7)
SEALED_WITHIN = timedelta(seconds=60)
RENEW = timedelta(days=30)
"""A certificate that ends sooner is told."""

CERTIFICATES = "GATEPOST_CERTIFICATES"
"""The variable that names the certificate files by which the installation is reached."""


def file_modes(desk: Desk, place: Place) -> Check:
    """Look whether anybody but the owner may read keys and databases."""
    found = [
        path.name
        for pattern in SECRET
        for path in sorted(place.data.glob(pattern))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if found:
        named = ", ".join(found)
        return Check("File modes", False, f"others may read {named}; set them to 600")
    return Check("File modes", True, "keys and databases are their owner's alone")


def backup_age(desk: Desk, place: Place) -> Check:
    """Look whether a backup was taken within a day."""
    name, taken = "Backup", last_backup(place.data)
    if taken is None:
        return Check(name, False, "none was taken of this folder; run gatepost backup every night")
    age = place.now - taken
    said = f"the last was taken {_age(age)} ago"
    if age > BACKUP_EVERY:
        return Check(name, False, f"{said}; run gatepost backup every night")
    return Check(name, True, said)


def sealing(desk: Desk, place: Place) -> Check:
    """Look whether the audit log covers everything that is older than a minute."""
    name = "Sealing"
    try:
        found = lag(desk.ledger, place.data)
    except (Malformed, Missing) as fault:
        return Check(name, False, f"the audit log cannot be read ({fault}); run audit verify")
    if found.since is not None and place.now - found.since > SEALED_WITHIN:
        late = (
            f"{found.events} events are not sealed, the oldest for {_age(place.now - found.since)}"
        )
        return Check(name, False, f"{late}; see that serve or worker runs")
    return Check(name, True, "no event older than a minute is unsealed")


def witnesses(desk: Desk, place: Place) -> Check:
    """Look whether somebody else signed the log of late: only a witness finds a cut tail."""
    name, advice = "Witness", "have another agency run gatepost audit witness"
    try:
        last = witnessed_at(AuditLog(place.data))
    except Malformed as fault:
        return Check(name, False, f"the audit log cannot be read ({fault}); run audit verify")
    if last is None:
        return Check(name, False, f"nobody else has signed the log; {advice}")
    said = f"the last signature is {_age(place.now - last)} old"
    if place.now - last > WITNESS_EVERY:
        return Check(name, False, f"{said}; {advice}")
    return Check(name, True, said)


def certificates(desk: Desk, place: Place) -> Check:
    """Look whether a certificate named in the environment ends soon, or cannot be read."""
    name = "Certificates"
    paths = [Path(one) for one in os.environ.get(CERTIFICATES, "").split(os.pathsep) if one]
    if not paths:
        return Check(name, True, f"none is named in {CERTIFICATES}, so none is watched")
    wrong = [said for path in paths if (said := _ending(path, place.now))]
    if wrong:
        return Check(name, False, "; ".join(wrong))
    return Check(name, True, f"{len(paths)} are good for {RENEW.days} days and more")


def _ending(path: Path, now: datetime) -> str:
    try:
        ends = min(
            one.not_valid_after_utc for one in x509.load_pem_x509_certificates(path.read_bytes())
        )
    except (OSError, ValueError):
        return f"{path.name} holds no certificate that can be read"
    if ends - now < RENEW:
        return f"{path.name} ends on {ends.astimezone(UTC):%Y-%m-%d}; renew it"
    return ""


def _age(age: timedelta) -> str:
    """Return an age in the largest unit of which it has two."""
    seconds = max(0, int(age.total_seconds()))
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} seconds"
