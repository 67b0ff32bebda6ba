"""Time the export of a million point events beside geopandas' own writers, in one run.

Usage: python benchmarks/export.py [EVENTS]

Floors: GeoParquet in 10 s, GeoJSON in 30 s, on two cores. A workbook, which holds fewer rows, is timed
beside pandas' own writer on a twentieth of the events.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from dateline.exports.vector import export
from dateline.table import LIST_COLUMNS, as_table

SEED = 7
SIDES = ("RUS", "UKR", "PRK")
FLOORS = {".parquet": 10.0, ".geojson": 30.0}


def synthetic(count: int) -> gpd.GeoDataFrame:
    """Return events in all columns: points with sides, a unit, a figure and a source."""
    random = np.random.default_rng(SEED)
    days = pd.to_datetime("2022-02-24") + pd.to_timedelta(random.integers(0, 1000, count), "D")
    side = [SIDES[number] for number in random.integers(0, len(SIDES), count)]
    points = gpd.points_from_xy(random.uniform(30, 40, count), random.uniform(46, 54, count))
    frame = pd.DataFrame(
        {
            "id": [f"event-{number}" for number in range(count)],
            "title": [f"Clash number {number} near a village" for number in range(count)],
            "summary": ["Reported by both sides; figures differ."] * count,
            "event_type": ["Battles: Armed clash"] * count,
            "status": ["claimed"] * count,
            "date_start": days.strftime("%Y-%m-%d"),
            "place": [f"Village {number % 5000}" for number in range(count)],
            "uncertainty_m": random.uniform(100, 9000, count),
            "where_prec": random.integers(1, 5, count),
            "confidence": random.uniform(0.3, 1, count),
            "country": ["UA"] * count,
            "sides": [[name, "UKR"] for name in side],
            "units": [
                [{"id": None, "name": f"{number % 99}th", "side": name, "sidc": None}]
                for number, name in enumerate(side)
            ],
            "casualties": [
                [
                    {
                        "min": number % 7,
                        "max": None,
                        "kind": "killed",
                        "who": None,
                        "side": None,
                        "claimed_by": "A",
                    }
                ]
                for number in range(count)
            ],
            "sources": [
                [
                    {
                        "publisher": "P",
                        "url": f"https://example.org/{number}",
                        "published": None,
                        "title": None,
                        "excerpt": None,
                        "licence": "CC BY 4.0",
                    }
                ]
                for number in range(count)
            ],
        }
    )
    return as_table(gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326"))


def geopandas_parquet(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write with geopandas as near to ours as it gets."""
    plain = events.assign(extra=None)
    plain.to_parquet(path, compression="zstd", write_covering_bbox=True, schema_version="1.1.0")


def geopandas_geojson(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write with geopandas through GDAL, which takes lists only as text."""
    texts = {name: events[name].map(json.dumps) for name in LIST_COLUMNS}
    events.assign(**texts).to_file(path, driver="GeoJSON", engine="pyogrio")


def pandas_workbook(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write with pandas through openpyxl, which takes lists only as text."""
    texts = {name: events[name].map(json.dumps) for name in LIST_COLUMNS}
    pd.DataFrame(events.assign(geometry=events.geometry.to_wkt(), **texts)).to_excel(path)


def seconds(write: object, *arguments: object) -> float:
    """Return how long one call took, in seconds."""
    start = time.perf_counter()
    write(*arguments)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; return 1 if a floor is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    events = synthetic(count)
    missed = 0
    print(f"{count} events; seconds, MB")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, peer, other, part in (
            (".parquet", "geopandas", geopandas_parquet, count),
            (".geojson", "geopandas", geopandas_geojson, count),
            (".xlsx", "pandas", pandas_workbook, count // 20),
        ):
            for name, write in (("dateline", export), (peer, other)):
                path = Path(folder, name + suffix)
                took = seconds(write, events.head(part), path)
                print(
                    f"{suffix:9} {name:9} {took:6.1f} {path.stat().st_size / 1e6:8.1f}", flush=True
                )
                missed += name == "dateline" and took > FLOORS.get(suffix, took)
                path.unlink()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
