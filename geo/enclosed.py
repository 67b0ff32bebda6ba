"""What several places enclose: where their borders meet, and the triangle between them."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import accumulate, repeat
from operator import and_
from typing import TYPE_CHECKING

import shapely

from dateline.geo import geometry as shapes
from dateline.geo.spot import Spot, about, same
from dateline.geo.words import kilometres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["meeting", "triangle"]

_NEAREST_M = 50_000.0  # what is called a tri-border area reaches at least so far into each country
_TRIES = 4  # doublings of that, where the borders themselves do not meet in one point


def meeting(spots: Sequence[Spot]) -> Spot | None:
    """Return the area about the point where the borders of areas meet; null where they lie far apart."""
    for margin in accumulate(
        repeat(2.0, _TRIES), lambda metres, by: metres * by, initial=_NEAREST_M
    ):
        grown = (shapes.grown(spot.geometry, margin) for spot in spots)
        shape = reduce(and_, grown)
        if not shape.is_empty:
            return _enclosed(
                spots, shape, "border", f"where {_named(spots)} meet",
                "meeting of borders", f"what lies within {kilometres(margin)} of each",
            )  # fmt: skip
    return None


def triangle(spots: Sequence[Spot]) -> Spot:
    """Return the polygon whose corners are places, with the margin of the largest."""
    corners = shapely.MultiPoint([(spot.lon, spot.lat) for spot in spots]).convex_hull
    margin = max(spot.uncertainty_m for spot in spots)
    return _enclosed(
        spots, shapes.grown(corners, margin), "between", f"between {_named(spots)}",
        "polygon between places", "the area that they enclose",
    )  # fmt: skip


def _named(spots: Sequence[Spot]) -> str:
    return ", ".join(spot.name for spot in spots[:-1]) + f" and {spots[-1].name}"


def _enclosed(
    spots: Sequence[Spot], shape: BaseGeometry, kind: str, words: str, method: str, told: str
) -> Spot:
    """Return the spot of an enclosed area."""
    lon, lat = shapes.representative(shape)
    radius = shapes.holding_radius(shape, lon, lat)
    spot = about(
        spots[0], words, kind, shape, (lon, lat), radius, method,
        f"{words}: {told}, 95 % of it within {kilometres(radius)} of the point.",
    )  # fmt: skip
    return replace(
        spot,
        confidence=min(each.confidence for each in spots),
        country=same(each.country for each in spots),
        admin1=same(each.admin1 for each in spots),
        parts=tuple(spots),
    )
