"""Districts of countries at war and their neighbours, with their outlines (geoBoundaries). See data/README.md."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.geo.place import Place
from dateline.geo.tables import Named, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WORLD_DISTRICTS", "world_district_ids", "world_districts"]

WORLD_DISTRICTS = "districts.parquet"


@cache
def world_district_ids() -> frozenset[str]:
    """Return the place ids of the districts that have an outline."""
    return frozenset(row["id"] for row in read_rows(WORLD_DISTRICTS, ("id",)))


def world_districts() -> Iterator[Named]:
    """Yield the districts; those that GeoNames has too under its number and with its names."""
    columns = ["id", "name", "names", "country", "region", "lon", "lat", "population"]
    for row in read_rows(WORLD_DISTRICTS, columns):
        place = Place(
            id=row["id"],
            name=row["name"],
            kind="district",
            lon=row["lon"],
            lat=row["lat"],
            country=row["country"],
            admin1=row["region"],
            district=row["name"],
            population=row["population"] or None,
            source="geoBoundaries",
        )
        yield Named(
            place, tuple(dict.fromkeys([row["name"], *filter(None, row["names"].split("|"))]))
        )
