"""Districts of countries at war and their neighbours, with their outlines (geoBoundaries). See data/README.md."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.geo.place import Place
from dateline.geo.tables import Named, data_path

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WORLD_DISTRICTS", "world_district_ids", "world_districts"]

WORLD_DISTRICTS = "districts.parquet"


def _rows(columns: list[str]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(
        data_path(WORLD_DISTRICTS), columns=columns
    ).to_pylist()
    return rows


@cache
def world_district_ids() -> frozenset[str]:
    """Return the place ids of the districts that have an outline."""
    return frozenset(row["id"] for row in _rows(["id"]))


def world_districts() -> Iterator[Named]:
    """Yield the districts; those that GeoNames has too under its number and with its names."""
    columns = ["id", "name", "names", "country", "region", "lon", "lat", "population"]
    for row in _rows(columns):
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
