"""Shapes on the globe: sectors, discs, corridors, strips, cuts, and the radius that holds a share of one.

All geometries are in degrees, EPSG:4326; lengths are metres, bearings degrees clockwise from north.
Points at a distance and bearing are geodesic on WGS 84 (pyproj). Areas are cut and buffered on a local
azimuthal plane on a sphere, whose error over the sizes meant here (under 0.5 %) is far below the
uncertainty of the words.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.affinity
from pyproj import Geod
from shapely.geometry import (
    GeometryCollection,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from dateline.geo.sphere import unit_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Plane",
    "at",
    "corridor",
    "course_middle",
    "cut",
    "disc",
    "grown",
    "holding_radius",
    "inverse",
    "middle",
    "pieces_of",
    "representative",
    "ring",
    "sector",
    "strip",
    "valid",
]

_GEOD = Geod(ellps="WGS84")
_EARTH_M = 6_371_008.8  # mean radius, IUGG
_ARC_POINTS = 25
_TINY = 1e-9
_HALF_TURN = 180.0
_CENTRE_SHARE = 1 / 3
_SAMPLES = 2500
_DISCS_KEPT = 4_096  # of some 2 kB each
_PIECE_POINTS = 100
_GATHERED = {
    shapely.GeometryType.POINT: MultiPoint,
    shapely.GeometryType.LINESTRING: MultiLineString,
    shapely.GeometryType.POLYGON: MultiPolygon,
}


class Plane:
    """A local plane: spherical azimuthal equidistant, or equal-area, about a point.

    Formulas: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), pages
    185-187 (equal-area) and 194-195 (equidistant).

    Parameters
    ----------
    lon, lat
        Centre in degrees.
    equal_area
        Keep areas rather than distances from the centre.
    """

    def __init__(self, lon: float, lat: float, *, equal_area: bool = False) -> None:
        self.lon, self.lat = lon, lat
        self.equal_area = equal_area
        self._sin, self._cos = math.sin(math.radians(lat)), math.cos(math.radians(lat))

    def xy(self, degrees: NDArray[Any]) -> NDArray[Any]:
        """Return plane coordinates in metres of an (n, 2) array of longitudes and latitudes."""
        lam = np.radians(degrees[:, 0] - self.lon)
        phi = np.radians(degrees[:, 1])
        cos_c = self._sin * np.sin(phi) + self._cos * np.cos(phi) * np.cos(lam)
        cos_c = np.clip(cos_c, -1.0, 1.0)
        if self.equal_area:
            scale = np.sqrt(2.0 / np.maximum(1.0 + cos_c, 1e-9))
        else:
            angle = np.arccos(cos_c)
            scale = np.where(angle < _TINY, 1.0, angle / np.maximum(np.sin(angle), 1e-9))
        x = scale * np.cos(phi) * np.sin(lam)
        y = scale * (self._cos * np.sin(phi) - self._sin * np.cos(phi) * np.cos(lam))
        return np.column_stack([x, y]) * _EARTH_M

    def degrees(self, xy: NDArray[Any]) -> NDArray[Any]:
        """Return longitudes and latitudes of an (n, 2) array of plane coordinates."""
        x, y = xy[:, 0] / _EARTH_M, xy[:, 1] / _EARTH_M
        rho = np.maximum(np.hypot(x, y), 1e-12)
        angle = 2.0 * np.arcsin(np.clip(rho / 2.0, -1.0, 1.0)) if self.equal_area else rho
        sin_c, cos_c = np.sin(angle), np.cos(angle)
        phi = np.arcsin(np.clip(cos_c * self._sin + y * sin_c * self._cos / rho, -1.0, 1.0))
        lam = np.arctan2(x * sin_c, rho * self._cos * cos_c - y * self._sin * sin_c)
        return np.column_stack([self.lon + np.degrees(lam), np.degrees(phi)])

    def to_plane(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in plane coordinates."""
        return shapely.transform(geometry, self.xy)

    def to_globe(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry of this plane in degrees, kept within -180 to 180."""
        return _wrapped(shapely.transform(geometry, self.degrees))


def _wrapped(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry whose longitudes lie within -180 to 180: cut at the antimeridian."""
    if geometry.is_empty:
        return geometry
    west, _, east, _ = geometry.bounds
    if west >= -_HALF_TURN and east <= _HALF_TURN:
        return geometry
    pieces = []
    for shift in (-360.0, 0.0, 360.0):
        moved = shapely.affinity.translate(geometry, xoff=shift)
        pieces.append(
            shapely.make_valid(moved).intersection(shapely.box(-180.0, -90.0, 180.0, 90.0))
        )
    return shapely.union_all([piece for piece in pieces if not piece.is_empty])


def at(lon: float, lat: float, bearing: float, metres: float) -> tuple[float, float]:
    """Return longitude and latitude of the point at a bearing and geodesic distance."""
    east, north, _ = _GEOD.fwd(lon, lat, bearing, metres)
    return float(east), float(north)


def inverse(lon: float, lat: float, lon2: float, lat2: float) -> tuple[float, float]:
    """Return geodesic bearing in degrees and distance in metres from one point to another."""
    bearing, _, metres = _GEOD.inv(lon, lat, lon2, lat2)
    return float(bearing) % 360.0, float(metres)


def _ray(lon: float, lat: float, bearings: NDArray[Any], metres: float) -> NDArray[Any]:
    """Return points at one distance and many bearings, continuous in longitude about `lon`."""
    n = len(bearings)
    east, north, _ = _GEOD.fwd(np.full(n, lon), np.full(n, lat), bearings, np.full(n, metres))
    east = lon + (east - lon + 180.0) % 360.0 - 180.0
    return np.column_stack([east, north])


@lru_cache(maxsize=_DISCS_KEPT)
def disc(lon: float, lat: float, metres: float) -> BaseGeometry:
    """Return the disc about a point; towns that reports name again have theirs kept."""
    return _wrapped(Polygon(_ray(lon, lat, np.linspace(0.0, 360.0, 64, endpoint=False), metres)))


def ring(lon: float, lat: float, inner: float, outer: float) -> BaseGeometry:
    """Return the ring about a point between two distances; a disc where inner is nothing."""
    turn = np.linspace(0.0, 360.0, 64, endpoint=False)
    holes = [_ray(lon, lat, turn[::-1], inner)] if inner > 0 else []
    return _wrapped(Polygon(_ray(lon, lat, turn, outer), holes))


def sector(
    lon: float, lat: float, bearing: float, half_angle: float, inner: float, outer: float
) -> BaseGeometry:
    """Return the sector seen from a point: bearing and half-angle in degrees, two distances in metres."""
    if half_angle >= _HALF_TURN:
        return ring(lon, lat, inner, outer)
    turn = np.linspace(bearing - half_angle, bearing + half_angle, _ARC_POINTS)
    near = _ray(lon, lat, turn[::-1], inner) if inner > 0 else np.array([[lon, lat]])
    return _wrapped(Polygon(np.vstack([_ray(lon, lat, turn, outer), near])))


def middle(lon: float, lat: float, lon2: float, lat2: float) -> tuple[float, float]:
    """Return the point half-way along the geodesic."""
    bearing, metres = inverse(lon, lat, lon2, lat2)
    return at(lon, lat, bearing, metres / 2)


def corridor(points: Sequence[tuple[float, float]], half_width: float) -> BaseGeometry:
    """Return the corridor along the geodesics that join points: round ends, half-width in metres."""
    line: list[tuple[float, float]] = []
    first = points[0][0]
    for (lon, lat), (lon2, lat2) in pairwise(points):
        bearing, metres = inverse(lon, lat, lon2, lat2)
        steps = max(2, math.ceil(metres / 50_000.0) + 1)
        reached = [at(lon, lat, bearing, share * metres) for share in np.linspace(0.0, 1.0, steps)]
        line += [(first + (x - first + _HALF_TURN) % 360.0 - _HALF_TURN, y) for x, y in reached]
    return strip(shapely.LineString(line if len(line) > 1 else [points[0], points[0]]), half_width)


def strip(line: BaseGeometry, half_width: float) -> BaseGeometry:
    """Return the strip on both sides of a line, half-width in metres."""
    west, south, east, north = line.bounds
    if east - west > _HALF_TURN:  # it lies on both sides of the antimeridian
        centre = _middle_of(line)
        plane = Plane(centre.x, centre.y)
    else:
        plane = Plane((west + east) / 2, (south + north) / 2)
    flat = plane.to_plane(line).simplify(half_width / 50.0, preserve_topology=False)
    pieces = pieces_of(flat)
    if len(pieces) == 1:
        return valid(plane.to_globe(flat.buffer(half_width, quad_segs=6)))
    # piece by piece: the buffer of a border of ten thousand points takes 300 MB
    strips = shapely.buffer(pieces, half_width, quad_segs=6)
    return valid(plane.to_globe(shapely.union_all(strips)))


def pieces_of(line: BaseGeometry) -> list[BaseGeometry]:
    """Return the pieces of lines, of a hundred points each at most."""
    return [
        shapely.LineString(points[start : start + _PIECE_POINTS + 1])
        for points in map(shapely.get_coordinates, shapely.get_parts(line))
        for start in range(0, max(len(points) - 1, 1), _PIECE_POINTS)
    ]


def valid(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry made valid; one that is so already unchanged, which is quicker to tell."""
    if geometry.is_valid:
        return geometry
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def _plane_of(polygon: BaseGeometry) -> Plane:
    """Return the equal-area plane about the middle of a polygon."""
    centre = _middle_of(polygon)
    return Plane(centre.x, centre.y, equal_area=True)


def _coarse(geometry: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Return a geometry with less detail, by Douglas and Peucker's rule; small parts become triangles.

    Its rings may touch themselves: to tell what lies within it that does, and it takes a twentieth of the time.
    """
    parts = shapely.get_parts(geometry)
    coarse = shapely.simplify(parts, tolerance, preserve_topology=False)
    gone = shapely.is_empty(coarse)
    coarse[gone] = shapely.simplify(parts[gone], tolerance)
    pieces = shapely.get_parts(coarse)
    kinds = set(shapely.get_type_id(pieces).tolist())
    kind = _GATHERED.get(kinds.pop(), GeometryCollection) if len(kinds) == 1 else GeometryCollection
    return kind(pieces.tolist())


def _middle_of(polygon: BaseGeometry) -> Point:
    """Return the centre of mass of points spread over a geometry, on the sphere."""
    coordinates = shapely.get_coordinates(_coarse(polygon, 0.05))
    x, y, z = unit_vectors(*coordinates.T).mean(axis=0)
    return Point(math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))


def cut(polygon: BaseGeometry, bearing: float | None, share: float = 0.5) -> BaseGeometry:
    """Return the part of a region that lies towards a bearing.

    The rule: the part holds `share` of the region's area, beyond a straight line square to the bearing
    ("western Kursk" is the western half by area, "north-western" the half beyond a line from south-west to
    north-east). Without a bearing, the centre: the third of the area nearest to the middle. So the parts
    of all directions together cover the region.

    Parameters
    ----------
    polygon
        The region, in degrees.
    bearing
        Degrees clockwise from north; null for the centre.
    share
        Of the area, 0 to 1.
    """
    plane = _plane_of(polygon)
    flat = plane.to_plane(polygon)
    coarse = valid(_coarse(flat, math.sqrt(flat.area) / 400.0))
    centre = coarse.centroid
    if bearing is None:
        radius = _bisect(
            lambda r: centre.buffer(r).intersection(coarse).area,
            coarse.area * _CENTRE_SHARE,
            math.sqrt(coarse.area) * 4,
        )
        mask: BaseGeometry = centre.buffer(radius, quad_segs=24)
    else:
        size = 4.0 * (math.sqrt(flat.area) + max(np.ptp(shapely.get_coordinates(coarse), axis=0)))
        depth = _bisect(
            lambda d: _half_plane(centre, bearing, size, d).intersection(coarse).area,
            coarse.area * share,
            size,
        )
        mask = _half_plane(centre, bearing, size, depth)
    return _back(polygon, plane, mask)


def _bisect(area: Any, wanted: float, top: float) -> float:
    """Return where a growing area reaches what is wanted, within a thousandth of the range."""
    low, high = 0.0, top
    for _ in range(24):
        half = (low + high) / 2
        low, high = (half, high) if area(half) < wanted else (low, half)
    return high


def _half_plane(centre: Point, bearing: float, size: float, depth: float) -> Polygon:
    """Return a rectangle that reaches from far out at `bearing` inwards by `depth`."""
    angle = math.radians(bearing)
    along = np.array([math.sin(angle), math.cos(angle)])
    across = np.array([along[1], -along[0]])
    origin = np.array([centre.x, centre.y])
    far, edge = origin + along * size / 2, origin + along * (size / 2 - depth)
    return Polygon(
        [far + across * size, far - across * size, edge - across * size, edge + across * size]
    )


def _back(polygon: BaseGeometry, plane: Plane, mask: BaseGeometry) -> BaseGeometry:
    """Cut each piece of a polygon by a mask of the plane, keeping it on its side of the antimeridian."""
    pieces = []
    shapely.prepare(mask)
    for piece in getattr(polygon, "geoms", [polygon]):
        west, _, east, _ = piece.bounds
        flat = plane.to_plane(piece)
        if shapely.contains_properly(mask, flat):
            pieces.append(piece)
            continue
        if not shapely.intersects(mask, shapely.box(*flat.bounds)):
            continue
        flat = valid(flat).intersection(mask)
        if flat.is_empty or flat.area == 0.0:
            continue
        globe = shapely.transform(shapely.transform(flat, plane.degrees), _about((west + east) / 2))
        parts = shapely.get_parts(valid(globe))
        pieces += [
            polygon
            for part in parts
            for polygon in shapely.get_parts(part)
            if isinstance(polygon, Polygon)
        ]
    return valid(MultiPolygon(pieces) if len(pieces) != 1 else pieces[0])


def _about(middle: float) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """Return what turns longitudes to within half a turn of a middle."""

    def turned(degrees: NDArray[Any]) -> NDArray[Any]:
        lon = middle + (degrees[:, 0] - middle + _HALF_TURN) % 360.0 - _HALF_TURN
        return np.column_stack([lon, degrees[:, 1]])

    return turned


def representative(geometry: BaseGeometry) -> tuple[float, float]:
    """Return a point of the geometry: its centroid if that lies on it, else one surely inside."""
    centre = geometry.centroid
    point = centre if geometry.intersects(centre) else geometry.representative_point()
    return float(point.x), float(point.y)


def course_middle(line: BaseGeometry) -> tuple[float, float]:
    """Return the point half-way along a line; of several pieces, along the longest."""
    merged = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
    longest = max(shapely.get_parts(merged), key=lambda piece: piece.length)
    point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return float(point.x), float(point.y)


def holding_radius(geometry: BaseGeometry, lon: float, lat: float, share: float = 0.95) -> float:
    """Return the radius in metres about a point that holds a share of a geometry.

    Measured on some 2,500 points spread evenly over the area (or along the line), by the distance on a sphere of
    the earth's mean radius, which is within 0.6 % of the geodesic.
    """
    if geometry.is_empty:
        return 0.0
    points = np.radians(_spread(geometry))
    east, north = math.radians(lon), math.radians(lat)
    half = (
        np.sin((points[:, 1] - north) / 2.0) ** 2
        + math.cos(north) * np.cos(points[:, 1]) * np.sin((points[:, 0] - east) / 2.0) ** 2
    )
    chord = float(np.quantile(half, share))
    return 2.0 * _EARTH_M * math.asin(math.sqrt(min(chord, 1.0)))


def _spread(geometry: BaseGeometry) -> NDArray[Any]:
    """Return points spread evenly over a geometry, in degrees."""
    if geometry.area == 0.0:
        flat = shapely.get_parts(shapely.segmentize(geometry, max(geometry.length / 1000.0, 1e-6)))
        return shapely.get_coordinates(flat)
    west, south, east, north = geometry.bounds
    step = math.sqrt(geometry.area / _SAMPLES)
    coarse = _coarse(geometry, step / 4.0)
    columns = np.arange(west + step / 2, east, step)
    rows = np.arange(south + step / 2, north, step)
    points = np.concatenate(
        [_of_grid(part, columns, rows) for part in shapely.get_parts(coarse)] or [np.empty((0, 2))]
    )
    if len(points) < 50:  # noqa: PLR2004 (slivers: their vertices say more than a grid)
        return shapely.get_coordinates(geometry)
    return points


def _of_grid(part: BaseGeometry, columns: NDArray[Any], rows: NDArray[Any]) -> NDArray[Any]:
    """Return the points of a grid that lie in one part: asked of its own surroundings alone."""
    west, south, east, north = part.bounds
    near_x = columns[(columns >= west) & (columns <= east)]
    near_y = rows[(rows >= south) & (rows <= north)]
    x, y = (grid.ravel() for grid in np.meshgrid(near_x, near_y))
    shapely.prepare(part)
    inside = shapely.contains_xy(part, x, y)
    return np.column_stack([x[inside], y[inside]])


def grown(geometry: BaseGeometry, metres: float) -> BaseGeometry:
    """Return a geometry with a margin all around, in metres."""
    centre = _middle_of(geometry)
    plane = Plane(centre.x, centre.y)
    flat = valid(_coarse(plane.to_plane(geometry), metres / 10.0))
    return valid(plane.to_globe(flat.buffer(metres, quad_segs=4)))
