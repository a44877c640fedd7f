"""One acceptance test for each capability of the foundation, named after it.

The ids stand in ARCHITECTURE.md, under Capabilities.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from math import sqrt
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.authority.decide import Allowed, Denied, Question, may
from gatepost.authority.model import Brokerage, Mandate
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.answers import union_of
from gatepost.casework.projection import CASE, MOVEMENT, decode_movement
from gatepost.casework.reading import read_case, status_of
from gatepost.casework.receive import receive
from gatepost.casework.reports import Report
from gatepost.kernel.actor import Actor
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from gatepost.release.events import (
    ClockEscalated,
    ConditionFailed,
    ConflictReferred,
    GoodsReleased,
    HoldPlaced,
)
from gatepost.requirement.events import DataRequested
from gatepost.requirement.model import Version
from gatepost.risk.events import AssessmentMade
from gatepost.risk.random import digest_of as secret_digest
from gatepost.risk.random import draw
from tests.office import HOUR, NOON, STEEL, Office
from tests.small_country import (
    ALWAYS,
    LAW,
    agency,
    concluded,
    declaration,
    goods,
    indicator,
    mandate,
    parts,
)


@pytest.fixture
def office() -> Office:
    return Office()


def test_SW_01_lodged_once_every_agency_has_it_in_its_inbox() -> None:
    office = Office(
        requirement=[
            msgspec.structs.replace(
                parts()["requirement"][0], id=f"{name.upper()}-REQ-1", agency=name
            )
            for name in ("customs", "plant", "vet", "food")
        ],
        agency=[agency(name) for name in ("customs", "plant", "vet", "food")],
        mandate=[mandate(name) for name in ("customs", "plant", "vet", "food")],
    )
    answer = office.answer(declaration())
    assert set(answer.agencies) == {"customs", "plant", "vet", "food"}
    for name in answer.agencies:
        assert [item.reference for item in office.work(name)] == [answer.reference]
    assert office.answer(declaration()) == answer


def test_SW_01_other_content_under_the_same_reference_is_a_conflict(office: Office) -> None:
    office.answer(declaration())
    before = list(office.desk.ledger.read_all())
    with pytest.raises(Refused) as refused:
        office.answer(declaration(goods(net_mass="7")))
    assert refused.value.notices[0].code == "LODGE-004"
    assert list(office.desk.ledger.read_all()) == before


def test_SW_02_every_need_cites_its_rule_and_law(office: Office) -> None:
    importing = office.answer(declaration(goods("02023090"), reference="R-1"))
    leaving = office.answer(declaration(goods("02023090"), type="EXA", reference="R-2"))
    assert [n.requirement for n in importing.needs] == ["COUNT-REQ-1", "CUSTOMS-REQ-1", "VET-REQ-1"]
    assert [n.requirement for n in leaving.needs] == ["CUSTOMS-REQ-1"]
    assert all(need.legal_basis for need in importing.needs)


def test_SW_02_the_law_of_the_day_decides() -> None:
    rules = parts()["requirement"]
    until = [
        msgspec.structs.replace(r, valid=(Version(date(2020, 1, 1), date(2026, 7, 1)),))
        if r.id == "VET-REQ-1"
        else r
        for r in rules
    ]
    office = Office(requirement=until)
    beef = declaration(goods("02023090"), reference="R-1")
    before_midnight = datetime(2026, 7, 1, 21, 59, tzinfo=UTC)  # 23:59 in Aldermark
    after_midnight = datetime(2026, 7, 1, 22, 0, tzinfo=UTC)
    last = office.answer(beef, before_midnight)
    first = office.answer(msgspec.structs.replace(beef, reference="R-2"), after_midnight)
    assert "VET-REQ-1" in {need.requirement for need in last.needs}
    assert "VET-REQ-1" not in {need.requirement for need in first.needs}


def test_SW_03_what_is_held_is_not_asked_for_again(office: Office) -> None:
    reference = office.lodge(declaration())
    asked: dict[str, Any] = {"document": "N851", "by": "plant.one"}
    assert office.refusal("request_data", reference, **asked) == ("REQ-001",)
    assert office.refusal("request_data", reference, exception="LIKE IT", **asked) == ("REQ-002",)
    done = office.act("request_data", reference, exception="ILLEGIBLE", **asked)
    assert done.status == "done"
    assert office.bodies(reference, DataRequested)[0].exception == "ILLEGIBLE"


def test_SW_03_each_thing_is_asked_for_once_for_all_agencies() -> None:
    rules = [
        msgspec.structs.replace(parts()["requirement"][1], id=f"{name.upper()}-REQ-1", agency=name)
        for name in ("plant", "vet")
    ]
    answer = Office(requirement=rules).answer(declaration(goods()))
    (asked,) = union_of(answer.needs)
    assert (asked.document, asked.agencies) == ("N851", ("plant", "vet"))


def test_SW_06_one_status_says_who_is_waited_for(office: Office) -> None:
    reference = office.lodge(declaration())
    status = status_of(reference, office.case(reference), office.desk.jurisdiction.users_on)
    (waiting,) = status.waiting
    assert (status.status, waiting.agency, waiting.action) == ("waiting", "plant", "control")
    assert waiting.since == NOON
    assert waiting.what == ("PLANT-RISK-1@item/1",)


def test_SW_08_reports_of_an_agencys_own_system_release_once_in_any_order() -> None:
    """The same case, told in order and backwards, ends the same; nobody has to step in."""
    mandates = [msgspec.structs.replace(one, automatic=()) for one in parts()["mandate"]]
    told = [
        Report("checks", "customs", "05", "checks", "hold", 1, NOON + HOUR),
        Report("clears", "customs", "09", "clears", "clear", 1, NOON + 2 * HOUR),
    ]
    for order in (told, told[::-1], [*told, *told]):
        office = Office(mandate=mandates)
        reference = office.lodge(STEEL)
        for one in order:
            receive(office.desk, reference, one, "customs.one", NOON + 9 * HOUR, LAW, 24 * HOUR)
        assert office.case(reference).status == "released"
        assert len(office.bodies(reference, GoodsReleased)) == 1


@pytest.mark.parametrize(
    ("day", "accepted"),
    [
        (date(2026, 1, 1), True),
        (date(2025, 12, 31), False),
        (date(2026, 7, 2), True),
        (date(2026, 7, 3), False),
    ],
)
def test_SW_09_an_agent_lodges_only_under_a_mandate_in_force(
    office: Office, day: date, accepted: bool
) -> None:
    short = declaration(agent="XA9001")
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    if accepted:
        assert office.answer(short, at).status == "accepted"
        return
    with pytest.raises(Refused) as refused:
        office.answer(short, at)
    assert [notice.code for notice in refused.value.notices] == ["AUTH-008"]


def test_SW_09_a_foreign_principal_is_represented_on_the_agents_own_account() -> None:
    office = Office(party=[Brokerage("B", "XA0002", "XA9001", ("import",), ALWAYS, LAW)])
    answer = office.answer(declaration(agent="XA9001", declarant="XB0001"))
    assert "AUTH-009" in {notice.code for notice in answer.notices}


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        (timedelta(days=14), None),
        (timedelta(days=14, minutes=1), "LODGE-005"),
        (timedelta(minutes=30), None),
        (timedelta(minutes=29), "LODGE-006"),
    ],
)
def test_AI_01_the_window_is_exact_at_both_ends(
    office: Office, ahead: timedelta, code: str | None
) -> None:
    local = (NOON + ahead).astimezone(office.desk.jurisdiction.zone)
    short = declaration(arrival=local.strftime("%Y-%m-%dT%H:%M"))
    if code is None:
        assert office.answer(short).status == "accepted"
        return
    with pytest.raises(Refused) as refused:
        office.answer(short)
    assert [notice.code for notice in refused.value.notices] == [code]


def test_AI_01_a_release_may_precede_the_arrival(office: Office) -> None:
    steel = declaration(goods("72083900", origin="XB"))
    reference = office.lodge(steel)
    office.act("arrive", reference, at=NOON + 3 * HOUR)
    case = office.case(reference)
    assert case.release.released is not None
    assert case.known.arrived_at is not None
    assert case.release.released.at - case.known.arrived_at == -3 * HOUR


def test_RM_01_an_expired_indicator_stops_firing_and_old_cases_keep_theirs() -> None:
    old = indicator(
        "PLANT-RISK-1",
        "plant",
        'starts_with(item.commodity, "06")',
        valid=Validity(date(2026, 1, 1), date(2026, 7, 2)),
    )
    office = Office(indicator=[old])
    first = office.answer(declaration(reference="R-1"))
    second = office.answer(declaration(reference="R-2"), NOON + 24 * HOUR)
    assert (first.channel, second.channel) == ("red", "green")
    reference = first.reference or ""
    office.act("arrive", reference, at=NOON + 48 * HOUR)
    assert office.case(reference).channel == "red"


def test_RM_02_every_agencys_response_is_kept_and_explained(office: Office) -> None:
    reference = office.lodge(declaration(goods(documents=("N851 PC",), value="5")))
    case = office.case(reference)
    assert case.channels == {"plant": "red"}
    (made,) = office.bodies(reference, AssessmentMade)
    (hit,) = made.hits
    assert hit.indicator == "PLANT-RISK-1"
    assert hit.values == {"item.commodity": "06031100"}
    assert hit.legal_basis == LAW


def test_RM_04_random_selection_can_be_re_derived_and_stays_within_bounds() -> None:
    chance = indicator("CUSTOMS-RISK-9", "customs", "true", random=0.1)
    office = Office(indicator=[chance])
    secret = FixedKey(b"k" * 32).of(date(2026, 7, 2))
    selected = 0
    for number in range(2000):
        answer = office.answer(declaration(goods("72083900"), reference=f"R-{number}"))
        drawn = draw(secret, answer.reference or "", "CUSTOMS-RISK-9", "item/1") < 0.1
        assert (answer.channel == "red") is drawn
        selected += drawn
    assert abs(selected - 200) < 4 * sqrt(2000 * 0.1 * 0.9)
    published = office.desk.reveal(date(2026, 7, 2), NOON + 24 * HOUR)
    assert published["digest"] == secret_digest(bytes.fromhex(published["secret"]))
    (committed, _), *_ = office.desk.ledger.read_all()
    assert committed == 1, "the digest is on record before the first lodgement of the day"
    assert hashlib.sha256(secret).hexdigest() == published["digest"]


def test_RM_04_an_override_needs_a_coded_reason_and_a_second_officer(office: Office) -> None:
    reference = office.lodge(declaration())
    what: dict[str, Any] = {"by": "plant.one", "controls": ["PLANT-RISK-1@item/1"]}
    alone = office.refusal("override", reference, reason="FALSE_MATCH", **what)
    uncoded = office.refusal("override", reference, reason="tired", second="plant.two", **what)
    assert alone == ("AUTH-004",)
    assert uncoded == ("RISK-001",)
    done = office.act("override", reference, reason="FALSE_MATCH", second="plant.two", **what)
    assert done.status == "done"
    assert office.case(reference).status == "released"


def test_IC_01_four_controls_of_four_agencies_are_one_stop() -> None:
    names = ("customs", "plant", "vet", "food")
    agreement = parts()["agreement"][0]
    clause = msgspec.structs.replace(agreement.clauses[0], parties=names)
    changes = {"parties": names, "clauses": (clause,), "life": concluded(names)}
    together = msgspec.structs.replace(agreement, **changes)
    risks = [indicator(f"{name.upper()}-RISK-1", name, "true") for name in names]
    common: dict[str, Any] = {"indicator": risks, "agency": [agency(name) for name in names]}
    office = Office(agreement=[together], **common)
    apart = Office(agreement=[], **common)
    for one, stops in ((office, 1), (apart, 4)):
        reference = one.lodge(declaration())
        stored = one.desk.ledger.row(MOVEMENT, reference)
        assert stored is not None
        plan = decode_movement(stored).plan
        assert (len(plan.stops), plan.separate, plan.avoided) == (stops, 4, 4 - stops)


def test_IC_05_a_recognised_result_is_not_asked_for_again(office: Office) -> None:
    heavy = declaration(goods("07020000", net_mass="600"))
    reference = office.lodge(heavy)
    office.act("arrive", reference)
    sealed = {c.id: c.status for c in office.case(reference).controls.by_id.values()}
    assert sealed == {"CUSTOMS-RISK-2@item/1": "open", "PLANT-RISK-2@item/1": "open"}
    office.act("examine", reference, "customs.one", result="conform")
    known = office.case(reference).controls
    assert known.by_id["PLANT-RISK-2@item/1"].status == "recognised"
    assert len(known.findings) == 1
    assert office.refusal(
        "find", reference, "customs.one", result="conform", controls=["CUSTOMS-RISK-2@item/1"]
    ) == ("CONTROL-002",)


def test_IC_05_an_unrecognised_result_is(office: Office) -> None:
    reference = office.lodge(declaration(goods("07020000", net_mass="600")))
    office.act("arrive", reference)
    office.act("examine", reference, "plant.one", result="conform")
    assert office.case(reference).controls.by_id["CUSTOMS-RISK-2@item/1"].status == "open"


def test_RL_01_no_order_of_acts_changes_the_release() -> None:
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("examine", "plant.one", {"result": "conform"}),
        ("examine", "customs.one", {"result": "conform"}),
        ("decide", "vet.one", {"decision": "clear"}),
        (
            "hold",
            "customs.two",
            {
                "reason": "doubt",
                "expires": NOON + HOUR,
                "hold": "hold-1",
                "legal_basis": [{"cite": "s. 1"}],
            },
        ),
    ]
    mixed = declaration(
        goods(documents=("N851 PC",), value="2000"), goods("02023090", documents=("N853 H",))
    )
    for order in permutations(acts):
        office = Office()
        reference = office.lodge(mixed)
        office.act("arrive", reference)
        satisfied = 0
        for name, by, fields in (*order, ("lift", "customs.two", {})):
            assert office.act(name, reference, by, **fields).status == "done"
            satisfied += name in ("examine", "decide")
            assert satisfied == 3 or office.case(reference).release.released is None
        (released,) = office.bodies(reference, GoodsReleased)
        assert released.targets == ("item/1", "item/2")
        assert office.case(reference).release.removed_at is None


def test_RL_02_a_hold_needs_a_law_a_reason_and_an_end(office: Office) -> None:
    reference = office.lodge(declaration())
    bare = office.refusal("hold", reference, "customs.one", reason="doubt", expires=NOON + HOUR)
    endless = office.refusal(
        "hold", reference, "customs.one", reason="doubt", legal_basis=[{"cite": "s. 9"}]
    )
    assert bare == ("RELEASE-006",)
    assert endless == ("RELEASE-007",)


def test_RL_02_a_conflict_goes_to_the_named_decider_at_its_limit() -> None:
    rules = [
        msgspec.structs.replace(parts()["requirement"][0], id=f"{n.upper()}-REQ-1", agency=n)
        for n in ("plant", "vet")
    ]
    office = Office(requirement=rules, indicator=[], mandate=[mandate("plant"), mandate("vet")])
    reference = office.lodge(declaration())
    office.act("decide", reference, "plant.one", decision="return", reason="infested")
    office.act("decide", reference, "vet.one", decision="destroy", reason="contagious")
    ruling: dict[str, Any] = {"decision": "destroy", "reason": "ruled", "by": "customs.region"}
    assert office.refusal("resolve", reference, at=NOON + 3 * HOUR, **ruling)
    office.act("tick", reference, at=NOON + 4 * HOUR)
    assert office.bodies(reference, ConflictReferred)[0].decider == "customs-regional"
    wrong: dict[str, Any] = {**ruling, "by": "customs.one"}
    assert office.refusal("resolve", reference, at=NOON + 4 * HOUR, **wrong)
    assert office.act("resolve", reference, at=NOON + 5 * HOUR, **ruling).status == "done"
    assert office.case(reference).release.denied == "destroy"


def test_RL_03_a_condition_that_fails_reopens_the_case(office: Office) -> None:
    reference = office.lodge(declaration(goods("02023090")))
    office.act(
        "decide",
        reference,
        "vet.one",
        decision="clear_conditional",
        reason="paper follows",
        condition="original certificate",
        due=NOON + 2 * HOUR,
    )
    assert office.case(reference).status == "released"
    office.act("tick", reference, at=NOON + 3 * HOUR)
    assert office.bodies(reference, ConditionFailed)
    assert office.bodies(reference, HoldPlaced)[0].hold.agency == "vet"
    assert office.case(reference).status == "held"


def test_RL_04_a_late_case_goes_up_level_by_level_and_is_never_released_by_itself(
    office: Office,
) -> None:
    beef = declaration(goods("02023090", documents=("N853 H",)))
    reference = office.lodge(beef)
    for hours, levels in (
        (0.9, []),
        (1, ["local"]),
        (2, ["local", "regional"]),
        (9, ["local", "regional", "central"]),
        (90, ["local", "regional", "central"]),
    ):
        office.act("tick", reference, at=NOON + hours * HOUR)
        told = [body.level for body in office.bodies(reference, ClockEscalated)]
        assert told == levels
    assert office.case(reference).release.released is None


def test_GV_01_last_years_structure_answers_for_last_year() -> None:
    lasting = Mandate(
        "OLD-MAN",
        {"en": "may"},
        "plant",
        ("examine",),
        LAW,
        Validity(date(2020, 1, 1), date(2025, 12, 31)),
    )
    register = Office(mandate=[lasting]).desk.jurisdiction.register
    asked = Question(
        Actor("plant.one", "officer", "plant"),
        "examine",
        "plant",
        date(2025, 12, 31),
        "import",
        "gate",
        ("06031100",),
    )
    assert isinstance(may(register, asked), Allowed)
    today = msgspec.structs.replace(asked, day=date(2026, 1, 1))
    assert isinstance(may(register, today), Denied)


def test_IN_01_nobody_is_the_second_officer_to_himself(office: Office) -> None:
    reference = office.lodge(declaration())
    what: dict[str, Any] = {
        "controls": ["PLANT-RISK-1@item/1"],
        "reason": "FALSE_MATCH",
        "by": "plant.one",
    }
    for second, code in (
        ("plant.one", "AUTH-005"),
        ("customs.one", "AUTH-006"),
        ("nobody", "AUTH-001"),
    ):
        assert code in office.refusal("override", reference, second=second, **what)
    told = office.desk.ledger.read(f"{CASE}/{reference}")[-1].event.body
    assert told.name() == "casework:act:refused", "the refusal is on record"


def test_TR_01_events_carry_times_source_and_zone_across_the_change_of_clocks(
    office: Office,
) -> None:
    before = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    after = datetime.fromisoformat("2026-10-25T02:30:00+01:00")
    reference = office.lodge(declaration(), before)
    office.act("arrive", reference, at=after, source="estimated", zone="Europe/London")
    recorded = office.desk.ledger.read(f"{CASE}/{reference}")
    first, last = recorded[0].event, recorded[-1].event
    assert last.at - first.at == HOUR
    assert (last.source, last.zone, last.actor.id) == ("estimated", "Europe/London", "operator")
    assert (first.source, first.zone) == ("system", "Europe/Berlin")
    assert all(one.recorded_at.tzinfo is not None for one in recorded)


def test_every_law_is_said(office: Office) -> None:
    """Whatever an agency lets happen carries the law behind it."""
    reference = office.lodge(declaration())
    office.act("arrive", reference)
    office.act("examine", reference, "plant.one", result="conform")
    for recorded in office.desk.ledger.read(f"{CASE}/{reference}"):
        event = recorded.event
        assert event.agency is None or event.legal_basis, event.body.name()


def test_a_hold_is_seen_on_the_status(office: Office) -> None:
    reference = office.lodge(declaration(goods("72083900")))
    law = LegalBasis("Border Act, s. 9")
    office.act(
        "hold",
        reference,
        "customs.one",
        reason="tip",
        expires=NOON + HOUR,
        legal_basis=[msgspec.to_builtins(law)],
    )
    status = status_of(reference, office.case(reference), office.desk.jurisdiction.users_on)
    assert [(w.agency, w.action, w.what) for w in status.waiting] == [("customs", "hold", ("tip",))]
    assert office.refusal("remove", reference, at=NOON) == ("RELEASE-012", "RELEASE-016")
    office.act("arrive", reference)
    assert office.act("remove", reference, at=NOON + HOUR).status == "done"


def test_SW_09_an_agent_loses_access_when_its_mandate_ends(office: Office) -> None:
    reference = office.lodge(declaration(agent="XA9001"))
    last, after = NOON, NOON + 24 * HOUR
    agent = office.desk.actor("XA9001")
    assert read_case(office.desk, reference, agent, last).reference == reference
    with pytest.raises(Refused):
        read_case(office.desk, reference, agent, after)
    assert office.turned_away("withdraw", reference, "XA9001", after) == ("AUTH-007",)
    assert read_case(office.desk, reference, None, after).reference == reference
    assert office.act("withdraw", reference, "XA0001", after).status == "done"


def test_IN_01_nobody_dates_an_act_ahead_of_time(office: Office) -> None:
    reference = office.lodge(declaration())
    later = NOON + 2 * HOUR
    ahead = msgspec.convert(
        {"id": "ahead", "act": "tick", "reference": reference, "at": later}, Act
    )
    answer = perform(office.desk, ahead, NOON, "customs.one")
    assert [notice.code for notice in answer.notices] == ["LODGE-305"]


def test_GV_01_an_agency_has_no_say_only_while_it_is_a_user() -> None:
    until = Validity(date(2020, 1, 1), date(2026, 7, 1))
    was = msgspec.structs.replace(agency("vet", tier="user"), valid=until)
    now = msgspec.structs.replace(agency("vet"), valid=Validity(date(2026, 7, 2)))
    others = [agency("customs"), agency("plant"), agency("counting", tier="user")]
    office = Office(agency=[*others, was, now])
    beef = declaration(goods("02023090", documents=("N853 H",)), reference="R-1")
    before = office.lodge(beef, NOON - 24 * HOUR)
    today = office.lodge(msgspec.structs.replace(beef, reference="R-2"))
    assert office.case(before).status == "released"
    assert office.case(today).status == "waiting"
