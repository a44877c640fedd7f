"""Acceptance tests of the review of how agencies work: what is asked and done again."""

from __future__ import annotations

from gatepost.adapters.forms.own import read_words
from gatepost.review.harmonise.grouping import harmonise
from gatepost.review.harmonise.model import Confirmed, Form, FormField

PROPERTIES = {
    "exporter": "Name of Exporter",
    "address": "Exporter Address",
    "consignee": "Consignee",
    "vessel": "Vessel",
    "loading": "Port of Loading",
    "discharge": "Port of Discharge",
    "day": "Date of Export",
    "container": "Container No",
    "gross": "Gross Weight (kg)",
    "net": "Net Weight (kg)",
    "origin": "Country of Origin",
    "goods": "Description of Goods",
}


def test_SW_04_five_forms_become_one_set_with_every_mapping() -> None:
    titles = {
        **PROPERTIES,
        **{f"own_{number}": f"Speciality {chr(97 + number) * 8}" for number in range(12)},
    }
    fields = tuple(FormField(path, title) for path, title in titles.items())
    forms = [Form(f"{agency}/form", agency, fields) for agency in "abcde"]
    found = harmonise(forms, read_words())
    asked = {one.asks: one for one in found.groups}
    assert found.fields == 120
    assert len(found.groups) + len(found.single) == 12 + 60, "speciality is each agency's own"
    assert asked["exporter: name"].wco == ("R031 Declaration/Exporter/Name",)
    assert asked["vessel"].fields == tuple(f"{agency}/form:vessel" for agency in "abcde")
    assert found.asked_again == 12 * 4


def test_SW_04_a_person_confirms_and_is_heard_next_time() -> None:
    forms = [
        Form("a/1", "a", (FormField("x", "Vessel"),)),
        Form("b/2", "b", (FormField("x", "Name painted on the stern"),)),
    ]
    assert harmonise(forms, read_words()).groups == ()
    [told] = harmonise(forms, read_words(), Confirmed(same=(("a/1:x", "b/2:x"),))).groups
    assert told.by == "person"
