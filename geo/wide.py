"""Large or loose areas that the gazetteer has no polygon of, and where countries are written on a map."""

from __future__ import annotations

from functools import cache

from dateline.geo.names import name_keys
from dateline.geo.place import Place, PlaceKind
from dateline.geo.tables import read_table

__all__ = ["country_point", "wide_places", "wide_radius"]


@cache
def _points() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of each country."""
    return {
        row["country"]: (float(row["lon"]), float(row["lat"]))
        for row in read_table("country_points.csv")
    }


def country_point(code: str | None) -> tuple[float, float] | None:
    """Return longitude and latitude where a country is written on a map, null where none is listed."""
    return _points().get(code or "")


@cache
def _areas() -> tuple[dict[str, tuple[Place, ...]], dict[str, float]]:
    """Return the areas of each key, and the radius in metres of each area."""
    by_key: dict[str, tuple[Place, ...]] = {}
    radii: dict[str, float] = {}
    for row in read_table("large_areas.csv"):
        names = row["names"].split("|")
        kind: PlaceKind = "water" if row["kind"] == "water" else "region"
        place = Place(
            f"wide:{names[0]}", names[0], kind, float(row["lon"]), float(row["lat"]), row["country"] or None,
            source="large areas",
        )  # fmt: skip
        radii[place.id] = float(row["km"]) * 1000.0
        for key in name_keys(names):
            by_key[key] = (*by_key.get(key, ()), place)
    return by_key, radii


def wide_places(key: str) -> tuple[Place, ...]:
    """Return the large areas with a key of `dateline.geo.names.name_key`."""
    return _areas()[0].get(key, ())


def wide_radius(place: Place) -> float | None:
    """Return the radius in metres of a large area, null where a place is none."""
    return _areas()[1].get(place.id)
