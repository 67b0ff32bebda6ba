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

__all__ = ["akin_chance", "calibrated", "calibration_row", "known_chance"]

_NEAR_DEGREES = 0.3
_LARGE = 1_000_000  # inhabitants of a city that reports of any country name
_LARGE_ABROAD, _ABROAD = (
    0.8,
    0.35,
)  # chance that a namesake abroad is meant, where the country is given
_MISSPELT = 0.6  # chance that a name no gazetteer has is a known one misspelt, where nothing else speaks for it


def akin_chance(places: Sequence[Place], chances: NDArray[Any], best: int) -> float:
    """Return the chance of the best candidate and of those that lie in the same region (a town and its oblast)."""
    first = places[best]
    if first.admin1 is None:
        return float(chances[best])
    same = [
        i
        for i, place in enumerate(places)
        if place.admin1 == first.admin1 and (i == best or _same_place(place, first))
    ]
    return float(min(1.0, sum(chances[i] for i in same)))


def _same_place(one: Place, other: Place) -> bool:
    """Tell whether two places of one region and name are much the same: a town and its district, or two ends of a town."""
    if "settlement" not in (one.kind, other.kind) or one.kind != other.kind:
        return True
    return abs(one.lat - other.lat) < _NEAR_DEGREES and abs(one.lon - other.lon) < _NEAR_DEGREES


def known_chance(first: Place, row: NDArray[Any], reading: float, country: str | None) -> float:
    """Return the chance that the place meant is in the gazetteer and the name was read as meant.

    A report of one country names few places of others but large ones: a small namesake abroad mostly means that the
    gazetteer lacks the place at home.

    Parameters
    ----------
    first
        The best candidate.
    row
        Its features.
    reading
        `Candidates.reading`.
    country
        ISO 3166-1 code of the country the report is about, null where not said.
    """
    support = _support(row)
    chance = reading + (1.0 - reading) * support
    if row[COLUMN["fuzzy"]]:
        chance *= _MISSPELT + (1.0 - _MISSPELT) * support
    if country and first.country not in (None, country) and first.kind != "country":
        large = (first.population or 0) >= _LARGE or row[COLUMN["capital"]] > 0
        chance *= _LARGE_ABROAD if large else _ABROAD
    return chance


def _support(row: NDArray[Any]) -> float:
    """Return how far the other names of the report, or what is known about it, speak for a candidate, 0 to 1."""
    named = ("country_share", "admin1_named", "inside_named", "given_country", "noun_agrees")
    best = max(2 * float(row[COLUMN["nearness"]]), *(float(row[COLUMN[n]]) for n in named))
    return min(best, 1.0)


def calibration_row(chance: float, first: NDArray[Any], count: int) -> NDArray[Any]:
    """Return what the confidence is worked out from: the chance, and how well the first is supported."""
    clipped = min(max(chance, 1e-4), 1.0 - 1e-4)
    return np.array(
        [
            1.0,
            math.log(clipped / (1.0 - clipped)) / 4.0,
            float(first[0]),
            _support(first),
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
