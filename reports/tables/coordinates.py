"""Coordinates in cells: decimal degrees, decimal commas, degrees and minutes, both in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from dateline.errors import InputError

__all__ = ["Degrees", "points", "read_degrees", "read_pairs"]

_LIMITS = {"latitude": 90.0, "longitude": 180.0}
_COMMA = re.compile(r"[-+−]?\d{1,3},\d+")
_LETTER = r"[NSEWСЮВЗnsewсювз]"  # Latin, and Cyrillic north, south, east, west
_SEXAGESIMAL = re.compile(
    rf"(?P<before>{_LETTER})?\s*(?P<sign>[-+−]?)(?P<deg>\d{{1,3}}(?:[.,]\d+)?)\s*[°º˚d]?\s*"
    r"(?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*['′’m]\s*)?(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)\s*)?"
    rf"(?P<after>{_LETTER})?"
)
_AXIS = dict.fromkeys("NSСЮ", "latitude") | dict.fromkeys("EWВЗ", "longitude")
_NEGATIVE = frozenset("SWЮЗ")
_WKT_POINT = re.compile(
    r"(?:SRID=4326;)?\s*POINT\s*(?:Z\s*)?\(\s*(\S+)\s+(\S+)(?:\s+\S+)?\s*\)", re.IGNORECASE
)
_EMPTY = frozenset({"", "-", "--", "?", "n/a", "na", "nan", "null", "none", "unknown"})


@dataclass(slots=True)
class Degrees:
    """A column of latitudes or longitudes.

    Attributes
    ----------
    value
        Decimal degrees, NaN where empty or bad.
    bad
        Cells that are no angle.
    outside
        Angles past 90 or 180 degrees (NaN in `value`, kept in `raw`).
    comma
        Cells with a decimal comma.
    raw
        What was read before the limits were checked.
    plain
        True where every cell is a plain decimal number.
    """

    value: np.ndarray
    bad: np.ndarray
    outside: np.ndarray
    comma: np.ndarray
    raw: np.ndarray
    plain: bool


def read_degrees(cells: pd.Series, axis: str) -> Degrees:
    """Return a column of angles in decimal degrees.

    Parameters
    ----------
    cells
        Text cells, empty where there is none.
    axis
        latitude or longitude.
    """
    raw = np.array(pd.to_numeric(cells, errors="coerce"), dtype=float)
    rest = np.flatnonzero(np.isnan(raw))
    bad = np.zeros(len(cells), dtype=bool)
    comma = np.zeros(len(cells), dtype=bool)
    plain = True
    texts = cells.to_numpy(dtype=object)[rest]
    for i, text in zip(rest, texts, strict=True):
        if text.casefold() in _EMPTY:
            continue
        plain = False
        angle = _angle(text, axis)
        bad[i] = angle is None
        comma[i] = bool(_COMMA.fullmatch(text))
        raw[i] = np.nan if angle is None else angle
    infinite = np.isinf(raw)
    bad |= infinite
    raw[infinite] = np.nan
    with np.errstate(invalid="ignore"):
        outside = np.abs(raw) > _LIMITS[axis]
    value = np.where(outside, np.nan, raw)
    return Degrees(value, bad, outside, comma, raw, plain)


def _angle(text: str, axis: str) -> float | None:
    """Return one angle in decimal degrees, null if the text is none or names the other axis."""
    match = _SEXAGESIMAL.fullmatch(text.strip())
    if match is None or (match["before"] and match["after"]):
        return None
    letter = (match["before"] or match["after"] or "").upper()
    if letter and _AXIS[letter] != axis:
        return None
    degrees, minutes, seconds = (
        float((match[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec")
    )
    if minutes >= 60 or seconds >= 60:  # noqa: PLR2004 (sixty to the next unit)
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    negative = match["sign"] in {"-", "−"} or letter in _NEGATIVE
    return -angle if negative else angle


def read_pairs(cells: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return latitudes, longitudes and bad cells of a column that holds both in one cell.

    `51.19, 35.27`, `51,19; 35,27`, `51°11'N 35°16'E`, `POINT (35.27 51.19)`, `37U CT 12345 67890` (MGRS)
    and plus codes; the latitude comes first,
    as in every mapping service's copy button, unless letters or WKT say otherwise.
    """
    codes, uniques = pd.factorize(cells)
    found = [_pair(str(text)) for text in uniques]
    empty = np.array([str(text).casefold() in _EMPTY for text in uniques], dtype=bool)
    lat = np.array([np.nan if pair is None else pair[0] for pair in found], dtype=float)
    lon = np.array([np.nan if pair is None else pair[1] for pair in found], dtype=float)
    bad = np.isnan(lat) & ~empty
    return lat[codes], lon[codes], bad[codes]


def _pair(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of one cell."""
    text = text.strip().strip("()[]")
    if match := _WKT_POINT.fullmatch(text if text.endswith(")") else text + ")"):
        try:
            return float(match[2]), float(match[1])
        except ValueError:
            return None
    for parts in _splits(text):
        latitude, longitude = _angle(parts[0], "latitude"), _angle(parts[1], "longitude")
        if latitude is not None and longitude is not None:
            return latitude, longitude
        longitude, latitude = _angle(parts[0], "longitude"), _angle(parts[1], "latitude")
        if latitude is not None and longitude is not None:
            return latitude, longitude
    return _code(text)


def _code(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a military grid reference, a plus code or a geo: URI."""
    if not any(sign.isalpha() for sign in text):
        return None
    from dateline.geo.coordinates import parse_coordinates

    try:
        found = parse_coordinates(text)
    except InputError:
        return None
    return None if found is None else (found.lat, found.lon)


def _splits(text: str) -> list[list[str]]:
    """Return the ways in which a text falls in two at a delimiter."""
    ways = [text.split(delimiter) for delimiter in (";", "|", "/", ", ", ",")]
    ways += [text.split()]
    ways += [re.split(rf"(?<={_LETTER})[\s,;]+", text, maxsplit=1)]
    return [[part.strip() for part in way] for way in ways if len(way) == 2]  # noqa: PLR2004


def points(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Return points in degrees, null where either angle is unknown."""
    known = ~(np.isnan(longitude) | np.isnan(latitude))
    shapes = np.full(len(longitude), None, dtype=object)
    shapes[known] = shapely.points(longitude[known], latitude[known])
    return shapes
