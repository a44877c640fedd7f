"""Release and waiting times as open data: a page, CSV and JSON, from one reading a day (CT-04)."""

from __future__ import annotations

from datetime import date
from functools import partial
from weakref import WeakKeyDictionary

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepost.adapters.formats import cells
from gatepost.casework.published import Published, Times, published_times
from gatepost.web.site import Site, site

MONTHS = 3
"""How many months are told: this one and those before it."""

Kept = dict[tuple[date, date], Published | None]
_kept: WeakKeyDictionary[Site, Kept] = WeakKeyDictionary()
"""What was read already, by month and day: figures change once a day, whoever asks."""


def times_of(here: Site) -> list[Published]:
    """Return the times of the last months, the newest first; each is read once a day."""
    today = here.desk.jurisdiction.law_day(here.now())
    known = _kept.setdefault(here, {})
    for key in [one for one in known if one[1] != today]:
        del known[key]
    found = []
    for month in _months(today):
        if (month, today) not in known:
            read = partial(published_times, here.desk, month, here.now())
            known[month, today] = here.write(read)
        if (times := known[month, today]) is not None:
            found.append(times)
    return found


def _months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        earlier = months[-1]
        year, month = divmod(earlier.year * 12 + earlier.month - 2, 12)
        months.append(date(year, month + 1, 1))
    return months


@require_GET
def times(request: HttpRequest) -> HttpResponse:
    """Show the times, with how they are made."""
    here = site()
    posts = {one.id: one.name for one in here.desk.jurisdiction.parts.get("post", ())}
    context = {"months": times_of(here), "posts": posts}
    return render(request, "public/times.html", context)


@require_GET
def times_csv(request: HttpRequest) -> HttpResponse:
    """Give the times as CSV, one line for each group."""
    groups = (group for month in times_of(site()) for group in month.groups)
    table = cells.written(Times.__struct_fields__, map(msgspec.structs.astuple, groups))
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="times.csv"'
    return answer


@require_GET
def times_json(request: HttpRequest) -> HttpResponse:
    """Give the times as JSON, with what was left out and by which law they are told."""
    return HttpResponse(msgspec.json.encode(times_of(site())), content_type="application/json")
