"""The basemap: land, water, borders and names around the events, drawn from data in the page.

Three levels are packed: in detail where the events are, coarser around them, and the world. A page shows
the finest whose box holds the view.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dateline.layers import mapdata
from dateline.layers.borders import cover
from dateline.layers.columns import deflate, planes, zigzag
from dateline.layers.element import PageElement, script_json
from dateline.layers.grid import MAX_LATITUDE, to_grid
from dateline.layers.rows import to_wgs84
from dateline.layers.words import interface

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from dateline.layers.mapdata import Box

__all__ = ["Basemap", "credits_of", "levels"]

WORLD: Box = (-180.0, -MAX_LATITUDE, 180.0, MAX_LATITUDE)
CREDITS = {
    "credit_basemap": "Natural Earth (public domain)",
    "credit_names": "GeoNames (CC BY 4.0)",
}
"""Whom the basemap credits, by the string of the interface that says for what."""

LAND, LAKES, RIVERS, BORDERS, REGIONS = range(5)
TOWN, COUNTRY_NEAR = 2, 3

_WIDE = 25.0
"""Degrees of extent from which the medium scale is detailed enough."""

_FINEST = 12000
"""Parts of a level's width to which given borders are drawn."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of detail.

    Attributes
    ----------
    box
        West, south, east, north in degrees.
    scale
        `10m`, `50m` or `110m`, as Natural Earth names its scales.
    cells
        Cells around the world on the level's grid.
    tolerance
        Degrees by which lines are simplified.
    """

    box: Box
    scale: str
    cells: int
    tolerance: float


def levels(bounds: Box | None) -> list[Level]:
    """Return the levels for events within `bounds`, the finest first.

    Parameters
    ----------
    bounds
        West, south, east, north of the events in degrees; null where none has a place.
    """
    world = Level(WORLD, "110m", 1 << 16, 0)
    if bounds is None:
        return [world]
    west, south, east, north = bounds
    span = max(east - west, north - south)
    middle = ((west + east) / 2, (south + north) / 2)
    near = _around(middle, span / 2 + max(0.9, 0.55 * span))
    far = _around(middle, span / 2 + max(12.0, 1.5 * span))
    if span > _WIDE:
        return [Level(near, "50m", 1 << 20, 0), world]
    return [Level(near, "10m", 1 << 22, span / 12000), Level(far, "50m", 1 << 18, 0), world]


def _around(middle: tuple[float, float], reach: float) -> Box:
    """Return a box about a point; wider than high, as degrees of longitude are shorter."""
    lon, lat = middle
    wide = reach / max(0.25, float(np.cos(np.radians(lat))))
    return (lon - wide, max(-MAX_LATITUDE, lat - reach), lon + wide, min(MAX_LATITUDE, lat + reach))


class Basemap(PageElement):
    """A vector basemap around the events, with names in the page's language.

    Parameters
    ----------
    bounds
        West, south, east, north of the events in degrees; null where none has a place.
    language
        ISO 639-1 code of the names.
    borders
        Lines in EPSG:4326 that replace the basemap's borders where they run, with a column `attribution`.
    """

    def __init__(
        self,
        bounds: Box | None,
        *,
        language: str = "en",
        borders: gpd.GeoDataFrame | None = None,
    ) -> None:
        super().__init__()
        self._name = "Basemap"
        self.attribution = credits_of(language, borders)
        given = np.zeros(0, object)
        if borders is not None and len(borders):
            borders = to_wgs84(borders)
            given = shapely.get_parts(np.array(borders.geometry.dropna().values, dtype=object))
        found = levels(bounds)
        parts: list[_Part] = []
        for number, level in enumerate(found):
            parts += _level_parts(level, number, given if level.scale != "110m" else given[:0])
        names = {"names": _names(found, language) + _countries(bounds, found, language)}
        head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()
        body, counts = _packed(parts)
        self.packed = deflate(len(head).to_bytes(4, "little") + head + body)
        self.meta = {
            "levels": [{"box": level.box, "cells": level.cells} for level in found],
            "counts": counts,
        }

    def body(self) -> str:
        """Return the basemap's data element."""
        return self.data("data", self.packed)

    def script(self) -> str:
        """Return the call that draws the basemap."""
        return f'startBasemap({self.map_name()}, "{self.get_name()}", {script_json(self.meta)});\n'


@dataclass(frozen=True, slots=True)
class _Part:
    """A ring or line of one layer at one level, in cells."""

    level: int
    layer: int
    kind: int
    x: NDArray[np.int64]
    y: NDArray[np.int64]


def credits_of(language: str, borders: gpd.GeoDataFrame | None = None) -> list[str]:
    """Return whom the basemap, and given borders, credit, in the page's language."""
    words = interface(language)
    owed = list(CREDITS.items())
    if borders is not None and "attribution" in borders:
        names = dict.fromkeys(borders["attribution"].dropna())
        owed += [("credit_borders", str(name)) for name in names]
    return [words[key].replace("{who}", who) for key, who in owed]


def _level_parts(level: Level, number: int, given: NDArray[Any]) -> list[_Part]:
    """Return all parts of one level."""
    detailed = level.scale == "10m"
    sources = [(LAND, f"land_{level.scale}"), (LAKES, f"lakes_{level.scale}")]
    if detailed or number == 0:
        sources += [(REGIONS, "regions_10m"), (RIVERS, "rivers_10m")]
    parts = [part for layer, name in sources for part in _clipped(level, number, layer, name)]
    if not len(given):
        return parts + _clipped(level, number, BORDERS, f"borders_{level.scale}")
    given = shapely.clip_by_rect(given, *level.box)
    given = shapely.simplify(given, (level.box[2] - level.box[0]) / _FINEST)
    parts += _clipped(level, number, BORDERS, f"borders_{level.scale}", cover(given))
    return parts + _cells(level, number, BORDERS, given, 0)


def _clipped(
    level: Level,
    number: int,
    layer: int,
    name: str,
    without: Any = None,
) -> list[_Part]:
    """Return one layer's parts within the level's box, on both sides of the antimeridian."""
    source = mapdata.lines(name)
    closed = layer in (LAND, LAKES)
    west, south, east, north = level.box
    parts: list[_Part] = []
    for turn in (-360.0, 0.0, 360.0):
        box = (max(-180.0, west - turn), south, min(180.0, east - turn), north)
        if box[0] >= box[2]:
            continue
        numbers = source.near(box)
        for kind in np.unique(source.kinds[numbers]):
            shapes = source.shapes(numbers[source.kinds[numbers] == kind], closed=closed)
            shapes = shapely.clip_by_rect(shapes, *box)
            if without is not None:
                shapes = shapely.difference(shapes, without)
            if turn:
                shapes = shapely.transform(shapes, partial(_moved, turn=turn))
            parts += _cells(level, number, layer, shapes, int(kind))
    return parts


def _moved(xy: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
    """Return positions moved eastwards by degrees."""
    return np.asarray(xy + np.array([turn, 0.0]), np.float64)


def _cells(level: Level, number: int, layer: int, shapes: NDArray[Any], kind: int) -> list[_Part]:
    """Return shapes as parts on the level's grid; points that fall together are dropped."""
    shapes = shapely.get_parts(shapes)
    if level.tolerance:
        shapes = shapely.simplify(shapes, level.tolerance)
    if layer in (LAND, LAKES):
        shapes = shapely.get_rings(shapes[shapely.get_dimensions(shapes) == 2])  # noqa: PLR2004 (areas)
    else:
        shapes = shapes[shapely.get_dimensions(shapes) == 1]
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    fine_x, fine_y = to_grid(xy[:, 0], xy[:, 1])
    shift = 25 - (level.cells.bit_length() - 1)
    x, y = fine_x >> shift, fine_y >> shift
    if not len(x):
        return []
    moved = np.ones(len(x), bool)
    moved[1:] = (np.diff(x) != 0) | (np.diff(y) != 0) | (np.diff(owner) != 0)
    x, y, owner = x[moved], y[moved], owner[moved]
    cuts = np.flatnonzero(np.diff(owner)) + 1
    least = 4 if layer in (LAND, LAKES) else 2
    pairs = zip(np.split(x, cuts), np.split(y, cuts), strict=True)
    return [_Part(number, layer, kind, px, py) for px, py in pairs if len(px) >= least]


def _packed(parts: list[_Part]) -> tuple[bytes, list[int]]:
    """Return parts as byte planes, and their number and that of their points."""
    x = np.concatenate([part.x for part in parts]) if parts else np.zeros(0, np.int64)
    y = np.concatenate([part.y for part in parts]) if parts else np.zeros(0, np.int64)
    heads = [[part.level, part.layer, part.kind, len(part.x)] for part in parts]
    columns = np.array(heads, np.int64).reshape(-1, 4).T
    data = [planes(column.astype("<u4")) for column in columns]
    data += [planes(zigzag(np.diff(v, prepend=0))) for v in (x, y)]
    return b"".join(data), [len(parts), len(x)]


def _names(found: list[Level], language: str) -> list[list[Any]]:
    """Return towns and areas to label: x and y in turns of the world, kind, rank, name.

    Kinds: 0 country, 1 region, 2 town, 3 a country again, near the events. Rank: of countries and regions the smallest zoom, of towns ten
    times the decimal logarithm of the number of inhabitants.
    """
    rows: dict[tuple[float, float, str], list[Any]] = {}
    limits = [(0, 900), (45, 260), (60, 160)][-len(found) :]
    for level, (smallest, most) in zip(found, limits, strict=True):
        for shown in _turns(level.box):
            box, turn = shown
            places = mapdata.towns(box, language, smallest=smallest, most=most)
            for x, y, size, name in zip(places.x, places.y, places.size, places.names, strict=True):
                rows.setdefault((x + turn, y, name), [x + turn, y, TOWN, int(size), name])
            for x, y, kind, zoom, name in mapdata.labels(box, language):
                if kind == 0 or level.scale != "110m":
                    rows.setdefault((x + turn, y, name), [x + turn, y, kind, zoom, name])
    ordered = sorted(
        rows.values(), key=lambda row: (row[2] != TOWN, -row[3] if row[2] == TOWN else row[3])
    )
    return [[*_turned(row[0], row[1]), *row[2:]] for row in ordered]


def _countries(bounds: Box | None, found: list[Level], language: str) -> list[list[Any]]:
    """Return the names of countries again, each where its land is widest near the events and around them."""
    if bounds is None:
        return []
    west, south, east, north = bounds
    reach = 0.12 * max(east - west, north - south, 0.5)
    boxes = [(west - reach, south - reach, east + reach, north + reach)]
    boxes += [level.box for level in found[:-1]]
    rows: dict[tuple[float, float, str], list[Any]] = {}
    for box in boxes:
        for piece, turn in _turns(box):
            for lon, lat, name in mapdata.countries(piece, language):
                at = _turned(lon + turn, lat)
                rows.setdefault((*at, name), [*at, COUNTRY_NEAR, 0, name])
    return list(rows.values())


def _turns(box: Box) -> list[tuple[Box, float]]:
    """Return a box cut at the antimeridian, each piece with the turn it was moved by."""
    west, south, east, north = box
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        piece = (max(-180.0, west - turn), south, min(180.0, east - turn), north)
        if piece[0] < piece[2]:
            pieces.append((piece, turn))
    return pieces


def _turned(lon: float, lat: float) -> tuple[float, float]:
    """Return a position in turns of the world, five decimals (some 400 m)."""
    x, y = to_grid(np.array([lon]), np.array([lat]))
    return round(float(x[0]) / (1 << 25), 6), round(float(y[0]) / (1 << 25), 6)
