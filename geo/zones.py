"""Country shapes and land borders, from the time zones of OpenStreetMap.

timezonefinder's data (ODbL, OpenStreetMap contributors) hold each zone's outline with the vertices that
neighbours share, in 1e-7 degrees. A country is the union of its zones (zone.tab); the border of two countries is the
set of segments that both have. Outlines reach out to sea: `region.py` clips them to land.
"""

from __future__ import annotations

import atexit
from collections import defaultdict
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.errors import GazetteerError, InputError
from dateline.geo.tables import read_table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry
    from timezonefinder import TimezoneFinder

    Box = tuple[float, float, float, float]

__all__ = [
    "country_at",
    "country_outline",
    "has_zones",
    "merged_lines",
    "neighbours",
    "shared_border",
]

_UNITS = 1e7  # stored integers in a degree
_SEGMENTS_KEPT = 6  # countries; the largest have some 20 MB
_SEGMENT = np.dtype([("x0", "i4"), ("y0", "i4"), ("x1", "i4"), ("y1", "i4")])


@cache
def _finder() -> TimezoneFinder:
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder()
    atexit.register(finder.cleanup)  # it holds two files open
    return finder


@cache
def _zones() -> dict[str, list[str]]:
    zones = defaultdict(list)
    for row in read_table("zones.csv"):
        zones[row["country"]].append(row["zone"])
    return dict(zones)


@cache
def _country_of_zone() -> dict[str, str]:
    return {zone: country for country, zones in _zones().items() for zone in zones}


def has_zones(country: str) -> bool:
    """Return whether the country has time zones of its own (ISO 3166-1 alpha-2)."""
    return country in _zones()


@cache
def _polygon_ids(country: str) -> tuple[int, ...]:
    """Return the numbers of the country's zone polygons."""
    if country not in _zones():
        raise InputError("an ISO 3166-1 alpha-2 country code", country)
    finder = _finder()
    names = list(finder.timezone_names)
    wanted = [names.index(zone) for zone in _zones()[country] if zone in names]
    owners = finder.zone_ids_of(np.arange(finder.nr_of_polygons))
    return tuple(int(number) for number in np.flatnonzero(np.isin(owners, wanted)))


def _meets(number: int, box: Box | None) -> bool:
    if box is None:
        return True
    edges = _finder().boundaries
    west, south, east, north = (round(side * _UNITS) for side in box)
    return bool(
        edges.xmin[number] <= east
        and edges.xmax[number] >= west
        and edges.ymin[number] <= north
        and edges.ymax[number] >= south
    )


def _rings(number: int) -> list[np.ndarray]:
    """Return the outer ring and the holes of a zone polygon: integer arrays of shape (n, 2)."""
    finder = _finder()
    holes = [finder.holes.coords_of(hole) for hole in finder.holes.ids_of(number)]
    return [np.asarray(ring).T for ring in (finder.coords_of(number), *holes)]


def country_outline(country: str, box: Box | None = None) -> BaseGeometry:
    """Return the union of a country's zones, sea included, cut to a box of degrees when one is given.

    Raises
    ------
    InputError
        If the code is no country's.
    """
    polygons = []
    for number in _polygon_ids(country):
        if _meets(number, box):
            outer, *holes = (ring / _UNITS for ring in _rings(number))
            polygon = shapely.Polygon(outer, [hole for hole in holes if len(hole) > 2])  # noqa: PLR2004
            polygons.append(polygon if polygon.is_valid else shapely.make_valid(polygon))
    if box is not None:
        polygons = [shapely.clip_by_rect(polygon, *box) for polygon in polygons]
    return shapely.union_all(polygons)


@lru_cache(maxsize=_SEGMENTS_KEPT)
def _segments(country: str) -> np.ndarray:
    """Return the distinct undirected segments of a country's zone outlines, as a structured array."""
    parts = []
    for number in _polygon_ids(country):
        for ring in _rings(number):
            start = np.ascontiguousarray(ring, dtype="i4")
            end = np.roll(start, -1, axis=0)
            swap = (start[:, 0] > end[:, 0]) | (
                (start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1])
            )
            low, high = np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)
            parts.append(np.hstack([low, high]))
    flat = np.ascontiguousarray(np.vstack(parts), dtype="i4")
    segments: np.ndarray = flat.view(_SEGMENT).ravel()
    return segments


def _within(segments: np.ndarray, box: Box) -> np.ndarray:
    west, south, east, north = (round(side * _UNITS) for side in box)
    x_low, x_high = (
        np.minimum(segments["x0"], segments["x1"]),
        np.maximum(segments["x0"], segments["x1"]),
    )
    y_low, y_high = (
        np.minimum(segments["y0"], segments["y1"]),
        np.maximum(segments["y0"], segments["y1"]),
    )
    meets = (x_low <= east) & (x_high >= west) & (y_low <= north) & (y_high >= south)
    within: np.ndarray = segments[meets]
    return within


def _sides(country: str) -> tuple[np.ndarray, ...]:
    """Return west, south, east and north of each of a country's zone polygons, in units of the source."""
    edges, numbers = _finder().boundaries, list(_polygon_ids(country))
    return edges.xmin[numbers], edges.ymin[numbers], edges.xmax[numbers], edges.ymax[numbers]


def _extent(country: str) -> Box:
    west, south, east, north = _sides(country)
    return west.min() / _UNITS, south.min() / _UNITS, east.max() / _UNITS, north.max() / _UNITS


def shared_border(one: str, two: str) -> BaseGeometry:
    """Return the line that two countries' zones share, sea included; empty where they do not touch.

    Parameters
    ----------
    one, two
        ISO 3166-1 alpha-2 codes.

    Returns
    -------
    shapely.MultiLineString
        In degrees, EPSG:4326, vertex for vertex that of the source.
    """
    a, b = _within(_segments(one), _extent(two)), _within(_segments(two), _extent(one))
    both = np.intersect1d(a, b) if len(a) and len(b) else a[:0]
    if not len(both):
        return shapely.MultiLineString()
    pairs = both.view("i4").reshape(-1, 2, 2) / _UNITS
    return merged_lines([shapely.LineString(pair) for pair in pairs])


def merged_lines(parts: list[BaseGeometry]) -> BaseGeometry:
    """Return the lines among `parts` joined end to end: one MultiLineString, maybe empty."""
    lines = [part for part in parts if isinstance(part, shapely.LineString) and not part.is_empty]
    joined: BaseGeometry = shapely.line_merge(shapely.MultiLineString(lines))
    return shapely.MultiLineString(shapely.get_parts(joined).tolist())


def neighbours(country: str, box: Box | None = None) -> list[str]:
    """Return the countries that may border one, within a box if given: those of which a zone's box meets one of its."""
    own = _sides(country) if box is None else [np.array([round(s * _UNITS)]) for s in box]
    west, south, east, north = (side[:, None] for side in own)
    near = []
    for other in _zones():
        w, s, e, n = _sides(other)
        if other != country and ((w <= east) & (e >= west) & (s <= north) & (n >= south)).any():
            near.append(other)
    return near


def fingerprint_part() -> str:
    """Return which edition of the zones is installed, without loading them."""
    spec = find_spec("timezonefinder_data")
    if spec is None or spec.origin is None:
        message = "expected the package timezonefinder-data; pip install timezonefinder-data"
        raise GazetteerError(message)
    coordinates = Path(spec.origin).parent / "data" / "boundaries" / "coordinates.bin"
    return f"timezonefinder-data:{coordinates.stat().st_size}"


def country_at(lon: float, lat: float) -> str | None:
    """Return the country whose zone holds a point, territorial waters included; null on the high seas."""
    zone = _finder().timezone_at(lng=lon, lat=lat)
    return _country_of_zone().get(zone) if zone else None
