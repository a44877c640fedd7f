"""How many cases to look at, and which (TR-03)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import msgspec

from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules


class Stratum(msgspec.Struct, frozen=True):
    """A part of all cases, how many of it are looked at, and its weight in the whole."""

    name: str
    cases: int
    sample: int
    weight: float


def sample_size(
    cases: int | None = None, margin: float = 0.05, sure: float = 0.95, share: float = 0.5
) -> int:
    """Return how many of ``cases`` (``None``: of any number) tell a share within ``margin``.

    Cochran's formula with the correction for few cases; ``share`` is the one expected, of which
    a half needs most. For ±5 % at 95 %: 385; of 8,860 cases 369, of 1,000 278, of 200 132.
    ``Refused`` (TRS-013) for what is no share or number.
    """
    given = {"margin": margin, "confidence": sure, "expected share": share}
    wrong = [
        rules.TOO_FEW.notice(what=what, value=value)
        for what, value in given.items()
        if not 0 < value < 1
    ]
    if cases is not None and cases < 1:
        wrong.append(rules.TOO_FEW.notice(what="number of cases", value=cases))
    if wrong:
        raise Refused(wrong)
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    needed = z * z * share * (1 - share) / (margin * margin)
    if cases is None:
        return math.ceil(needed)
    return min(cases, math.ceil(needed / (1 + (needed - 1) / cases)))


def size_for_mean(variation: float, margin: float = 0.05, sure: float = 0.95) -> int:
    """Return how many cases tell a mean within ``margin`` of itself.

    ``variation`` is the coefficient of variation, from the test run or an earlier study: release
    times with 1.8 need almost five thousand for ±5 %.
    """
    if not variation > 0 or not 0 < margin < 1 or not 0 < sure < 1:
        what = {"variation": variation, "margin": margin, "confidence": sure}
        raise Refused([rules.TOO_FEW.notice(what=k, value=v) for k, v in what.items()])
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    return math.ceil((z * variation / margin) ** 2)


def allocate(strata: Mapping[str, int], size: int) -> list[Stratum]:
    """Share ``size`` out over strata in proportion to their cases, by largest remainder.

    Weights sum to one, samples to ``size``, and no stratum is asked for more than it has.
    """
    whole = sum(strata.values())
    size = min(size, whole)
    if not whole:
        return []
    exact = {name: size * cases / whole for name, cases in strata.items()}
    given = {name: math.floor(value) for name, value in exact.items()}
    left = size - sum(given.values())
    by_rest = sorted(strata, key=lambda name: (given[name] - exact[name], name))
    for name in by_rest[:left]:
        given[name] += 1
    return [Stratum(n, cases, given[n], cases / whole) for n, cases in strata.items()]
