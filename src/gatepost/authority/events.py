"""What happens to instruments."""

from __future__ import annotations

from gatepost.authority.instrument import Agreement
from gatepost.kernel.event import Body


class InstrumentProposed(Body, frozen=True, tag="authority:instrument:proposed"):
    """A party proposed an instrument, or a new version of one: the whole of its text."""

    agreement: Agreement
    by: tuple[str, ...]
    second: str


class _Step(Body, frozen=True):
    """A step in the life of a version, taken by these parties and confirmed by a second officer."""

    version: int
    by: tuple[str, ...]
    second: str
    reason: str = ""


class InstrumentSigned(_Step, frozen=True, tag="authority:instrument:signed"):
    """A party signed the version."""


class InstrumentRatified(_Step, frozen=True, tag="authority:instrument:ratified"):
    """A state ratified the version."""


class InstrumentBegun(_Step, frozen=True, tag="authority:instrument:begun"):
    """The version is in force: from now on it grants what its clauses say."""


class InstrumentSuspended(_Step, frozen=True, tag="authority:instrument:suspended"):
    """A party suspended the version: it grants nothing from now on."""


class InstrumentResumed(_Step, frozen=True, tag="authority:instrument:resumed"):
    """A party ended the suspension."""


class InstrumentEnded(_Step, frozen=True, tag="authority:instrument:ended"):
    """The version ended for good."""
