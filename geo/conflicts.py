"""Where wars are: a weak prior for places that reports of a conflict name."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dateline.geo.features import PREFIX
from dateline.geo.sphere import unit_vectors
from dateline.geo.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.place import Place

__all__ = ["conflict_share", "front_nearness"]

_EARTH_KM = 6371.0
_HALF_KM = 12.0  # from a front, where its villages are half as near as those on it
_STEP_KM = 10.0  # between points that stand for a line


class _Front(NamedTuple):
    """A line of fighting: the countries it speaks for, and its points on the unit sphere, shape (n, 3)."""

    countries: frozenset[str]
    points: NDArray[Any]


@cache
def _shares() -> dict[str, float]:
    return {row["code"]: float(row["share"]) for row in read_table("conflicts.csv")}


@cache
def _fronts() -> tuple[_Front, ...]:
    return tuple(
        _Front(frozenset(row["countries"].split()), _along(row["points"]))
        for row in read_table("fronts.csv")
    )


def _along(text: str) -> NDArray[Any]:
    """Return points every few kilometres of a line "lon lat;lon lat", on the unit sphere."""
    corners = unit_vectors(*zip(*(map(float, p.split()) for p in text.split(";")), strict=True))
    pieces = []
    for one, two in itertools.pairwise(corners):
        count = max(2, int(np.linalg.norm(two - one) * _EARTH_KM / _STEP_KM) + 1)
        pieces.append(one + (two - one) * np.linspace(0.0, 1.0, count)[:, None])
    points = np.concatenate(pieces)
    unit: NDArray[Any] = points / np.linalg.norm(points, axis=1)[:, None]
    return unit


def conflict_share(place: Place) -> float:
    """Return how much of the news of wars a place's region or country has, 0 to 1; features are listed for being in it."""
    if place.id.startswith(PREFIX):
        return 1.0
    shares = _shares()
    found = shares.get(place.admin1 or "")
    return shares.get(place.country or "", 0.0) if found is None else found


def front_nearness(places: Sequence[Place], vectors: NDArray[Any]) -> NDArray[Any]:
    """Return how near to a line of fighting each place is: 1 on it, 0.5 at 12 km, 0.1 at 36; 0 for what is no settlement.

    Parameters
    ----------
    places
        The places.
    vectors
        Where they are on the unit sphere, shape (n, 3).
    """
    nearness = np.zeros(len(places), dtype=np.float32)
    for front in _fronts():
        rows = [
            i
            for i, place in enumerate(places)
            if place.country in front.countries and place.kind == "settlement"
        ]
        if rows:
            chord = np.sqrt(np.maximum(2.0 - 2.0 * (vectors[rows] @ front.points.T).max(1), 0.0))
            near = 1.0 / (1.0 + (chord * _EARTH_KM / _HALF_KM) ** 2)
            nearness[rows] = np.maximum(nearness[rows], near)
    return nearness
