"""Notifications of a customs system (WCO Response), read with or without their namespace.

Only what a notification says of a case is read: which notification it is, when it was issued, its
function code, and which declaration it is about. The rest stays with the system that sent it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

import msgspec
from lxml import etree

from gatepost.adapters.formats import rules, safe_xml
from gatepost.adapters.formats.faults import Faults, shown
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused

RESPONSES = frozenset({None, "urn:wco:datamodel:WCO:RES-DMS:2"})
"""Where Response may stand: the samples that HMRC publishes name no namespace."""

LONGEST = 70
"""More characters than this no identifier of the data model has."""

_MOMENT = re.compile(r"([0-9]{14})(?:(Z)|([+-])([0-9]{2})([0-9]{2})?)?", re.ASCII).fullmatch
_FUNCTION = re.compile(r"[0-9]{1,2}", re.ASCII).fullmatch


class Notification(msgspec.Struct, frozen=True):
    """What one notification says.

    ``id`` is its own and ``number`` that of the case in the system that sent it, while
    ``functional_reference`` is the trader's; ``issued`` is an aware moment.
    """

    id: str
    function: str
    issued: datetime
    functional_reference: str | None = None
    number: str | None = None
    version: str | None = None


def read(data: bytes, zone: tzinfo | None = None) -> Notification:
    """Return the notification in ``data``; ``Refused`` with everything wrong with it.

    A moment without an offset is one of ``zone``, that of the system that sends; without a zone
    it is refused. One without an id of its own has the digest of what it says: sent again it is
    the same notification, whatever namespace and white space it comes in.
    """
    root = safe_xml.read(data)
    found = [one for one in root.iter(etree.Element) if _is_response(one)]
    if len(found) != 1:
        raise Refused([rules.NO_RESPONSE.notice(found=len(found))])
    faults = Faults()
    response = found[0]
    identity = _text(response, "FunctionalReferenceID", faults, needed=False)
    function = _text(response, "FunctionCode", faults)
    issued = _text(response, "IssueDateTime/DateTimeString", faults)
    reference = _text(response, "Declaration/FunctionalReferenceID", faults, needed=False)
    number = _text(response, "Declaration/ID", faults, needed=False)
    version = _text(response, "Declaration/VersionID", faults, needed=False)
    if reference is None and number is None:
        where = "Response/Declaration/ID"
        faults.add(rules.NOTIFICATION_LACKS.notice(where, name="the number of the declaration"))
    if function is not None and not _FUNCTION(function):
        faults.add(_unfit("FunctionCode", function, "one or two digits, such as 09"))
    at = _moment(issued, zone) if issued is not None else None
    if issued is not None and at is None:
        advice = "a day and a time with its offset, such as 20260702081400Z"
        faults.add(_unfit("IssueDateTime/DateTimeString", issued, advice))
    faults.refuse()
    assert function is not None
    assert at is not None
    identity = identity or _content(response)
    return Notification(identity, function.zfill(2), at, reference, number, version)


def _is_response(node: etree._Element) -> bool:
    name = etree.QName(node)
    return name.localname == "Response" and name.namespace in RESPONSES


def _text(response: etree._Element, path: str, faults: Faults, needed: bool = True) -> str | None:
    """Return the first value at ``path`` without white space around it."""
    node: etree._Element | None = response
    for name in path.split("/"):
        held = node if node is not None else ()
        node = next((one for one in held if etree.QName(one).localname == name), None)
    value = (node.text or "").strip() if node is not None else ""
    if not value and needed:
        faults.add(rules.NOTIFICATION_LACKS.notice(f"Response/{path}", name=path.split("/")[0]))
    if len(value) > LONGEST or not value.isprintable():
        faults.add(_unfit(path, value, f"at most {LONGEST} printable characters"))
    return value or None


def _content(response: etree._Element) -> str:
    """Return an id made of everything a notification says."""
    told = [
        [etree.QName(one).localname, (one.text or "").strip(), *map(str, one.attrib.values())]
        for one in response.iter(etree.Element)
    ]
    return f"content-{digest_of(told)[:48]}"


def _unfit(path: str, value: str, advice: str) -> Notice:
    return rules.NOTIFICATION_VALUE.notice(
        f"Response/{path}", name=path.split("/")[0], value=shown(value), advice=advice
    )


def _moment(text: str, zone: tzinfo | None) -> datetime | None:
    """Return the moment of format 304 or, in ``zone``, of 204; ``None`` if it is none."""
    match = _MOMENT(text)
    if match is None:
        return None
    digits, utc, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if not (utc or sign) and zone is None:
        return None
    try:
        told = timezone(-offset if sign == "-" else offset) if utc or sign else zone
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=told)
    except ValueError:
        return None
