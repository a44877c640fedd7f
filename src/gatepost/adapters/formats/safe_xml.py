"""The one reader of XML: no document type, no entity, nothing fetched, everything bounded.

XML parsers do what a message asks of them: read files, open connections, repeat a text a billion
times, fill in values the sender never wrote. Here a message may only be a tree of elements
in UTF-8. Comments and processing instructions are dropped, so that ``12<!-- -->34`` reads as
one value wherever it is read. A schemaLocation is never followed.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from gatepost.adapters.formats import rules
from gatepost.adapters.formats.faults import shown
from gatepost.kernel.notice import Notice, Refused, Rule

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 64
MAX_ATTRIBUTE_LENGTH = 64_000

_DECLARATION = re.compile(rb"\s+<\?xml\s[^>]{0,200}\?>")
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_PROLOG_DTD = re.compile(rb"(?>\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)

_too_deep = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_count = etree.XPath("count(//*)")
_crowded = etree.XPath(f"//*[count(@*) > {MAX_ATTRIBUTES}]")
_wordy = etree.XPath(f"//*[@*[string-length() > {MAX_ATTRIBUTE_LENGTH}]]")


def read(data: bytes) -> etree._Element:
    """Return the root element of ``data``.

    Raises ``Refused`` (XML-001 to XML-009) for anything that is not well-formed XML in
    UTF-8, for a document type or an entity, and for more than 5 MB, 64 levels, 100,000
    elements, 64 attributes or namespaces an element and 64 kB an attribute.
    """
    if len(data) > MAX_BYTES:
        raise Refused([rules.XML_TOO_LARGE.notice(size=len(data), limit=MAX_BYTES)])
    data = data.removeprefix(b"\xef\xbb\xbf")
    _check_encoding(data)
    if b"<!DOCTYPE" in data and (found := _PROLOG_DTD.match(data)):
        line = data.count(b"\n", 0, found.end()) + 1
        raise Refused([rules.DTD.notice(f"line {line}", line=line)])
    root = _parsed(_from_first_line(data))
    _check_size(root, data)
    return root


def _check_encoding(data: bytes) -> None:
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() not in _UTF8:
        problem = f"it declares {declared[1].decode('ascii', 'replace')}"
        raise Refused([rules.XML_ENCODING.notice("line 1", problem=problem)])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte {data[error.start]:#04x} on line {line}"
        raise Refused([rules.XML_ENCODING.notice(f"line {line}", problem=problem)]) from None


def _from_first_line(data: bytes) -> bytes:
    """Return ``data`` readable although white space precedes it; lines keep their numbers."""
    found = _DECLARATION.match(data)
    if found is None:
        return data
    return b"\n" * data.count(b"\n", 0, found.end()) + data[found.end() :]


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused([_syntax_notice(error)]) from None


def _syntax_notice(error: etree.XMLSyntaxError) -> Notice:
    line, column = error.position
    problem = error.msg.rpartition(", line ")[0].strip()[:120]
    where = f"line {line}, column {column}"
    if "Excessive depth" in problem:
        return rules.XML_TOO_DEEP.notice(where, limit=MAX_DEPTH)
    if re.match("Entity '.*' not defined", problem):
        return rules.ENTITY.notice(where, line=line, column=column)
    return rules.NOT_WELL_FORMED.notice(where, problem=problem, line=line, column=column)


def _check_size(root: etree._Element, data: bytes) -> None:
    if _too_deep(root):
        raise Refused([rules.XML_TOO_DEEP.notice(limit=MAX_DEPTH)])
    if data.count(b"<") > MAX_ELEMENTS and _elements(root) > MAX_ELEMENTS:
        raise Refused([rules.TOO_MANY_ELEMENTS.notice(limit=MAX_ELEMENTS)])
    if data.count(b"=") > MAX_ATTRIBUTES:
        for element in _found(_crowded, root):
            raise Refused([_sized(rules.TOO_MANY_ATTRIBUTES, element, MAX_ATTRIBUTES)])
    if len(data) > MAX_ATTRIBUTE_LENGTH:
        for element in _found(_wordy, root):
            raise Refused([_sized(rules.ATTRIBUTE_TOO_LONG, element, MAX_ATTRIBUTE_LENGTH)])
    if data.count(b"xmlns") > MAX_ATTRIBUTES:
        for element in root.iter(etree.Element):
            if len(element.nsmap) > MAX_ATTRIBUTES:
                raise Refused([_sized(rules.TOO_MANY_ATTRIBUTES, element, MAX_ATTRIBUTES)])


def _sized(rule: Rule, element: etree._Element, limit: int) -> Notice:
    line = cast("int", element.sourceline)
    name = shown(etree.QName(element).localname)
    return rule.notice(f"line {line}", element=name, limit=limit, line=line)


def _found(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast("list[etree._Element]", path(root))


def _elements(root: etree._Element) -> float:
    return cast("float", _count(root))
