"""Coordinates as people write them: decimal degrees, degrees and minutes, MGRS, plus codes."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from dateline.errors import InputError
from dateline.geo.expression import Coordinates
from dateline.geo.tokens import fold

__all__ = ["parse_coordinates"]

_METRES_A_DEGREE = 111_195.0  # of latitude, on the sphere of the Earth's mean radius
_NORTH, _SOUTH, _EAST, _WEST = "nсn", "sю", "eв", "wз"
_HEMISPHERES = {
    "n": "n",
    "s": "s",
    "e": "e",
    "w": "w",
    "с": "n",
    "ю": "s",
    "в": "e",
    "з": "w",
    "п": "s",
}
_PART = re.compile(
    r"""(?P<before>[nsew])?\s*
    (?P<sign>[+-])?(?P<degrees>\d{1,3}(?:\.\d+)?)\s*(?:[°º*]|\s(?=\d)|(?:d|deg|degrees)\b)?\s*
    (?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*(?:['m]|\s(?=\d)|(?:min)\b)?\s*
    (?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:"|''|s\b(?!\s*$))?\s*)?)?
    (?P<after>[nsewсювзп])?(?![a-zа-я])""",
    re.VERBOSE,
)
_MGRS = re.compile(
    r"(?:mgrs:?\s*)?(\d{1,2}[c-hj-np-x])\s*([a-hj-np-z]{2})\s*(\d[\d ]*\d)", re.IGNORECASE
)
_PLUS = re.compile(r"[23456789cfghjmpqrvwx]{8}\+[23456789cfghjmpqrvwx]{2,7}", re.IGNORECASE)
_GEO_URI = re.compile(r"geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)", re.IGNORECASE)
_LOOKS_LIKE = re.compile(r"^[\s\d.,;:/°º*'\"+\-nsewсювзп()]+$")


class _Angle(NamedTuple):
    """One angle as written: degrees, half the step of its last digit, hemisphere letter or none."""

    degrees: float
    half_step: float
    hemisphere: str
    decimals: int


def parse_coordinates(text: str) -> Coordinates | None:
    """Return the coordinates a text gives, null if it gives none.

    Two plain numbers are latitude and longitude, in that order, as maps and reports write them.

    Parameters
    ----------
    text
        Decimal degrees, degrees with minutes and seconds, MGRS, an open location code (plus code, full) or
        a geo: URI.

    Returns
    -------
    Coordinates or None
        Degrees, EPSG:4326, with half the step of the last digit in metres.

    Raises
    ------
    InputError
        If the text is written as coordinates but they are off the globe.
    """
    plain = text.strip()
    if not any(sign.isdecimal() for sign in plain):
        return None
    return _from_code(plain) or _from_angles(plain)


def _from_code(plain: str) -> Coordinates | None:
    """Return coordinates of a geo: URI, an MGRS reference or a plus code."""
    uri = _GEO_URI.match(plain)
    if uri:
        lat, lon = float(uri[1]), float(uri[2])
        return _checked(lat, lon, _half_step(uri[1]), "geo URI", plain)
    grid = _MGRS.fullmatch(plain)
    if grid:
        return _from_mgrs(grid, plain)
    code = _PLUS.fullmatch(plain)
    return _from_plus_code(plain.upper()) if code else None


def _half_step(number: str) -> float:
    """Return half the step of a decimal number's last digit, in metres of latitude."""
    decimals = len(number.partition(".")[2])
    return 0.5 * 10.0**-decimals * _METRES_A_DEGREE


def _from_mgrs(grid: re.Match[str], plain: str) -> Coordinates:
    """Return the centre of an MGRS square."""
    import mgrs

    digits = grid[3].replace(" ", "")
    if len(digits) % 2:
        raise InputError("an MGRS reference with as many digits of easting as of northing", plain)
    half = len(digits) // 2
    size = 10.0 ** (5 - half)
    centred = f"{digits[:half]}5{digits[half:]}5" if half < 5 else digits  # noqa: PLR2004 (1 m squares)
    zone = grid[1] if len(grid[1]) == 3 else f"0{grid[1]}"  # noqa: PLR2004 (two digits and a band)
    try:
        lat, lon = mgrs.MGRS().toLatLon(f"{zone}{grid[2]}{centred}".upper())
    except mgrs.core.MGRSError as error:
        raise InputError("an MGRS reference that exists", plain, "check zone and square") from error
    return Coordinates(float(lon), float(lat), size / 2 * math.sqrt(2), "MGRS")


def _from_plus_code(code: str) -> Coordinates:
    """Return the centre of a full open location code."""
    from openlocationcode import openlocationcode

    if not openlocationcode.isFull(code):
        raise InputError("a full plus code", code, "give the code with its area, as in 8GX57J3C+2V")
    area = openlocationcode.decode(code)
    metres = (area.latitudeHi - area.latitudeLo) / 2 * _METRES_A_DEGREE
    return Coordinates(
        area.longitudeCenter, area.latitudeCenter, metres * math.sqrt(2), "plus code"
    )


def _from_angles(plain: str) -> Coordinates | None:
    """Return coordinates of two angles."""
    folded = _latin(fold(plain))
    if not _LOOKS_LIKE.match(folded):
        return None
    words = re.sub(r"(?<=\d),(?=\d)", ".", folded) if folded.count(",") in (2, 3) else folded
    inner = words.strip(" ()")
    parts = _split(inner)
    if parts is None:
        return None
    first, second = parts
    swapped = first.hemisphere in ("e", "w") or second.hemisphere in ("n", "s")
    if swapped:
        first, second = second, first
    if {first.hemisphere, second.hemisphere} <= {"n", "s"} and first.hemisphere:
        return None
    if not (first.decimals or first.hemisphere) or not (second.decimals or second.hemisphere):
        return None
    lat = -first.degrees if first.hemisphere == "s" else first.degrees
    lon = -second.degrees if second.hemisphere == "w" else second.degrees
    metres = max(first.half_step, second.half_step * math.cos(math.radians(lat))) * _METRES_A_DEGREE
    return _checked(lat, lon, metres, "coordinates as written", plain)


_WORDS = (
    ("٫", "."), ("北纬", "n "), ("南纬", "s "), ("东经", "e "), ("西经", "w "), ("北緯", "n "), ("南緯", "s "),
    ("東経", "e "), ("西経", "w "), ("東經", "e "), ("西經", "w "), ("북위", "n "), ("남위", "s "), ("동경", "e "),
    ("서경", "w "), ("度", "° "), ("도", "° "), ("分", "' "), ("분", "' "), ("秒", '" '), ("초", '" '),
)  # fmt: skip
_HEMISPHERE_WORDS = (
    (r"north(?:ern)?|nord|norte|noord", "n"), (r"south(?:ern)?|süd|sud|sur|sul|zuid", "s"),
    (r"east(?:ern)?|ost|este|oost|leste", "e"), (r"west(?:ern)?|ouest|oeste|ovest", "w"),
)  # fmt: skip


def _latin(folded: str) -> str:
    """Return coordinates with the words and letters of their language as signs and letters of English."""
    for word, sign in _WORDS:
        folded = folded.replace(word, sign)
    for words, letter in _HEMISPHERE_WORDS:
        folded = re.sub(rf"(?<=[\d°'\" ])(?:{words})(?!\w)|^(?:{words})(?=[\s\d])", letter, folded)
    return re.sub(r"(?<=[\d°'\" ])o$", "e", folded)  # German Ost; Romance ouest is written w mostly


def _split(inner: str) -> tuple[_Angle, _Angle] | None:
    """Return the two angles of a text, split where both halves read as one angle each."""
    for mark in re.finditer(r"\s*[,;/]\s*|\s+|(?<=[nsewсювзп])(?=[\d+-])", inner):
        first, second = _angle(inner[: mark.start()]), _angle(inner[mark.end() :])
        if (
            first is not None
            and second is not None
            and bool(first.hemisphere) == bool(second.hemisphere)
        ):
            return first, second
    return None


def _angle(text: str) -> _Angle | None:
    """Return one angle, null if the text is not exactly one."""
    match = _PART.fullmatch(text.strip())
    if match is None:
        return None
    degrees = float(match["degrees"])
    decimals = len(match["degrees"].partition(".")[2])
    step = 10.0**-decimals
    for slot, scale in (("minutes", 60.0), ("seconds", 3600.0)):
        if match[slot] is None:
            continue
        if float(match[slot]) >= 60.0 or "." in match["degrees"]:  # noqa: PLR2004 (minutes of a degree)
            return None
        degrees += float(match[slot]) / scale
        decimals = max(decimals, 1)
        step = 10.0 ** -len(match[slot].partition(".")[2]) / scale
    hemisphere = _HEMISPHERES.get(match["before"] or match["after"] or "", "")
    if match["sign"] == "-":
        degrees = -degrees
    return _Angle(degrees, step / 2, hemisphere, decimals)


def _checked(lat: float, lon: float, metres: float, notation: str, plain: str) -> Coordinates:
    """Return coordinates that are on the globe; latitude and longitude swapped are said to be so."""
    if abs(lat) <= 90.0 and abs(lon) <= 180.0:  # noqa: PLR2004 (the globe)
        return Coordinates(lon, lat, max(metres, 1.0), notation)
    swapped = abs(lon) <= 90.0 and abs(lat) <= 180.0  # noqa: PLR2004
    remedy = "latitude comes first: swap the two numbers" if swapped else "check the digits"
    raise InputError("latitude from -90 to 90 and longitude from -180 to 180", plain, remedy)
