"""What a field asks, read from its words (SW-04)."""

from __future__ import annotations

import pytest

from gatepost.adapters.forms.own import read_words
from gatepost.review.harmonise.model import Form, FormField, Question
from gatepost.review.harmonise.reading import Reader

READER = Reader(read_words())


def asked(*fields: FormField, title: str = "", name: str = "plants/form.json") -> dict[str, str]:
    """Return the question of each field that is read, with its scope after an at sign."""
    found = READER.read(Form(name, "plants", fields, title))
    return {path: _text(reading.question) for path, reading in found.items()}


def _text(question: Question) -> str:
    return f"{question.asks} @ {question.scope}" if question.scope else question.asks


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Name of Exporter", "exporter: name"),
        ("Exporter's Address", "exporter: address"),
        ("Consignee", "consignee: name"),
        ("Consignee Name, Address and Telephone", "consignee: name"),
        ("Buyer E-mail", "buyer: email"),
        ("Exporter TIN", "exporter: tax number"),
        ("Company Name", "exporter: name"),
        ("Port of Loading", "place of loading"),
        ("4. POL", "place of loading"),
        ("12.b Loading Port Code", "place of loading"),
        ("Country of Final Destination", "country of destination"),
        ("Gross Wt. (Kg)", "gross weight @ line"),
        ("H.S. Code", "commodity code"),
        ("B/L No", "transport document"),
        ("L/C No", "letter of credit number"),
        ("Date of Sailing", "date of export"),
        ("Invoice Amount (EUR)", "invoice amount @ line, national currency"),
        ("Invoice Amount (Foreign)", "invoice amount @ line, foreign currency"),
        ("Kind of Packages, Marks and Numbers", "kind of packages"),
        ("Name of Inspector", "name of the inspector @ plants"),
    ],
)
def test_a_title_says_what_is_asked(title: str, question: str) -> None:
    assert asked(FormField("f", title)) == {"f": question}


@pytest.mark.parametrize(
    "title",
    [
        "Remarks of the exporter",  # said about one step
        "Outcome of the inspection",
        "New inspection date",  # another date than the inspection date
        "Serial No. (From)",  # one end of a range
        "Reason for the container number",
        "Will the goods be fumigated at the port by the exporter or consignee",
        "",
    ],
)
def test_in_doubt_a_field_is_not_read(title: str) -> None:
    assert asked(FormField("f", title)) == {}


def test_a_tick_is_no_question_of_trade() -> None:
    assert asked(FormField("f", "Exporter name", kind="yes_no")) == {}


def test_a_file_is_not_the_number_of_what_it_shows() -> None:
    fields = FormField("a", "Invoice", kind="file"), FormField("b", "Invoice")
    assert asked(*fields) == {"a": "copy of commercial invoice", "b": "invoice number"}


def test_a_bare_title_asks_of_what_it_stands_under() -> None:
    under = FormField("a", "Amount", headings=("Freight",))
    inside = FormField("supplementaryUnit.quantity", "Quantity")
    other = FormField("b", "Amount", headings=("Deduction",))
    assert asked(under, inside, other) == {
        "a": "freight",
        "supplementaryUnit.quantity": "supplementary quantity @ line",
    }


def test_a_party_may_be_named_by_what_a_field_stands_in() -> None:
    found = asked(FormField("traders.consignee.country", "Country Code"))
    assert found == {"traders.consignee.country": "consignee: country"}


def test_the_name_of_a_field_speaks_where_it_says_more_than_the_title() -> None:
    fields = FormField("buyer_country", "Country"), FormField("destination_country", "Country")
    assert list(asked(*fields).values()) == ["buyer: country", "country of destination"]


def test_an_applicant_is_the_party_the_form_keeps_him_as() -> None:
    assert asked(FormField("exporter_name", "Name of Applicant")) == {
        "exporter_name": "exporter: name"
    }
    assert asked(FormField("name", "Name of Applicant")) == {"name": "applicant: name"}


def test_a_firm_is_the_exporter_only_where_no_exporter_is_named() -> None:
    named = asked(FormField("a", "Company Name"), FormField("b", "Exporter Name"))
    assert named == {"b": "exporter: name"}


def test_a_total_is_not_its_lines() -> None:
    line, total = FormField("items[].w", "Net Weight"), FormField("w", "Total Net Weight")
    assert asked(line, total) == {"items[].w": "net weight @ line", "w": "net weight @ total"}
    assert asked(total) == {"w": "net weight @ line"}, "goods described once are one line"


def test_a_form_does_not_ask_the_same_twice_in_other_words() -> None:
    code, name = FormField("a", "Port of Loading Code"), FormField("b", "Port of Loading Name")
    odd = FormField("c", "Port of Loading Zone")
    assert set(asked(code, name, odd)) == {"a", "b"}


def test_a_list_is_known_by_its_answers() -> None:
    by_answers = FormField("a", "Cargo Type", kind="choice", choices=("Sea", "Air"))
    streets = FormField("b", "Exporter", kind="choice", choices=("1 Sea Road, X", "2 Air Road, Y"))
    assert asked(by_answers, streets) == {"a": "mode of transport", "b": "exporter: name"}


@pytest.mark.parametrize(
    ("name", "title", "heading"),
    [
        ("plants/pay/payment.json", "", ""),
        ("x/f.json", "Fee payment", ""),
        ("x/f.json", "", "Payment"),
    ],
)
def test_a_payment_is_a_step_of_its_own(name: str, title: str, heading: str) -> None:
    field = FormField("c", "Currency", headings=(heading,) if heading else ())
    assert asked(field, title=title, name=name) == {}
