"""Areas and borders: countries, first-level regions, districts, rivers.

    regions = Regions.open()
    regions.admin1("RU-KRS")
    regions.border("RU-KRS", "UA")

Countries and their borders come from OpenStreetMap by way of time zones, first-level regions from Natural Earth,
snapped to those borders; each is worked out when first asked for and kept in the cache directory.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.errors import InputError
from dateline.geo import shapes, zones
from dateline.geo._added_store import AddedStore
from dateline.geo.editions import forget_old, mark_used
from dateline.geo.features import feature_line
from dateline.geo.geometry import pieces_of
from dateline.geo.region_store import RegionStore
from dateline.geo.snap import REACH_DEGREES, areas_of, holds, snap_region
from dateline.geo.tables import read_table
from dateline.geo.theatre import DISTRICTS, HROMADAS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.place import Place

    Box = tuple[float, float, float, float]
    Figures = tuple[float, float, float]

__all__ = ["ATTRIBUTION", "Regions"]

ATTRIBUTION = ("© OpenStreetMap contributors (ODbL)", "Natural Earth")
_FORMAT = "9"  # of the kept shapes and figures: raise it when what is computed changes, here or by evaluate
_TOUCH = 1e-5  # degrees, some metre: how far a border may lie from an outline that has it
_MARGIN = 1e-2  # degrees
_COUNTRY_LENGTH = 2


class Regions:
    """Polygons and lines by code.

    Parameters
    ----------
    store
        Where shapes are kept; use `Regions.open`.
    added
        The places that the user added, with their outlines.
    """

    def __init__(self, store: RegionStore, added: AddedStore | None = None) -> None:
        self._store = store
        self._added = added or AddedStore()

    @classmethod
    def open(
        cls, cache_dir: Path | str | None = None, *, data_dir: Path | str | None = None
    ) -> Regions:
        """Open the shapes; nothing is computed yet.

        Parameters
        ----------
        cache_dir
            Where shapes are kept; by default DATELINE_CACHE or the user's cache directory.
        data_dir
            Where the user's added places are; by default DATELINE_DATA or the user's data directory.

        Raises
        ------
        GazetteerError
            If the cache directory cannot be used.
        """
        from dateline.geo.gazetteer import cache_directory

        parts = "\n".join([_FORMAT, *shapes.fingerprint_parts(), zones.fingerprint_part()])
        fingerprint = hashlib.sha256(parts.encode()).hexdigest()[:12]
        file = cache_directory(cache_dir) / f"shapes-{fingerprint}.sqlite"
        is_new = not file.exists()
        store = RegionStore(file)
        mark_used(file)
        if is_new:
            forget_old(file)
        return cls(store, AddedStore(data_dir))

    def country(self, code: str) -> BaseGeometry:
        """Return a country's land by ISO 3166-1 alpha-2 code: a polygon in degrees, EPSG:4326.

        Raises
        ------
        InputError
            If the code is no country's.
        """
        return self._store.get(code, lambda: self._country_in(code, None))

    def admin1(self, code: str) -> BaseGeometry:
        """Return a first-level region by ISO 3166-2 code, fitted to its country's border.

        Raises
        ------
        InputError
            If the code is no first-level region's.
        """
        return self._store.get(code, lambda: self._snapped(code))

    def border(self, one: str, two: str | None = None) -> BaseGeometry:
        """Return the land border between two countries or first-level regions.

        Parameters
        ----------
        one, two
            ISO 3166-1 alpha-2 or ISO 3166-2 codes. `two` null: the whole international land border of `one`.

        Returns
        -------
        shapely.MultiLineString
            In degrees, EPSG:4326; empty where the two do not touch.

        Raises
        ------
        InputError
            If a code is unknown.
        """
        name = f"{one}|{two or ''}"
        return self._store.get(name, lambda: self._border(one, two))

    def bordering(self, code: str) -> set[str]:
        """Return the countries that a country has a land border with, by ISO 3166-1 alpha-2 codes."""
        near = zones.neighbours(code)
        return {other for other in near if not self._country_border(code, other).is_empty}

    def at(self, lon: float, lat: float) -> tuple[str | None, str | None]:
        """Return the country and the first-level region that hold a point in degrees, null where none does."""
        country = self.country_at(lon, lat)
        if country is None:
            return None, None
        box = (lon - REACH_DEGREES, lat - REACH_DEGREES, lon + REACH_DEGREES, lat + REACH_DEGREES)
        near = shapes.regions_in(box, f"{country}-")
        for code, shape in near.items():
            # not prepared: one point is asked for, and that would cost more than to ask it
            if shapely.intersects_xy(shape, lon, lat):
                return country, code
        point = shapely.Point(lon, lat)
        away = {code: shape.distance(point) for code, shape in near.items()}
        nearest = min(away, key=lambda code: away[code], default=None)
        return country, nearest if nearest and away[nearest] <= REACH_DEGREES else None

    def country_at(self, lon: float, lat: float) -> str | None:
        """Return the country that holds a point in degrees, territorial waters included; null on the high seas."""
        country = zones.country_at(lon, lat)
        for row in _exceptions():
            if row["from"] == country:
                taken = self._exception(row)
                shapely.prepare(taken)
                if shapely.intersects_xy(taken, lon, lat):
                    country = row["country"]
        return country

    def holds(self, code: str, lon: float, lat: float) -> bool:
        """Return whether a first-level region, fitted to its country's border, holds a point in degrees.

        As `admin1` would have it, without fitting the region; false for a code that is no region's.
        """
        region = shapes.region_shape(code)
        if (
            region is None
            or shapes.region_level(code) != 1
            or self.country_at(lon, lat) != code[:2]
        ):
            return False
        if not shapes.on_land(np.array([shapely.Point(lon, lat)]))[0]:
            return False
        reach = 4 * REACH_DEGREES
        box = (lon - reach, lat - reach, lon + reach, lat + reach)
        near = shapes.regions_in(box, f"{code[:2]}-")
        return holds(region, [near[other] for other in near if other != code], box, (lon, lat))

    def polygon(self, place: Place) -> BaseGeometry | None:
        """Return the polygon of a country, a first-level region or a district; null where none is known."""
        if place.id.startswith("added:"):
            return self._added.outline(place.id)
        code = place.id.removeprefix("iso:")
        if place.kind == "country":
            return self.country(code)
        if place.kind == "region":
            return self.admin1(code)
        return self.district(place.id) if place.kind == "district" else None

    def district(self, place_id: str) -> BaseGeometry | None:
        """Return the polygon of a district by its place id; null where none is known.

        Districts of the theatre gazetteer are the Voronoi cells of their settlements (within some 2 km, Ukrainian
        ones 5 km), cut at the border; second-level regions (`iso:FR-75`) are Natural Earth's, others geoBoundaries'
        to some 1 km.
        """
        if place_id.startswith("iso:") and shapes.region_level(place_id[4:]) == 2:  # noqa: PLR2004
            return self._store.get(place_id, lambda: self._second(place_id[4:]))
        if not place_id.startswith("theatre:"):
            return shapes.shape_by("districts.parquet", "id", place_id)
        files = (DISTRICTS, HROMADAS)
        file = next((each for each in files if shapes.has_value(each, "id", place_id)), None)
        return (
            None if file is None else self._store.get(place_id, lambda: self._cells(file, place_id))
        )

    def _second(self, code: str) -> BaseGeometry:
        shape = _present(shapes.region_shape(code))
        return areas_of(shape.intersection(self._country_in(code[:2], shape.bounds)))

    def _cells(self, file: str, place_id: str) -> BaseGeometry:
        cells = _present(shapes.shape_by(file, "id", place_id))
        region = "-".join(place_id.removeprefix("theatre:").split("-")[:2])
        return areas_of(cells.intersection(self.admin1(region)))

    def line(self, place: Place) -> BaseGeometry | None:
        """Return the course of a river of the gazetteer; null where the place is none."""
        if place.id.startswith("added:"):
            return self._added.outline(place.id)
        if not place.id.startswith("ne:river-"):
            return feature_line(place)
        number, _, name = place.id.removeprefix("ne:river-").partition("-")
        return shapes.river_lines(int(number), name)

    def figures(self, name: str, compute: Callable[[], Figures | None]) -> Figures | None:
        """Return longitude, latitude and 95 % radius in metres that belong to a shape, kept like shapes are.

        Of the user's places nothing is kept, as their outlines may change.
        """
        return compute() if _is_users(name) else self._store.figures(name, compute)

    def derived(self, name: str, compute: Callable[[], BaseGeometry]) -> BaseGeometry:
        """Return a shape made of others, as a part of a region, kept like they are."""
        return compute() if _is_users(name) else self._store.get(name, compute)

    def close(self) -> None:
        """Close the cache."""
        self._store.close()

    # ------------------------------------------------------------------------------ how shapes are made

    def _country_in(self, code: str, box: Box | None) -> BaseGeometry:
        """Return a country's land, within a box when one is given, with the sourced exceptions."""
        gained = [row for row in _exceptions() if row["country"] == code]
        if not zones.has_zones(code) and not gained:
            raise InputError("an ISO 3166-1 alpha-2 country code", code)
        area = zones.country_outline(code, box) if zones.has_zones(code) else shapely.Polygon()
        for row in _exceptions():
            if row["from"] == code:
                area = area.difference(self._exception(row))
        parts = [area, *(self._exception(row) for row in gained)]
        whole = shapely.union_all(parts) if gained else area
        if box is not None:
            whole = shapely.clip_by_rect(whole, *box)
        return areas_of(whole.intersection(shapes.land_in(whole.bounds))) if whole else whole

    def _exception(self, row: dict[str, str]) -> BaseGeometry:
        """Return what a country takes from another's zones."""
        return self._store.get(f"exception {row['country']} {row['from']}", lambda: _taken(row))

    def _snapped(self, code: str) -> BaseGeometry:
        region = shapes.region_shape(code)
        if region is None or shapes.region_level(code) != 1:
            raise InputError("an ISO 3166-2 code of a first-level region, as RU-KRS", code)
        west, south, east, north = region.bounds
        reach = 4 * REACH_DEGREES
        box = (
            max(west - reach, -180.0),
            max(south - reach, -90.0),
            min(east + reach, 180.0),
            min(north + reach, 90.0),
        )
        country = self._country_in(code[:2], box)
        others = shapes.regions_in(box)
        siblings = [
            shape for other, shape in others.items() if other[:2] == code[:2] and other != code
        ]
        return snap_region(region, siblings, country)

    def _border(self, one: str, two: str | None) -> BaseGeometry:
        if two is None:
            return self._international(one)
        if one[:2] != two[:2]:
            line = self._country_border(one[:2], two[:2])
            for code in (one, two):
                if len(code) > _COUNTRY_LENGTH:
                    line = line.intersection(self.admin1(code).boundary.buffer(_TOUCH))
            return _lines(line)
        return _lines(self.admin1(one).boundary.intersection(self.admin1(two).buffer(_TOUCH)))

    def _international(self, code: str) -> BaseGeometry:
        country = code[:2]
        region = self.admin1(code) if len(code) > _COUNTRY_LENGTH else None
        others = zones.neighbours(country, region.bounds if region else None)
        borders = [self._country_border(country, other) for other in others]
        line = shapely.union_all([border for border in borders if not border.is_empty])
        return _lines(line.intersection(region.boundary.buffer(_TOUCH)) if region else line)

    def _country_border(self, one: str, two: str) -> BaseGeometry:
        first, second = sorted((one, two))
        return self._store.get(f"{first}|{second}", lambda: self._between(first, second))

    def _between(self, one: str, two: str) -> BaseGeometry:
        excepted = {row[side] for row in _exceptions() for side in ("country", "from")}
        if excepted & {one, two}:
            line = self.country(one).boundary.intersection(self.country(two).buffer(_TOUCH))
        else:
            line = zones.shared_border(one, two)
        return _lines(_on_land(line))


def _on_land(line: BaseGeometry) -> np.ndarray:
    """Return the pieces of a line that lie on land."""
    pieces = np.array(pieces_of(line), dtype=object)
    if not len(pieces):
        return pieces
    inland = shapes.on_land(pieces)
    coastal = [
        shapely.get_parts(piece.intersection(shapes.land_in(_around(piece.bounds)).buffer(_TOUCH)))
        for piece in pieces[~inland]
    ]
    return np.concatenate([pieces[inland], *coastal])


def _around(box: Box) -> Box:
    """Return a box of degrees with a margin far wider than what tells a border from an outline."""
    west, south, east, north = box
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _is_users(name: str) -> bool:
    return "added:" in name


def _present(shape: BaseGeometry | None) -> BaseGeometry:
    assert shape is not None, "the caller has looked the code up"
    return shape


@cache
def _exceptions() -> tuple[dict[str, str], ...]:
    return tuple(read_table("country_exceptions.csv"))


def _taken(row: dict[str, str]) -> BaseGeometry:
    outline = zones.country_outline(row["from"])
    if row["outline"]:
        return outline.intersection(shapely.from_wkt(row["outline"]))
    if zones.has_zones(row["country"]):
        outline = shapely.union_all([outline, zones.country_outline(row["country"])])
    land = outline.intersection(shapes.land_in(outline.bounds))
    return snap_region(_whole(row["country"]), [_whole(row["from"])], land)


def _whole(country: str) -> BaseGeometry:
    """Return a country as Natural Earth's regions give it."""
    return shapely.union_all([shapes.region_shape(code) for code in shapes.region_codes(country)])


def _lines(geometry: BaseGeometry | np.ndarray) -> BaseGeometry:
    return zones.merged_lines(shapely.get_parts(geometry))
