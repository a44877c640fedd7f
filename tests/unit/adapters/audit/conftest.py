"""A real ledger in a data folder, sealed, and what its log says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.sealing import Sealer
from gatepost.adapters.audit.verifying import Verdict, Verification
from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import AUDIT_KEY_FILE, CODEC, DATABASE_FILE, open_sealer
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.ledger.seal import Written
from tests.small_country import declaration, goods, parts

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


class Office:
    """A data folder with a desk, its sealer and its audit log."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ledger = SqliteLedger(data / DATABASE_FILE, CODEC)
        self.desk = Desk(Jurisdiction(parts()), self.ledger, FixedKey(b"k" * 32))
        self.sealer: Sealer = open_sealer(self.ledger, data, "XA")

    @property
    def key(self) -> Path:
        """The file of the log's private key."""
        return self.data / AUDIT_KEY_FILE

    @property
    def log(self) -> AuditLog:
        """The log as it lies there now."""
        return AuditLog(self.data)

    def lodge(self, first: int, count: int) -> list[str]:
        """Lodge declarations of roses; return their references."""
        references = []
        for number in range(first, first + count):
            short = declaration(goods(documents=("N851 PC",)), reference=f"R-{number}")
            dataset = expand(short)
            references.append(lodge(self.desk, dataset, digest_of(dataset), NOON).reference or "")
        return references

    def verify(self, with_ledger: bool = True) -> Verdict:
        """Verify with the keys of the folder, against the ledger or alone."""
        log = self.log
        written: Iterator[Written] | None = self.ledger.written() if with_ledger else None
        return Verification(log, log.verifiers(), log.witnesses(), written).run()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office whose folder is empty."""
    one = Office(tmp_path / "data")
    yield one
    one.ledger.close()
