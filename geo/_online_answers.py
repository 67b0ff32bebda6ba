"""What the answers of online geocoders mean: places of our kinds, with their outlines."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from shapely.geometry import box, shape

from dateline.errors import AnswerError
from dateline.geo.names import name_key, spelling_key
from dateline.geo.place import Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = ["Known", "read_answer"]

_KINDS: dict[str, PlaceKind] = {
    "country": "country",
    "state": "region",
    "region": "region",
    "province": "region",
    "county": "district",
    "district": "district",
    "state_district": "district",
    "municipality": "district",
    "city": "settlement",
    "town": "settlement",
    "village": "settlement",
    "hamlet": "settlement",
    "isolated_dwelling": "settlement",
    "suburb": "settlement",
    "quarter": "settlement",
    "neighbourhood": "settlement",
    "borough": "settlement",
    "city_district": "settlement",
    "locality": "settlement",
}
_WATER_KEYS = frozenset({"waterway", "water"})
_WATER_VALUES = frozenset({"water", "bay", "strait", "sea", "ocean", "river", "lake", "wetland"})
# What comes of members that are not what they should be.
_BAD_MEMBER = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    shapely.errors.ShapelyError,
)
_COUNTRY = re.compile(r"[A-Z]{2}")  # ISO 3166-1 alpha-2
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")  # ISO 3166-2
_MAX_LON, _MAX_LAT = 180.0, 90.0


@dataclass(frozen=True, slots=True)
class Known:
    """A place as an online geocoder knows it.

    Attributes
    ----------
    place
        The place; its id is OpenStreetMap's.
    outline
        Area or line in degrees, EPSG:4326; null where the service gave a point only.
    box
        Box around the place in degrees; null where the service gave none.
    importance
        How well known the service thinks the place is, 0 to 1; null where it does not say.
    label
        The place with what lies around it, as the service writes it.
    """

    place: Place
    outline: BaseGeometry | None
    box: BaseGeometry | None
    importance: float | None
    label: str


def read_answer(service: str, answers: Iterable[dict[str, Any]], name: str) -> list[Known]:
    """Return the places of an answer, in the order of the service.

    Parameters
    ----------
    service
        "nominatim" or "photon": whose words the answers are in.
    answers
        One object a place, in the service's own JSON.
    name
        The name that was asked for: tells how each place matches it.

    Raises
    ------
    AnswerError
        If an answer lacks what every answer has, or places something off the globe.
    """
    read = {"nominatim": _nominatim, "photon": _photon}[service]
    try:
        return [read(answer, name) for answer in answers]
    except _BAD_MEMBER as error:
        lacks = isinstance(error, KeyError)
        wrong = f"without {error}" if lacks else f"with a bad member ({error})"
        message = (
            f"expected places from {service}, got an answer on {name!r} {wrong}; "
            "try again later or name another server"
        )
        raise AnswerError(message) from error


def _nominatim(answer: dict[str, Any], name: str) -> Known:
    """Return one place of Nominatim's JSON."""
    lon, lat = _on_globe(answer["lon"], answer["lat"])
    names = answer.get("namedetails") or {}
    address = answer.get("address") or {}
    label = answer["display_name"]
    shown = names.get("name:en") or names.get("int_name") or answer.get("name") or label
    kind = _kind(
        answer.get("class", answer.get("category", "")),
        answer.get("type", ""),
        answer.get("addresstype", ""),
    )
    south, north, west, east = (float(side) for side in answer.get("boundingbox") or (0, 0, 0, 0))
    place = Place(
        id=f"osm:{answer['osm_type'][0]}{answer['osm_id']}",
        name=str(shown),
        kind=kind,
        lon=lon,
        lat=lat,
        country=_code(address.get("country_code"), _COUNTRY),
        admin1=_code(address.get("ISO3166-2-lvl4") or address.get("ISO3166-2-lvl3"), _REGION),
        district=address.get("county"),
        source="nominatim",
        matched=_matched(name, [*names.values(), str(shown), label.split(",")[0]]),
    )
    return Known(
        place,
        _outline(answer.get("geojson")),
        _box(west, south, east, north),
        _number(answer.get("importance")),
        str(label),
    )


def _photon(answer: dict[str, Any], name: str) -> Known:
    """Return one place of Photon's GeoJSON."""
    lon, lat = _on_globe(*answer["geometry"]["coordinates"][:2])
    facts = answer["properties"]
    shown = facts.get("name") or facts.get("street") or name
    west, north, east, south = (float(side) for side in facts.get("extent") or (0, 0, 0, 0))
    place = Place(
        id=f"osm:{str(facts['osm_type'])[0].lower()}{facts['osm_id']}",
        name=str(shown),
        kind=_kind(facts.get("osm_key", ""), facts.get("osm_value", ""), facts.get("type", "")),
        lon=lon,
        lat=lat,
        country=_code(facts.get("countrycode"), _COUNTRY),
        district=facts.get("county"),
        source="photon",
        matched=_matched(name, [str(shown)]),
    )
    around = (facts.get(key) for key in ("name", "city", "county", "state", "country"))
    label = ", ".join(dict.fromkeys(str(part) for part in around if part))
    return Known(place, None, _box(west, south, east, north), None, label)


def _on_globe(lon: object, lat: object) -> tuple[float, float]:
    """Return longitude and latitude as numbers that a place can have."""
    east, north = float(str(lon)), float(str(lat))
    if not (abs(east) <= _MAX_LON and abs(north) <= _MAX_LAT):
        raise ValueError(f"lon {lon!r}, lat {lat!r}")
    return east, north


def _number(value: object) -> float | None:
    """Return a share between 0 and 1, null where there is none."""
    number = float(str(value)) if value is not None else math.nan
    return min(max(number, 0.0), 1.0) if math.isfinite(number) else None


def _code(value: object, pattern: re.Pattern[str]) -> str | None:
    """Return a code in capitals, null where it is none."""
    code = str(value).upper()
    return code if pattern.fullmatch(code) else None


def _kind(key: str, value: str, address_type: str) -> PlaceKind:
    """Return our kind for OpenStreetMap's key and value, and for what the service calls the place."""
    for word in (value, address_type):
        if word in _KINDS:
            return _KINDS[word]
    if key in _WATER_KEYS or value in _WATER_VALUES:
        return "water"
    return "district" if key == "boundary" else "facility"


def _matched(asked: str, names: Iterable[str]) -> Literal["exact", "variant", "fuzzy"]:
    """Return how a place's names match what was asked."""
    known = [name for name in names if isinstance(name, str)]
    if spelling_key(asked) in {spelling_key(name) for name in known}:
        return "exact"
    return "variant" if name_key(asked) in {name_key(name) for name in known} else "fuzzy"


def _outline(geometry: dict[str, Any] | None) -> BaseGeometry | None:
    """Return an outline that is valid and lies on the globe, null where there is only a point."""
    if not geometry or geometry["type"] == "Point":
        return None
    with np.errstate(invalid="raise"):  # coordinates that are no numbers
        outline = shapely.make_valid(shape(geometry))
    if outline.is_empty:
        return None
    west, south, east, north = outline.bounds
    _on_globe(west, south)
    _on_globe(east, north)
    return outline


def _box(west: float, south: float, east: float, north: float) -> BaseGeometry | None:
    """Return a box, null where it has no extent."""
    _on_globe(west, south)
    _on_globe(east, north)
    return box(west, south, east, north) if west < east and south < north else None
