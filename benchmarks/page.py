#!/usr/bin/env python3
"""Time the page beside other ways to draw the same events, in one run.

    python benchmarks/page.py [--sizes 1000 10000 100000] [--peers circlemarker geojson fastmarkercluster explore plotly]

For each: processor seconds to build and save, peak memory of building, size of the file, and, in headless Chromium without network, milliseconds until the
page is painted and calm; of our page also the script of a filter, how many frames of a 60 Hz screen lie between the reader's key and the filtered map on
the screen (the browser's Event Timing), and memory. What peers' pages ask delivery networks for is served from xstatic packages (`pip install '.[bench]'`).
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from watching import painted, watched

SIDES, STATUSES = ["RUS", "UKR", "PRK", None], ["claimed", "confirmed", "disputed"]
PLACES = [
    "Sudzha",
    "Korenevo",
    "Glushkovo",
    "Rylsk",
    "Guyevo",
    "Plekhovo",
    "Pogrebki",
    "Snagost",
    "Yunakivka",
    "Sumy",
]
WORDS = [
    "near",
    "treeline",
    "column",
    "footage",
    "shows",
    "vehicle",
    "crew",
    "abandoned",
    "position",
    "assault",
    "repelled",
    "artillery",
    "damaged",
    "bridge",
    "video",
    "moving",
    "towards",
    "farm",
    "depot",
]
TYPES = [
    "Battles: Armed clash",
    "Explosions/Remote violence: Air/drone strike",
    "Strategic developments",
    "Deployment",
]


def events(count: int, seed: int = 11) -> gpd.GeoDataFrame:
    """Return made-up events around sixty places, with titles of some 80 characters."""
    random = np.random.default_rng(seed)
    heart = random.integers(0, 60, count)
    lon = random.uniform(34, 36, 60)[heart] + random.normal(0, 0.05, count)
    lat = random.uniform(51, 52, 60)[heart] + random.normal(0, 0.03, count)
    days = np.datetime64("2024-08-01") + np.sort(random.integers(0, 273, count))
    words = np.array(WORDS)[random.integers(0, len(WORDS), (count, 11))]
    place = np.array(PLACES)[random.integers(0, len(PLACES), count)]
    side = np.array(SIDES, object)[random.integers(0, len(SIDES), count)]
    unit = random.integers(1, 80, count)
    return gpd.GeoDataFrame(
        {
            "id": [f"E{number:07d}" for number in range(count)],
            "title": [f"{p}: {' '.join(w)}" for p, w in zip(place, words, strict=True)],
            "place": place,
            "event_type": np.array(TYPES)[random.integers(0, len(TYPES), count)],
            "status": np.array(STATUSES)[random.integers(0, 3, count)],
            "date_start": days.astype(str),
            "date_end": days.astype(str),
            "uncertainty_m": random.choice([50, 250, 1000, 5000], count).astype(float),
            "sides": [[one] if one else [] for one in side],
            "units": [
                [{"name": f"{n}th Brigade", "side": s}] for n, s in zip(unit, side, strict=True)
            ],
            "sources": [
                [{"url": f"https://example.org/{n}"}] for n in random.integers(0, 99999, count)
            ],
        },
        geometry=gpd.points_from_xy(lon.round(6), lat.round(6)),
        crs=4326,
    )


def dateline(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with this package."""
    from dateline.layers.page import draw

    draw(table, built="2024-12-16").save(path)


def circlemarker(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with folium.CircleMarker on canvas."""
    import folium

    chart = folium.Map(prefer_canvas=True)
    for point, title in zip(table.geometry, table["title"], strict=True):
        folium.CircleMarker([point.y, point.x], radius=3, popup=title).add_to(chart)
    chart.save(path)


def geojson(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with folium.GeoJson as it comes: a pin an event."""
    import folium

    chart = folium.Map()
    folium.GeoJson(table, popup=folium.GeoJsonPopup(["title"])).add_to(chart)
    chart.save(path)


def geojsoncircles(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with folium.GeoJson and a circle an event."""
    import folium

    chart = folium.Map()
    popup = folium.GeoJsonPopup(["title"])
    folium.GeoJson(table, marker=folium.CircleMarker(radius=3), popup=popup).add_to(chart)
    chart.save(path)


def fastmarkercluster(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with folium's FastMarkerCluster."""
    import folium
    from folium.plugins import FastMarkerCluster

    chart = folium.Map()
    FastMarkerCluster(
        list(zip(table.geometry.y, table.geometry.x, table["title"], strict=True))
    ).add_to(chart)
    chart.save(path)


def explore(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with geopandas' explore."""
    table.explore().save(path)


def plotly(table: gpd.GeoDataFrame, path: Path) -> None:
    """Draw with plotly, if it is installed."""
    import plotly.express as px

    frame = pd.DataFrame(
        {"lat": table.geometry.y, "lon": table.geometry.x, "title": table["title"]}
    )
    px.scatter_map(frame, lat="lat", lon="lon", hover_name="title").write_html(
        path, include_plotlyjs=True
    )


WAYS = {
    way.__name__: way
    for way in (dateline, circlemarker, geojson, geojsoncircles, fastmarkercluster, explore, plotly)
}


def _build(name: str, count: int, path: Path, answers: Any) -> None:
    """Build one page in a process of its own and tell what it took."""
    table = events(count)
    before = time.process_time()
    try:
        WAYS[name](table, path)
    except ImportError as error:
        answers.put((str(error), 0.0))
        return
    answers.put(
        (time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    )


def build(name: str, count: int, path: Path) -> tuple[float | str, float]:
    """Return processor seconds (or what is missing) and peak megabytes of building one page."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_build, args=(name, count, path, answers))
    process.start()
    answer = answers.get()
    process.join()
    return answer


def main() -> None:
    """Build and open all pages and print one line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 100000])
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=sorted(set(WAYS) - {"dateline"}),
        default=["geojson", "fastmarkercluster"],
    )
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    for count in options.sizes:
        for name in ("dateline", *options.peers):
            path = folder / f"{name}-{count}.html"
            seconds, peak = build(name, count, path)
            if isinstance(seconds, str):
                print(f"{count:>9,} {name:<18} not measured: {seconds}")
                continue
            line = f"{count:>9,} {name:<18} build {seconds:6.2f} s, peak {peak:6.0f} MB, file {path.stat().st_size / 1e6:7.2f} MB"
            print(line, end=" ", flush=True)
            try:
                print(watched(path, options.runs) if name == "dateline" else painted(path, 1))
            except TimeoutError as error:
                print(error)
            path.unlink()


if __name__ == "__main__":
    main()
