"""From a request to an operation and back: who calls, what was sent, what went wrong."""

from __future__ import annotations

import hashlib
import re
from functools import cache, partial
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path as at_path
from django.urls import re_path
from django.urls.resolvers import URLPattern
from django.views.decorators.csrf import csrf_exempt

from gatepost.adapters.formats.json_names import repeated_names
from gatepost.api import problems
from gatepost.api.callers import caller_of, require
from gatepost.api.operations import Answer, Call, Operation, by_path
from gatepost.api.problems import Failed
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Commit, Repeated
from gatepost.web.site import Site

KEY = re.compile(r"[\x21-\x7e]{1,200}")
_encode = msgspec.json.encode


class View:
    """Answers one path; ``find`` gives the site, and ``prefix`` keeps the keys of two apart."""

    csrf_exempt = True

    def __init__(self, operations: dict[str, Operation], find: Any) -> None:
        self._operations = operations
        self._find = find

    def __call__(self, request: HttpRequest, **variables: str) -> HttpResponse:
        """Run the operation of the request's method."""
        try:
            return _response(self._run(request, variables))
        except Failed as failed:
            return problems.answer(failed)
        except Refused as fault:
            return problems.answer(problems.refused(fault))

    def _run(self, request: HttpRequest, variables: dict[str, str]) -> Answer:
        method = request.method or ""
        one = self._operations.get("GET" if method == "HEAD" else method)
        if one is None:
            allow = ", ".join(sorted(self._operations))
            title = "This cannot be done here."
            raise Failed(405, "method", title, f"Use {allow}.", headers={"Allow": allow})
        site: Site = self._find()
        now = site.now()
        caller = None
        if one.scope is not None:
            caller = caller_of(request, now)
            require(caller, one.scope)
        query = _query(request, one)
        body, raw = _body(request, one)
        key = _key(request) if method == "POST" else ""
        reserve = None
        if key and caller is not None:
            reserve = partial(_reserve, site, caller.owner, key, _digest(request, raw), now)
        call = Call(request, site, now, caller, query, body, key, reserve)
        found = one.run(call, **variables)
        return found if isinstance(found, Answer) else Answer(found, one.status)


def _response(answer: Answer) -> HttpResponse:
    value = answer.value
    content = value if isinstance(value, bytes) else b"" if value is None else _encode(value)
    return HttpResponse(
        content,
        status=answer.status,
        content_type=answer.content_type,
        headers={"Cache-Control": "no-store", **answer.headers},
    )


def _query(request: HttpRequest, one: Operation) -> Any:
    """Return the parameters by their type; one that repeats is a list."""
    try:
        given = list(request.GET.lists())
    except SuspiciousOperation as fault:
        raise Failed(400, "parameters", "There are too many parameters.") from fault
    told: dict[str, Any] = {}
    for name, values in given:
        many = name in _repeatable(one.query)
        if len(values) > 1 and not many:
            raise Failed(400, "parameters", f"The parameter {name} is given more than once.")
        told[name] = values if many else values[0]
    if any("\0" in text for name, value in told.items() for text in (name, *value)):
        raise Failed(400, "parameters", "A parameter holds the character U+0000.")
    if any(isinstance(value, str) and value.lower() == "null" for value in told.values()):
        raise Failed(400, "parameters", "A parameter is null; leave out what has no value.")
    try:
        return msgspec.convert(told, one.query, strict=False)
    except msgspec.ValidationError as fault:
        raise Failed(400, "parameters", "The parameters do not fit.", str(fault)) from fault


@cache
def _repeatable(query: type) -> frozenset[str]:
    """Return the parameters that may be given more than once."""
    fields = msgspec.structs.fields(query)
    return frozenset(
        one.encode_name for one in fields if getattr(one.type, "__origin__", None) is tuple
    )


def _body(request: HttpRequest, one: Operation) -> tuple[Any, bytes]:
    """Return the body by its type and as it came; bytes are left to the operation."""
    if one.body is None:
        return None, b""
    media = request.content_type or ""
    if media.lower() not in one.takes:
        title = f"A body of this type is not read here: {media or 'none was named'}."
        raise Failed(415, "media-type", title, f"Send {' or '.join(one.takes)}.")
    raw = _raw(request)
    if one.body is bytes:
        return raw, raw
    if b"\0" in raw or rb"\u0000" in raw:
        raise Failed(400, "json", "A value holds the character U+0000.")
    try:
        found = msgspec.json.decode(raw, type=one.body)
        twice = [name for name, _ in repeated_names(raw)]
    except msgspec.ValidationError as fault:
        raise Failed(422, "body", "The body does not fit.", str(fault)) from fault
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Failed(400, "json", "The body is not JSON in UTF-8.", str(fault)) from fault
    if twice:
        raise Failed(400, "json", f"The name {twice[0]} is given twice.")
    return found, raw


def _raw(request: HttpRequest) -> bytes:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > limit:
        raise Failed(413, "size", f"At most {limit} bytes are read.")
    return request.body


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        title = "Every POST needs an Idempotency-Key."
        detail = "Send one of 1 to 200 visible characters, new for each thing you want done."
        raise Failed(400, "idempotency-key", title, detail)
    return key


def _digest(request: HttpRequest, raw: bytes) -> str:
    told = f"{request.method} {request.get_full_path()} {request.content_type}\n".encode()
    return hashlib.sha256(told + raw).hexdigest()


def _reserve(site: Site, owner: str, key: str, digest: str, now: Any) -> None:
    """Put the key on record; one that was used for something else is refused.

    What is then done has a key of its own in the ledger, so a crash in between costs nothing:
    the same request is sent again and done once.
    """
    owner = owner.replace("%", "%25").replace("|", "%7C")
    outcome = site.desk.ledger.commit(Commit(f"key|{owner}|{key}", digest, now))
    if isinstance(outcome, Repeated) and outcome.act.digest != digest:
        title = "This Idempotency-Key was used for another request."
        raise Failed(422, "idempotency-key-reused", title, "Send a new key with a new request.")


def patterns(operations: list[Operation], find: Any) -> list[URLPattern]:
    """Return the addresses of all operations, and of everything that is none."""
    found = []
    for path, ways in by_path(operations).items():
        address = re.sub(r"{(\w+)}", r"<str:\1>", path.lstrip("/"))
        found.append(at_path(address, csrf_exempt(View(ways, find))))
    found.append(re_path(r"^.*$", csrf_exempt(nothing)))
    return found


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing under this address."""
    return problems.answer(problems.not_there())
