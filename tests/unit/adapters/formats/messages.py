"""Messages of Aldermark to read and to break: one small declaration as XML and as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from gatepost.kernel.notice import Notice

XML = """<?xml version="1.0" encoding="UTF-8"?>
<m:MetaData xmlns:m="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
    xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"
    xmlns:d="urn:wco:datamodel:WCO:Declaration_DS:DMS:2">
  <m:WCODataModelVersionCode>3.6</m:WCODataModelVersionCode>
  <m:ResponsibleCountryCode>XA</m:ResponsibleCountryCode>
  <Declaration>
    <AcceptanceDateTime>
      <d:DateTimeString formatCode="304">20260702101500Z</d:DateTimeString>
    </AcceptanceDateTime>
    <FunctionCode>9</FunctionCode>
    <FunctionalReferenceID>FLOWERS-1</FunctionalReferenceID>
    <TypeCode>IMA</TypeCode>
    <InvoiceAmount currencyID="EUR">10.00</InvoiceAmount>
    <Declarant>
      <ID>XA0001</ID>
    </Declarant>
    <GoodsShipment>
      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>1</SequenceNumeric>
        <Origin>
          <CountryCode>XB</CountryCode>
        </Origin>
      </GovernmentAgencyGoodsItem>
      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>2</SequenceNumeric>
        <Origin>
          <CountryCode>XA</CountryCode>
        </Origin>
      </GovernmentAgencyGoodsItem>
    </GoodsShipment>
  </Declaration>
</m:MetaData>
"""

TREE: dict[str, Any] = {
    "MetaData": {"WCODataModelVersionCode": "3.6", "ResponsibleCountryCode": "XA"},
    "Declaration": {
        "AcceptanceDateTime": {"DateTimeString": {"#": "20260702101500Z", "@formatCode": "304"}},
        "FunctionCode": "9",
        "FunctionalReferenceID": "FLOWERS-1",
        "TypeCode": "IMA",
        "InvoiceAmount": {"#": "10.00", "@currencyID": "EUR"},
        "Declarant": {"ID": "XA0001"},
        "GoodsShipment": {
            "GovernmentAgencyGoodsItem": [
                {"SequenceNumeric": "1", "Origin": [{"CountryCode": "XB"}]},
                {"SequenceNumeric": "2", "Origin": [{"CountryCode": "XA"}]},
            ]
        },
    },
}

JSON = msgspec.json.encode(TREE).decode()


def changed(message: str, old: str, new: str) -> bytes:
    """Return ``message`` with ``old``, which must occur once, replaced."""
    assert message.count(old) == 1, old
    return message.replace(old, new).encode()


def told(notices: tuple[Notice, ...]) -> list[tuple[str, str]]:
    """Return number and place of each notice."""
    return [(notice.code, notice.where) for notice in notices]
