"""The direction goods take across the border, as the law sees it."""

from __future__ import annotations

from typing import Literal, get_args

Regime = Literal["import", "export", "transit"]

REGIMES: tuple[Regime, ...] = get_args(Regime)
