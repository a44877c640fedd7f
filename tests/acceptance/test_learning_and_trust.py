"""Acceptance of indicators' life, unintentional risk, trust, learning, links (RM-01, 03, 05-07)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import msgspec

from gatepost.authority.clause import Share, Trust
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement, LifeStep, SupportingAct
from gatepost.casework.concluding import InstrumentAct, conclude
from gatepost.casework.linking import ask_link
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.story import reasons
from gatepost.casework.targeting import IndicatorAct, take_step
from gatepost.kernel.actor import Actor
from gatepost.release.events import HoldPlaced
from gatepost.risk.effectiveness import Look, Observed, effectiveness
from gatepost.risk.events import AssessmentMade
from gatepost.risk.intervals import share_of
from gatepost.risk.life import Evidence, wording_of
from gatepost.risk.model import Hit, Indicator, Proposed, Trusting
from gatepost.risk.trust import TrustedOperator
from tests.office import NOON, Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods, indicator

DAY = timedelta(days=1)
PARTIES = ("customs", "XB/customs")


def assessed(office: Office, reference: str) -> AssessmentMade:
    made: AssessmentMade = office.bodies(reference, AssessmentMade)[-1]
    return made


def test_RM_01_a_draft_goes_live_by_two_officers_and_a_back_test() -> None:
    draft = indicator("VET-RISK-1", "vet", 'starts_with(item.commodity, "02")', mode="trial")
    office = Office(indicator=[draft])
    beef = declaration(goods("02023090", documents=("N853 H-1",)))
    evidence = Evidence(
        "d" * 64, wording_of(draft), "past.csv", 1000, 30, share_of(9, 30), 0.1, 0.12
    )

    def act(name: Any, by: str, **fields: Any) -> str:
        one = IndicatorAct(name + by, name, draft.id, NOON, by=by, **fields)
        return take_step(office.desk, one, NOON).status

    why = {"reason": "three in ten were wrong", "evidence": evidence}
    assert act("confirm", "vet.two") == "refused"
    assert act("propose", "vet.one", reason="three in ten were wrong") == "refused"
    assert act("propose", "customs.one", **why) == "refused"
    assert act("propose", "vet.one", **why) == "done"
    assert act("confirm", "vet.one") == "refused"
    assert act("confirm", "vet.two") == "done"
    today, tomorrow = office.lodge(beef), office.lodge(beef, NOON + DAY, reference="R-2")
    assert [hit.mode for hit in assessed(office, today).hits] == ["trial"]
    assert [hit.mode for hit in assessed(office, tomorrow).hits] == ["live"]
    assert not office.case(today).controls.open
    assert office.case(tomorrow).controls.open


def test_RM_03_a_farm_visitor_is_advised_and_cleaned_without_an_offence() -> None:
    boots = msgspec.structs.replace(
        indicator("VET-BOOTS", "vet", '"FARM" in item.uses', kind="cleaning", check="footwear"),
        intent="inadvertent",
        control=Proposed("cleaning", "footwear", "border"),
    )
    told = msgspec.structs.replace(
        boots,
        id="VET-ADVICE",
        control=Proposed("advice", "footwear", "before", advice={"en": "Clean your boots."}),
    )
    office = Office(indicator=[boots, told])
    answer = office.answer(declaration(goods("02023090", uses=("FARM",), documents=("N853 H",))))
    assert [one.text for one in answer.advice] == [{"en": "Clean your boots."}]
    reference = answer.reference or ""
    assert [(one.kind, one.check) for one in office.case(reference).controls.open] == [
        ("cleaning", "footwear")
    ]
    assert answer.channel == "orange"
    assert office.bodies(reference, HoldPlaced) == []
    office.done("arrive", reference)
    office.done("examine", reference, "vet.one", result="conform")
    assert office.bodies(reference, HoldPlaced) == []


def treaty() -> Agreement:
    clause = Trust("T-1/1", {"en": "t"}, of="XB/customs", by="customs", programmes=("AEO",))
    start = ALWAYS.start
    life = (
        LifeStep("proposed", start, ("customs",)),
        LifeStep("signed", start, PARTIES),
        LifeStep("ratified", start, ("XA", "XB")),
        LifeStep("in_force", start),
    )
    acts = (SupportingAct("Act", "XA"), SupportingAct("Act", "XB"))
    return Agreement(
        *("T-1", {"en": "t"}, "treaty", PARTIES, LAW, ALWAYS, (clause,), life), supporting_acts=acts
    )


def test_RM_05_a_partners_status_counts_only_while_its_recognition_is_in_force() -> None:
    look = msgspec.structs.replace(
        indicator("CUSTOMS-RISK-1", "customs", "item.net_mass > 0"),
        trusted=Trusting(0.001, ("exporter",)),
    )
    aeo = TrustedOperator("XB-AEO-1", {"en": "AEO"}, "XB7", "AEO", "XB/customs", LAW, ALWAYS)
    office = Office(indicator=[look], trusted=[aeo], agreement=[treaty()])
    steel = declaration(goods("72083900", net_mass="5"), exporter="XB7")

    def channel(name: str, days: int = 0, **changes: Any) -> str | None:
        return office.answer(steel, NOON + days * DAY, reference=name, **changes).channel

    assert channel("A") == "green"
    assert channel("B", exporter="XB8") == "red"
    act = InstrumentAct("s", "suspend", "T-1", NOON, by="customs.one", second="customs.two")
    assert conclude(office.desk, act, NOON).status == "done"
    assert channel("C", 1) == "red"
    (first,) = [row.key for row in office.desk.ledger.rows(CASE)][:1]
    said = list(reasons(office.desk.ledger.read(f"{CASE}/{first}"), "risk"))
    assert any("spared examination" in one.says and "T-1/1" in one.says for one in said)


def test_RM_06_known_hit_rates_are_recovered_and_idle_indicators_told() -> None:
    chance = random.Random(4)
    good = indicator("R-GOOD", "plant", "item.value > 1")
    poor = indicator("R-POOR", "plant", "item.value > 1")
    idle = indicator("R-IDLE", "plant", "item.value > 1")
    lot = msgspec.structs.replace(indicator("R-LOT", "plant", "true", random=0.2), when=None)
    rates = {"R-GOOD": 0.4, "R-POOR": 0.01, "R-LOT": 0.1}
    observed = []
    for number in range(6000):
        one = (good, poor, lot)[number % 3]
        wrong = chance.random() < rates[one.id]
        look = Look("plant", "goods", "item/1", one.id, wrong)
        observed.append((f"R-{number}", Observed(date(2026, 5, 1), (_hit(one),), (look,))))
    found = effectiveness(observed, [good, poor, idle, lot], date(2026, 7, 2))
    for effect in found.indicators:
        if effect.id in rates:
            share = effect.precision
            assert share.low is not None
            assert share.high is not None
            assert share.low <= rates[effect.id] <= share.high
    why = {(one.indicator, one.why) for one in found.proposals}
    assert ("R-IDLE", "unused") in why
    assert ("R-POOR", "no better than chance") in why
    assert not [one for one in found.proposals if one.indicator == "R-GOOD"]


def _hit(one: Indicator) -> Hit:
    fields = (one.agency, "item/1", one.mode, one.control, LAW)
    return Hit(one.id, 1, *fields, random=one.random is not None)


def test_RM_07_half_a_pattern_each_is_joined_only_as_an_agreement_allows() -> None:
    journey = DataClass("journey", {"en": "j"}, ("conveyance",), LAW)
    parties = ("customs", "vet")
    clause = Share(
        *("A-9/1", {"en": "c"}), of=("customs",), to=("vet",), purposes=("risk",), data=("journey",)
    )
    shared = Agreement(
        *("A-9", {"en": "a"}, "law", parties, LAW, ALWAYS, (clause,), concluded(parties))
    )
    vet = Actor("vet.one", "officer", "vet")
    for agreements, answer in (([], "ask"), ([shared], "hit")):
        office = Office(data_class=[journey], agreement=agreements)
        steel = office.lodge(declaration(goods("72083900"), reference="S", means="XB-AB 123"))
        found = ask_link(office.desk, vet, "plate", "xb ab123", NOON)
        assert found.answer == answer
        assert (steel in found.cases) is (answer == "hit")
        assert ("customs" in found.ask) is (answer == "ask")
    assert decode_case(office.desk.ledger.row(CASE, steel) or b"").agencies
