"""Charts as SVG: no script, no style sheet from elsewhere, readable in black and white.

Every chart says in its title element what it shows, for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from math import ceil, floor

from gatepost.timerelease.report.model import Bars, Chart, Curve, Heights, Reaches

WIDTH = 720
LEFT = 235
RIGHT = 90
ROW = 30
FONT = "Liberation Sans, Arial, Noto Sans, sans-serif"
INK, GREY, RULE = "#1d2a30", "#5b676d", "#d5dcdf"
HALO = ' font-size="12" stroke="#fff" stroke-width="3" paint-order="stroke"'
COLOURS = {"work": "#0b6e99", "wait": "#e0a030", "plain": "#0b6e99", "early": "#3a8f5c"}
STEPS = (0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 72, 168, 336, 720)


def svg_of(chart: Chart) -> str:
    """Return a chart as one SVG element."""
    if isinstance(chart, Bars):
        height, parts = _bars(chart)
    elif isinstance(chart, Reaches):
        height, parts = _reaches(chart)
    elif isinstance(chart, Curve):
        height, parts = _curve(chart)
    else:
        height, parts = _heights(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img" font-family="{FONT}" font-size="13" fill="{INK}">'
        f"<title>{escape(chart.title)}</title>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, colour: str, more: str = "") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}"'
        f' fill="{colour}"{more}/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, wide: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"'
        f' stroke-width="{wide}"/>'
    )


def _shortened(words: str, most: int = 34) -> str:
    return words if len(words) <= most else words[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _bars(chart: Bars) -> tuple[int, list[str]]:
    longest = max((sum(p.value for p in pieces) for _, pieces, _ in chart.rows), default=0) or 1
    scale = (WIDTH - LEFT - RIGHT) / longest
    shown = {piece.kind for _, pieces, _ in chart.rows for piece in pieces if piece.value}
    parts: list[str] = []
    x = float(LEFT)
    for kind, words in chart.key:
        if kind in shown:
            parts += [_rect(x, 4, 12, 12, COLOURS[kind]), _text(x + 18, 14.5, words)]
            x += 40 + 7 * len(words)
    y = 28.0
    for name, pieces, said in chart.rows:
        x = float(LEFT)
        parts.append(_text(LEFT - 10, y + 15, _shortened(name), "end"))
        for piece in pieces:
            parts.append(_rect(x, y, piece.value * scale, 20, COLOURS[piece.kind]))
            x += piece.value * scale
        parts.append(_text(x + 8, y + 15, said, more=' font-weight="bold"'))
        y += ROW
    return int(y) + 6, parts


def _hours(values: Iterable[float], most: int = 9) -> tuple[float, float, list[float]]:
    """Return the first and last hour of an axis that holds values and zero, and its marks."""
    low, high = min(0.0, *(told := list(values))), max(0.0, *told)
    step = next((one for one in STEPS if (high - low) / one <= most), STEPS[-1])
    first, last = floor(low / step), max(ceil(high / step), 1)
    return first * step, last * step, [number * step for number in range(first, last + 1)]


def _hour(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}") + " h"


def _axis(marks: list[float], place: dict[float, float], top: float, end: float) -> Iterator[str]:
    for mark in marks:
        zero = mark == 0
        yield _line(place[mark], top, place[mark], end, INK if zero else RULE, 1.5 if zero else 1)
        yield _text(place[mark], end + 17, _hour(mark), "middle", f' font-size="12" fill="{GREY}"')


def _reaches(chart: Reaches) -> tuple[int, list[str]]:
    first, last, marks = _hours(value for one in chart.rows for value in (one.low, one.high))
    scale = (WIDTH - LEFT - RIGHT - 60) / (last - first)

    def x(hours: float) -> float:
        return LEFT + (hours - first) * scale

    end = 8 + ROW * len(chart.rows)
    parts = list(_axis(marks, {mark: x(mark) for mark in marks}, 4, end))
    for number, one in enumerate(chart.rows):
        y = 8 + ROW * number
        parts.append(_text(LEFT - 10, y + 15, _shortened(one.name), "end"))
        width = max((one.high - one.low) * scale, 3)
        parts.append(_rect(x(one.low), y + 5, width, 10, "#8fc1d6", ' rx="2"'))
        parts.append(
            f'<circle cx="{x(one.median):.1f}" cy="{y + 10}" r="5.5" fill="{COLOURS["plain"]}"/>'
        )
        at = max(x(one.high), x(one.median) + 6, x(0) if one.high > first else 0) + 9
        parts.append(_text(at, y + 15, one.said, more=' font-size="12" font-weight="bold"'))
    return end + 26, parts


def _curve(chart: Curve) -> tuple[int, list[str]]:
    first, last, marks = _hours(hours for hours, _ in chart.points)
    left, top, bottom = 52, 22, 232
    scale = (WIDTH - left - 24) / (last - first)

    def x(hours: float) -> float:
        return left + (hours - first) * scale

    def y(share: float) -> float:
        return bottom - (bottom - top) * share / 100

    parts = []
    if chart.zero and first < 0:
        parts.append(_rect(x(first), top, x(0) - x(first), bottom - top, "#e9f4ed"))
    for share in (0, 25, 50, 75, 100):
        parts.append(_line(left, y(share), WIDTH - 24, y(share)))
        style = f' font-size="12" fill="{GREY}"'
        parts.append(_text(left - 8, y(share) + 4, f"{share} %", "end", style))
    parts += _axis(marks, {mark: x(mark) for mark in marks}, top, bottom)
    if chart.zero:
        parts.append(_text(x(0), top - 8, chart.zero, "middle", ' font-weight="bold"'))
    line = " ".join(f"{x(hours):.1f},{y(percent):.1f}" for hours, percent in chart.points)
    parts.append(
        f'<polyline points="{line}" fill="none" stroke="{COLOURS["plain"]}" stroke-width="3"'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
    )
    for hours, percent in chart.points:
        if percent in (50, 90):
            parts.append(
                f'<circle cx="{x(hours):.1f}" cy="{y(percent):.1f}" r="5" fill="{COLOURS["plain"]}"'
                ' stroke="#fff" stroke-width="1.5"/>'
            )
            words = "half" if percent == 50 else "nine in ten"
            parts.append(_text(x(hours) - 12, y(percent) - 6, words, "end", HALO))
    return bottom + 28, parts


def _heights(chart: Heights) -> tuple[int, list[str]]:
    most = max((count or 0 for _, count in chart.columns), default=0) or 1
    left, top, bottom = 20, 22, 172
    wide = (WIDTH - left - 20) / max(len(chart.columns), 1)
    parts = [_line(left, bottom, WIDTH - 20, bottom, GREY)]
    for number, (name, count) in enumerate(chart.columns):
        x = left + number * wide
        style = f' font-size="11" fill="{GREY}"'
        parts.append(_text(x + wide / 2, bottom + 16, name, "middle", style))
        if count is None:
            continue
        high = (bottom - top) * count / most
        parts.append(_rect(x + 2, bottom - high, wide - 4, high, COLOURS["plain"]))
        parts.append(_text(x + wide / 2, bottom - high - 5, str(count), "middle", style))
    return bottom + 26, parts
