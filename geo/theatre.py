"""The theatre gazetteer: villages and districts of the Russia-Ukraine borderland that the world's index lacks.

Russian villages come from an open table of the settlements of Russia (CC BY-SA 4.0), Ukrainian ones from the official
codifier with coordinates of GeoNames (CC BY 4.0); districts and hromadas are the Voronoi cells of their settlements. See data/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.geo.place import Place
from dateline.geo.tables import Named, read_rows, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BY_MUNICIPALITY",
    "DISTRICTS",
    "HROMADAS",
    "THEATRE_FILES",
    "Further",
    "districts",
    "hromadas",
    "known_to_geonames",
    "villages",
]

_SOURCES = {
    "theatre_ru.csv.gz": "Settlements of Russia, CC BY-SA 4.0",
    "theatre_ua.csv.gz": "GeoNames",
}
BY_MUNICIPALITY = (
    "Codifier of Ukraine"  # source of villages known by their municipality, not by their own point
)
DISTRICTS = "theatre_districts.parquet"
HROMADAS = "theatre_hromadas.parquet"
THEATRE_FILES = (*_SOURCES, DISTRICTS, HROMADAS)


@cache
def _district_rows() -> list[dict[str, Any]]:
    return read_rows(DISTRICTS, ("id", "region", "own", "name", "names", "lon", "lat"))


@cache
def _district_names() -> dict[tuple[str, str], str]:
    return {(row["region"], row["own"]): row["name"] for row in _district_rows()}


def districts() -> Iterator[Named]:
    """Yield the districts; a city's own district is left out, as its name means the city."""
    for row in _district_rows():
        if row["names"]:
            yield _outlined(row, row["name"])


def _outlined(row: dict[str, Any], district: str | None) -> Named:
    """Return a district or hromada of the theatre with its names, in the district that is given."""
    place = Place(
        id=row["id"],
        name=row["name"],
        kind="district",
        lon=row["lon"],
        lat=row["lat"],
        country=row["region"][:2],
        admin1=row["region"],
        district=district,
        source="theatre gazetteer",
    )
    return Named(place, tuple(row["names"].split("|")))


def hromadas() -> Iterator[Named]:
    """Yield the hromadas, the communities that Ukrainian raions are made of, each with the raion it is in."""
    for row in read_rows(HROMADAS, ("id", "region", "raion", "name", "names", "lon", "lat")):
        yield _outlined(row, _district_names().get((row["region"], row["raion"])))


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
                    source=BY_MUNICIPALITY if row["radius_m"] else source,
                    radius_m=float(row["radius_m"]) if row["radius_m"] else None,
                )
                yield Named(place, _names(row))


class Further(NamedTuple):
    """What the theatre's tables say of a place that GeoNames has: district, names, inhabitants."""

    district: str | None = None
    names: tuple[str, ...] = ()
    population: int | None = None


def known_to_geonames() -> dict[str, Further]:
    """Return what is known besides of the places that GeoNames has, by their id."""
    found: dict[str, Further] = defaultdict(Further)
    for file in _SOURCES:
        for row in read_table(file):
            if row["geonames"]:
                district, names, people = found[row["geonames"]]
                own = _district_names().get((row["region"], row["district"]))
                people = int(row["population"]) if row["population"] else people
                found[row["geonames"]] = Further(own or district, names + _names(row), people)
    return dict(found)


def _names(row: dict[str, str]) -> tuple[str, ...]:
    names = (row["name"], row["ru"], row["uk"], *row["alt"].split("|"))
    return tuple(dict.fromkeys(name for name in names if name))
