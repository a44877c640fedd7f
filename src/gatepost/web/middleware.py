"""What becomes of a refusal that no view has caught."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gatepost.authority import rules as authority_rules
from gatepost.kernel.notice import Refused
from gatepost.lodgement import rules as lodgement_rules
from gatepost.web.logs import FIELDS
from gatepost.web.site import site

log = logging.getLogger("gatepost.request")

NOT_THERE = frozenset(
    {authority_rules.NOT_A_PARTY.number, lodgement_rules.UNKNOWN_REFERENCE.number}
)
"""What a stranger is told is the same, whether a case is not there or not theirs."""

Answer = Callable[[HttpRequest], HttpResponse]


class Requests:
    """Writes a line for each request: what was asked, how it ended, how long it took.

    An address may hold a reference, a name looked for or a party; its pattern holds none.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        answer = self._answer(request)
        if log.isEnabledFor(logging.INFO):
            found = request.resolver_match
            fields = {
                "method": request.method,
                "route": found.route if found else "none",
                "status": answer.status_code,
                "ms": round(1000 * (perf_counter() - start), 1),
            }
            log.info("request", extra={FIELDS: fields})
        return answer


class Refusals:
    """Answers 404 where a case is not there or not the reader's, else 409 with the notices."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(site().desk.jurisdiction.zone):
            answer = self._answer(request)
        # What is on a page is for who asked, now; only files of pages say that they may be kept.
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn what was refused into a page."""
        if not isinstance(fault, Refused):
            return None
        if {notice.code for notice in fault.notices} & NOT_THERE:
            return render(request, "404.html", status=404)
        return render(request, "refused.html", {"notices": fault.notices}, status=409)


class Sessions:
    """Ends a session that nobody used for a while, and every one after a working day."""

    IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "seen" in request.session:
            self._look(request)
        return self._answer(request)

    def _look(self, request: HttpRequest) -> None:
        now = site().now()
        seen = datetime.fromisoformat(request.session["seen"])
        began = datetime.fromisoformat(request.session["began"])
        if now - seen > self.IDLE or now - began > self.LONGEST:
            logout(request)
        elif now - seen > timedelta(minutes=1):
            request.session["seen"] = now.isoformat()
