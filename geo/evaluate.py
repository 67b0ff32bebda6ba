"""From a parsed expression and the places its names mean to a geometry with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import shapely
from shapely.errors import GEOSException
from shapely.geometry import MultiPoint, Point

from dateline.errors import InputError
from dateline.geo import geometry as shapes
from dateline.geo import uncertainty as radius_of
from dateline.geo.borders import border_strip, territory
from dateline.geo.deferred import Deferred
from dateline.geo.expression import (
    Along,
    Bearing,
    Between,
    Border,
    Coordinates,
    Distance,
    Expression,
    Name,
    Near,
    Offset,
    Part,
    Road,
    Several,
)
from dateline.geo.wide import country_point, wide_radius
from dateline.geo.words import compass, kilometres, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.place import Place
    from dateline.geo.region import Regions
    from dateline.geo.resolve import Ranked

__all__ = ["Evaluator", "Spot"]

_AREAS = ("region", "country", "district")
_FALLBACK_AREA_M = 50_000.0
_RIVER_HALF_WIDTH_M = 5_000.0
_ROAD_HALF_WIDTH_M = 5_000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """An evaluated expression: a geometry, how it was made and how well it is known."""

    name: str
    kind: str
    shape: BaseGeometry | Deferred
    lon: float
    lat: float
    uncertainty_m: float
    method: str
    explanation: str
    confidence: float
    country: str | None = None
    admin1: str | None = None
    place: Place | None = None
    parts: tuple[Spot, ...] = ()
    losers: tuple[tuple[Place, float], ...] = field(default=())

    @property
    def geometry(self) -> BaseGeometry:
        """The geometry itself."""
        return _made(self.shape)

    @property
    def has_area(self) -> bool:
        """Whether the geometry is an area; only areas are deferred."""
        return isinstance(self.shape, Deferred) or self.shape.area > 0.0


class Evaluator:
    """Gives expressions their geometry.

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
        self._territories: dict[str, BaseGeometry | None] = {}
        self._spots: dict[tuple[str, str], Spot] = {}
        self._figures: dict[str, tuple[float, float, float] | None] = {}
        self._shapes: dict[str, Deferred] = {}
        self._makers: dict[type, Callable[..., Spot | None]] = {
            Name: self._name,
            Coordinates: self._coordinates,
            Part: self._part,
            Border: self._border,
            Offset: self._offset,
            Bearing: self._bearing,
            Distance: self._distance,
            Between: self._between,
            Near: self._near,
            Along: self._along,
            Road: self._road,
            Several: self._several,
        }

    def spot(self, expression: Expression, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return where an expression is, null where a name in it is not known.

        Parameters
        ----------
        expression
            The tree.
        ranked
            The candidates of each of its names.
        """
        return self._makers[type(expression)](expression, ranked)

    # names -----------------------------------------------------------------------------------

    def _name(self, node: Name, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the best place of a name."""
        return self._chosen(node, ranked, ())

    def _area(self, node: Expression, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return what a node means, areas before settlements: for borders and parts."""
        if isinstance(node, Name):
            return self._chosen(node, ranked, _AREAS)
        return self.spot(node, ranked)

    def _chosen(
        self, node: Name, ranked: Mapping[Name, Ranked], prefer: tuple[str, ...]
    ) -> Spot | None:
        """Return the best candidate of a name, of a preferred kind if there is one."""
        found = ranked.get(node)
        if found is None or not found.places:
            return None
        order = list(zip(found.places, found.chances, strict=True))
        confidence = found.confidence
        if prefer and found.places[0].kind not in prefer:
            liked = [
                pair for pair in order if pair[0].kind in prefer and _akin(pair[0], order[0][0])
            ]
            if liked:
                order = [liked[0], *(pair for pair in order if pair is not liked[0])]
        place = order[0][0]
        losers = tuple(pair for pair in order[1:9] if pair[0].id != place.id)
        return replace(self.place_spot(place), confidence=confidence, losers=losers)

    def place_spot(self, place: Place) -> Spot:
        """Return a place of the gazetteer as it lies."""
        key = (place.id, place.matched)
        if key not in self._spots:
            self._spots[key] = self._made(place)
        return self._spots[key]

    def _made(self, place: Place) -> Spot:
        """Return a place as it lies, made anew."""
        if place.kind in _AREAS or wide_radius(place) is not None:
            return self._area_spot(place)
        if place.kind == "water" and wide_radius(place) is None:
            line = self.regions.line(place)
            if line is not None and not line.is_empty:
                return self._line_spot(place, line)
        radius = place.radius_m or radius_of.settlement_radius(place.population)
        return Spot(
            name=place.name,
            kind=place.kind,
            shape=Point(place.lon, place.lat),
            lon=place.lon,
            lat=place.lat,
            uncertainty_m=radius,
            method="gazetteer point",
            explanation=sentence_of(
                place, f"what happens there lies within {kilometres(radius)} of its centre"
            ),
            confidence=1.0,
            country=place.country,
            admin1=place.admin1,
            place=place,
        )

    def _area_spot(self, place: Place) -> Spot:
        """Return the polygon of an area; its point where no polygon is known."""
        wide = wide_radius(place)
        if wide is not None:
            return self._wide_spot(place, wide)
        outline = Deferred(lambda: self._outline(place))
        held = self._hold(  # a deferred outline of its own, so that what is measured is not held
            place.id,
            Deferred(lambda: self._outline(place)),
            country_point(place.country) if place.kind == "country" else None,
        )
        shape: BaseGeometry | Deferred
        if held is None:
            shape = Point(place.lon, place.lat)
            lon, lat, radius = place.lon, place.lat, _FALLBACK_AREA_M
            method, told = "gazetteer point", "its outline is not known, so a point stands for it"
        else:
            shape = outline
            lon, lat, radius = held
            method, told = (
                "gazetteer polygon",
                f"95 % of it lies within {kilometres(radius)} of its middle",
            )
        return Spot(
            place.name, place.kind, shape, lon, lat, radius, method, sentence_of(place, told), 1.0,
            place.country, place.admin1, place,
        )  # fmt: skip

    def _line_spot(self, place: Place, line: BaseGeometry) -> Spot:
        """Return a river or lake as the strip that its line is known to."""
        shape = shapes.strip(line, 1_000.0) if line.area == 0 else line
        lon, lat = shapes.representative(shape)
        radius = shapes.holding_radius(shape, lon, lat)
        return Spot(
            place.name, "water", shape, lon, lat, radius, "river line",
            sentence_of(place, "its line is that of Natural Earth"), 1.0, place.country, place.admin1, place,
        )  # fmt: skip

    def _outline(self, place: Place) -> BaseGeometry | None:
        """Return the polygon of an area, null where none is known or the sources' shapes do not fit together."""
        try:
            return self.regions.polygon(place)
        except (GEOSException, InputError):
            return None

    def _wide_spot(self, place: Place, radius: float) -> Spot:
        """Return the disc that stands for a large or loose area."""
        told = f"a loose area: the disc of {kilometres(radius)} about its middle"
        return Spot(
            place.name, place.kind, shapes.disc(place.lon, place.lat, radius), place.lon, place.lat, radius,
            "disc for a large area", sentence_of(place, told), 1.0, place.country, place.admin1, place,
        )  # fmt: skip

    def _hold(
        self, key: str, shape: Deferred, point: tuple[float, float] | None = None
    ) -> tuple[float, float, float] | None:
        """Return representative point (the given one, if on the shape) and 95 % radius, kept by key; null without a shape."""
        if key not in self._figures:
            name = key if point is None else f"{key} at {point[0]} {point[1]}"
            self._figures[key] = self.regions.figures(name, lambda: _figures(shape.value, point))
        return self._figures[key]

    def _derived(self, key: str, make: Callable[[], BaseGeometry]) -> Deferred:
        """Return a shape made of others, kept by key and made when asked for."""
        if key not in self._shapes:
            self._shapes[key] = Deferred(lambda: self.regions.derived(key, make))
        return self._shapes[key]

    def _coordinates(self, node: Coordinates, _ranked: Mapping[Name, Ranked]) -> Spot:
        """Return a point given by coordinates."""
        country, admin1 = self.regions.at(node.lon, node.lat)
        told = f"{node.notation}, good to {node.metres:,.0f} m by the digits given"
        return Spot(
            f"{node.lat:.5f}, {node.lon:.5f}", "coordinates", Point(node.lon, node.lat), node.lon, node.lat,
            node.metres, "coordinates", f"{told[0].upper()}{told[1:]}.", 0.99, country, admin1,
        )  # fmt: skip

    # parts and borders -------------------------------------------------------------------------

    def _part(self, node: Part, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the part of an area that lies in a direction; of a settlement, that side of it."""
        if node.whole is not None:
            known = ranked.get(node.whole)
            if known is not None and known.places and known.places[0].matched == "exact":
                return self._name(node.whole, ranked)
        centre = node.bearing is None
        spot = self.spot(node.place, ranked) if centre else self._area(node.place, ranked)
        if spot is None:
            return None
        if spot.kind not in _AREAS or not spot.has_area:
            return self._side(spot, node.bearing)
        assert spot.place is not None
        key = f"part {spot.place.id} {node.bearing}"
        whole = spot
        shape = self._derived(key, lambda: shapes.cut(whole.geometry, node.bearing))
        held = self._hold(key, shape)
        assert held is not None
        lon, lat, radius = held
        side = "central" if centre else compass(node.bearing or 0.0, adjective=True)
        rule = "the third nearest its middle" if centre else "the half of its area on that side"
        return replace(
            spot,
            name=f"{spot.name}, {side} part",
            kind="part_of_region",
            shape=shape,
            lon=lon,
            lat=lat,
            uncertainty_m=radius,
            method="part of polygon",
            explanation=f"The {side} part of {spot.name}: {rule}, 95 % of it within {kilometres(radius)} of the point.",
        )

    def _side(self, spot: Spot, bearing: float | None) -> Spot:
        """Return one side of a settlement: half its radius off its centre."""
        if bearing is None or spot.kind not in ("settlement", "facility"):
            return spot
        lon, lat = shapes.at(spot.lon, spot.lat, bearing, spot.uncertainty_m / 2)
        side = compass(bearing, adjective=True)
        return replace(
            spot,
            name=f"{spot.name}, {side} part",
            shape=Point(lon, lat),
            lon=lon,
            lat=lat,
            method="side of settlement",
            explanation=f"The {side} side of {spot.name}: half its radius from the centre.",
        )

    def _border(self, node: Border, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the strip on both sides of a border."""
        first = self._area(node.place, ranked)
        second = None if node.other is None else self._area(node.other, ranked)
        if first is None or (node.other is not None and second is None):
            return None
        codes = (_code(first), None if second is None else _code(second))
        if codes[0] is None or (second is not None and codes[1] is None):
            return None
        code, other = codes[0], codes[1]
        key = f"border strip {code} {other or ''}"
        strip = Deferred(
            lambda: border_strip(self.regions, code, other, radius_of.BORDER_HALF_WIDTH_M)
        )
        held = self._hold(key, strip)
        if held is None:
            return None
        shape = self._derived(key, lambda: _made(strip))
        lon, lat, radius = held
        name = f"{first.name} border" if second is None else f"{first.name}-{second.name} border"
        width = kilometres(radius_of.BORDER_HALF_WIDTH_M)
        which = "international land border" if second is None else "common border"
        return replace(
            first,
            name=name,
            kind="border",
            shape=shape,
            lon=lon,
            lat=lat,
            uncertainty_m=radius,
            method="strip along border",
            confidence=first.confidence * (second.confidence if second else 1.0),
            explanation=f"The {name}: a strip of {width} on both sides of the {which}.",
            place=None,
        )

    # relative to a place -------------------------------------------------------------------------

    def _offset(self, node: Offset, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the sector about the point at a distance and bearing."""
        anchor = self._anchor(node.place, ranked)
        if anchor is None:
            return None
        size = anchor.uncertainty_m
        lon, lat = shapes.at(anchor.lon, anchor.lat, node.bearing, node.metres)
        slack = radius_of.distance_tolerance(node.metres) + size
        shape = shapes.sector(
            anchor.lon, anchor.lat, node.bearing, radius_of.half_angle(node.bearing),
            max(0.0, node.metres - slack), node.metres + slack,
        )  # fmt: skip
        radius = radius_of.offset_radius(node.metres, size)
        words = f"{kilometres(node.metres)} {compass(node.bearing)} of {anchor.name}"
        return self._about(
            anchor, words, "offset", shape, (lon, lat), radius, "geodesic offset",
            f"{words}: the point at that distance and bearing, true to {kilometres(radius)}.",
        )  # fmt: skip

    def _bearing(self, node: Bearing, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the sector in a direction from a place, out to the next place like it."""
        anchor = self._anchor(node.place, ranked)
        if anchor is None:
            return None
        reach = radius_of.bearing_reach(anchor.uncertainty_m, self._next_like(anchor, node.bearing))
        half = radius_of.half_angle(node.bearing)
        shape = shapes.sector(anchor.lon, anchor.lat, node.bearing, half, 0.0, reach)
        lon, lat = shapes.at(anchor.lon, anchor.lat, node.bearing, reach * 2 / 3)
        radius = shapes.holding_radius(shape, lon, lat)
        words = f"{compass(node.bearing)} of {anchor.name}"
        return self._about(
            anchor, words, "sector", shape, (lon, lat), radius, "sector",
            f"{words}, no distance said: out to {kilometres(reach)}, about as far as the next place like it.",
        )  # fmt: skip

    def _next_like(self, anchor: Spot, bearing: float) -> float | None:
        """Return metres to the nearest settlement in a direction that has a third of the anchor's people."""
        people = (anchor.place.population if anchor.place else None) or 0
        reach = max(10.0 * anchor.uncertainty_m, 30_000.0)
        half = radius_of.half_angle(bearing)
        for place in self.gazetteer.near(anchor.lon, anchor.lat, reach, 60):
            turn, metres = shapes.inverse(anchor.lon, anchor.lat, place.lon, place.lat)
            apart = abs((turn - bearing + 180.0) % 360.0 - 180.0)
            if (
                metres > anchor.uncertainty_m
                and apart <= half
                and (place.population or 0) * 3 >= people
            ):
                return metres
        return None

    def _distance(self, node: Distance, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the ring or disc at a distance from a place."""
        anchor = self._anchor(node.place, ranked)
        if anchor is None:
            return None
        slack = radius_of.distance_tolerance(node.metres) + anchor.uncertainty_m
        outer = node.metres + slack
        inner = 0.0 if node.within else max(0.0, node.metres - slack)
        shape = shapes.ring(anchor.lon, anchor.lat, inner, outer)
        words = f"{'within ' if node.within else ''}{kilometres(node.metres)} of {anchor.name}"
        return self._about(
            anchor, words, "distance", shape, (anchor.lon, anchor.lat), outer, "disc" if node.within else "ring",
            f"{words}, no direction said: anywhere up to {kilometres(outer)} away.",
        )  # fmt: skip

    def _near(self, node: Near, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the disc about a place that is near it, or its outskirts."""
        if isinstance(node.place, Several):
            members = tuple(Near(member, node.closeness) for member in node.place.members)
            return self._several(Several(members), ranked)
        anchor = self._anchor(node.place, ranked)
        if anchor is None:
            return None
        if anchor.has_area:
            return self._near_area(anchor)
        outskirts = node.closeness == "outskirts"
        radius = (radius_of.outskirts_radius if outskirts else radius_of.near_radius)(
            anchor.uncertainty_m
        )
        words = f"{'outskirts of' if outskirts else 'near'} {anchor.name}"
        shape = shapes.disc(anchor.lon, anchor.lat, radius)
        return self._about(
            anchor, words, "near", shape, (anchor.lon, anchor.lat), radius, "disc",
            f"{words}: within {kilometres(radius)} of its centre, from its population.",
        )  # fmt: skip

    def _near_area(self, anchor: Spot) -> Spot:
        """Return an area with a margin of a tenth of its radius."""
        shape: BaseGeometry | Deferred
        if anchor.place is not None and anchor.method == "gazetteer polygon":
            shape, radius = self._grown(anchor, f"near {anchor.place.id}")
        else:
            shape = shapes.grown(anchor.geometry, 0.1 * anchor.uncertainty_m)
            radius = shapes.holding_radius(shape, anchor.lon, anchor.lat)
        return self._about(
            anchor, f"near {anchor.name}", "near", shape, (anchor.lon, anchor.lat), radius, "polygon with margin",
            f"near {anchor.name}: the area and a tenth of its radius around it.",
        )  # fmt: skip

    def _grown(self, anchor: Spot, key: str) -> tuple[Deferred, float]:
        """Return the polygon of an area with its margin, and its radius about the area's point, kept by key."""
        shape = self._derived(
            key, lambda: shapes.grown(anchor.geometry, 0.1 * anchor.uncertainty_m)
        )
        held = self.regions.figures(
            key,
            lambda: (
                anchor.lon,
                anchor.lat,
                shapes.holding_radius(_made(shape), anchor.lon, anchor.lat),
            ),
        )
        assert held is not None
        return shape, held[2]

    def _between(self, node: Between, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the corridor between two places."""
        return self._joined(node.place, node.other, ranked, road=False)

    def _road(self, node: Road, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the corridor of a road between two places; roads themselves are in no source of ours."""
        return self._joined(node.place, node.other, ranked, road=True)

    def _joined(
        self, one: Expression, two: Expression, ranked: Mapping[Name, Ranked], *, road: bool
    ) -> Spot | None:
        """Return the corridor that joins two places."""
        first, second = self._anchor(one, ranked), self._anchor(two, ranked)
        if first is None or second is None:
            return None
        _, metres = shapes.inverse(first.lon, first.lat, second.lon, second.lat)
        width = radius_of.corridor_half_width(metres, first.uncertainty_m, second.uncertainty_m)
        if road:
            width = max(_ROAD_HALF_WIDTH_M, width / 3)
        shape = shapes.corridor([(first.lon, first.lat), (second.lon, second.lat)], width)
        lon, lat = shapes.middle(first.lon, first.lat, second.lon, second.lat)
        radius = shapes.holding_radius(shape, lon, lat)
        words = f"{'road ' if road else ''}between {first.name} and {second.name}"
        source = " along the straight line, as no road map is used" if road else ""
        spot = self._about(
            first, words, "along" if road else "between", shape, (lon, lat), radius, "corridor",
            f"{words}: a corridor {kilometres(width)} wide on each side{source}.",
        )  # fmt: skip
        return replace(spot, confidence=first.confidence * second.confidence, parts=(first, second))

    def _along(self, node: Along, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return the corridor along a river or another line."""
        if isinstance(node.place, Border):
            return self.spot(node.place, ranked)
        spot = (
            self._chosen(node.place, ranked, ("water",))
            if isinstance(node.place, Name)
            else self.spot(node.place, ranked)
        )
        if spot is None or spot.place is None or spot.kind != "water":
            return spot
        line = self.regions.line(spot.place)
        if line is None or line.is_empty:
            return spot
        key = f"along {spot.place.id}"
        shape = self._derived(key, lambda: shapes.strip(line, _RIVER_HALF_WIDTH_M))
        held = self._hold(key, shape)
        assert held is not None
        lon, lat, radius = held
        words = f"along {spot.name}"
        return self._about(
            spot, words, "along", shape, (lon, lat), radius, "corridor along river",
            f"{words}: {kilometres(_RIVER_HALF_WIDTH_M)} on both sides of the river's line.",
        )  # fmt: skip

    def _several(self, node: Several, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return several places as one geometry; those not known are left out and said to be."""
        spots = [self.spot(member, ranked) for member in node.members]
        known = tuple(spot for spot in spots if spot is not None)
        if not known:
            return None
        if len(known) == 1 and len(spots) == 1:
            return known[0]
        points = all(isinstance(spot.shape, Point) for spot in known)
        shape: BaseGeometry | Deferred
        if points:
            shape = MultiPoint([(spot.lon, spot.lat) for spot in known])
        else:
            shape = Deferred(lambda: _joined_shape(known))
        lon, lat = shapes.representative(
            shapely.MultiPoint([(spot.lon, spot.lat) for spot in known]).convex_hull
        )
        reach = max(shapes.inverse(lon, lat, s.lon, s.lat)[1] + s.uncertainty_m for s in known)
        names = ", ".join(spot.name for spot in known)
        missing = len(spots) - len(known)
        left = f"; {missing} not found" if missing else ""
        return Spot(
            names, "several", shape, lon, lat, reach, "several places",
            f"{len(known)} places named together: {names}{left}.",
            min(spot.confidence for spot in known), _same([s.country for s in known]),
            _same([s.admin1 for s in known]), parts=known,
        )  # fmt: skip

    def _anchor(self, node: Expression, ranked: Mapping[Name, Ranked]) -> Spot | None:
        """Return what an offset is measured from: of a town and the region named after it, the town."""
        if isinstance(node, Name) and node.noun not in _AREAS:
            return self._chosen(node, ranked, ("settlement",))
        return self.spot(node, ranked)

    def _codes_at(
        self, point: tuple[float, float], country: str | None, admin1: str | None
    ) -> tuple[str | None, str | None]:
        """Return country and region of a point; those of its anchor where it lies in the same region."""
        found = self.regions.at(*point)
        if admin1 is not None and found != (country, admin1):
            # the region fitted to its border is exact but slow to make, so it is asked last
            if admin1 not in self._territories:
                region = territory(self.regions, admin1)
                if region is not None:
                    shapely.prepare(region)
                self._territories[admin1] = region
            region = self._territories[admin1]
            if region is not None and shapely.contains_xy(region, *point):
                return country, admin1
        at_country, at_admin1 = found
        return at_country or country, at_admin1 or (
            admin1 if at_country in (None, country) else None
        )

    def _about(  # noqa: PLR0917 (all that differs between the kinds)
        self,
        anchor: Spot,
        name: str,
        kind: str,
        shape: BaseGeometry | Deferred,
        point: tuple[float, float],
        radius: float,
        method: str,
        explanation: str,
    ) -> Spot:
        """Return a spot made relative to another."""
        said = explanation[0].upper() + explanation[1:]
        country, admin1 = anchor.country, anchor.admin1
        if kind in ("offset", "sector"):
            country, admin1 = self._codes_at(point, country, admin1)
        return replace(
            anchor, name=name, kind=kind, shape=shape, lon=point[0], lat=point[1], uncertainty_m=radius,
            method=method, explanation=f"{said} {anchor.explanation}" if anchor.place else said,
            country=country, admin1=admin1, place=None,
        )  # fmt: skip


def _made(shape: BaseGeometry | Deferred) -> BaseGeometry:
    """Return a geometry itself, made if it was deferred."""
    if not isinstance(shape, Deferred):
        return shape
    assert shape.value is not None, "its figures are known, so it is there"
    return shape.value


def _figures(
    shape: BaseGeometry | None, point: tuple[float, float] | None
) -> tuple[float, float, float] | None:
    """Return representative point (the given one, if on the shape) and 95 % radius; null without a shape."""
    if shape is None or shape.is_empty:
        return None
    on = point is not None and shape.intersects(Point(point))
    lon, lat = point if on and point is not None else shapes.representative(shape)
    return lon, lat, shapes.holding_radius(shape, lon, lat)


def _joined_shape(spots: Sequence[Spot]) -> BaseGeometry:
    """Return the union of what several spots cover, discs standing for points."""
    covered = [
        s.geometry if s.has_area else shapes.disc(s.lon, s.lat, s.uncertainty_m) for s in spots
    ]
    union: BaseGeometry = shapely.union_all(covered)
    return union


def _akin(one: Place, two: Place) -> bool:
    """Tell whether two places of one name are a region and a town in it, or of one country at least."""
    if one.matched == "fuzzy" or one.kind == "country" or two.kind == "country":
        return False
    if one.kind == "settlement":
        return one.admin1 is not None and one.admin1 == two.admin1
    return one.country == two.country


def _code(spot: Spot) -> str | None:
    """Return the ISO code of the area whose border is meant; of a settlement, that of its region."""
    if spot.kind == "country":
        return spot.country
    return spot.admin1


def _same(values: list[str | None]) -> str | None:
    """Return the value that all have in common, null if they differ."""
    return values[0] if len(set(values)) == 1 else None
