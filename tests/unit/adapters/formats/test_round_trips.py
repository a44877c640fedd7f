"""XML, JSON and the data set are three forms of one thing."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.adapters.formats import json_lodgement, read_lodgement, wco
from gatepost.consignment.dataset import DataSet
from gatepost.kernel.digest import canonical, digest_of
from tests.unit.adapters.formats.messages import JSON, TREE, XML
from tests.unit.adapters.formats.trees import datasets, shuffled


@settings(max_examples=200)
@given(datasets())
def test_what_is_written_as_xml_is_read_again(dataset: DataSet) -> None:
    assert wco.read(wco.write(dataset)) == dataset


@settings(max_examples=200)
@given(datasets(), st.sampled_from([0, 2]))
def test_what_is_written_as_json_is_read_again(dataset: DataSet, indent: int) -> None:
    assert json_lodgement.read(json_lodgement.write(dataset, indent)) == dataset


@settings(max_examples=100)
@given(datasets(), st.integers())
def test_order_of_names_makes_no_difference(dataset: DataSet, seed: int) -> None:
    other = json_lodgement.read(json_lodgement.write(shuffled(Random(seed), dataset)))
    assert canonical(other) == canonical(dataset)
    assert digest_of(other) == digest_of(dataset)
    assert wco.write(other) == wco.write(dataset)


def test_xml_and_json_of_one_declaration_are_one_data_set() -> None:
    assert read_lodgement(XML.encode()) == read_lodgement(JSON.encode()) == TREE
    assert digest_of(read_lodgement(XML.encode())) == digest_of(read_lodgement(JSON.encode()))


def test_another_value_is_another_digest() -> None:
    other = read_lodgement(JSON.replace('"10.00"', '"10.0"').encode())
    assert digest_of(other) != digest_of(TREE)


def test_writing_is_deterministic_and_utf8() -> None:
    tree = read_lodgement(JSON.replace("FLOWERS-1", "Blüten & <Co>").encode())
    data = wco.write(tree)
    assert data == wco.write(tree)
    assert "<FunctionalReferenceID>Blüten &amp; &lt;Co&gt;<".encode() in data
