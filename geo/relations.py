"""What lies relative to a place: at a distance or in a direction, near it, between two."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from dateline.geo import geometry as shapes
from dateline.geo import uncertainty as radius_of
from dateline.geo.areas import near_area
from dateline.geo.deferred import Deferred
from dateline.geo.spot import AREAS, Spot, about, same
from dateline.geo.spread import LONGEST_M, corridor_radius, sector_radius
from dateline.geo.words import compass, kilometres

if TYPE_CHECKING:
    from dateline.geo.ground import Ground

__all__ = ["at_distance", "between", "direction_of", "near", "offset"]

_ROAD_HALF_WIDTH_M = 5_000.0
_POINT_SHARE = 2 / 3  # of a sector's reach: half its area is nearer, half farther
_HALVINGS = 4
_NEIGHBOURS = (12, 60)  # that are asked whether they are like a place: first the nearest alone


def offset(ground: Ground, anchor: Spot, metres: float, bearing: float) -> Spot:
    """Return the sector about the point at a distance in metres and a bearing in degrees from a place."""
    lon, lat = shapes.at(anchor.lon, anchor.lat, bearing, metres)
    slack = radius_of.distance_tolerance(metres) + anchor.uncertainty_m
    half, inner, outer = radius_of.half_angle(bearing), max(0.0, metres - slack), metres + slack
    shape = Deferred(lambda: shapes.sector(anchor.lon, anchor.lat, bearing, half, inner, outer))
    radius = radius_of.offset_radius(metres, anchor.uncertainty_m)
    words = f"{kilometres(metres)} {compass(bearing)} of {anchor.name}"
    spot = about(
        anchor, words, "offset", shape, (lon, lat), radius, "geodesic offset",
        f"{words}: the point at that distance and bearing, true to {kilometres(radius)}.",
    )  # fmt: skip
    return _coded(ground, spot)


def direction_of(ground: Ground, anchor: Spot, bearing: float) -> Spot:
    """Return the sector in a direction from a place, out to the next place like it.

    What lies across a border is named after a place on its own side, so the sector is drawn in until its point
    lies in the place's country.
    """
    reach = radius_of.bearing_reach(anchor.uncertainty_m, _next_like(ground, anchor, bearing))
    home = anchor.country
    for _ in range(_HALVINGS):
        point = shapes.at(anchor.lon, anchor.lat, bearing, reach * _POINT_SHARE)
        if home is None or ground.regions.country_at(*point) in (home, None):
            break
        reach /= 2
    else:
        point = shapes.at(anchor.lon, anchor.lat, bearing, reach * _POINT_SHARE)
    half = radius_of.half_angle(bearing)
    shape = Deferred(partial(shapes.sector, anchor.lon, anchor.lat, bearing, half, 0.0, reach))
    radius = sector_radius(reach, half, _POINT_SHARE)
    words = f"{compass(bearing)} of {anchor.name}"
    spot = about(
        anchor, words, "sector", shape, point, radius, "sector",
        f"{words}, no distance said: out to {kilometres(reach)}, about as far as the next place like it.",
    )  # fmt: skip
    return _coded(ground, spot)


def _coded(ground: Ground, spot: Spot) -> Spot:
    """Return a spot with the country and region that its point lies in."""
    country, admin1 = ground.codes_at((spot.lon, spot.lat), spot.country, spot.admin1)
    return replace(spot, country=country, admin1=admin1)


def _next_like(ground: Ground, anchor: Spot, bearing: float) -> float | None:
    """Return metres to the nearest settlement in a direction that has a third of the anchor's people."""
    people = (anchor.place.population if anchor.place else None) or 0
    reach = max(10.0 * anchor.uncertainty_m, 30_000.0)
    half, seen = radius_of.half_angle(bearing), 0
    for most in _NEIGHBOURS:
        near = ground.gazetteer.near(anchor.lon, anchor.lat, reach, most)
        for place in near[seen:]:
            if (place.population or 0) * 3 < people:
                continue
            turn, metres = shapes.inverse(anchor.lon, anchor.lat, place.lon, place.lat)
            apart = abs((turn - bearing + 180.0) % 360.0 - 180.0)
            if metres > anchor.uncertainty_m and apart <= half:
                return metres
        seen = len(near)
        if seen < most:
            break
    return None


def at_distance(anchor: Spot, metres: float, *, within: bool) -> Spot:
    """Return the ring at a distance in metres from a place, or the disc up to it; of an area or border, all so near it."""
    if anchor.kind in ("border", "along") or anchor.kind in AREAS:
        return _from_area(anchor, metres, within=within)
    slack = radius_of.distance_tolerance(metres) + anchor.uncertainty_m
    outer = metres + slack
    inner = 0.0 if within else max(0.0, metres - slack)
    shape = Deferred(lambda: shapes.ring(anchor.lon, anchor.lat, inner, outer))
    words = f"{'within ' if within else ''}{kilometres(metres)} of {anchor.name}"
    return about(
        anchor, words, "distance", shape, (anchor.lon, anchor.lat), outer, "disc" if within else "ring",
        f"{words}, no direction said: anywhere up to {kilometres(outer)} away.",
    )  # fmt: skip


def _from_area(anchor: Spot, metres: float, *, within: bool) -> Spot:
    """Return an area or a border with all that is no farther from it than said."""
    margin = metres + radius_of.distance_tolerance(metres)
    shape = shapes.grown(anchor.geometry, margin)
    radius = shapes.holding_radius(shape, anchor.lon, anchor.lat)
    words = f"{'within ' if within else ''}{kilometres(metres)} of {anchor.name}"
    return about(
        anchor, words, "distance", shape, (anchor.lon, anchor.lat), radius, "area with margin",
        f"{words}: the area and {kilometres(margin)} around it.",
    )  # fmt: skip


def near(ground: Ground, anchor: Spot, closeness: Literal["near", "outskirts"]) -> Spot:
    """Return the disc about a place that is near it, or its outskirts; an area with a margin."""
    if anchor.has_area:
        return near_area(ground, anchor)
    outskirts = closeness == "outskirts"
    formula = radius_of.outskirts_radius if outskirts else radius_of.near_radius
    radius = formula(anchor.uncertainty_m)
    words = f"{'outskirts of' if outskirts else 'near'} {anchor.name}"
    return about(
        anchor, words, "near", Deferred(lambda: shapes.disc(anchor.lon, anchor.lat, radius)),
        (anchor.lon, anchor.lat), radius, "disc", f"{words}: within {kilometres(radius)} of its centre, from its population.",
    )  # fmt: skip


def between(first: Spot, second: Spot, *, road: bool) -> Spot:
    """Return the corridor that joins two places; of a road too, as roads themselves are in no source of ours."""
    _, metres = shapes.inverse(first.lon, first.lat, second.lon, second.lat)
    width = radius_of.corridor_half_width(metres, first.uncertainty_m, second.uncertainty_m)
    if road:
        width = max(_ROAD_HALF_WIDTH_M, width / 3)
    ends = [(first.lon, first.lat), (second.lon, second.lat)]
    shape = Deferred(partial(shapes.corridor, ends, width))
    middle = shapes.middle(first.lon, first.lat, second.lon, second.lat)
    if metres <= LONGEST_M:
        radius = corridor_radius(metres, width)
    else:
        radius = shapes.holding_radius(shape.value, *middle)
    words = f"{'road ' if road else ''}between {first.name} and {second.name}"
    source = " along the straight line, as no road map is used" if road else ""
    spot = about(
        first, words, "along" if road else "between", shape, middle, radius, "corridor",
        f"{words}: a corridor {kilometres(width)} wide on each side{source}.",
    )  # fmt: skip
    return replace(
        spot,
        confidence=first.confidence * second.confidence,
        country=same((first.country, second.country)),
        admin1=same((first.admin1, second.admin1)),
        parts=(first, second),
    )
