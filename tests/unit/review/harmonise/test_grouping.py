"""Groups: what was planted is found, nothing else is, and a person has the last word (SW-04)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.adapters.forms.own import read_words
from gatepost.kernel.notice import Refused
from gatepost.review.harmonise.grouping import harmonise
from gatepost.review.harmonise.metrics import simplified
from gatepost.review.harmonise.model import Confirmed, Form, FormField, Harmonised, Metrics

WORDS = read_words()

WAYS = {
    "exporter": ("Exporter Name", "Name of the exporter", "Exporter", "Shipper's name"),
    "consignee": ("Consignee name", "NAME OF CONSIGNEE", "Consignee (full name)"),
    "vessel": ("Vessel", "Name of Vessel", "Vessel / Flight"),
    "loading": ("Port of Loading", "Loading Port", "Place of loading"),
    "discharge": ("Port of Discharge", "POD", "Discharge port"),
    "export": ("Date of Export", "Expected export date", "Shipment Date"),
    "gross": ("Gross Weight (kg)", "Gross mass", "Gross wt"),
    "net": ("Net Weight", "Net mass (kg)"),
    "container": ("Container No.", "Container Number"),
    "declaration": ("CUSDEC number", "Customs Declaration No"),
    "moisture": ("Moisture content", "Moisture Content"),
}
"""The same question as different people write it; the last one no dictionary knows."""


def form(name: str, **fields: str) -> Form:
    """Return the form of an agency; the part of the name before the slash is the agency."""
    asked = tuple(FormField(path, title) for path, title in fields.items())
    return Form(name, name.partition("/")[0], asked)


def grouped(found: Harmonised) -> set[frozenset[str]]:
    return {frozenset(pair) for one in found.groups for pair in combinations(one.fields, 2)}


@given(st.data())
def test_what_is_planted_is_found_and_nothing_else(data: st.DataObject) -> None:
    forms: list[Form] = []
    home: dict[str, str] = {}
    for number in range(data.draw(st.integers(2, 5))):
        asked = data.draw(st.lists(st.sampled_from(sorted(WAYS)), unique=True, min_size=1))
        titles = {f"q{i}": data.draw(st.sampled_from(WAYS[one])) for i, one in enumerate(asked)}
        forms.append(form(f"board/{number}.json", **titles))
        home |= {f"board/{number}.json:q{i}": one for i, one in enumerate(asked)}
    planted = {frozenset(two) for two in combinations(home, 2) if home[two[0]] == home[two[1]]}
    assert grouped(harmonise(forms, WORDS)) == planted


@given(st.permutations(["a/1.json", "b/2.json", "c/3.json"]))
def test_the_order_of_the_forms_does_not_matter(names: list[str]) -> None:
    forms = [form(name, x="Exporter Name", y="Vessel") for name in names]
    ordered = sorted(forms, key=lambda one: one.id)
    assert grouped(harmonise(forms, WORDS)) == grouped(harmonise(ordered, WORDS))


def test_the_counts_are_those_of_the_fields() -> None:
    found = harmonise([form("a/1", x="Vessel", y="Colour"), form("b/2", x="Name of Vessel")], WORDS)
    [vessel] = found.groups
    assert (vessel.forms, vessel.agencies, vessel.asked_again) == (2, ("a", "b"), 1)
    assert (found.forms, found.fields, found.asked_again) == (2, 3, 1)
    assert found.single == ("a/1:y",)
    assert vessel.wco[0] == "T005 Declaration/BorderTransportMeans/Name"


def test_a_field_that_only_shows_is_not_asked_again() -> None:
    shown = Form("b/2", "b", (FormField("x", "Vessel", shown=True),))
    found = harmonise([form("a/1", x="Vessel"), shown], WORDS)
    assert [(len(one.fields), one.asked_again) for one in found.groups] == [(2, 0)]


def test_each_agency_has_its_own_register() -> None:
    one, other = (
        form("a/1", x="Exporter Registration No"),
        form("b/2", x="Exporter Registration No"),
    )
    assert harmonise([one, other], WORDS).groups == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ingredients used", "Ingredients  Used", True),
        ("Ingredients used", "Ingredents used", True),  # a slip of the pen
        ("Lab tested consignment", "Treated consignment", False),
        ("Ingredients used in the product", "Ingredients not used in the product", False),
        ("Serial mark (from)", "Serial mark (to)", False),
    ],
)
def test_what_the_dictionary_does_not_know_is_compared_by_its_text(
    one: str, other: str, same: bool
) -> None:
    found = harmonise([form("a/1", x=one), form("a/2", x=other)], WORDS)
    assert [(group.by, group.wco) for group in found.groups] == [("similarity", ())] * same


def test_a_person_has_the_last_word() -> None:
    forms = [form("a/1", x="Vessel", y="Colour"), form("b/2", x="Vessel", y="Hue of the fruit")]
    given_same = Confirmed(same=(("a/1:y", "b/2:y"),), apart=(("a/1:x", "b/2:x"),))
    [colour] = harmonise(forms, WORDS, given_same).groups
    assert (colour.fields, colour.by) == (("a/1:y", "b/2:y"), "person")


def test_what_a_person_calls_same_keeps_the_element_that_is_known() -> None:
    forms = [form("a/1", x="Vessel"), form("b/2", x="Name painted on the stern")]
    [one] = harmonise(forms, WORDS, Confirmed(same=(("b/2:x", "a/1:x"),))).groups
    assert (one.asks, one.by) == ("vessel", "person")
    assert one.wco


def test_what_is_wrong_in_a_decision_is_said_at_once() -> None:
    forms = [form("a/1", x="Vessel"), form("b/2", x="Vessel")]
    wrong = Confirmed(same=(("a/1:x", "b/2:x"), ("a/1:x", "c:z")), apart=(("b/2:x", "a/1:x"),))
    with pytest.raises(Refused) as refused:
        harmonise(forms, WORDS, wrong)
    told = [(one.code, one.where) for one in refused.value.notices]
    assert told == [("HARM-005", "same[1]"), ("HARM-006", "apart[0]")]


def test_what_is_handed_in_before_and_after() -> None:
    scan = FormField("scan", "Invoice", kind="file")
    signature = FormField("sign", "Signature of the exporter")
    forms = [
        Form("a/1", "a", (FormField("v", "Vessel"), FormField("c", "Colour"), scan, signature)),
        Form("b/2", "b", (FormField("v", "Name of Vessel"), scan, signature)),
        Form("c/3", "c", (FormField("v", "Vessel"),)),
        Form("d/4", "d", (FormField("v", "Vessel", shown=True),)),
    ]
    found = simplified(forms, harmonise(forms, WORDS))
    assert found.before == Metrics(documents=3, elements=8, copies=2, signatures=2)
    assert found.after == Metrics(documents=2, elements=5, copies=1, signatures=2)


@given(st.lists(st.sets(st.sampled_from(sorted(WAYS)), min_size=1), min_size=1, max_size=6))
def test_each_question_is_asked_once_and_none_is_lost(asked: list[set[str]]) -> None:
    forms = [
        form(f"board/{n}.json", **{f"q{i}": WAYS[one][0] for i, one in enumerate(sorted(names))})
        for n, names in enumerate(asked)
    ]
    harmonised = harmonise(forms, WORDS)
    found = simplified(forms, harmonised)
    assert found.after.elements == len(set().union(*asked))
    assert found.before.elements - found.after.elements == harmonised.asked_again
