"""Banks of rivers: what lies on one side of a river's line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from dateline.geo.geometry import Plane
from dateline.geo.shapes import coasts

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.expression import Side

__all__ = ["bank"]

_AT_SEA = 0.5  # degrees from the coast of a river's mouth
_INLAND = 3.0  # how many times farther its source is
_SHORTEST = 0.02  # share of the course, of a piece that is worth a side
_DETAIL = 8.0  # the width over the detail that is kept: finer bends would turn the side over


def bank(line: BaseGeometry, side: Side, width: float) -> BaseGeometry:
    """Return the strip on one side of a river's line.

    Parameters
    ----------
    line
        The river, degrees, EPSG:4326.
    side
        Left or right as seen down the river, or a bearing in degrees: the side that lies more that way.
    width
        Metres.
    """
    west, south, east, north = line.bounds
    plane = Plane((west + east) / 2, (south + north) / 2)
    pieces = []
    for piece in shapely.get_parts(shapely.line_merge(line)):
        if piece.length < _SHORTEST * line.length:
            continue
        flat = plane.to_plane(_downstream(piece)).simplify(width / _DETAIL)
        left, right = (flat.buffer(sign * width, single_sided=True) for sign in (1.0, -1.0))
        if isinstance(side, str):
            pieces.append(left if side == "left" else right)
        else:
            pieces.append(max(left, right, key=lambda shape: _toward(shape, side)))
    return shapely.make_valid(plane.to_globe(shapely.union_all(pieces)))


def _toward(shape: BaseGeometry, bearing: float) -> float:
    """Return how far the middle of a shape lies in a direction."""
    middle = shape.centroid
    turn = math.radians(bearing)
    return float(middle.x * math.sin(turn) + middle.y * math.cos(turn))


def _downstream(piece: BaseGeometry) -> BaseGeometry:
    """Return a course so that it ends at the sea, where one end lies there; else as it was drawn, mostly downstream."""
    ends = [shapely.get_point(piece, at) for at in (0, -1)]
    start, end = (shapely.distance(coasts(), point) for point in ends)
    turned = start < _AT_SEA and end > _INLAND * start
    return piece.reverse() if turned else piece
