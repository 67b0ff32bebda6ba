"""Shapes and boxes on both sides of the 180th meridian (RFC 7946, sections 3.1.9 and 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import box
from shapely.ops import unary_union

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["bounding_box", "cut", "right_handed"]

_HALF = 180.0
_TURN = 360.0
_PARALLELS = 90.0


def cut(shapes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return `shapes` with those that reach past a longitude of 180 degrees cut there and moved in.

    Parameters
    ----------
    shapes
        Array of geometries or nulls in degrees; longitudes between -540 and 540.

    Returns
    -------
    numpy.ndarray
        A new array; geometries within -180 to 180 are the same objects.
    """
    west, _, east, _ = shapely.bounds(shapes).T
    outside = (west < -_HALF) | (east > _HALF)
    if not outside.any():
        return shapes
    result = shapes.copy()
    result[outside] = [_cut_one(shape) for shape in shapes[outside]]
    return right_handed(result)


def right_handed(shapes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return `shapes` with shells of polygons counterclockwise and their holes clockwise."""
    areas = shapely.get_dimensions(shapes) > 1
    if not areas.any():
        return shapes
    result = shapes.copy()
    result[areas] = shapely.orient_polygons(shapes[areas])
    return result


def bounding_box(shapes: np.ndarray[Any, Any]) -> list[float] | None:
    """Return west, south, east, north in degrees; west is the greater where that box is narrower.

    Parameters
    ----------
    shapes
        Array of geometries or nulls within -180 to 180 degrees.

    Returns
    -------
    list of float or None
        Null where there is no geometry. Section 5.2's example: Fiji gives 177, -20, -178, -16.
    """
    parts = shapely.get_parts(shapes[~shapely.is_missing(shapes)])
    if not len(parts):
        return None
    bounds = shapely.bounds(parts)
    south, north = bounds[:, 1].min(), bounds[:, 3].max()
    west, east = _narrowest(bounds[:, 0], bounds[:, 2])
    return [float(west), float(south), float(east), float(north)]


def _narrowest(west: np.ndarray[Any, Any], east: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Return the western and eastern end of the narrowest interval on the circle that holds all."""
    order = np.argsort(west, kind="stable")
    west, reach = west[order], np.maximum.accumulate(east[order])
    around = west[0] + _TURN - reach[-1]
    gaps = west[1:] - reach[:-1]
    if not len(gaps) or gaps.max() <= around:
        return float(west[0]), float(reach[-1])
    widest = int(gaps.argmax())
    return float(west[widest + 1]), float(reach[widest])


def _cut_one(shape: BaseGeometry) -> BaseGeometry:
    """Return one geometry cut at every odd multiple of 180 degrees, its pieces moved within."""
    pieces = []
    for turn in (-_TURN, 0.0, _TURN):
        strip = box(turn - _HALF, -_PARALLELS, turn + _HALF, _PARALLELS)
        piece = shape.intersection(strip)
        if not piece.is_empty:
            pieces.append(translate(piece, xoff=-turn))
    return unary_union([piece for piece in pieces if _dimension(piece) == _dimension(shape)])


def _dimension(shape: BaseGeometry) -> int:
    """Return 0 for points, 1 for lines, 2 for areas."""
    return int(shapely.get_dimensions(shape))
