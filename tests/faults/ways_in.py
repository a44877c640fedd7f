"""Every way by which bytes from outside come in, each held to the same promise.

What comes in is taken or refused with a code; nothing else is raised, and what is refused leaves
nothing stored. How long each input takes is told; the command of ``mutants`` wants two seconds.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from gatepost.adapters.files.tree import read_tree
from gatepost.adapters.formats import read_lodgement, uploads
from gatepost.adapters.formats.edifact.interchange import read as read_interchange
from gatepost.adapters.formats.ens.description import faults_of, read_interface
from gatepost.adapters.formats.ens.notifications import hold_for, kind_of, report_of
from gatepost.adapters.formats.wco import notification
from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import KINDS, load_checked, load_checked_interface, memory_desk
from gatepost.casework.act import perform
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.receive import receive
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli.act import read_act
from gatepost.cli.context import Session
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused

NOW = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
OFFICER = "customs.north_gate.examiner"
FRESH = 400
"""After so many inputs the desk is a new one, so that memory shows what a way in keeps."""


CASE = expand(
    Declaration(
        "IMD",
        office="XA000101",
        mode="3",
        means="BR-7714",
        journey="TRIP-1",
        arrival="2026-07-03T10:10",
        items=(Goods("06031100", origin="XB", net_mass="180", documents=("N851 PC-1",)),),
    )
)
"""A consignment of roses that every desk begins with, for acts and notifications."""


class Broken(AssertionError):
    """A promise was broken by these bytes."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input: taken, or the codes of its refusal; and the time at work on it."""

    taken: bool
    codes: tuple[str, ...]
    seconds: float


class Ways:
    """All ways in, over one description and a desk that is renewed now and then."""

    def __init__(self) -> None:
        self.jurisdiction = load_checked("aldermark")
        self.ens = load_checked_interface("uk_ens")
        self.kinds = load_checked_interface("uk_cds").parts["notification"]
        self.session = Session(Path(mkdtemp()), None, "aldermark")
        self.session.__dict__["jurisdiction"] = self.jurisdiction
        self.folder = Path(mkdtemp())
        self.desk = self._desk()
        self._count = 0
        self.by_name: dict[str, Callable[[bytes], Sequence[Notice]]] = {
            "lodge": self._lodge,
            "ens": lambda data: self.ens.errors(data, date(2026, 7, 2)),
            "notify": self._notify,
            "act": self._act,
            "interchange": self._interchange,
            "jurisdiction": self._jurisdiction,
            "interface": self._interface,
            "upload": self._upload,
        }

    def close(self) -> None:
        """Delete what was written for the ways that read folders."""
        shutil.rmtree(self.folder)
        shutil.rmtree(self.session.data)

    def try_on(self, way: str, data: bytes) -> Outcome:
        """Return what becomes of ``data``; :class:`Broken` if a promise is broken."""
        self._count += 1
        if self._count % FRESH == 0:
            self.desk = self._desk()
        before = self._stored()
        started = time.thread_time()
        notices: Sequence[Notice] = ()
        try:
            notices = self.by_name[way](data)
        except Refused as refused:
            notices = refused.notices or (Notice(""),)
        except Exception as fault:
            raise Broken(f"{way}: {type(fault).__name__}: {fault}") from fault
        seconds = time.thread_time() - started
        codes = tuple(notice.code for notice in notices)
        if not all(codes):
            raise Broken(f"{way}: refused without a code")
        if codes and self._stored() != before:
            raise Broken(f"{way}: refused, and yet something was stored")
        return Outcome(not codes, codes, seconds)

    def _desk(self) -> Desk:
        desk = memory_desk(self.jurisdiction, FixedKey(b"k" * 32))
        self.reference = lodge(desk, CASE, digest_of(CASE), NOW).reference or ""
        return desk

    def _stored(self) -> int:
        """Return how many cases are on record; refused acts on a case are recorded, and may be."""
        return len(self.desk.ledger.rows("case"))

    def _lodge(self, data: bytes) -> Sequence[Notice]:
        dataset = read_lodgement(data)
        lodge(self.desk, dataset, digest_of(dataset), NOW)
        return ()

    def _notify(self, data: bytes) -> Sequence[Notice]:
        told = notification.read(data)
        kind = kind_of(told.function, self.kinds, told.issued.date())
        report = report_of(told, kind, "customs")
        law = kind.legal_basis if kind else ()
        receive(self.desk, self.reference, report, OFFICER, NOW, law, hold_for(kind))
        return ()

    def _act(self, data: bytes) -> Sequence[Notice]:
        notices: list[Notice] = []
        for line in itertools.islice(data.splitlines(), 50):
            if line.strip():
                done = perform(self.desk, read_act(self.session, line), NOW)
                notices += done.notices
        return notices

    def _interchange(self, data: bytes) -> Sequence[Notice]:
        read_interchange(data)
        return ()

    def _jurisdiction(self, data: bytes) -> Sequence[Notice]:
        file = self.folder / "country" / "agencies" / "customs" / "agency.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return read_tree(self.folder / "country", KINDS).faults

    def _interface(self, data: bytes) -> Sequence[Notice]:
        folder = self.folder / "interface"
        folder.mkdir(exist_ok=True)
        (folder / "interface.yaml").write_bytes(data)
        return faults_of(read_interface(folder))

    def _upload(self, data: bytes) -> Sequence[Notice]:
        if uploads.kind_of(data) == "zip":
            uploads.unpacked(data)
        else:
            uploads.accept(data, "pdf", "png", "jpeg")
        return ()
