"""Lodging: once, whole or not at all, by who may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from gatepost.casework.lodge import find_movement, lodge, lodgement_key
from gatepost.casework.shorthand import Person, expand
from gatepost.casework.work import Work
from gatepost.consignment.model import Consignment, Conveyance
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.kernel.reference import is_reference
from gatepost.ledger.model import Commit, Outcome
from gatepost.requirement.model import AppliesTo, Fee
from tests.office import HOUR, NOON, ROSES, STEEL, Office
from tests.small_country import ALWAYS, LAW, declaration, goods, small_desk


@pytest.fixture
def office() -> Office:
    return Office()


def refused(office: Office, short: Any, at: datetime = NOON, **changes: Any) -> list[str]:
    with pytest.raises(Refused) as fault:
        office.lodge(short, at, **changes)
    assert not list(office.desk.ledger.rows("case"))
    return [notice.code for notice in fault.value.notices]


def test_a_lodgement_gets_a_reference_and_its_first_answer_again(office: Office) -> None:
    first = office.answer(ROSES)
    assert is_reference(first.reference or "")
    office.done("arrive", first.reference or "")
    before = list(office.desk.ledger.read_all())
    assert office.answer(ROSES, NOON + 99 * HOUR) == first
    assert list(office.desk.ledger.read_all()) == before


def test_after_an_amendment_the_first_content_still_gives_the_first_answer(office: Office) -> None:
    first = office.answer(ROSES)
    office.amend(first.reference or "", STEEL)
    assert office.answer(ROSES) == first
    with pytest.raises(Refused):
        office.answer(STEEL)


def test_everything_wrong_is_said_at_once(office: Office) -> None:
    nothing = declaration(reference="", declarant="", agent="XA9001")
    nothing = msgspec.structs.replace(nothing, items=())
    assert refused(office, nothing) == ["LODGE-001", "LODGE-002", "LODGE-007"]


def test_a_type_of_no_regime_is_refused(office: Office) -> None:
    assert refused(office, ROSES, type="ZZ") == ["LODGE-003"]


def test_a_message_that_amends_is_no_declaration_to_lodge(office: Office) -> None:
    assert refused(office, ROSES, set={"FunctionCode": "13"}) == ["LODGE-008"]


def test_people_alone_are_enough(office: Office) -> None:
    coach = declaration(travellers=(Person(),))
    assert office.answer(msgspec.structs.replace(coach, items=())).status == "accepted"


def test_the_key_tells_apart_whatever_stands_in_it() -> None:
    pairs = [("A", "B|C"), ("A|B", "C"), ("A%7CB", "C"), ("A%", "7CB|C"), ("A", "B%7CC"), ("", "x")]
    assert len({lodgement_key(*pair) for pair in pairs}) == len(pairs)
    assert lodgement_key("XA0001", "R-1") == "lodge|XA0001|R-1"


def test_a_conflict_names_the_declarant_as_it_was_written(office: Office) -> None:
    office.lodge(ROSES, declarant="XA|1", reference="R|1")
    with pytest.raises(Refused) as fault:
        office.lodge(STEEL, declarant="XA|1", reference="R|1")
    values = fault.value.notices[0].values
    assert (values["declarant"], values["functional_reference"]) == ("XA|1", "R|1")


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (None, None),
        (OPERATOR, None),
        (Actor("XA0001", "party"), None),
        (Actor("XA9001", "party"), None),
        (Actor("XA5001", "party"), "AUTH-007"),
        (Actor("customs.one", "officer", "customs"), "AUTH-007"),
    ],
)
def test_only_the_declarant_and_its_agent_lodge(
    office: Office, actor: Actor | None, code: str | None
) -> None:
    short = msgspec.structs.replace(ROSES, agent="XA9001", importer="XA5001")
    dataset = expand(short)
    if code is None:
        assert lodge(office.desk, dataset, digest_of(dataset), NOON, actor).status == "accepted"
        return
    with pytest.raises(Refused) as fault:
        lodge(office.desk, dataset, digest_of(dataset), NOON, actor)
    assert [notice.code for notice in fault.value.notices] == [code]


def test_codes_not_known_here_are_kept_and_said(office: Office) -> None:
    odd = declaration(
        goods("99887766", origin="ZZ", procedure="9999", documents=("X999 1",)), office="GB000060"
    )
    answer = office.answer(odd)
    assert {n.code for n in answer.notices} == {
        "LODGE-101",
        "LODGE-102",
        "LODGE-103",
        "LODGE-104",
        "LODGE-105",
    }
    assert answer.status == "accepted"


def test_a_case_is_judged_by_the_day_of_its_acceptance_in_the_zone(office: Office) -> None:
    late = datetime(2026, 7, 2, 22, 30, tzinfo=UTC)
    reference = office.lodge(ROSES, late)
    assert office.case(reference).known.day.isoformat() == "2026-07-03"


def test_a_day_without_a_precedence_table_releases_nothing() -> None:
    office = Office(precedence=[])
    reference = office.lodge(STEEL)
    assert office.case(reference).release.decisions
    assert office.case(reference).release.released is None
    assert office.refusal("release", reference, "customs.one") == ("RELEASE-010",)


def test_a_declaration_in_which_nobody_has_a_say_is_not_released_by_itself() -> None:
    office = Office(requirement=[], indicator=[])
    assert office.case(office.lodge(STEEL)).status == "waiting"


@pytest.mark.parametrize("value", ["NaN", "inf", "-Infinity", "1e999", "1_000", "9" * 400, "0x10"])
def test_a_number_that_is_none_is_not_read(value: str) -> None:
    """A fee on it would otherwise be no number either, and the case could not be read again."""
    to = AppliesTo(("import",))
    fee = Fee("FEE-1", {"en": "fee"}, "customs", LAW, to, "item.value * 2", "EUR", ALWAYS)
    office = Office(fee=[fee])
    reference = office.lodge(declaration(goods("72083900", value=value, net_mass=value)))
    assert office.case(reference).channel == "green"
    assert office.case(reference).charges == ()


@pytest.mark.parametrize(
    ("conveyance", "post", "key"),
    [
        (Conveyance("3", "BR-1", None, None, "J-1"), "gate", "3:BR-1:J-1:gate"),
        (Conveyance("3", "BR-1", None, None, "J-1"), None, "3:BR-1:J-1"),
        (Conveyance(None, "BR-1", None, None, "J-1"), "gate", "0:BR-1:J-1:gate"),
        (Conveyance("3", "BR-1"), "gate", "REF"),
        (Conveyance("3", None, None, None, "J-1"), "gate", "REF"),
        (Conveyance(), None, "REF"),
    ],
)
def test_a_movement_is_a_journey_to_a_post(
    conveyance: Conveyance, post: str | None, key: str
) -> None:
    consignment = Consignment("import", NOON.date(), "IMA", "R-1", conveyance=conveyance)
    work = Work(Office().desk, NOON)
    assert find_movement(work, consignment, "REF", post) == key


def test_a_journey_number_used_again_is_another_movement() -> None:
    office = Office()
    flight = {"means": "BR-1", "journey": "J-1"}

    def movement(number: int, arrival: str | None, at: datetime = NOON) -> str:
        lodged = office.lodge(ROSES, at, reference=f"R-{number}", arrival=arrival, **flight)
        return office.case(lodged).known.movement

    today = movement(1, "2026-07-02T20:00")
    assert today == "3:BR-1:J-1:gate:2026-07-02"
    assert movement(2, "2026-07-03T00:30") == today, "the same evening, told a little later"
    assert movement(3, "2026-07-02T20:00") == today
    assert movement(4, "2026-07-03T20:00") == "3:BR-1:J-1:gate:2026-07-03"
    night = NOON - 10 * HOUR
    assert movement(5, "2026-07-02T06:00", night) == f"{today}:2", "the trip of the morning"
    assert movement(6, "2026-07-02T06:30", night) == f"{today}:2"
    assert movement(7, None) == today, "without a moment, the number alone tells"
    month = NOON + 32 * 24 * HOUR
    assert movement(8, "2026-08-03T20:00", month) == "3:BR-1:J-1:gate:2026-08-03"


def test_a_movement_without_an_expected_arrival_ends_with_its_arrival() -> None:
    office = Office()
    coach = {"means": "BR-1", "journey": "LINE-7"}
    keys = []
    for day in range(3):
        at = NOON + 24 * day * HOUR
        one = office.lodge(ROSES, at, reference=f"R-{day}", **coach)
        late = office.lodge(ROSES, at + 11 * HOUR, reference=f"L-{day}", **coach)
        office.done("arrive", one, at=at + HOUR)
        later = office.lodge(ROSES, at + 12 * HOUR, reference=f"M-{day}", **coach)
        (key,) = {office.case(case).known.movement for case in (one, late, later)}
        keys.append(key)
    assert keys == [
        "3:BR-1:LINE-7:gate",
        "3:BR-1:LINE-7:gate:2026-07-03",
        "3:BR-1:LINE-7:gate:2026-07-04",
    ]


def test_a_secret_whose_digest_could_not_be_put_on_record_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a selection could not be shown to have been drawn before it was known (RM-04)."""
    desk = small_desk()
    commit, cuts = desk.ledger.commit, [True]

    def cut_once(written: Commit) -> Outcome:
        if cuts:
            cuts.clear()
            raise ConnectionError
        return commit(written)

    monkeypatch.setattr(desk.ledger, "commit", cut_once)
    with pytest.raises(ConnectionError):
        desk.secret(NOON.date(), NOON)
    assert desk.published(NOON.date()) is None
    desk.secret(NOON.date(), NOON)
    assert desk.published(NOON.date()) is not None


@pytest.mark.parametrize("value", ["100", "999"])
def test_whoever_writes_anothers_reference_learns_nothing_of_its_case(value: str) -> None:
    """Anybody can name another as declarant and itself as agent, and guess a reference."""
    made = Office()
    reference = made.lodge(declaration(goods("72083900", value="100"), declarant="XB5001"))
    dataset = expand(
        declaration(goods("72083900", value=value), declarant="XB5001", agent="XA9002")
    )
    with pytest.raises(Refused) as refused:
        lodge(made.desk, dataset, digest_of(dataset), NOON, Actor("XA9002", "party"))
    (notice,) = refused.value.notices
    assert notice.code == "LODGE-009"
    assert reference not in str(notice.values)
    own = expand(declaration(goods("72083900", value="999"), declarant="XB5001"))
    with pytest.raises(Refused) as refused:
        lodge(made.desk, own, digest_of(own), NOON, Actor("XB5001", "party"))
    assert [n.code for n in refused.value.notices] == ["LODGE-004"]
