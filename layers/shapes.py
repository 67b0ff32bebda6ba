"""Areas as bytes: each distinct polygon, line or set of points once, on the page's grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dateline.layers.columns import deflate, planes, zigzag
from dateline.layers.grid import to_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Shapes", "anchors", "pack_shapes", "parts_of", "shape_codes"]

POINTS, LINES, RINGS = 0, 1, 2
_AREA = 2
_TOLERANCE = 0.0004
"""Degrees, about 40 m: less than any area's own error, and less than a pixel up to zoom 11."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Geometries that are not a single point.

    Attributes
    ----------
    data
        A raw DEFLATE stream: part kinds, part lengths, geometry of each part, then x and y differences.
    count
        Numbers of geometries, parts and coordinates.
    """

    data: bytes
    count: tuple[int, int, int]


def shape_codes(shapes: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return for each row the number of its shape, from 1, and the distinct shapes.

    Parameters
    ----------
    shapes
        Geometries or None. Single points and None get the number 0.

    Returns
    -------
    tuple
        Codes a row; distinct geometries, simplified to what a page can show.
    """
    kinds = shapely.get_type_id(shapes)
    wide = np.flatnonzero(kinds > 0)
    codes = np.zeros(len(shapes), np.int64)
    if not len(wide):
        return codes, np.zeros(0, object)
    keys = shapely.to_wkb(shapes[wide])
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    codes[wide] = number + 1
    distinct = shapes[wide][first]
    return codes, shapely.simplify(distinct, _TOLERANCE)


def anchors(shapes: NDArray[Any]) -> NDArray[Any]:
    """Return a point on or in each geometry, where its mark is drawn.

    Parameters
    ----------
    shapes
        Geometries or None.

    Returns
    -------
    array
        The point itself; the middle of a line; the centre of a polygon, or, where that lies outside, a
        point inside near it; None for None.
    """
    kinds = shapely.get_type_id(shapes)
    middle = shapes.copy()
    wide, line = kinds > shapely.GeometryType.LINEARRING, kinds == shapely.GeometryType.LINESTRING
    middle[wide] = _inside(shapes[wide])
    middle[line] = shapely.line_interpolate_point(shapes[line], 0.5, normalized=True)
    return middle


def _inside(shapes: NDArray[Any]) -> NDArray[Any]:
    """Return the centre of each shape; of those that bend around it, a point inside not far from it."""
    centre = shapely.centroid(shapes)
    bent = np.flatnonzero(
        ~shapely.intersects(shapes, centre) & (shapely.get_dimensions(shapes) == _AREA)
    )
    edge = shapely.get_point(shapely.shortest_line(shapes[bent], centre[bent]), 0)
    around = shapely.buffer(edge, np.sqrt(shapely.area(shapes[bent])) / 4)
    near = shapely.intersection(shapely.make_valid(shapes[bent]), around)
    centre[bent] = shapely.point_on_surface(near)
    other = shapely.get_dimensions(shapes) != _AREA
    centre[other] = shapely.point_on_surface(shapes[other])
    return centre


def parts_of(shape: Any) -> list[tuple[int, NDArray[np.float64]]]:
    """Return the rings, lines and point sets of a geometry with their kinds."""
    if hasattr(shape, "geoms") and shape.geom_type != "MultiPoint":
        return [part for member in shape.geoms for part in parts_of(member)]
    if shape.geom_type == "Polygon":
        rings = [shape.exterior, *shape.interiors]
        return [(RINGS, shapely.get_coordinates(ring)[:-1]) for ring in rings]
    kind = POINTS if shape.geom_type in ("Point", "MultiPoint") else LINES
    return [(kind, shapely.get_coordinates(shape))]


def pack_shapes(shapes: NDArray[Any], x0: int, y0: int) -> Shapes:
    """Return `shapes` as bytes.

    Parameters
    ----------
    shapes
        Geometries in degrees, EPSG:4326.
    x0, y0
        The cell that the page counts from.

    Returns
    -------
    Shapes
        Every part of every shape, coordinates as differences.
    """
    parts = [(number, *part) for number, shape in enumerate(shapes) for part in parts_of(shape)]
    parts = [part for part in parts if len(part[2])]
    xy = np.concatenate([part[2] for part in parts]) if parts else np.zeros((0, 2))
    x, y = to_grid(xy[:, 0], xy[:, 1])
    heads = np.array([(kind, len(xy), number) for number, kind, xy in parts], np.int64)
    heads = heads.reshape(-1, 3)
    data = b"".join(
        [
            planes(heads[:, 0].astype("<u4")),
            planes(heads[:, 1].astype("<u4")),
            planes(heads[:, 2].astype("<u4")),
            planes(zigzag(np.diff(x - x0, prepend=0))),
            planes(zigzag(np.diff(y - y0, prepend=0))),
        ]
    )
    return Shapes(deflate(data), (len(shapes), len(parts), len(x)))
