"""Officers who act for another agency, and the neighbour's exit before the entry (IC-03, OS-03)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Clause, ControlZone, Delegation, JointControl
from gatepost.authority.instrument import Agreement, LifeStep, SupportingAct
from gatepost.authority.model import Accreditation, BorderPost, Competence, Resources, State
from gatepost.authority.scope import Scope
from gatepost.control.events import ExaminationPerformed, FindingRecorded, SampleTaken
from gatepost.kernel.validity import Validity
from gatepost.lodgement.events import ExitCompleted
from tests.office import NOON, ROSES, STEEL, Office
from tests.small_country import ALWAYS, LAW, concluded, indicator, parts

TODAY = date(2026, 7, 2)
YESTERDAY = TODAY - timedelta(days=1)
SKILL = "plant_inspection"


def delegation(**changes: Any) -> Delegation:
    fields: dict[str, Any] = {
        "of": "plant",
        "by": "customs",
        "powers": ("examine", "sample"),
        "competence": (SKILL,),
        **changes,
    }
    return Delegation("AGR-2/1", {"en": "customs examines for the plant service"}, **fields)


def agreement(*clauses: Clause) -> list[Any]:
    parties = ("customs", "plant")
    life = concluded(parties)
    act = SupportingAct("Plant Act, s. 40", "plant")
    return [
        Agreement(
            "AGR-2", {"en": "a"}, "agreement", parties, LAW, ALWAYS, clauses, life,
            supporting_acts=(act,),
        )
    ]  # fmt: skip


def skilled(until: date | None = None, **changes: Any) -> list[Any]:
    """Return the officers; the first of customs holds the competence."""
    found: list[Resources] = parts()["resources"]
    held = Competence(SKILL, Validity(date(2024, 1, 1), until))
    first = msgspec.structs.replace(found[0].officers[0], competences=(held,), **changes)
    officers = (first, *found[0].officers[1:])
    return [msgspec.structs.replace(found[0], officers=officers), *found[1:]]


def office(*clauses: Clause, until: date | None = None, **changes: list[Any]) -> Office:
    return Office(
        agreement=agreement(*(clauses or (delegation(),))), resources=skilled(until), **changes
    )


def arrived(of: Office, **changes: Any) -> str:
    reference = of.lodge(ROSES, **changes)
    of.done("arrive", reference)
    return reference


def test_a_delegate_examines_and_the_finding_is_stamped() -> None:
    at = office()
    reference = arrived(at)
    at.done("examine", reference, "customs.one", agency="plant", result="conform")
    (examined,) = at.bodies(reference, ExaminationPerformed)
    assert examined.agencies == ("plant",)
    (recorded,) = at.bodies(reference, FindingRecorded)
    finding = recorded.finding
    assert (finding.agency, finding.officer) == ("plant", "customs.one")
    assert (finding.on_behalf_of, finding.instrument) == ("plant", "AGR-2/1")
    assert at.case(reference).status == "released"


def test_an_own_officers_finding_is_not_stamped() -> None:
    at = office()
    reference = arrived(at)
    at.done("examine", reference, "plant.one", result="conform")
    (recorded,) = at.bodies(reference, FindingRecorded)
    assert (recorded.finding.on_behalf_of, recorded.finding.instrument) == (None, None)


def test_a_sample_taken_for_another_names_the_clause() -> None:
    sampled = indicator("PLANT-RISK-5", "plant", 'starts_with(item.commodity, "06")', "sample")
    at = office(indicator=[sampled])
    reference = arrived(at)
    at.done("sample", reference, "customs.one", agency="plant")
    (taken,) = at.bodies(reference, SampleTaken)
    assert (taken.on_behalf_of, taken.instrument) == ("plant", "AGR-2/1")


@pytest.mark.parametrize(
    ("clause", "until", "by", "codes"),
    [
        (delegation(of="vet", by="customs"), None, "customs.one", ("AUTH-006",)),
        (delegation(powers=("sample",)), None, "customs.one", ("AUTH-006",)),
        (delegation(scope=Scope(("07",))), None, "customs.one", ("AUTH-006",)),
        (delegation(scope=Scope(regimes=("export",))), None, "customs.one", ("AUTH-006",)),
        (delegation(scope=Scope(posts=("port",))), None, "customs.one", ("AUTH-006",)),
        (delegation(), YESTERDAY, "customs.one", ("AUTH-062",)),
        (delegation(), None, "customs.two", ("AUTH-061",)),
        (delegation(), None, "vet.one", ("LODGE-301",)),
    ],
)
def test_without_a_delegation_that_covers_it_nobody_acts_for_another(
    clause: Clause, until: date | None, by: str, codes: tuple[str, ...]
) -> None:
    at = office(clause, until=until)
    reference = arrived(at)
    assert at.refusal("examine", reference, by, agency="plant") == codes


def test_a_competence_counts_on_its_last_day() -> None:
    at = office(until=TODAY)
    at.done("examine", arrived(at), "customs.one", agency="plant")


@pytest.mark.parametrize("step", ["suspended", "ended"])
def test_an_instrument_that_ended_lets_nobody_act(step: Any) -> None:
    (whole,) = agreement(delegation())
    ended = LifeStep(step, TODAY, ("plant",))
    at = Office(
        agreement=[msgspec.structs.replace(whole, life=(*whole.life, ended))],
        resources=skilled(),
    )
    assert at.refusal("examine", arrived(at), "customs.one", agency="plant") == ("AUTH-006",)


def test_the_owner_keeps_the_decision() -> None:
    at = office()
    reference = arrived(at)
    refused = at.refusal(
        "decide", reference, "customs.one", agency="plant", decision="refuse", reason="no"
    )
    assert refused == ("AUTH-060",)


def test_who_may_be_represented_shares_the_stop() -> None:
    """Customs and the plant service need no clause to stand together: one looks for the other."""
    short = msgspec.structs.replace(
        ROSES, items=(msgspec.structs.replace(ROSES.items[0], value="2000"),)
    )
    at = office()
    reference = at.lodge(short)
    at.done("arrive", reference)
    (stop,) = at.movement(reference).plan.stops
    assert (stop.agencies, stop.clauses) == (("customs", "plant"), ("AGR-2/1",))
    at.done("examine", reference, "customs.one", result="conform", **{"with": ["plant"]})
    stamps = {  # owner by agency
        one.finding.agency: one.finding.on_behalf_of
        for one in at.bodies(reference, FindingRecorded)
    }
    assert stamps == {"customs": None, "plant": "plant"}
    # Without the competence the one officer cannot stand for the other agency.
    again = at.lodge(short, reference="R-2")
    at.done("arrive", again)
    assert at.refusal("examine", again, "customs.two", **{"with": ["plant"]}) == ("AUTH-061",)
    # Where both are there, nobody stands for anybody.
    both = office(delegation(), JointControl("AGR-2/2", {"en": "t"}, parties=("customs", "plant")))
    third = both.lodge(short)
    both.done("arrive", third)
    both.done("examine", third, "customs.two", **{"with": ["plant"]})


# The neighbour's exit before the entry.

STATES = [
    State("aldermark", "XA", {"en": "Aldermark"}, "Europe/Berlin"),
    State("brenland", "XB", {"en": "Brenland"}, "Europe/Helsinki"),
]
POST = BorderPost(
    "gate", {"en": "Gate"}, "land", ("XA000101",), LAW, ALWAYS, shared_with="XB", exit_first=True
)


def treaty(*scope: str) -> Agreement:
    life = (
        LifeStep("proposed", date(2020, 1, 1), ("XA",)),
        LifeStep("signed", date(2020, 1, 1), ("XA", "XB")),
        LifeStep("ratified", date(2020, 1, 1), ("XA", "XB")),
        LifeStep("in_force", date(2020, 1, 1)),
    )
    zone = ControlZone(
        "TRE-1/1", {"en": "z"}, of="XB", host="XA", powers=("release",),
        scope=Scope(posts=scope or ("gate",), people=True),
    )  # fmt: skip
    return Agreement("TRE-1", {"en": "t"}, "treaty", ("XA", "XB"), LAW, ALWAYS, (zone,), life)


def shared(post: BorderPost = POST, *more: Agreement) -> Office:
    return Office(post=[post], state=STATES, agreement=[*(more or (treaty(),))])


def test_entry_waits_for_the_exit() -> None:
    at = shared()
    reference = arrived(at)
    for act, fields in (
        ("examine", {}),
        ("decide", {"decision": "clear"}),
        (
            "hold",
            {
                "reason": "r",
                "expires": "2026-07-09T12:00:00Z",
                "legal_basis": [{"cite": "Border Act, s. 9"}],
            },
        ),
    ):
        assert at.refusal(act, reference, "plant.one", **fields) == ("AUTH-065",)
    at.done("exit", reference)
    (exited,) = at.bodies(reference, ExitCompleted)
    assert (exited.by, exited.instrument) == ("XB", "TRE-1/1")
    at.done("examine", reference, "plant.one", result="conform")
    at.done("remove", reference)


def test_goods_do_not_leave_before_the_exit() -> None:
    at = shared()
    reference = at.lodge(STEEL)
    at.done("arrive", reference)
    assert at.case(reference).status == "released"
    assert at.refusal("remove", reference) == ("AUTH-065",)


def test_reversal_lets_the_entry_go_first() -> None:
    at = shared()
    reference = arrived(at)
    assert at.refusal("reverse", reference, "plant.one") == ("AUTH-069",)
    at.done("reverse", reference, "plant.one", reason="live animals in the heat")
    at.done("examine", reference, "plant.one", result="conform")
    at.done("exit", reference)


def test_turned_back_it_stands_under_the_law_of_the_state_it_left() -> None:
    at = shared()
    reference = arrived(at)
    assert at.refusal("turn_back", reference, "plant.one", reason="pests") == ("AUTH-065",)
    at.done("exit", reference)
    at.done("turn_back", reference, "plant.one", reason="pests")
    assert at.refusal("examine", reference, "plant.one") == ("AUTH-066",)
    assert at.refusal("exit", reference) == ("AUTH-068",)
    at.done("readmit", reference)
    assert at.refusal("examine", reference, "plant.one") == ("AUTH-065",)
    at.done("exit", reference)
    at.done("examine", reference, "plant.one")


def test_the_neighbours_exit_needs_an_instrument_and_a_shared_post() -> None:
    elsewhere = shared(POST, treaty("port"))
    assert elsewhere.refusal("exit", arrived(elsewhere)) == ("AUTH-034",)
    alone = shared(msgspec.structs.replace(POST, shared_with=None, exit_first=False))
    assert alone.refusal("exit", arrived(alone)) == ("AUTH-067",)
    early = shared()
    assert early.refusal("exit", early.lodge(ROSES)) == ("AUTH-068",)


def test_at_other_posts_the_exit_goes_as_it_goes() -> None:
    at = shared(msgspec.structs.replace(POST, exit_first=False))
    reference = arrived(at)
    at.done("examine", reference, "plant.one")
    at.done("exit", reference)


# Officers on the other side of the line.


def across(accredited: tuple[Accreditation, ...]) -> Office:
    there = msgspec.structs.replace(POST, state="brenland", shared_with="XA", exit_first=False)
    return Office(post=[there], state=STATES, resources=skilled(accredited=accredited))


def test_an_officer_acts_abroad_only_with_an_accreditation_in_force() -> None:
    leave = Accreditation("XB", "B-17", Validity(date(2026, 1, 1), TODAY))
    ended = Accreditation("XB", "B-16", Validity(date(2025, 1, 1), YESTERDAY))
    other = Accreditation("XC", "C-1", ALWAYS)
    hold = {
        "reason": "r",
        "expires": "2026-07-09T12:00:00Z",
        "legal_basis": [{"cite": "Border Act, s. 9"}],
    }
    for accredited, codes in (((), ("AUTH-063",)), ((ended, other), ("AUTH-063",))):
        at = across(accredited)
        assert at.refusal("hold", arrived(at), "customs.one", **hold) == codes
    at = across((ended, leave))
    at.done("hold", arrived(at), "customs.one", at=NOON, **hold)
