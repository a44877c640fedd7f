"""PAXLST, the list of passengers or crew (UN/EDIFACT D.02B and later), as a list of persons.

It becomes a declaration of the type PE, persons entering: who sent it declares, the flight is the
means of transport, each NAD with a person's role a traveller. What the data set has no place for,
such as seats and baggage, is not kept: what nobody asks for is not stored. Countries are written
with three letters in these lists and with two everywhere else here; those known are rewritten.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gatepost.adapters.formats.edifact.interchange import Interchange, Message
from gatepost.adapters.formats.edifact.moments import DAY, MINUTE, moment
from gatepost.adapters.formats.edifact.tokens import Segment
from gatepost.adapters.formats.faults import Faults
from gatepost.codelists.countries import two_letters

ROLES = {"FL": "passenger", "DDU": "passenger", "FM": "crew", "DDT": "crew"}
"""The parties (3035) that are persons on board."""

TYPE = "PE"
PERSON_BIRTH, EXPIRY, ARRIVAL = "329", "36", ("232", "132")
RESIDENCE, ISSUED_IN, NATIONALITY = "174", "91", "2"
VISA = "V"
"""The first letter of a visa's code (1001) in MRZ style; other documents let a person travel."""


def declaration(interchange: Interchange, message: Message, faults: Faults) -> dict[str, Any]:
    """Return the data set of a list of persons; what is wrong goes to ``faults``."""
    reader = _Reader(interchange.prepared, faults)
    for segment in message.segments:
        reader.read(segment)
    found: dict[str, Any] = {
        "FunctionCode": "9",
        "FunctionalReferenceID": f"{interchange.reference}/{message.reference}"[:35],
        "TypeCode": TYPE,
        "BorderTransportMeans": reader.transport,
        "Declarant": {"ID": interchange.sender[:17]},
        "Traveller": reader.travellers,
    }
    return {name: value for name, value in found.items() if value not in ({}, [])}


class _Reader:
    """Reads segments in order: what follows a person is the person's, until the next one."""

    def __init__(self, prepared: datetime, faults: Faults) -> None:
        self.faults = faults
        self._prepared = prepared
        self.transport: dict[str, Any] = {}
        self.travellers: list[dict[str, Any]] = []
        self._person: dict[str, Any] | None = None
        self._document: dict[str, Any] | None = None

    def read(self, segment: Segment) -> None:
        match segment.tag:
            case "NAD":
                self._party(segment)
            case "TDT" if self._person is None and segment.get(1) == "20":
                self._flight(segment)
            case "DTM":
                self._moment(segment)
            case "ATT" if self._person is not None and segment.get(1) == "2":
                _put(self._person, "SexCode", segment.get(3)[:1])
            case "NAT" if self._person is not None and segment.get(1) == NATIONALITY:
                _put(self._person, "NationalityCode", two_letters(segment.get(2)))
            case "DOC" if self._person is not None:
                self._paper(segment)
            case "LOC" if self._person is not None:
                self._place(segment)

    def _flight(self, segment: Segment) -> None:
        _put(self.transport, "ModeCode", "4")
        _put(self.transport, "ID", segment.get(2))
        _put(self.transport, "JourneyID", segment.get(2))

    def _party(self, segment: Segment) -> None:
        role = ROLES.get(segment.get(1))
        self._document = None
        if role is None:
            return
        number = len(self.travellers) + 1
        parts = segment.elements[3] if len(segment.elements) > 3 else ()
        name = " ".join(part for part in parts if part)
        self._person = {"SequenceNumeric": str(number), "TypeCode": role}
        _put(self._person, "Name", name)
        self.travellers.append(self._person)

    def _moment(self, segment: Segment) -> None:
        code = segment.get(1)
        if self._person is None:
            if code in ARRIVAL:
                at = moment(segment, MINUTE, self.faults)
                _put(self.transport, "EstimatedArrivalDateTime", at)
        elif code == PERSON_BIRTH:
            _put(self._person, "BirthDateTime", moment(segment, DAY, self.faults, self._prepared))
        elif code == EXPIRY and self._document is not None:
            _put(self._document, "ExpirationDateTime", moment(segment, DAY, self.faults))

    def _paper(self, segment: Segment) -> None:
        """The first document that is no visa lets a person travel; a visa is a paper beside it."""
        assert self._person is not None
        kind, number = segment.get(1), segment.get(2)
        self._document = None
        if kind.startswith(VISA):
            paper = {"CategoryCode": VISA, "ID": number, "TypeCode": kind[:3]}
            others = self._person.setdefault("AdditionalDocument", [])
            others.append({name: value for name, value in paper.items() if value})
        elif "Document" not in self._person:
            self._document = self._person["Document"] = {}
            _put(self._document, "TypeCode", kind[:3])
            _put(self._document, "ID", number)

    def _place(self, segment: Segment) -> None:
        assert self._person is not None
        if segment.get(1) == RESIDENCE:
            _put(self._person, "ResidenceCountryCode", two_letters(segment.get(2)))
        elif segment.get(1) == ISSUED_IN and self._document is not None:
            _put(self._document, "IssueCountryCode", two_letters(segment.get(2)))


def _put(into: dict[str, Any], name: str, value: str | None) -> None:
    if value:
        into.setdefault(name, value)
