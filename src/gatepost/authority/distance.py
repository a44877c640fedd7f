"""How far two posts are from each other, as the crow flies."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from gatepost.authority.model import BorderPost

EARTH = 6371.0
"""Mean radius of the Earth in kilometres."""


def far(one: BorderPost, other: BorderPost) -> float:
    """Return the distance between two posts in kilometres; far beyond all where it is unknown."""
    if one.position is None or other.position is None:
        return float("inf")
    north, south = radians(one.position.latitude), radians(other.position.latitude)
    east = radians(other.position.longitude - one.position.longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))


def kilometres(one: BorderPost, other: BorderPost | None) -> int | None:
    """Return the distance in whole kilometres; ``None`` without another post or a position."""
    distance = far(one, other) if other else float("inf")
    return None if distance == float("inf") else round(distance)
