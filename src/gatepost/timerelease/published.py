"""Figures that others published: what of them can be reckoned again, and what contradicts (TR-08).

A figure is known only as exactly as it was printed: 8.7 is anything that rounds to it. A
contradiction is told only where no values within the printed ones agree, and it is never
smoothed over: both figures stay, each with its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import msgspec

from gatepost.kernel.notice import Notice
from gatepost.timerelease import rules

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
LENGTH = re.compile(r"(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?")
HOURS = {"h": Fraction(1), "min": Fraction(1, 60), "d": Fraction(24), "s": Fraction(1, 3600)}

Range = tuple[Fraction, Fraction]


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source says of a subject, as printed.

    With ``before`` and ``after`` the ``value`` is the change between them in per cent, empty
    where none is told. ``interval`` is what was measured: two intervals are never compared.
    Claims of one ``whole`` are its shares.
    """

    subject: str
    source: str
    value: str = ""
    unit: str = ""
    interval: str = ""
    before: str = ""
    after: str = ""
    whole: str = ""


class Reckoned(msgspec.Struct, frozen=True):
    """A change reckoned again from the two figures, in per cent, and whether what is told holds.

    ``holds`` is ``None`` where no change is told.
    """

    subject: str
    source: str
    low: float
    high: float
    told: str
    holds: bool | None


class Checked(msgspec.Struct, frozen=True):
    """What became of published figures: changes reckoned again, and every contradiction."""

    figures: int
    changes: tuple[Reckoned, ...]
    contradictions: tuple[Notice, ...]
    unreadable: tuple[Notice, ...]


def check(claims: Sequence[Claim]) -> Checked:
    """Return what becomes of published figures.

    What is no figure is told with TRS-025 and left out; contradictions are TRS-022 where sources
    disagree, TRS-023 where a change does not follow, TRS-024 where shares are more than all.
    """
    unreadable = [
        rules.NO_FIGURE.notice(f"line {number}", value=text)
        for number, one in enumerate(claims, 2)
        for text in (one.value, one.before, one.after)
        if text and range_of(text, one.unit) is None
    ]
    changes = [told for one in claims if (told := reckoned(one))]
    return Checked(
        len(claims),
        tuple(changes),
        (*_disagreements(claims), *_wrong(claims), *_more_than_all(claims)),
        tuple(unreadable),
    )


def range_of(text: str, unit: str = "") -> Range | None:
    """Return what a printed figure may stand for; ``None`` where it is no figure.

    A number stands for all that rounds to it, a range such as ``180-240`` or ``-87 to -90`` for
    all between, a length such as ``1d 22h 09m`` for the minutes that round to it, in hours.
    """
    text = text.replace("\N{MINUS SIGN}", "-").replace(",", "").strip().removesuffix("%").strip()
    if NUMBER.fullmatch(text):
        return _scaled(_rounded(text), unit)
    parts = re.fullmatch(rf"({NUMBER.pattern})\s*(?:to|-|\N{{EN DASH}})\s*({NUMBER.pattern})", text)
    if parts:
        ends = [_rounded(parts[1]), _rounded(parts[2])]
        return _scaled((min(low for low, _ in ends), max(high for _, high in ends)), unit)
    length = LENGTH.fullmatch(text)
    if length and any(length.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in length.groups())
        exact = Fraction(days * 24 + hours) + Fraction(minutes, 60) + Fraction(seconds, 3600)
        half = Fraction(1, 7200) if length[4] else Fraction(1, 120) if length[3] else Fraction(1, 2)
        return exact - half, exact + half
    return None


def _rounded(text: str) -> Range:
    _, _, decimals = text.partition(".")
    half = Fraction(1, 2 * 10 ** len(decimals))
    return Fraction(text) - half, Fraction(text) + half


def _scaled(one: Range, unit: str) -> Range:
    scale = HOURS.get(unit, Fraction(1))
    return one[0] * scale, one[1] * scale


def _apart(one: Range, two: Range) -> bool:
    return one[1] < two[0] or two[1] < one[0]


def reckoned(claim: Claim) -> Reckoned | None:
    """Return a change reckoned from its two figures; ``None`` where they do not carry it."""
    before, after = range_of(claim.before, claim.unit), range_of(claim.after, claim.unit)
    if before is None or after is None or before[0] <= 0 or after[0] < 0:
        return None
    low = 100 * (after[0] / before[1] - 1)
    high = 100 * (after[1] / before[0] - 1)
    told = range_of(claim.value)
    holds = None if told is None else not _apart(told, (low, high))
    return Reckoned(claim.subject, claim.source, float(low), float(high), claim.value, holds)


def _wrong(claims: Iterable[Claim]) -> Iterator[Notice]:
    for one in claims:
        told = reckoned(one)
        if told is None or told.holds is not False:
            continue
        low, high = f"{told.low:.1f}", f"{told.high:.1f}"
        yield rules.DOES_NOT_FOLLOW.notice(
            one.subject,
            source=one.source,
            subject=one.subject,
            told=f"{one.value} %",
            before=f"{one.before} {one.unit}".strip(),
            after=f"{one.after} {one.unit}".strip(),
            reckoned=f"{low} %" if low == high else f"{low} to {high} %",
        )


def _disagreements(claims: Iterable[Claim]) -> Iterator[Notice]:
    """Yield what two sources say differently of one subject, interval and unit."""
    told: dict[tuple[str, str, str, str], list[tuple[Claim, str, Range]]] = {}
    for one in claims:
        for role, text in _figures(one):
            figure = range_of(text, "" if role == "change" else one.unit)
            if figure is not None:
                kind = "time" if one.unit in (*HOURS, "") and role != "change" else one.unit
                key = (one.subject, one.interval, role, kind)
                told.setdefault(key, []).append((one, text, figure))
    for (subject, interval, role, _), found in told.items():
        named = ", ".join(part for part in (subject, interval, role) if part)
        for (one, first, a), (two, second, b) in combinations(found, 2):
            if one.source != two.source and (a[1] <= b[0] or b[1] <= a[0]):
                yield rules.DISAGREE.notice(
                    subject,
                    subject=named,
                    first=one.source,
                    second=two.source,
                    one=_with_unit(first, one, role),
                    two=_with_unit(second, two, role),
                )


def _figures(one: Claim) -> Iterator[tuple[str, str]]:
    if one.before or one.after:
        yield from (("before", one.before), ("after", one.after), ("change", one.value))
    else:
        yield "", one.value


def _with_unit(text: str, one: Claim, role: str) -> str:
    return f"{text} {'%' if role == 'change' else one.unit}".strip()


def _more_than_all(claims: Iterable[Claim]) -> Iterator[Notice]:
    wholes: dict[tuple[str, str], list[Range]] = {}
    for one in claims:
        share = range_of(one.value) if one.whole else None
        if share is not None:
            wholes.setdefault((one.source, one.whole), []).append(share)
    for (source, whole), shares in wholes.items():
        if sum(low for low, _ in shares) > 100:
            middle = sum((low + high) / 2 for low, high in shares)
            yield rules.MORE_THAN_ALL.notice(
                whole, whole=whole, source=source, sum=f"{float(middle):g}"
            )
