"""Coarse areas for fine places: cells, discs, districts, regions, the same in every run."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyproj
import shapely
from shapely.geometry import Polygon

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.config import Coarsening

__all__ = ["Areas", "CoarseArea", "coarse_area", "fine"]

Areas = Callable[[str, float, float], "tuple[str, BaseGeometry] | None"]
"""From `district` or `region`, longitude and latitude to the name and polygon of what holds them."""

_GEOD = pyproj.Geod(ellps="WGS84")
_METRES_PER_DEGREE = 111_195.0
"""Of a meridian, on a sphere of 6,371 km; only fixes where cells begin, so a sphere will do."""

_CIRCLE_POINTS = 64
_DEFAULT_METRES = 10_000.0
_DEFAULT_RESOLUTION = 5
_NEAR_METRES = 25_000.0
"""UCDP's where_prec 2: within about 25 km of a known point."""

_DIAGONALS = {"district": 50_000.0, "region": 300_000.0}
"""Metres across: what a district and a first-level region of Europe typically have."""

_H3_EDGE = 1_281_256.0
"""Mean edge in metres of H3's cells of resolution 0; each further one is shorter by a factor of sqrt 7
(h3geo.org, table of cell statistics)."""

_CODES = {"district": (2, 3), "region": (3, 4)}
"""geo_precision and where_prec of named areas."""


@dataclass(frozen=True, slots=True)
class CoarseArea:
    """What is shown instead of a place.

    Attributes
    ----------
    label
        The kind of area in words, for reports and the column `method`.
    name
        What it is called, null for a cell.
    geometry
        Polygon in degrees, EPSG:4326.
    uncertainty_m
        Greatest distance in metres from the area's representative point to its boundary.
    geo_precision, where_prec
        The codes it deserves.
    """

    label: str
    name: str | None
    geometry: BaseGeometry
    uncertainty_m: float
    geo_precision: int
    where_prec: int


def fine(shape: BaseGeometry, uncertainty_m: float | None, rule: Coarsening) -> bool:
    """Tell whether a place is finer than a rule allows.

    A point always is, however uncertain: its coordinates may tell more than its uncertainty admits. An
    area or line is not if it is as large as what the rule gives.
    """
    if shape.geom_type == "Point":
        return True
    west, south, east, north = shape.bounds
    diagonal = _GEOD.line_length([west, east], [south, north])
    known = uncertainty_m or 0.0
    return max(diagonal, known) < _diagonal(rule)


def coarse_area(shape: BaseGeometry, rule: Coarsening, areas: Areas | None) -> CoarseArea | None:
    """Return the area of a rule that holds a place, null where it is not known.

    Cells and discs are laid out over the whole earth beforehand: their place says nothing about where in
    them the event was.
    """
    point = shapely.point_on_surface(shape)
    if rule.to in _CODES:
        found = areas(rule.to, point.x, point.y) if areas else None
        return found and _named(rule.to, *found)
    if rule.to == "h3":
        resolution = _DEFAULT_RESOLUTION if rule.resolution is None else rule.resolution
        return _cell(
            f"an H3 cell of resolution {resolution}", _hexagon(point.x, point.y, resolution)
        )
    metres = rule.metres or _DEFAULT_METRES
    if rule.to == "grid":
        return _cell(f"a cell of {metres:g} m", _square(point.x, point.y, metres))
    side = metres * math.sqrt(2)  # so that the disc covers the whole cell that it stands for
    centre = shapely.centroid(_square(point.x, point.y, side))
    return _cell(f"a disc of {metres:g} m", _disc(centre.x, centre.y, metres))


def _diagonal(rule: Coarsening) -> float:
    """Return the diagonal in metres of the areas that a rule gives."""
    if rule.to == "h3":
        resolution = _DEFAULT_RESOLUTION if rule.resolution is None else rule.resolution
        return (
            2 * 1_281_000.0 / math.sqrt(7) ** resolution
        )  # mean edge of resolution 0, halved areas
    metres = rule.metres or _DEFAULT_METRES
    return {"grid": metres * math.sqrt(2), "radius": 2 * metres, **_DIAGONALS}[rule.to]


def _square(lon: float, lat: float, metres: float) -> BaseGeometry:
    """Return the cell, about `metres` wide and high, that holds a point in degrees.

    Rows begin at the equator; each row is divided into as many whole cells as fit around the earth, so
    that no cell is cut at the antimeridian.
    """
    height = metres / _METRES_PER_DEGREE
    row = math.floor(lat / height)
    south = row * height
    widest = max(math.cos(math.radians(min(abs(south), abs(south + height)))), 1e-6)
    count = max(1, math.floor(360.0 * _METRES_PER_DEGREE * widest / metres))
    column = min(math.floor((lon + 180.0) / 360.0 * count), count - 1)
    west, east = (column * 360.0 / count - 180.0, (column + 1) * 360.0 / count - 180.0)
    return shapely.box(west, max(south, -90.0), east, min(south + height, 90.0))


def _disc(lon: float, lat: float, metres: float) -> BaseGeometry:
    """Return the disc around a point in degrees."""
    bearings = [-360.0 * step / _CIRCLE_POINTS for step in range(_CIRCLE_POINTS)]
    count = [lon] * _CIRCLE_POINTS, [lat] * _CIRCLE_POINTS
    east, north, _ = _GEOD.fwd(*count, bearings, [metres] * _CIRCLE_POINTS)
    around = [
        lon + (x - lon + 180.0) % 360.0 - 180.0 for x in east
    ]  # whole across the antimeridian
    return Polygon(zip(around, north, strict=True))


def _hexagon(lon: float, lat: float, resolution: int) -> BaseGeometry:
    """Return the H3 cell that holds a point in degrees."""
    try:
        import h3
    except ImportError as error:
        raise ConfigError(
            'coarsening to "h3": expected the package h3, got none; pip install h3, or use to = "grid"'
        ) from error
    corners = h3.cell_to_boundary(h3.latlng_to_cell(lat, lon, resolution))
    return Polygon([(east, north) for north, east in corners])


def _cell(label: str, shape: BaseGeometry) -> CoarseArea:
    """Return an area without a name."""
    reach = _reach(shape)
    codes = (2, 2) if reach <= _NEAR_METRES else (3, 4)
    return CoarseArea(label, None, shape, reach, *codes)


def _named(kind: str, name: str, shape: BaseGeometry) -> CoarseArea:
    """Return a district or region."""
    return CoarseArea(f"its {kind}", name, shape, _reach(shape), *_CODES[kind])


def _reach(shape: BaseGeometry) -> float:
    """Return the distance in metres from the representative point to the farthest vertex."""
    point = shapely.point_on_surface(shape)
    lon, lat = shapely.get_coordinates(shape).T
    _, _, distances = _GEOD.inv([point.x] * len(lon), [point.y] * len(lat), lon, lat)
    return float(max(distances))
