"""Confidence: the chance that the first candidate of a name is right, the place no gazetteer knows included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.weights import COLUMN, KINDS, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.place import Place

__all__ = ["akin_chance", "calibrated", "calibration_row"]


def akin_chance(places: Sequence[Place], chances: NDArray[Any], best: int) -> float:
    """Return the chance of the best candidate and of those that lie in the same region (a town and its oblast)."""
    first = places[best]
    if first.admin1 is None:
        return float(chances[best])
    same = [i for i, place in enumerate(places) if place.admin1 == first.admin1]
    return float(min(1.0, sum(chances[i] for i in same)))


def calibration_row(chance: float, first: NDArray[Any], count: int) -> NDArray[Any]:
    """Return what the confidence is worked out from: the chance, and how well the first is supported."""
    clipped = min(max(chance, 1e-4), 1.0 - 1e-4)
    named = ("country_share", "admin1_named", "inside_named", "given_country", "noun_agrees")
    support = max(2 * float(first[COLUMN["nearness"]]), *(float(first[COLUMN[n]]) for n in named))
    return np.array(
        [
            1.0,
            math.log(clipped / (1.0 - clipped)) / 4.0,
            float(first[0]),
            min(support, 1.0),
            float(first[COLUMN["inexact"]]),
            float(first[COLUMN["fuzzy"]]),
            float(count == 1),
            float(first[KINDS["country"]] + first[KINDS["region"]]),
        ]
    )


def calibrated(chance: float, first: NDArray[Any], count: int) -> float:
    """Return the chance that the first candidate is right, the place unknown to the gazetteer included."""
    score = float(calibration_row(chance, first, count) @ weights().calibration)
    return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))
