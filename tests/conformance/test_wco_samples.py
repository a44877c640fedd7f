"""Real declarations go in and come out the same; what the profile's schema refuses, we refuse."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from gatepost.adapters.formats import json_lodgement, read_lodgement, wco
from gatepost.adapters.formats.wco.profile import ELEMENTS
from gatepost.adapters.formats.wco.response import CODES
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from tests.unit.adapters.formats.same_xml import METADATA, differences

LODGED = (
    "declaration_import",
    "declaration_export",
    "amendment",
    "cancellation",
    "goods_presentation",
)


@pytest.fixture(scope="session")
def samples(shared_data: Path) -> list[dict[str, str]]:
    """Return the rows of the index of the samples."""
    with (shared_data / "wco_dm" / "open" / "index.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def valid(samples: list[dict[str, str]], shared_data: Path) -> list[Path]:
    """Return every sample of something lodged that its schema finds valid."""
    rows = [row for row in samples if row["xsd"] == "valid" and row["kind"] in LODGED]
    assert len(rows) > 180
    return [shared_data / row["file"] for row in rows]


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> etree.XMLSchema:
    """Return the schema of declarations."""
    return _schema(shared_data / "wco_dm" / "schema" / "declaration", "WCO_DEC_2_DMS.xsd", "DEC")


def _schema(folder: Path, name: str, message: str) -> etree.XMLSchema:
    """Return the schema of ``message`` joined with that of MetaData around it."""
    space = "http://www.w3.org/2001/XMLSchema"
    root = etree.Element(f"{{{space}}}schema", nsmap={"xs": space})
    for namespace, file in (
        ("urn:wco:datamodel:WCO:DocumentMetaData-DMS:2", "DocumentMetaData_2_DMS.xsd"),
        (f"urn:wco:datamodel:WCO:{message}-DMS:2", name),
    ):
        location = (folder / file).resolve().as_uri()
        etree.SubElement(root, f"{{{space}}}import", namespace=namespace, schemaLocation=location)
    return etree.XMLSchema(root)


def test_every_valid_sample_comes_out_as_it_went_in(valid: list[Path]) -> None:
    """From MetaData inwards: same elements, order, attributes and values."""
    for path in valid:
        source = path.read_bytes()
        assert differences(source, wco.write(read_lodgement(source))) == [], path.name


def test_every_valid_sample_goes_through_json(valid: list[Path]) -> None:
    """JSON loses nothing either, and the digest does not depend on the format."""
    for path in valid:
        source = path.read_bytes()
        dataset = wco.read(source)
        again = read_lodgement(json_lodgement.write(dataset, 2))
        assert again == dataset, path.name
        assert digest_of(again) == digest_of(dataset)
        assert differences(source, wco.write(again)) == [], path.name


def test_what_we_write_fits_the_schema(valid: list[Path], schema: etree.XMLSchema) -> None:
    """The independent judge of the profile accepts every message that we write."""
    for path in valid:
        written = etree.fromstring(wco.write(wco.read(path.read_bytes())))
        assert schema.validate(written), (path.name, schema.error_log)


def test_nothing_invalid_gets_in(samples: list[dict[str, str]], shared_data: Path) -> None:
    """Malformed files, notifications and other messages are refused, each with a reason."""
    rows = [row for row in samples if row["xsd"] != "valid" or row["kind"] not in LODGED]
    assert len(rows) > 500
    for row in rows:
        with pytest.raises(Refused) as caught:
            read_lodgement((shared_data / row["file"]).read_bytes())
        assert caught.value.notices, row["file"]


def mutations(source: bytes) -> Iterator[etree._Element]:
    """Yield ``source`` broken in one place at a time, near every tenth element."""
    nodes = len(list(_metadata(source).iter("*")))
    for at in range(2, nodes, 10):
        for how in ("drop", "double", "long", "blank", "swap", "attribute"):
            root = _metadata(source)
            node = list(root.iter("*"))[at]
            _break(node, how)
            yield root


def _metadata(source: bytes) -> etree._Element:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    found = next(iter(etree.fromstring(source, parser).iter(METADATA)))
    return etree.fromstring(etree.tostring(found), parser)


def _break(node: etree._Element, how: str) -> None:
    parent = node.getparent()
    assert parent is not None
    if how == "drop":
        parent.remove(node)
    elif how == "double":
        node.addnext(etree.fromstring(etree.tostring(node)))
    elif how == "swap":
        parent.insert(0, node)
    elif how == "attribute":
        node.set("unitCode", "KGM")
    elif not len(node):
        node.text = "9" * 600 if how == "long" else ""


def test_we_and_the_schema_agree_on_broken_declarations(
    valid: list[Path], schema: etree.XMLSchema
) -> None:
    """Broken a thousand times, a declaration is refused here exactly when the schema refuses it."""
    seen = {True: 0, False: 0}
    for path in valid[::24]:
        for broken in mutations(path.read_bytes()):
            data = etree.tostring(broken)
            verdict = schema.validate(etree.fromstring(data))
            assert _accepted(data) == verdict, (path.name, data, schema.error_log)
            seen[verdict] += 1
    assert min(seen.values()) > 100


def _accepted(data: bytes) -> bool:
    try:
        wco.read(data)
    except Refused:
        return False
    return True


def test_the_table_restates_the_catalogue(shared_data: Path) -> None:
    """Ids, cardinality and formats are those of the published catalogue."""
    with (shared_data / "wco_dm" / "schema" / "wco_element_catalogue.csv").open() as lines:
        rows = {row["path"]: row for row in csv.DictReader(lines)}
    ours = {path: one for path, one in ELEMENTS.items() if path in rows}
    assert len(ours) == sum(path.startswith("Declaration") for path in rows)
    for path, one in ours.items():
        row = rows[path]
        assert one.wco_id == row["wco_id"], path
        if row["max"]:
            assert (str(one.least), one.repeated) == (row["min"], row["max"] != "1"), path
        if one.fits and one.name != "TaxRateNumeric":
            assert one.format == row["wco_format"], path


@pytest.mark.parametrize("status", sorted(CODES))
def test_answers_fit_the_schema(status: str, shared_data: Path, now: datetime) -> None:
    """The schema of response messages accepts an answer of every status."""
    folder = shared_data / "wco_dm" / "schema" / "notification"
    schema = _schema(folder, "WCO_RES_2_DMS.xsd", "RES")
    notice = wco.ResponseNotice(
        "LODGE-101", "Not known here.", "Declaration/GoodsShipment/Consignment/ContainerCode"
    )
    answer = wco.ResponseMessage(status, now, "26XA0001", "F-1", (notice,), "M1")  # type: ignore[arg-type]
    written = etree.fromstring(wco.write_response(answer))
    assert schema.validate(written), schema.error_log
