"""The ministry's pages: figures that name nobody, and only what an instrument opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.events import FiguresDisclosed
from gatepost.casework.timing import times
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.web.site import Site
from tests.unit.web.conftest import MORNING, lodged

AsRole = Callable[[str], Client]
COMPILER = Actor("statistics.trade.compiler", "officer", "statistics")
WEEK = timedelta(days=7)


def passed(here: Site, number: int) -> list[str]:
    """Lodge so many cases, let them arrive, and let plant health refuse them."""
    found = []
    for one in range(number):
        reference, means, journey = f"R-{one}", f"BR-{one}", f"J-{one}"
        found.append(lodged(here, reference=reference, means=means, journey=journey))
        act = Act(f"arrives-{one}", "arrive", found[-1], MORNING)
        assert perform(here.desk, act, MORNING).status == "done"
    here._clock = lambda: MORNING + timedelta(hours=1)
    return found


def test_times_are_drawn_and_told(as_role: AsRole, here: Site) -> None:
    passed(here, 4)
    page = as_role("ministry").get("/ministry/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "4 cases" in text
    assert "arrival to release" in text
    assert 'class="bar part-0' in text
    assert "No figure rests on fewer than 3 cases." in text
    assert "XA1001" not in text, "no trader is named"
    study = page.context["study"]
    assert sum(part.share for part in study.parts) == pytest.approx(1)
    assert all(one.n >= 3 for one in study.whole)


def test_no_figure_rests_on_too_few(as_role: AsRole, here: Site) -> None:
    passed(here, 2)
    text = as_role("ministry").get("/ministry/").content.decode()
    assert "Too few cases" in text
    assert "<svg" not in text


def test_what_was_given_is_on_record(as_role: AsRole, here: Site) -> None:
    passed(here, 3)
    as_role("ministry").get("/ministry/?days=7")
    told = [one.event.body for one in here.desk.ledger.read("listed/statistics")]
    (body,) = [one for one in told if isinstance(one, FiguresDisclosed)]
    assert (body.purpose, body.channel, body.cases) == ("performance", "feed", 3)
    assert [right.name for right in body.rights] == ["XA-LAW-2014-05/10"]


def test_times_are_open_to_no_other_agency(here: Site) -> None:
    passed(here, 3)
    other = Actor("plant_health.north_gate.head", "officer", "plant_health")
    with pytest.raises(Refused) as refused:
        times(here.desk, other, MORNING - WEEK, MORNING, MORNING)
    assert [one.code for one in refused.value.notices] == ["AUTH-040"]


def test_times_leave_out_who_has_no_say_and_what_is_too_much(here: Site) -> None:
    passed(here, 3)
    later = MORNING + timedelta(hours=1)
    found = times(here.desk, COMPILER, MORNING - WEEK, later, later, most=2)
    assert (found.cases, found.left_out, found.fewest) == (2, 1, 3)
    needs = [one.body for one in found.events if one.name == "requirement:needs:determined"]
    assert needs
    assert not any('"agency":"statistics"' in one for one in needs)


@pytest.mark.parametrize("layer", ["share", "together", "rely", "act"])
def test_every_tie_has_its_instrument(layer: str, as_role: AsRole, here: Site) -> None:
    page = as_role("ministry").get(f"/ministry/agreements?of={layer}")
    assert page.status_code == 200
    found = page.context["map"]
    assert found.ties
    names = {node.name for node in found.nodes}
    for tie in found.ties:
        assert tie.sentence
        assert tie.instrument
        assert {name for pair in tie.pairs for name in pair} <= names
    assert len(found.lines) == len({pair for tie in found.ties for pair in tie.pairs})


def test_a_suspended_instrument_is_not_on_the_map(here: Site) -> None:
    from gatepost.web.ministry.sharing import map_of

    jurisdiction = here.desk.jurisdiction
    day = jurisdiction.law_day(MORNING)
    before = {tie.clause for tie in map_of(jurisdiction, "share", day).ties}
    kept = [one for one in jurisdiction.register.all_agreements if one.id != "XA-LAW-2014-05"]
    after = {tie.clause for tie in map_of(jurisdiction.with_agreements(kept), "share", day).ties}
    assert before - after == {"XA-LAW-2014-05/9", "XA-LAW-2014-05/10"}


def test_overlaps_are_those_of_published_law(as_role: AsRole) -> None:
    page = as_role("ministry").get("/ministry/overlaps")
    found = page.context["found"]
    told = [one.finding for group in found.groups for one in group.findings]
    assert "contradictory" in {one.kind for one in told}
    text = page.content.decode()
    assert "VET-REQ-011" in text
    assert "-RISK-" not in text, "what an agency looks for is its own affair"
    assert found.kept_back > 0


def test_models_stand_side_by_side_without_a_score(as_role: AsRole) -> None:
    page = as_role("ministry").get("/ministry/models?model=canada&model=nowhere")
    assert page.status_code == 200
    (model,) = page.context["models"]
    assert model.name == "canada"
    text = page.content.decode()
    assert "Illustrative, not legal advice" in text
    assert "Released uncontrolled" in text


def test_only_so_many_models_are_played_at_once(as_role: AsRole) -> None:
    ministry = as_role("ministry")
    names = ministry.get("/ministry/models").context["names"]
    assert {"aldermark", "canada", "nordic"} <= set(names)
    assert "uk_ens" not in names


@pytest.mark.parametrize(
    "page", ["/ministry/", "/ministry/agreements", "/ministry/models", "/ministry/overlaps"]
)
def test_the_pages_are_the_ministrys_alone(page: str, as_role: AsRole, here: Site) -> None:
    assert as_role("customs").get(page).status_code == 404
    assert Client().get(page).status_code == 302
