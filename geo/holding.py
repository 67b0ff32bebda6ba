"""What holds a point, and which places a text names: what disclosure asks of the geocoder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import shapely

from dateline.geo.tables import read_rows

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.coarse import Areas
    from dateline.geo.geocoder import Geocoder
    from dateline.geo.masking import Finder

__all__ = ["areas_of", "finder_of"]

_DISTRICTS = "theatre_districts.parquet"
_TOLD_ANYWAY = frozenset({"country"})
"""Kinds of place that a coarsened event's text may name: every coarse area tells its country."""


def areas_of(geocoder: Geocoder) -> Areas:
    """Return the function that gives the `district` or `region` around a point; see `coarse_area`.

    Districts are those of the theatre gazetteer; outside it there is none, and so an event that is to
    be coarsened to its district is withheld.
    """

    def areas(kind: str, lon: float, lat: float) -> tuple[str, BaseGeometry] | None:
        around = _district if kind == "district" else _region
        return around(geocoder, lon, lat)

    return areas


def finder_of(geocoder: Geocoder) -> Finder:
    """Return the function that gives the spans of places in a text, countries left out; see `coarsened`."""

    def find(text: str, language: str | None) -> list[tuple[int, int]]:
        found = geocoder.find(text, language or "en")
        return [(place.start, place.end) for place in found if place.kind not in _TOLD_ANYWAY]

    return find


def _district(geocoder: Geocoder, lon: float, lat: float) -> tuple[str, BaseGeometry] | None:
    """Return name and polygon of the district around a point in degrees."""
    point = shapely.Point(lon, lat)
    for place, name, box in _districts():
        shape = geocoder.regions.district(place) if box.covers(point) else None
        if shape is not None and shape.covers(point):
            return name, shape
    return None


def _region(geocoder: Geocoder, lon: float, lat: float) -> tuple[str, BaseGeometry] | None:
    """Return name and polygon of the first-level region around a point in degrees."""
    _, code = geocoder.regions.at(lon, lat)
    if code is None:
        return None
    place = geocoder.gazetteer.get(f"iso:{code}")
    return place.name if place else code, geocoder.regions.admin1(code)


@cache
def _districts() -> list[tuple[str, str, BaseGeometry]]:
    """Return place id, name and box of every district that has a polygon."""
    rows = read_rows(_DISTRICTS, ("id", "name", "bbox"))
    edges = ("xmin", "ymin", "xmax", "ymax")
    return [
        (row["id"], row["name"], shapely.box(*(row["bbox"][edge] for edge in edges)))
        for row in rows
    ]
