"""A form as JSON Schema, alone or as the ``schema`` of a file that also lays out the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from gatepost.kernel.notice import Refused
from gatepost.review.harmonise import rules
from gatepost.review.harmonise.model import Captured, FormField, Kind

DEEPEST = 40

_KINDS: dict[str, Kind] = {"boolean": "yes_no", "number": "number", "integer": "number"}
_FORMATS: dict[str, Kind] = {
    "date": "date", "date-time": "date", "time": "time", "file": "file", "binary": "file",
}  # fmt: skip
_FILES = ("contentMediaType", "contentEncoding")

Headings = dict[str, tuple[str, ...]]


def read_schema(file: Path) -> Captured:
    """Return the fields of a form: every leaf of its schema, under the headings of its layout.

    A file that is only a text to be shown has none. ``Refused`` (HARM-001) if it is no schema.
    """
    try:
        found = msgspec.json.decode(file.read_bytes())
    except (msgspec.DecodeError, RecursionError) as fault:
        raise _refused(file, f"it is not JSON ({str(fault)[:80]})") from fault
    if not isinstance(found, dict):
        raise _refused(file, "it holds no object")
    if "schema" not in found and "template" in found:
        return Captured(())
    schema = found.get("schema", found)
    if not isinstance(schema, dict) or not _is_object(schema):
        raise _refused(file, "it has no properties")
    layout = found.get("uiSchema")
    headings = dict(_headings(layout, ())) if isinstance(layout, dict) else {}
    try:
        name = found.get("title")
        fields = tuple(_leaves(schema, schema, "", (), headings, 0))
    except _Unclear as fault:
        raise _refused(file, str(fault)) from fault
    return Captured(fields, title=name if isinstance(name, str) else "")


class _Unclear(Exception):
    """A schema that cannot be followed to its leaves; the text says why."""


def _refused(file: Path, problem: str) -> Refused:
    return Refused([rules.NOT_A_FORM.notice(file=str(file), problem=problem)])


def _is_object(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "object" or "properties" in schema or "$ref" in schema


def _leaves(
    part: dict[str, Any],
    root: dict[str, Any],
    path: str,
    above: tuple[str, ...],
    headings: Headings,
    depth: int,
) -> Iterator[FormField]:
    if depth > DEEPEST:
        raise _Unclear("its parts stand in each other without end")
    part = _followed(part, root)
    title = part.get("title", "") if isinstance(part.get("title"), str) else ""
    if part.get("type") == "array" or "items" in part:
        items = part.get("items", {})
        items = items if isinstance(items, dict) else {}
        inner = items if items.get("title") or _is_object(items) else {"title": title, **items}
        outer = (*above, title) if title and _is_object(items) else above
        yield from _leaves(inner, root, f"{path}[]", outer, headings, depth + 1)
        return
    if _is_object(part):
        below = (*above, title) if title and path else above
        for name, inner in part.get("properties", {}).items():
            if not isinstance(inner, dict):
                raise _Unclear(f"the property {name} is no object")
            deeper = f"{path}.{name}" if path else name
            yield from _leaves(inner, root, deeper, below, headings, depth + 1)
        return
    under = (*_under(headings, path.replace("[]", "")), *above)
    choices = tuple(_choices(part))
    yield FormField(path, title, under, _kind(part), choices, part.get("readOnly") is True)


def _choices(part: dict[str, Any]) -> Iterator[str]:
    """Yield the answers to choose from, as they are shown."""
    for one in part.get("oneOf", part.get("enum", ())):
        shown = one.get("title", one.get("const")) if isinstance(one, dict) else one
        if shown is not None:
            yield str(shown)


def _under(headings: Headings, path: str) -> tuple[str, ...]:
    """Return the headings of a field in the layout, or of the nearest part it stands in."""
    while path not in headings and "." in path:
        path = path.rpartition(".")[0]
    return headings.get(path, ())


def _followed(part: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Return the part itself, or what its reference within the same schema points to."""
    seen = 0
    while (pointer := part.get("$ref")) is not None:
        seen += 1
        found: Any = root
        steps = pointer.removeprefix("#/").split("/") if isinstance(pointer, str) else [""]
        for step in steps:
            found = (
                found.get(step.replace("~1", "/").replace("~0", "~"))
                if isinstance(found, dict)
                else None
            )
        if not isinstance(found, dict) or seen > DEEPEST:
            raise _Unclear(f"the reference {pointer} leads nowhere in it")
        part = {**found, **{key: value for key, value in part.items() if key != "$ref"}}
        if "$ref" in found:
            part["$ref"] = found["$ref"]
    return part


def _kind(part: dict[str, Any]) -> Kind:
    if part.get("format") in _FORMATS:
        return _FORMATS[part["format"]]
    if any(name in part for name in _FILES):
        return "file"
    if part.get("oneOf") or part.get("enum"):
        return "choice"
    stated = part.get("type")
    return _KINDS.get(stated, "text") if isinstance(stated, str) else "text"


def _headings(
    element: dict[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every control of a screen's layout with the headings it stands under."""
    label = element.get("label")
    if isinstance(label, str) and element.get("type") in ("Group", "Category"):
        above = (*above, label)
    scope = element.get("scope")
    if isinstance(scope, str):
        steps = scope.removeprefix("#/properties/").split("/properties/")
        yield ".".join(steps).replace("/items", ""), above
    for inner in element.get("elements", ()):
        if isinstance(inner, dict):
            yield from _headings(inner, above)
