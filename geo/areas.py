"""Parts of areas and the strips along their borders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shapely.geometry import Point

from dateline.geo import geometry as shapes
from dateline.geo import uncertainty as radius_of
from dateline.geo.banks import bank
from dateline.geo.borders import border_strip
from dateline.geo.deferred import Deferred
from dateline.geo.spot import AREAS, WIDE_DISC, Spot, about, made
from dateline.geo.words import compass, kilometres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.expression import Side
    from dateline.geo.ground import Ground

__all__ = ["along_river", "border_of", "clipped", "is_area", "near_area", "part_of", "side_of"]

_RIVER_HALF_WIDTH_M = 5_000.0
_BANK_WIDTH_M = 15_000.0  # of what reports call the bank of a river: the villages behind it too


def is_area(spot: Spot) -> bool:
    """Tell whether a spot is an area that can be cut: a sea too, though a disc stands for it."""
    large = spot.kind in AREAS or (spot.kind == "water" and spot.method == WIDE_DISC)
    return large and spot.has_area and spot.place is not None


def part_of(ground: Ground, spot: Spot, bearing: float | None) -> Spot:
    """Return the part of an area that lies in a direction; bearing null is its centre."""
    assert spot.place is not None
    key = f"part {spot.place.id} {bearing}"
    shape = ground.derived(key, lambda: shapes.cut(spot.geometry, bearing))
    held = ground.hold(key, shape)
    assert held is not None
    lon, lat, radius = held
    side = "central" if bearing is None else compass(bearing, adjective=True)
    rule = (
        "the third nearest its middle" if bearing is None else "the half of its area on that side"
    )
    country, admin1 = spot.country, spot.admin1
    if admin1 is None:
        admin1 = _region_of(ground, spot, lon, lat)
    return replace(
        spot, name=f"{spot.name}, {side} part", kind="water" if spot.kind == "water" else "part_of_region", shape=shape, lon=lon, lat=lat,
        uncertainty_m=radius, method="part of polygon", country=country, admin1=admin1,
        explanation=f"The {side} part of {spot.name}: {rule}, 95 % of it within {kilometres(radius)} of the point.",
    )  # fmt: skip


def _region_of(ground: Ground, spot: Spot, lon: float, lat: float) -> str | None:
    """Return the region of a part where the whole is no larger than it, as a strip or a district; else null."""
    return (
        None
        if spot.kind in ("country", "water")
        else ground.codes_at((lon, lat), spot.country, None)[1]
    )


def side_of(spot: Spot, bearing: float | None) -> Spot:
    """Return one side of a settlement: half its radius off its centre."""
    if bearing is None or spot.kind not in ("settlement", "facility"):
        return spot
    lon, lat = shapes.at(spot.lon, spot.lat, bearing, spot.uncertainty_m / 2)
    side = compass(bearing, adjective=True)
    return replace(
        spot, name=f"{spot.name}, {side} part", shape=Point(lon, lat), lon=lon, lat=lat,
        method="side of settlement",
        explanation=f"The {side} side of {spot.name}: half its radius from the centre.",
    )  # fmt: skip


def border_of(ground: Ground, first: Spot, second: Spot | None) -> Spot | None:
    """Return the strip on both sides of a border, null where the two do not meet."""
    code, other = _code(first), None if second is None else _code(second)
    if code is None or (second is not None and other is None):
        return None
    key = f"border strip {code} {other or ''}"
    width = radius_of.BORDER_HALF_WIDTH_M

    def drawn() -> BaseGeometry | None:
        made = border_strip(ground.regions, code, other, width)
        return None if made is None else ground.regions.derived(key, lambda: made)

    strip = Deferred(drawn)
    held = ground.hold(key, strip)
    if held is None:
        return None
    lon, lat, radius = held
    name = f"{first.name} border" if second is None else f"{first.name}-{second.name} border"
    which = "international land border" if second is None else "common border"
    return replace(
        first, name=name, kind="border", shape=ground.derived(key, lambda: made(strip)), lon=lon, lat=lat,
        uncertainty_m=radius, method="strip along border", place=None,
        confidence=first.confidence * (second.confidence if second else 1.0),
        explanation=f"The {name}: a strip of {kilometres(width)} on both sides of the {which}.",
    )  # fmt: skip


def _code(spot: Spot) -> str | None:
    """Return the ISO code of the area whose border is meant; of a settlement, that of its region."""
    return spot.country if spot.kind == "country" else spot.admin1


def near_area(ground: Ground, anchor: Spot) -> Spot:
    """Return an area with a margin of a tenth of its radius."""
    margin = 0.1 * anchor.uncertainty_m
    shape: BaseGeometry | Deferred
    if is_area(anchor) and anchor.place is not None:
        shape, radius = _grown(ground, anchor, f"near {anchor.place.id}", margin)
    else:
        shape = shapes.grown(anchor.geometry, margin)
        radius = shapes.holding_radius(shape, anchor.lon, anchor.lat)
    return about(
        anchor, f"near {anchor.name}", "near", shape, (anchor.lon, anchor.lat), radius, "polygon with margin",
        f"near {anchor.name}: the area and a tenth of its radius around it.",
    )  # fmt: skip


def _grown(ground: Ground, anchor: Spot, key: str, margin: float) -> tuple[Deferred, float]:
    """Return the polygon of an area with its margin, and its radius about the area's point, kept by key."""
    shape = ground.derived(key, lambda: shapes.grown(anchor.geometry, margin))
    held = ground.regions.figures(
        key,
        lambda: (
            anchor.lon,
            anchor.lat,
            shapes.holding_radius(made(shape), anchor.lon, anchor.lat),
        ),
    )
    assert held is not None
    return shape, held[2]


def clipped(spot: Spot, area: Spot) -> Spot:
    """Return what of a strip or corridor lies in an area; where nothing does, the whole at half its confidence."""
    shape = spot.geometry.intersection(area.geometry)
    if shape.is_empty:
        return replace(spot, confidence=spot.confidence / 2)
    lon, lat = shapes.representative(shape)
    radius = shapes.holding_radius(shape, lon, lat)
    return replace(
        spot, name=f"{spot.name}, {area.name}", shape=shape, lon=lon, lat=lat, uncertainty_m=radius,
        country=area.country, admin1=area.admin1, confidence=min(spot.confidence, area.confidence),
        explanation=f"{spot.explanation} Of it what lies in {area.name}.",
    )  # fmt: skip


def along_river(ground: Ground, spot: Spot, side: Side | None = None) -> Spot:
    """Return the corridor along a river, or along one of its banks; what is no river stays as it is."""
    if spot.place is None or spot.kind != "water":
        return spot
    line = ground.regions.line(spot.place)
    if line is None or line.is_empty:
        return spot
    key = f"along {spot.place.id}" if side is None else f"bank {side} {spot.place.id}"
    if side is None:
        shape = ground.derived(key, lambda: shapes.strip(line, _RIVER_HALF_WIDTH_M))
        words, which = f"along {spot.name}", f"{kilometres(_RIVER_HALF_WIDTH_M)} on both sides"
    else:
        shape = ground.derived(key, lambda: bank(line, side, _BANK_WIDTH_M))
        word = side if isinstance(side, str) else compass(side, adjective=True)
        words, which = f"{word} bank of {spot.name}", f"{kilometres(_BANK_WIDTH_M)} on that side"
    held = ground.hold(key, shape, (spot.lon, spot.lat))
    if held is None:
        return spot
    lon, lat, radius = held
    river = about(
        spot, words, "along", shape, (lon, lat), radius, "corridor along river",
        f"{words}: {which} of the river's line.",
    )  # fmt: skip
    country, _ = ground.codes_at((lon, lat), spot.country, None)
    return replace(river, country=country, admin1=None)  # a river has many regions
