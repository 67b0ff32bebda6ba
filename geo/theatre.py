"""The theatre gazetteer: villages and districts of the Russia-Ukraine borderland that the world's index lacks.

Russian villages come from an open table of the settlements of Russia (CC BY-SA 4.0), Ukrainian ones from GeoNames
(CC BY 4.0); districts are the Voronoi cells of their settlements. See data/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.geo.place import Place
from dateline.geo.tables import Named, data_path, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["THEATRE_FILES", "districts", "known_to_geonames", "villages"]

_SOURCES = {
    "theatre_ru.csv.gz": "Settlements of Russia, CC BY-SA 4.0",
    "theatre_ua.csv.gz": "GeoNames",
}
_DISTRICTS = "theatre_districts.parquet"
THEATRE_FILES = (*_SOURCES, _DISTRICTS)


@cache
def _district_rows() -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    columns = ["id", "region", "own", "name", "names", "lon", "lat"]
    rows: list[dict[str, Any]] = pq.read_table(data_path(_DISTRICTS), columns=columns).to_pylist()
    return rows


@cache
def _district_names() -> dict[tuple[str, str], str]:
    return {(row["region"], row["own"]): row["name"] for row in _district_rows()}


def districts() -> Iterator[Named]:
    """Yield the districts; a city's own district is left out, as its name means the city."""
    for row in _district_rows():
        if row["names"]:
            place = Place(
                id=row["id"],
                name=row["name"],
                kind="district",
                lon=row["lon"],
                lat=row["lat"],
                country=row["region"][:2],
                admin1=row["region"],
                district=row["name"],
                source="theatre gazetteer",
            )
            yield Named(place, tuple(row["names"].split("|")))


def villages() -> Iterator[Named]:
    """Yield the villages that GeoNames' places over 500 inhabitants lack."""
    for file, source in _SOURCES.items():
        for row in read_table(file):
            if not row["geonames"]:
                place = Place(
                    id=row["id"],
                    name=row["name"],
                    kind="settlement",
                    lon=float(row["lon"]),
                    lat=float(row["lat"]),
                    country=row["region"][:2],
                    admin1=row["region"],
                    district=_district_names().get((row["region"], row["district"])),
                    population=int(row["population"]) if row["population"] else None,
                    source=source,
                )
                yield Named(place, _names(row))


def known_to_geonames() -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Return district and further names of the places that GeoNames has, by their id."""
    found: dict[str, tuple[str | None, tuple[str, ...]]] = defaultdict(lambda: (None, ()))
    for file in _SOURCES:
        for row in read_table(file):
            if row["geonames"]:
                district, names = found[row["geonames"]]
                own = _district_names().get((row["region"], row["district"]))
                found[row["geonames"]] = (own or district, names + _names(row))
    return dict(found)


def _names(row: dict[str, str]) -> tuple[str, ...]:
    names = (row["name"], row["ru"], row["uk"], *row["alt"].split("|"))
    return tuple(dict.fromkeys(name for name in names if name))
