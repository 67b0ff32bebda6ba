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
from shapely.errors import GEOSException

from dateline.errors import GazetteerError, InputError
from dateline.geo.geometry import valid
from dateline.geo.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry
    from timezonefinder import TimezoneFinder

    Box = tuple[float, float, float, float]

__all__ = [
    "countries_about",
    "country_at",
    "country_outline",
    "has_zones",
    "merged_lines",
    "neighbours",
    "shared_border",
]

_LINE = int(shapely.GeometryType.LINESTRING)
_ANTARCTIC = -60.0  # degrees: no country's, by the Antarctic Treaty
_UNITS = 1e7  # stored integers in a degree
_SEGMENTS_KEPT = 6  # countries; the largest have some 20 MB
_MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits spread: 2^64 divided by the golden ratio


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
    # stations in the Antarctic keep the time of whoever runs them
    antarctic = np.asarray(finder.boundaries.ymax) <= _ANTARCTIC * _UNITS
    own = np.isin(owners, wanted) & (antarctic == (country == "AQ"))
    return tuple(int(number) for number in np.flatnonzero(own))


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
            polygons.append(valid(polygon))
    if box is not None:
        polygons = [shapely.clip_by_rect(polygon, *box) for polygon in polygons]
    return _united(polygons)


def _united(polygons: list[BaseGeometry]) -> BaseGeometry:
    """Return the union of zones: their shared edges dropped where all fit together, as nearly all do."""
    if len(polygons) == 1:
        return polygons[0]
    try:
        joined: BaseGeometry = shapely.coverage_union_all(polygons)
    except GEOSException:  # what was clipped is no polygon any more
        return shapely.union_all(polygons)
    return joined if joined.is_valid else shapely.union_all(polygons)


@lru_cache(maxsize=_SEGMENTS_KEPT)
def _segments(country: str) -> np.ndarray:
    """Return the undirected segments of a country's zone outlines: an array of shape (n, 4), low end first."""
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
    return np.vstack(parts)


def _within(segments: np.ndarray, box: Box) -> np.ndarray:
    """Return the segments whose own box meets a box of degrees."""
    west, south, east, north = (round(side * _UNITS) for side in box)
    x0, y0, x1, y1 = segments.T  # x0 <= x1
    meets = (x0 <= east) & (x1 >= west)
    meets &= (np.minimum(y0, y1) <= north) & (np.maximum(y0, y1) >= south)
    within: np.ndarray = segments[meets]
    return within


def _common(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Return the segments that two arrays have in common, each once, from west to east."""
    ends = [
        np.ascontiguousarray(each).view("<u8").reshape(-1, 2).astype("u8") for each in (one, two)
    ]
    # two numbers as one: sorting structures takes ten times as long
    mixed = [(pair[:, 0] * _MIXER) ^ pair[:, 1] for pair in ends]
    _, first, second = np.intersect1d(*mixed, return_indices=True)
    both = one[first][(one[first] == two[second]).all(axis=1)]
    ordered: np.ndarray = both[np.lexsort(both.T[::-1])]
    return ordered


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
    if not len(a) or not len(b):
        return shapely.MultiLineString()
    pairs = _common(a, b).reshape(-1, 2, 2) / _UNITS
    return merged_lines(np.asarray(shapely.linestrings(pairs)))


def merged_lines(parts: Sequence[BaseGeometry] | np.ndarray) -> BaseGeometry:
    """Return the lines among `parts` joined end to end: one MultiLineString, maybe empty."""
    all_parts = np.asarray(parts, dtype=object)
    lines = (shapely.get_type_id(all_parts) == _LINE) & ~shapely.is_empty(all_parts)
    joined = shapely.line_merge(shapely.MultiLineString(all_parts[lines].tolist()))
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


@cache
def _zone_boxes() -> tuple[shapely.STRtree, list[str | None]]:
    """Return the boxes of all zone polygons, in degrees, and the country of each."""
    finder = _finder()
    edges = finder.boundaries
    west, south, east, north = (
        np.asarray(side) / _UNITS for side in (edges.xmin, edges.ymin, edges.xmax, edges.ymax)
    )
    names = list(finder.timezone_names)
    owners = finder.zone_ids_of(np.arange(finder.nr_of_polygons)).tolist()
    countries = [_country_of_zone().get(names[owner]) for owner in owners]
    return shapely.STRtree(shapely.box(west, south, east, north)), countries


def countries_about(boxes: np.ndarray) -> set[str]:
    """Return the countries of which a zone's box meets one of some boxes of degrees, shape (n, 4)."""
    tree, countries = _zone_boxes()
    west, south, east, north = boxes.T
    met = np.unique(tree.query(shapely.box(west, south, east, north))[1]).tolist()
    return {country for number in met if (country := countries[number]) is not None}


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
    around = (
        lon + 180.0
    ) % 360.0 - 180.0  # a point beside the antimeridian may have been reached from afar
    zone = _finder().timezone_at(lng=around, lat=min(90.0, max(-90.0, lat)))
    country = _country_of_zone().get(zone) if zone else None
    return "AQ" if country and lat <= _ANTARCTIC else country
