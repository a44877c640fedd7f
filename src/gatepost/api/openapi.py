"""The OpenAPI 3.1 document, made from the table of operations and their types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from gatepost.api.operations import OPERATIONS, Call, Operation, operation
from gatepost.api.problems import MEDIA_TYPE, Problem

REF = "#/components/schemas/{name}"
JSON = "application/json"
TITLES = {
    400: "The request cannot be read.",
    401: "Who calls is not known.",
    403: "The caller may not do this.",
    404: "There is nothing here for the caller.",
    406: "It does not come in a type that is accepted.",
    409: "Something else was sent under this key before.",
    413: "The body is too large.",
    415: "A body of this type is not read here.",
    422: "It was refused; everything wrong is told at once and nothing is stored.",
    503: "The store is busy; nothing was stored.",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each thing you want done; the same request again is done once.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
DATASET = {
    "type": "object",
    "required": ["Declaration"],
    "description": "A data set under the element names of the WCO Data Model.",
}


def document(
    prefix: str = "/api/v1", operations: Sequence[Operation] = OPERATIONS
) -> dict[str, Any]:
    """Return the document of ``operations``."""
    types: list[Any] = [Problem]
    for one in operations:
        types += [kind for kind in (one.gives, one.body, one.query) if _is_type(kind)]
    types = list(dict.fromkeys(types))
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    by_type = dict(zip(types, schemas, strict=True))
    paths: dict[str, Any] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, by_type, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gatepost",
            "version": version("gatepost"),
            "description": "Lodge once; many border agencies, one decision.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": prefix}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _is_type(kind: Any) -> bool:
    return kind is not None and kind is not bytes


def _operation(one: Operation, by_type: Any, components: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [
            *_variables(one),
            *_parameters(one, by_type, components),
            *([KEY] if one.method == "POST" else []),
        ],
        "responses": _responses(one, by_type),
    }
    if one.scope is not None:
        found["security"] = [{"token": []}]
        found["description"] = f"Needs a token for '{one.scope}'."
    if one.body is not None:
        schema = DATASET if one.body is bytes else by_type[one.body]
        content: dict[str, Any] = {
            media: {"schema": schema if media == JSON else {"type": "string"}}
            for media in one.takes
        }
        found["requestBody"] = {"required": True, "content": content}
    return found


def _variables(one: Operation) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in re.findall(r"{(\w+)}", one.path)
    ]


def _parameters(one: Operation, by_type: Any, components: dict[str, Any]) -> list[dict[str, Any]]:
    name = by_type[one.query]["$ref"].rsplit("/", 1)[1]
    schema = components[name]
    found = []
    for field, told in schema.get("properties", {}).items():
        required = field in schema.get("required", [])
        found.append({"name": field, "in": "query", "required": required, "schema": _plain(told)})
    return found


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: in an address, what is left out is not null."""
    options = [one for one in told.get("anyOf", []) if one != {"type": "null"}]
    if not options:
        return told
    kept = {key: value for key, value in told.items() if key not in ("anyOf", "default")}
    return {**kept, **options[0]} if len(options) == 1 else {**kept, "anyOf": options}


def _responses(one: Operation, by_type: Any) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if one.gives is not None:
        content[JSON] = {"schema": by_type[one.gives]}
    content.update({media: {"schema": {"type": "string"}} for media in one.also})
    good: dict[str, Any] = {"description": one.summary}
    if content:
        good["content"] = content
    found = {str(one.status): good}
    statuses = {400, *one.problems}
    if one.scope is not None:
        statuses |= {401, 403, 503}
    if one.body is not None:
        statuses |= {413, 415, 422}
    for status in sorted(statuses):
        if str(status) not in found:
            problem = {MEDIA_TYPE: {"schema": by_type[Problem]}}
            found[str(status)] = {"description": TITLES[status], "content": problem}
    return found


@operation("GET", "/openapi.json", gives=dict[str, Any])
def openapi(call: Call) -> dict[str, Any]:
    """Give this document."""
    return document()
