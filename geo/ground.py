"""The ground that expressions are evaluated on: places as they lie, with the shapes made of them kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.errors import GEOSException
from shapely.geometry import Point

from dateline.errors import InputError
from dateline.geo import geometry as shapes
from dateline.geo import uncertainty as radius_of
from dateline.geo.deferred import Deferred
from dateline.geo.features import feature_radius
from dateline.geo.spot import AREAS, MUNICIPALITY_POINT, WIDE_DISC, Spot
from dateline.geo.theatre import BY_MUNICIPALITY
from dateline.geo.wide import country_point, wide_radius
from dateline.geo.words import kilometres, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.place import Place
    from dateline.geo.region import Regions

__all__ = ["Ground"]

_FALLBACK_AREA_M = 50_000.0
_LINE_HALF_WIDTH_M = 1_000.0
_SPOTS_KEPT = 10_000  # of some 1 kB each

Codes = tuple[str | None, str | None]
Point2 = tuple[float, float]
Figures = tuple[float, float, float]


class Ground:
    """Places as they lie.

    Parameters
    ----------
    gazetteer
        For the settlements around a place.
    regions
        For the polygons of areas, borders and rivers.
    """

    def __init__(self, gazetteer: Gazetteer, regions: Regions) -> None:
        self.gazetteer = gazetteer
        self.regions = regions
        self._spots: dict[tuple[str, str], Spot] = {}
        self._figures: dict[str, Figures | None] = {}
        self._shapes: dict[str, Deferred] = {}

    def place_spot(self, place: Place) -> Spot:
        """Return a place of the gazetteer as it lies."""
        key = (place.id, place.matched)
        if key not in self._spots:
            if len(self._spots) > _SPOTS_KEPT:
                self._spots.clear()
            self._spots[key] = self._made(place)
        return self._spots[key]

    def hold(self, key: str, shape: Deferred, point: Point2 | None = None) -> Figures | None:
        """Return representative point (the given one, if on the shape) and 95 % radius, kept by key; null without a shape."""
        if key not in self._figures:
            name = key if point is None else f"{key} at {point[0]} {point[1]}"
            self._figures[key] = self.regions.figures(name, lambda: _figures(shape.value, point))
        return self._figures[key]

    def derived(self, key: str, make: Callable[[], BaseGeometry]) -> Deferred:
        """Return a shape made of others, kept by key and made when asked for."""
        if key not in self._shapes:
            self._shapes[key] = Deferred(lambda: self.regions.derived(key, make))
        return self._shapes[key]

    def codes_at(self, point: Point2, country: str | None, admin1: str | None) -> Codes:
        """Return country and region of a point; those of its anchor where it lies in the same region."""
        found = self.regions.at(*point)
        if (
            admin1 is not None
            and found[0] == admin1[:2]
            and found != (country, admin1)
            and self.regions.holds(admin1, *point)
        ):
            return country, admin1
        at_country, at_admin1 = found
        return at_country or country, at_admin1 or (
            admin1 if at_country in (None, country) else None
        )

    # how places lie ----------------------------------------------------------------------------

    def _made(self, place: Place) -> Spot:
        """Return a place as it lies, made anew."""
        wide = (
            wide_radius(place)
            if place.kind == "facility"
            else wide_radius(place) or feature_radius(place)
        )
        if wide is not None:
            return self._wide_spot(place, wide)
        if place.kind in AREAS:
            return self._area_spot(place)
        if place.kind == "water":
            line = self.regions.line(place)
            if line is not None and not line.is_empty:
                return self._line_spot(place, line)
        return self._point_spot(place)

    def _point_spot(self, place: Place) -> Spot:
        """Return the point of a settlement or another small place, with its radius."""
        known = place.radius_m or feature_radius(place)
        radius = known or radius_of.settlement_radius(place.population)
        told = f"what happens there lies within {kilometres(radius)} of its centre"
        method = "gazetteer point"
        if place.source == BY_MUNICIPALITY:
            method = MUNICIPALITY_POINT
            told = f"its own point is not known, so the middle of its municipality stands for it, within {kilometres(radius)}"
        return Spot(
            place.name, place.kind, Point(place.lon, place.lat), place.lon, place.lat, radius, method,
            sentence_of(place, told), 1.0, place.country, place.admin1, place,
        )  # fmt: skip

    def _area_spot(self, place: Place) -> Spot:
        """Return the polygon of an area; its point where no polygon is known."""
        outline = Deferred(lambda: self._outline(place))
        point = country_point(place.country) if place.kind == "country" else None
        held = self.hold(place.id, outline, point)
        shape: BaseGeometry | Deferred
        if held is None:
            shape = Point(place.lon, place.lat)
            lon, lat, radius = place.lon, place.lat, self._no_larger_than_region(place)
            method, told = "gazetteer point", "its outline is not known, so a point stands for it"
        else:
            shape = outline
            lon, lat, radius = held
            method = "gazetteer polygon"
            told = f"95 % of it lies within {kilometres(radius)} of its middle"
        return Spot(
            place.name, place.kind, shape, lon, lat, radius, method, sentence_of(place, told), 1.0,
            place.country, place.admin1, place,
        )  # fmt: skip

    def _no_larger_than_region(self, place: Place) -> float:
        """Return the radius in metres of an area without an outline: at most that of the region it lies in."""
        region = self.gazetteer.get(f"iso:{place.admin1}") if place.admin1 else None
        if region is None or region.id == place.id:
            return _FALLBACK_AREA_M
        return min(_FALLBACK_AREA_M, self.place_spot(region).uncertainty_m)

    def _line_spot(self, place: Place, line: BaseGeometry) -> Spot:
        """Return a river or lake as the strip that its line is known to, in the country of its middle."""
        shape = shapes.strip(line, _LINE_HALF_WIDTH_M) if line.area == 0 else line
        lon, lat = shapes.representative(line) if line.area else shapes.course_middle(line)
        radius = shapes.holding_radius(shape, lon, lat)
        country, admin1 = self.regions.at(lon, lat) if place.country is None else (None, None)
        return Spot(
            place.name, "water", shape, lon, lat, radius, "river line",
            sentence_of(place, "its line is that of Natural Earth"), 1.0,
            place.country or country, place.admin1 or admin1, place,
        )  # fmt: skip

    def _wide_spot(self, place: Place, radius: float) -> Spot:
        """Return the disc that stands for a large or loose area."""
        told = f"a loose area: the disc of {kilometres(radius)} about its middle"
        return Spot(
            place.name, place.kind, Deferred(lambda: shapes.disc(place.lon, place.lat, radius)), place.lon, place.lat, radius,
            WIDE_DISC, sentence_of(place, told), 1.0, place.country, place.admin1, place,
        )  # fmt: skip

    def _outline(self, place: Place) -> BaseGeometry | None:
        """Return the polygon of an area, null where none is known or the sources' shapes do not fit together."""
        try:
            return self.regions.polygon(place)
        except (GEOSException, InputError):
            return None


def _figures(shape: BaseGeometry | None, point: Point2 | None) -> Figures | None:
    """Return representative point (the given one, if on the shape) and 95 % radius; null without a shape."""
    if shape is None or shape.is_empty:
        return None
    on = point is not None and shape.intersects(Point(point))
    lon, lat = point if on and point is not None else shapes.representative(shape)
    return lon, lat, shapes.holding_radius(shape, lon, lat)
