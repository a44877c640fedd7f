"""A clean record and a trusted status lower the rate; others' findings only as the gate opens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Share, Trust
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.casework.disclosed import received_by
from gatepost.casework.drawing import verify_draws
from gatepost.casework.history import History, history_of
from gatepost.casework.projection import CASE
from gatepost.casework.reading import read_case
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.shorthand import expand
from gatepost.casework.story import reasons
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Trusting
from gatepost.risk.scheme import Rung, Scheme, StepDown
from gatepost.risk.trust import TrustedOperator, trusted_by
from tests.office import NOON, Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods, indicator

DAY = timedelta(days=1)
TODAY = date(2026, 7, 2)
RARELY = 0.001
CLASSES = [
    DataClass("findings", {"en": "f"}, ("case.findings",), LAW),
    DataClass("traders", {"en": "t"}, ("consignment.importer",), LAW),
]
PLANT, VET = (Actor(f"{one}.one", "officer", one) for one in ("plant", "vet"))


def scheme(**changes: Any) -> Scheme:
    method = StepDown("importer", (Rung(2, RARELY),))
    fields = {"check": "goods", "valid": ALWAYS, **changes}
    return Scheme(
        "PLANT-SCH-1", {"en": "clean"}, "plant", fields.pop("check"), method, LAW, **fields
    )


def opened(*data: str, purposes: tuple[str, ...] = ("risk",)) -> Agreement:
    parties = ("customs", "plant")
    clause = Share(
        "A-9/1", {"en": "c"}, of=("customs",), to=("plant",), purposes=purposes, data=data
    )
    return Agreement("A-9", {"en": "a"}, "law", parties, LAW, ALWAYS, (clause,), concluded(parties))


class Gate:
    """An office whose plant service examines everything of who has no clean record."""

    def __init__(self, *agreements: Agreement, **changes: Any) -> None:
        plant = msgspec.structs.replace(
            indicator("PLANT-RISK-1", "plant", "item.net_mass > 0"), scheme="PLANT-SCH-1"
        )
        customs = indicator("CUSTOMS-RISK-1", "customs", "item.value > 1000")
        parts: dict[str, Any] = {
            "indicator": [plant, customs],
            "scheme": [scheme()],
            "data_class": CLASSES,
            "agreement": [*agreements],
            **changes,
        }
        self.office = Office(**parts)
        self.count = 0

    def lodge(self, importer: str | None = "XA0003", value: str = "10", days: int = 0) -> str:
        self.count += 1
        short = declaration(
            goods(net_mass="5", value=value, documents=("N851 PC-1",)),
            importer=importer,
            reference=f"R-{self.count}",
        )
        return self.office.lodge(short, NOON + days * DAY)

    def looked(self, result: str, by: str = "plant.one", **fields: Any) -> str:
        reference = self.lodge(**fields)
        at = NOON + fields.get("days", 0) * DAY
        self.office.done("arrive", reference, at=at)
        self.office.done("examine", reference, by, at=at, result=result)
        return reference

    def assessed(self, reference: str) -> AssessmentMade:
        bodies = [one.event.body for one in self.office.desk.ledger.read(f"{CASE}/{reference}")]
        return [body for body in bodies if isinstance(body, AssessmentMade)][-1]

    def rate(self, reference: str) -> float | None:
        made = self.assessed(reference)
        eased = [one.eased for one in made.hits if one.agency == "plant"]
        eased += [one.eased for one in made.spared]
        return eased[0].rate if eased and eased[0] else None


def test_a_clean_record_spares_and_a_failure_restores() -> None:
    gate = Gate()
    gate.looked("conform")
    assert gate.rate(gate.looked("conform")) == 1.0
    spared = gate.lodge()
    assert gate.rate(spared) == RARELY
    (one,) = gate.assessed(spared).spared
    assert (one.indicator, one.eased.by, one.eased.clean) == ("PLANT-RISK-1", ("PLANT-SCH-1",), 2)
    assert gate.assessed(spared).hits == ()
    assert gate.rate(gate.lodge("XA0004")) == 1.0
    gate = Gate()
    for result in ("conform", "nonconform"):
        gate.looked(result)
    assert gate.rate(gate.lodge()) == 1.0


def test_why_tells_what_a_clean_record_spared() -> None:
    gate = Gate()
    for _ in range(2):
        gate.looked("conform")
    events = gate.office.desk.ledger.read(f"{CASE}/{gate.lodge()}")
    said = [one for one in reasons(events, "risk") if one.rule == "PLANT-SCH-1"]
    assert [one.says for one in said] == [
        "spared examination for goods (PLANT-RISK-1), asked for on 0%, 2 clean in a row"
    ]


def test_without_a_party_or_a_scheme_in_force_nothing_is_eased() -> None:
    gate = Gate()
    for _ in range(2):
        gate.looked("conform", importer=None)
    assert gate.rate(gate.lodge(None)) is None
    over = Gate(scheme=[scheme(valid=Validity(ALWAYS.start, date(2026, 7, 1)))])
    for _ in range(2):
        over.looked("conform")
    assert over.rate(over.lodge()) is None


def test_an_amended_importer_takes_over_what_is_found() -> None:
    gate = Gate()
    references = [gate.lodge("XA0008") for _ in range(2)]
    for number, reference in enumerate(references):
        short = declaration(
            goods(net_mass="5", value="10", documents=("N851 PC-1",)),
            importer="XA0003",
            reference=f"R-{number + 1}",
        )
        gate.office.done("amend", reference, declaration=expand(short))
        gate.office.done("arrive", reference)
        gate.office.done("examine", reference, "plant.one", result="conform")
    assert gate.rate(gate.lodge("XA0003")) == RARELY
    assert gate.rate(gate.lodge("XA0008")) == 1.0


def test_another_check_does_not_count() -> None:
    gate = Gate(scheme=[scheme(check="pests")])
    for _ in range(3):
        gate.looked("conform")
    assert gate.rate(gate.lodge()) == 1.0


@pytest.mark.parametrize(
    ("agreement", "shared", "rate"),
    [
        (opened("findings", "traders"), True, RARELY),
        (opened("findings", "traders"), False, 1.0),
        (opened("findings"), True, 1.0),
        (opened("traders"), True, 1.0),
        (opened("findings", "traders", purposes=("control",)), True, 1.0),
        (None, True, 1.0),
    ],
)
def test_what_others_found_counts_only_where_the_gate_opens_it(
    agreement: Agreement | None, shared: bool, rate: float
) -> None:
    gate = Gate(*([agreement] if agreement else []), scheme=[scheme(shared=shared)])
    for _ in range(2):
        gate.looked("conform", "customs.one", value="2000")
    found = gate.lodge()
    assert gate.rate(found) == rate
    if rate == RARELY:
        assert gate.assessed(found).spared[0].eased.by == ("PLANT-SCH-1", "A-9/1")


def test_draws_are_verified_by_the_rates_of_their_time() -> None:
    gate = Gate()
    for _ in range(2):
        gate.looked("conform")
    for _ in range(5):
        gate.lodge()
    gate.looked("nonconform", value="10", importer="XA0004")
    rebuild(gate.office.desk, lambda count: None)
    gate.office.desk.reveal(TODAY, NOON + DAY)
    assert verify_draws(gate.office.desk, TODAY).holds


def test_history_is_told_as_far_as_the_gate_opens_it() -> None:
    for agreements, asked in (((), ("customs",)), ((opened("findings", "traders"),), ())):
        gate = Gate(*agreements)
        gate.looked("conform")
        theirs = gate.looked("nonconform", "customs.one", value="2000")
        desk = gate.office.desk
        found = history_of(desk, PLANT, "importer", "XA0003", NOON)
        assert found.ask == asked
        told = {one.agency: (one.wrong.found, one.wrong.of, one.clean) for one in found.records}
        assert told["plant"] == (0, 1, 1)
        assert ("customs" in told) is not bool(asked)
        entries = received_by(desk, "plant", TODAY)
        assert [one.references for one in entries] == ([] if asked else [(theirs,)])
    assert history_of(desk, VET, "importer", "XA0003", NOON).ask == ("customs", "plant")
    assert history_of(desk, PLANT, "importer", "XA0009", NOON) == History((), ())
    with pytest.raises(Refused) as refused:
        history_of(desk, Actor("T1", "party"), "importer", "XA0003", NOON)
    assert [one.code for one in refused.value.notices] == ["AUTH-001"]


OWN = TrustedOperator("AEO-1", {"en": "a"}, "XA0003", "AEO", "plant", LAW, ALWAYS)
THEIRS = msgspec.structs.replace(OWN, id="AEO-2", granted_by="XB/customs")
TREATY = Agreement(
    "T-1",
    {"en": "t"},
    "treaty",
    ("plant", "XB/customs"),
    LAW,
    ALWAYS,
    (Trust("T-1/1", {"en": "t"}, of="XB/customs", by="plant", programmes=("AEO",)),),
    (
        LifeStep("proposed", ALWAYS.start, ("plant",)),
        LifeStep("signed", ALWAYS.start, ("plant", "XB/customs")),
        LifeStep("ratified", ALWAYS.start, ("XA", "XB")),
        LifeStep("in_force", ALWAYS.start),
        LifeStep("suspended", date(2026, 7, 10), ("plant",)),
        LifeStep("resumed", date(2026, 7, 20), ("plant",)),
    ),
)
PAUSED = msgspec.structs.replace(OWN, suspended=(Validity(TODAY, TODAY),))
OVER = msgspec.structs.replace(OWN, valid=Validity(ALWAYS.start, date(2026, 7, 1)))


@pytest.mark.parametrize(
    ("operators", "day", "agency", "expected"),
    [
        ([OWN], TODAY, "plant", ("AEO-1",)),
        ([OWN], TODAY, "customs", ()),
        ([PAUSED], TODAY, "plant", ()),
        ([PAUSED], TODAY + DAY, "plant", ("AEO-1",)),
        ([OVER], TODAY, "plant", ()),
        ([THEIRS], TODAY, "plant", ("AEO-2", "T-1/1")),
        ([THEIRS, OWN], TODAY, "plant", ("AEO-1",)),
        ([THEIRS], date(2026, 7, 9), "plant", ("AEO-2", "T-1/1")),
        ([THEIRS], date(2026, 7, 10), "plant", ()),
        ([THEIRS], date(2026, 7, 20), "plant", ("AEO-2", "T-1/1")),
        ([msgspec.structs.replace(THEIRS, programme="C-TPAT")], TODAY, "plant", ()),
    ],
)
def test_a_status_is_relied_on_only_while_its_instrument_is_in_force(
    operators: list[TrustedOperator], day: date, agency: str, expected: tuple[str, ...]
) -> None:
    assert trusted_by(agency, "XA0003", day, operators, [TREATY]) == expected
    assert trusted_by(agency, "XA0009", day, operators, [TREATY]) == ()
    assert trusted_by(agency, None, day, operators, [TREATY]) == ()


def test_a_trusted_party_is_looked_at_on_a_share_and_never_on_none() -> None:
    always = indicator("PLANT-RISK-1", "plant", "item.net_mass > 0")
    trusting = msgspec.structs.replace(always, trusted=Trusting(0.3))
    gate = Gate(indicator=[trusting], trusted=[OWN])
    looked = [bool(gate.assessed(gate.lodge()).hits) for _ in range(200)]
    assert 35 < sum(looked) < 85
    assert all(gate.assessed(gate.lodge("XA0004")).hits for _ in range(5))


def test_a_party_is_not_told_what_agencies_only_try() -> None:
    live = indicator("PLANT-RISK-1", "plant", "item.net_mass > 0")
    tried = indicator("PLANT-RISK-2", "plant", "item.net_mass > 1", mode="trial")
    gate = Gate(indicator=[live, tried])
    reference = gate.lodge()

    def told(actor: Actor) -> list[str]:
        reading = read_case(gate.office.desk, reference, actor, NOON, "risk")
        return [one.rule or "" for one in reasons(reading.events, "risk")]

    assert told(Actor("XA0001", "party")) == ["PLANT-RISK-1"]
    assert told(OPERATOR) == ["PLANT-RISK-1", "PLANT-RISK-2"]
