"""Published interchanges: read, or refused as a whole because their own counts do not match."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gatepost.adapters.formats import read_lodgement
from gatepost.adapters.formats.edifact.interchange import read
from gatepost.codelists.countries import is_country
from gatepost.kernel.notice import Refused


@pytest.fixture(scope="module")
def samples(shared_data: Path) -> Path:
    return shared_data / "edifact" / "open"


def test_every_sample_is_read_or_refused_with_a_code(samples: Path) -> None:
    found: Counter[str] = Counter()
    for file in sorted(samples.glob("*/*.edi")):
        try:
            read(file.read_bytes())
            found["read"] += 1
        except Refused as refused:
            found[refused.notices[0].code] += 1
    assert found.pop("read") >= 26
    assert all(code.startswith("EDIFACT-") for code in found)


def test_the_customs_declaration_can_be_lodged(samples: Path) -> None:
    (file,) = (samples / "CUSDEC").glob("*.edi")
    declaration: Any = read_lodgement(file.read_bytes())["Declaration"]
    assert declaration["TypeCode"] == "EXD"
    (item,) = declaration["GoodsShipment"]["GovernmentAgencyGoodsItem"]
    assert item["Commodity"]["Classification"][0]["ID"] == "03026200"


@pytest.mark.parametrize("name", ["flight1", "flight2", "flight3"])
def test_passenger_lists_are_read_once_their_counts_are_put_right(samples: Path, name: str) -> None:
    """The published lists were shortened by hand, and their counts were left as they were."""
    data = (samples / "PAXLST" / f"GTAS__{name}.edi").read_bytes()
    with pytest.raises(Refused):
        read(data)
    text = data.decode()
    persons = len(re.findall(r"NAD[+](?:FL|FM|DDT|DDU)[+]", text))
    declaration: Any = read_lodgement(repaired(text).encode())["Declaration"]
    assert len(declaration["Traveller"]) == persons > 0
    assert all(is_country(one["NationalityCode"]) for one in declaration["Traveller"])
    born = [one["BirthDateTime"] for one in declaration["Traveller"] if "BirthDateTime" in one]
    assert "1900" < min(born) <= max(born) < "2021"


def repaired(text: str) -> str:
    """Return an interchange with the number of segments that there are."""
    parts = text.split("'")
    start = next(n for n, one in enumerate(parts) if one.strip().startswith("UNH"))
    end = next(n for n, one in enumerate(parts) if one.strip().startswith("UNT"))
    parts[end] = re.sub(r"UNT[+][0-9]+", f"UNT+{end - start + 1}", parts[end])
    return "'".join(parts)
