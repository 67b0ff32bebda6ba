"""Named features that reports of wars name and other sources lack: rivers, straits, camps, crossings, dams, corridors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from shapely.geometry import LineString

from dateline.geo.place import Place, PlaceKind
from dateline.geo.tables import Named, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PREFIX", "feature_line", "feature_radius", "features"]

PREFIX = "feature:"


class _Feature(NamedTuple):
    """A feature: its place, all its names, its points in degrees, its radius in metres where it has one point."""

    place: Place
    names: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    radius_m: float | None


@cache
def _features() -> dict[str, _Feature]:
    found = {}
    for row in read_table("features.csv"):
        names = tuple(row["names"].split("|"))
        points = tuple(_point(text) for text in row["points"].split(";"))
        lon, lat = points[len(points) // 2]
        place = Place(
            id=f"{PREFIX}{names[0]}",
            name=names[0],
            kind=cast("PlaceKind", row["kind"]),
            lon=lon,
            lat=lat,
            country=row["country"] or None,
            source="features",
        )
        radius = float(row["km"]) * 1000.0 if row["km"] else None
        found[place.id] = _Feature(place, names, points, radius)
    return found


def _point(text: str) -> tuple[float, float]:
    lon, lat = map(float, text.split())
    return lon, lat


def features() -> Iterator[Named]:
    """Yield the features with their names in many languages."""
    for feature in _features().values():
        yield Named(feature.place, feature.names)


def feature_radius(place: Place) -> float | None:
    """Return the radius in metres that holds 95 % of a feature; null where a place is none, or a river."""
    return _features()[place.id].radius_m if place.id in _known(place) else None


def feature_line(place: Place) -> LineString | None:
    """Return the course of a river, EPSG:4326; null where a place is no river of these."""
    if place.id not in _known(place):
        return None
    points = _features()[place.id].points
    return LineString(points) if len(points) > 1 else None


def _known(place: Place) -> dict[str, _Feature]:
    """Return the features, none of them where a place is plainly none: the table is then not read."""
    return _features() if place.id.startswith(PREFIX) else {}
