"""The comparison that other tests trust can tell messages apart."""

from __future__ import annotations

import pytest

from tests.unit.adapters.formats.messages import XML, changed
from tests.unit.adapters.formats.same_xml import differences


def test_prefixes_comments_and_white_space_do_not_count() -> None:
    other = XML.replace("m:", "meta:").replace(":m=", ":meta=")
    other = other.replace("<FunctionCode>", "<!-- new -->\n\n<FunctionCode>")
    assert differences(XML.encode(), other.encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("10.00", "10.0"),
        ('currencyID="EUR"', 'currencyID="GBP"'),
        ("<TypeCode>IMA</TypeCode>", ""),
        (">IMA<", "> IMA<"),
        ("<SequenceNumeric>1<", "<SequenceNumeric>2<"),
    ],
)
def test_every_difference_is_seen(old: str, new: str) -> None:
    assert len(differences(XML.encode(), changed(XML, old, new))) == 1


def test_another_namespace_is_another_element() -> None:
    other = XML.replace("Declaration_DS:DMS:2", "Response_DS:DMS:2").encode()
    assert len(differences(XML.encode(), other)) == 1
