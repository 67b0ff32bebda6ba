"""Place expressions with what they mean, worked out from known coordinates: `data/expressions/`.

`at` names a place of `places.csv`; with a bearing and a distance the point that lies so from it, with a bearing
alone any point in that direction, "a+b" the middle of two places or, of several, each of them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import shapely
from pyproj import Geod

_FOLDER = Path(__file__).parent / "data" / "expressions"
_GEOD = Geod(ellps="WGS84")
_AREAS = frozenset({"region", "district", "border", "along", "country"})
_TURN = (
    50.0  # degrees that "north of" may be out: its sector reaches 45, the point lies in the middle
)

Point = tuple[float, float]


class Row(NamedTuple):
    """One expression and what it means; km and bearing null where not given."""

    language: str
    text: str
    kind: str
    country: str
    at: str
    km: float | None
    bearing: float | None
    tolerance_km: float | None


def languages() -> list[str]:
    """Return the languages that have a table."""
    return sorted(path.stem for path in _FOLDER.glob("??.csv"))


def rows(language: str) -> list[Row]:
    """Return the expressions of a language."""
    with (_FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Row(
                language, row["text"], row["kind"], row["country"], row["at"],
                *(float(row[key]) if row[key] else None for key in ("km", "bearing", "tolerance_km")),
            )
            for row in csv.DictReader(lines)
        ]  # fmt: skip


@cache
def places() -> dict[str, Point]:
    """Return longitude and latitude of each place that expressions are about."""
    with (_FOLDER / "places.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["place"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)
        }


def faults(row: Row, location) -> list[str]:
    """Return what is wrong with the location that an expression was given; empty where it is right."""
    if location.lon is None:
        return ["no match"]
    found = []
    if location.kind != row.kind:
        found.append(f"{location.kind} in place of {row.kind}")
    if row.country and location.country != row.country:
        found.append(f"in {location.country}, not {row.country}")
    if not location.uncertainty_m or not location.explanation:
        found.append("no uncertainty or explanation")
    found += _place_faults(row, location)
    return found


def _place_faults(row: Row, location) -> list[str]:
    """Return what is wrong with where a location lies."""
    anchors = [places()[name] for name in row.at.split("+")]
    here = (location.lon, location.lat)
    if row.kind == "several":
        return _several_faults(row, location, anchors)
    if row.bearing is not None and row.km is None:
        turn, metres = _inverse(anchors[0], here)
        apart = abs((turn - row.bearing + 180.0) % 360.0 - 180.0)
        return [f"{apart:.0f} degrees off"] if apart > _TURN or metres < 1_000.0 else []
    if len(anchors) == 2:
        wanted = _middle(*anchors)
    elif row.bearing is not None and row.km is not None:
        wanted = _GEOD.fwd(*anchors[0], row.bearing, row.km * 1000.0)[:2]
    else:
        wanted = anchors[0]
    metres = _distance(location.geometry if row.kind in _AREAS else shapely.Point(here), wanted)
    assert row.tolerance_km is not None
    return [f"{metres / 1000:.0f} km away"] if metres > row.tolerance_km * 1000.0 else []


def _several_faults(row: Row, location, anchors: list[Point]) -> list[str]:
    """Return which members of several places are not where they should be."""
    members = [(part["lon"], part["lat"]) for part in location.parts]
    if len(members) != len(anchors):
        return [f"{len(members)} members, not {len(anchors)}"]
    assert row.tolerance_km is not None
    return [
        f"{name} {metres / 1000:.0f} km away"
        for name, wanted, member in zip(row.at.split("+"), anchors, members, strict=True)
        if (metres := _inverse(wanted, member)[1]) > row.tolerance_km * 1000.0
    ]


def _inverse(one: Point, two: Point) -> tuple[float, float]:
    """Return bearing and distance in metres."""
    turn, _, metres = _GEOD.inv(*one, *two)
    return turn % 360.0, metres


def _middle(one: Point, two: Point) -> Point:
    """Return the point half-way."""
    turn, metres = _inverse(one, two)
    return _GEOD.fwd(*one, turn, metres / 2)[:2]


def _distance(geometry, point: Point) -> float:
    """Return metres from a geometry to a point, nothing where it holds the point."""
    if geometry.covers(shapely.Point(point)):
        return 0.0
    near = shapely.get_coordinates(shapely.shortest_line(geometry, shapely.Point(point)))[0]
    return _inverse(tuple(near), point)[1]
