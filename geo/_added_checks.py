"""Whether places are where they say: on land, in their country, with latitude and longitude in their order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.errors import CellError, InputError
from dateline.geo.tables import data_path
from dateline.geo.zones import country_at, has_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo._added_facts import Fact
    from dateline.geo.gazetteer import Gazetteer

__all__ = ["Checks", "checked_country"]

_METRES_PER_DEGREE = 111_195.0
_TOLERANCE_M = (
    15_000.0  # our outlines are good to some 5 km at worst; islets and piers are not in them
)
_SAME_PLACE_M = 50_000.0
_MAX_LAT = 90.0


def checked_country(code: str | None) -> str | None:
    """Return the code of a country in capitals, null for null.

    Raises
    ------
    InputError
        If it is no country's.
    """
    known = code is None or has_zones(code.upper()) or code.upper() in _world().countries
    if not known:
        raise InputError("a country's ISO 3166-1 alpha-2 code", code, "e.g. UA")
    return code and code.upper()


class Checks:
    """Checks batches of facts against the outlines of the world's regions and known namesakes.

    Parameters
    ----------
    file
        Name of the file, for messages.
    gazetteer
        Places already known: where a namesake stands at exchanged coordinates, they were exchanged.
    """

    def __init__(self, file: str, gazetteer: Gazetteer | None) -> None:
        self._file = file
        self._gazetteer = gazetteer
        self._world = _world()

    def check(self, facts: Sequence[Fact]) -> tuple[list[Fact], list[CellError]]:
        """Return the facts that may be right, with country and region filled in, and what is wrong with the others.

        Parameters
        ----------
        facts
            A batch; some ten thousand at a time are quickest.
        """
        if not facts:
            return [], []
        lon = np.array([fact.lon for fact in facts])
        lat = np.array([fact.lat for fact in facts])
        near = self._regions_near(lon, lat, [fact.country for fact in facts])
        exchanged = self._exchanged(facts)
        good: list[Fact] = []
        bad: list[CellError] = []
        for fact, regions, swapped in zip(facts, near, exchanged, strict=True):
            error = self._error(fact, regions, swapped=swapped)
            if error is None:
                good.append(self._filled(fact, regions))
            else:
                bad.append(error)
        return good, bad

    def _error(self, fact: Fact, regions: list[int], *, swapped: bool) -> CellError | None:
        """Return what is wrong with one place, null where nothing is."""
        here = f"{fact.lat:g}, {fact.lon:g}"
        if fact.lon == 0 and fact.lat == 0:
            expected = f"coordinates of {fact.names[0]!r}"
            return CellError(
                self._file,
                fact.row,
                "lat, lon",
                here,
                expected=expected,
                remedy="0, 0 means unknown",
            )
        countries = {self._world.countries[number] for number in regions}
        if not self._fits(fact, countries):
            countries |= _second_opinion(fact.lon, fact.lat)
        if self._fits(fact, countries):
            return self._swapped_error(fact, here) if swapped else None
        if swapped or self._fits_exchanged(fact):
            return self._swapped_error(fact, here)
        where = f"in {', '.join(sorted(countries))}" if countries else "in the sea"
        expected = f"{fact.names[0]!r} " + (f"in {fact.country}" if fact.country else "on land")
        remedy = f"the point is {where}: check latitude, longitude and country"
        return CellError(self._file, fact.row, "lat, lon", here, expected=expected, remedy=remedy)

    def _fits(self, fact: Fact, countries: set[str]) -> bool:
        """Tell whether a place may be where these countries are; waters may be anywhere."""
        return fact.kind == "water" or bool(
            fact.country in countries if fact.country else countries
        )

    def _swapped_error(self, fact: Fact, here: str) -> CellError:
        """Return the error for coordinates in the wrong order."""
        expected = f"latitude and longitude of {fact.names[0]!r}"
        remedy = "they look swapped: exchange the two columns"
        return CellError(self._file, fact.row, "lat, lon", here, expected=expected, remedy=remedy)

    def _fits_exchanged(self, fact: Fact) -> bool:
        """Tell whether a place would be on land, in its country, with its coordinates exchanged."""
        if abs(fact.lon) > _MAX_LAT:
            return False
        lon, lat = np.array([fact.lat]), np.array([fact.lon])
        (regions,) = self._regions_near(lon, lat, [fact.country])
        countries = {self._world.countries[number] for number in regions}
        return bool(countries) if fact.country is None else fact.country in countries

    def _filled(self, fact: Fact, regions: list[int]) -> Fact:
        """Return a fact with the country and region that its point is in, where it does not say them itself."""
        if fact.kind in {"country", "water"}:
            return fact
        if not regions:
            here = _second_opinion(fact.lon, fact.lat)
            return replace(fact, country=fact.country or next(iter(here), None))
        inside = [n for n in regions if fact.country in {None, self._world.countries[n]}] or regions
        country = fact.country or self._world.countries[inside[0]]
        code = self._world.codes[inside[0]]
        known = fact.admin1 or (code if code.startswith(f"{country}-") else None)
        return replace(fact, country=country, admin1=known)

    def _exchanged(self, facts: Sequence[Fact]) -> list[bool]:
        """Tell of each place whether a namesake stands where it would be with its coordinates exchanged."""
        if self._gazetteer is None:
            return [False] * len(facts)
        found = self._gazetteer.find_many([fact.names[0] for fact in facts])
        # what the user added earlier proves nothing: it may be the same file, exchanged then
        namesakes = {
            name: [place for place in places if not place.id.startswith("added:")]
            for name, places in found.items()
        }
        return [
            any(_metres(fact.lat, fact.lon, p.lon, p.lat) < _SAME_PLACE_M for p in places)
            and not any(_metres(fact.lon, fact.lat, p.lon, p.lat) < _SAME_PLACE_M for p in places)
            for fact in facts
            for places in [namesakes[fact.names[0]]]
        ]

    def _regions_near(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        countries: Sequence[str | None],
    ) -> list[list[int]]:
        """Return for each point the numbers of the regions that hold it.

        Where none does, or none of the country that the point should be in, those within the tolerance
        follow: at a coast or border our outlines are not the last word.
        """
        points = np.asarray(shapely.points(lon, lat), dtype=object)
        found: list[list[int]] = [[] for _ in points]
        around = self._world.tree.query(shapely.box(lon.min(), lat.min(), lon.max(), lat.max()))
        pairs = shapely.STRtree(points).query(self._world.outlines[around], predicate="intersects")
        for region, at in zip(around[pairs[0]].tolist(), pairs[1].tolist(), strict=True):
            found[at].append(region)
        edge = np.array(
            [
                at
                for at, (regions, country) in enumerate(zip(found, countries, strict=True))
                if not regions
                or country not in {None, *(self._world.countries[n] for n in regions)}
            ],
            dtype=np.intp,
        )
        reach = _TOLERANCE_M / _METRES_PER_DEGREE / np.maximum(np.cos(np.radians(lat)), 0.05)
        pairs = self._world.tree.query(points[edge], predicate="dwithin", distance=reach[edge])
        for at, region in zip(edge[pairs[0]].tolist(), pairs[1].tolist(), strict=True):
            if region not in found[at]:
                found[at].append(region)
        return found


def _second_opinion(lon: float, lat: float) -> set[str]:
    """Return the country of a point by OpenStreetMap's time zones, which know islets and dependencies."""
    country = country_at(lon, lat)
    return set() if country is None else {country}


@dataclass(frozen=True, slots=True)
class _World:
    """The world's first-level regions: ISO 3166-2 codes, countries, outlines, and a tree of these."""

    codes: list[str]
    countries: list[str]
    outlines: NDArray[np.object_]
    tree: shapely.STRtree


@cache
def _world() -> _World:
    """Return the world's first-level regions, read once."""
    import pyarrow.parquet as pq

    columns = ["code", "country", "geometry"]
    table = pq.read_table(data_path("regions.parquet"), columns=columns).to_pydict()
    outlines = shapely.from_wkb(np.array(table["geometry"], dtype=object))
    return _World(table["code"], table["country"], outlines, shapely.STRtree(outlines))


def _metres(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Return the distance of two points on a sphere, good to a percent: enough for "the same place"."""
    if abs(lat) > _MAX_LAT:
        return math.inf
    east = ((lon2 - lon + 180) % 360 - 180) * math.cos(math.radians((lat + lat2) / 2))
    return math.hypot(east, lat2 - lat) * _METRES_PER_DEGREE
