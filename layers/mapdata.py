"""Readers of the basemap's data files; what they hold stands in `layers/data/README.md`."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Box = tuple[float, float, float, float]

__all__ = [
    "Lines",
    "Towns",
    "countries",
    "country_name",
    "country_names",
    "labels",
    "lines",
    "towns",
]

_SPOTS = 4
"""Places in a box where a country may be named, for labels and events leave little room."""

_ROOM = 0.06
"""Share of a box's height that the middle of a country keeps clear of its borders to be named there."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Rings or lines, each with a kind.

    Attributes
    ----------
    xy
        Coordinates in degrees, EPSG:4326, shape (n, 2).
    starts
        Where each part starts in `xy`, and the end of the last.
    kinds
        A number for each part.
    boxes
        West, south, east, north of each part.
    """

    xy: NDArray[np.float64]
    starts: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    boxes: NDArray[np.float64]

    def near(self, box: Box) -> NDArray[np.int64]:
        """Return the numbers of the parts whose boxes meet `box`."""
        west, south, east, north = box
        meets = (self.boxes[:, 0] <= east) & (self.boxes[:, 2] >= west)
        meets &= (self.boxes[:, 1] <= north) & (self.boxes[:, 3] >= south)
        return np.flatnonzero(meets)

    def shapes(self, numbers: NDArray[np.int64], *, closed: bool) -> NDArray[Any]:
        """Return parts as polygons (`closed`) or lines."""
        pieces = [self.xy[self.starts[n] : self.starts[n + 1]] for n in numbers]
        if not pieces:
            return np.zeros(0, object)
        owner = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
        if closed:
            rings = shapely.linearrings(np.concatenate(pieces), indices=owner)
            return np.asarray(shapely.polygons(rings), object)
        return np.asarray(shapely.linestrings(np.concatenate(pieces), indices=owner), object)


@dataclass(frozen=True, slots=True)
class Towns:
    """Places over 500 inhabitants, most populous first.

    Attributes
    ----------
    x, y
        Degrees, EPSG:4326.
    size
        Ten times the decimal logarithm of the number of inhabitants.
    names
        A name for each place.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    size: NDArray[np.uint8]
    names: list[str]


def _read(name: str) -> tuple[dict[str, Any], bytes]:
    """Return the head and the bytes of one file."""
    data = gzip.decompress(
        (resources.files("dateline.layers") / "data" / f"{name}.gz").read_bytes()
    )
    head, _, body = data.partition(b"\n")
    return json.loads(head), body


def _planes(body: bytes, at: int, length: int, width: int) -> NDArray[np.uint32]:
    """Return numbers that were stored as byte planes."""
    bands = np.frombuffer(body, np.uint8, length * width, at).reshape(width, length)
    return np.ascontiguousarray(bands.T).view(f"<u{width}").reshape(length).astype(np.uint32)


def _sums(coded: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the numbers whose differences were stored zigzag."""
    wide = coded.astype(np.int64)
    return np.cumsum((wide >> 1) ^ -(wide & 1))


@cache
def lines(name: str) -> Lines:
    """Return rings or lines.

    Parameters
    ----------
    name
        `land`, `lakes`, `rivers`, `borders` or `regions`, an underscore and the scale: `land_10m`.
    """
    head, body = _read(name)
    count, points = head["parts"], head["points"]
    starts = np.concatenate([[0], np.cumsum(_planes(body, 0, count, 4), dtype=np.int64)])
    kinds = np.frombuffer(body, np.uint8, count, 4 * count)
    x = _sums(_planes(body, 5 * count, points, 4)) / head["degree"]
    y = _sums(_planes(body, 5 * count + 4 * points, points, 4)) / head["degree"]
    first = starts[:-1]
    edges = [np.minimum.reduceat(v, first) for v in (x, y)] + [
        np.maximum.reduceat(v, first) for v in (x, y)
    ]
    return Lines(np.column_stack([x, y]), starts, kinds, np.column_stack(edges))


@cache
def _places() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint8], list[str]]:
    """Return the places with the names that GeoNames gives them first."""
    head, body = _read("towns")
    count = head["places"]
    x = _sums(_planes(body, 0, count, 4)) / head["degree"]
    y = _sums(_planes(body, 4 * count, count, 4)) / head["degree"]
    size = np.frombuffer(body, np.uint8, count, 8 * count)
    return x, y, size, body[9 * count :].decode().split("\n")


@cache
def _names(language: str) -> dict[int, str]:
    """Return names in a language by the place's number; empty where Latin names serve."""
    if not (resources.files("dateline.layers") / "data" / f"towns_{language}.gz").is_file():
        return {}
    head, body = _read(f"towns_{language}")
    numbers = np.cumsum(_planes(body, 0, head["names"], 4), dtype=np.int64)
    return dict(zip(numbers.tolist(), body[4 * head["names"] :].decode().split("\n"), strict=True))


def towns(box: Box, language: str, *, smallest: int, most: int) -> Towns:
    """Return the most populous places in a box.

    Parameters
    ----------
    box
        West, south, east, north in degrees.
    language
        ISO 639-1 code; names are in it where they are known.
    smallest
        Ten times the decimal logarithm of the fewest inhabitants.
    most
        How many places at most.
    """
    x, y, size, names = _places()
    west, south, east, north = box
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north) & (size >= smallest)
    numbers = np.flatnonzero(inside)[:most]
    local = _names(language)
    return Towns(
        x[numbers], y[numbers], size[numbers], [local.get(int(n)) or names[n] for n in numbers]
    )


@cache
def _areas() -> tuple[list[str], list[list[Any]]]:
    """Return the languages of area names, and all areas."""
    head, _ = _read("labels")
    return head["languages"], head["rows"]


def country_names() -> list[list[Any]]:
    """Return longitude, latitude, 0, smallest zoom and names in all languages of every country."""
    return [row for row in _areas()[1] if row[2] == 0]


def country_name(english: str, language: str) -> str:
    """Return a country's name in a language, its English name where there is none."""
    column, known = _column(language), _column("en")
    row = next((row for row in country_names() if row[known] == english), None)
    return str(row[column] or english) if row else english


def countries(box: Box, language: str) -> list[tuple[float, float, str]]:
    """Return for each country in a box the middles of its widest parts there, and its name.

    Returns
    -------
    list
        Longitude, latitude, name; countries of which hardly anything is in the box are left out.
    """
    outlines, names = lines("countries"), country_names()
    column = _column(language)
    numbers = outlines.near(box)
    parts = shapely.clip_by_rect(outlines.shapes(numbers, closed=True), *box)
    found = []
    for number, part in zip(outlines.kinds[numbers], parts, strict=True):
        row = names[number]
        name = row[column] or row[_column("en")]
        found += [(lon, lat, name) for lon, lat in _widest(part, box[3] - box[1])]
    return found


def _widest(part: Any, height: float) -> list[tuple[float, float]]:
    """Return the middles of the widest parts of an area, one after the other, in a box of a height."""
    spots: list[tuple[float, float]] = []
    while len(spots) < _SPOTS and not part.is_empty:
        circle = shapely.maximum_inscribed_circle(part, tolerance=height / 100)
        if circle.length < _ROOM * height:
            break
        middle = shapely.get_point(circle, 0)
        spots.append((middle.x, middle.y))
        part = part.difference(middle.buffer(circle.length))
    return spots


def _column(language: str) -> int:
    """Return where a row of area names has those of a language; English where it is not known."""
    known = _areas()[0]
    return 4 + known.index(language if language in known else "en")


def labels(box: Box, language: str) -> list[tuple[float, float, int, float, str]]:
    """Return names of countries (0) and first-level regions (1) in a box.

    Returns
    -------
    list
        Longitude, latitude, kind, the smallest zoom at which the name is set, the name.
    """
    _, rows = _areas()
    column, english = _column(language), _column("en")
    west, south, east, north = box
    return [
        (row[0], row[1], row[2], row[3], row[column] or row[english])
        for row in rows
        if west <= row[0] <= east and south <= row[1] <= north
    ]
