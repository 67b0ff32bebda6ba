"""What the readers of place files give: one fact a row, or what is wrong with the row."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dateline.errors import CellError, InputError
from dateline.geo.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.place import PlaceKind

__all__ = ["Fact", "Format", "Layout", "coordinate", "pick_column", "rules", "with_bare_names"]

Format = Literal["geonames", "outlines", "points"]
_MAX_DEGREES = {"latitude": 90.0, "longitude": 180.0}


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a file of places; whatever is null is recognised.

    Attributes
    ----------
    format
        "geonames" (a country dump), "outlines" (a polygon file) or "points" (a table of coordinates).
    name, lat, lon
        Columns of the name and the coordinates.
    kind
        What the places are, where the file does not say.
    country
        ISO 3166-1 alpha-2 code of the country that all the places are in.
    alternate_names
        GeoNames' alternateNamesV2 (path or address of a zip or text file), for a country dump.
    skip_bad_rows
        Leave bad rows out rather than refuse the file. Country dumps are always read so: nobody
        can mend them.
    allow_local
        Also download from hosts of the user's own machine and network.
    """

    format: Format | None = None
    name: str | None = None
    lat: str | None = None
    lon: str | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    alternate_names: str | None = None
    skip_bad_rows: bool = False
    allow_local: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One place as a file gives it.

    Attributes
    ----------
    row
        Row in the file; a header is row 1.
    id
        Identifier with its origin.
    names
        All names, the main one first.
    kind
        What sort of place it is.
    lon, lat
        Representative point in degrees, EPSG:4326.
    country, admin1, district, population
        As in `Place`.
    outline
        Area or line in degrees, EPSG:4326.
    """

    row: int
    id: str
    names: tuple[str, ...]
    kind: PlaceKind
    lon: float
    lat: float
    country: str | None = None
    admin1: str | None = None
    district: str | None = None
    population: int | None = None
    outline: BaseGeometry | None = None


@cache
def rules() -> dict[str, Any]:
    """Return the tables of `data/added.toml`."""
    return read_tables("added.toml")


def pick_column(columns: Sequence[str], what: str, wanted: str | None = None) -> str | None:
    """Return the column that holds something: the one asked for, else the first with a usual title.

    Parameters
    ----------
    columns
        Titles of the file's columns.
    what
        What the column holds: a key of the rules' `columns`.
    wanted
        The title the user gave.

    Raises
    ------
    InputError
        If the column asked for is not there.
    """
    if wanted is not None:
        if wanted not in columns:
            raise InputError(f"a column of the {what}, one of {', '.join(columns)}", wanted)
        return wanted
    folded = {title.strip().casefold().replace(" ", "_"): title for title in reversed(columns)}
    return next((folded[title] for title in rules()["columns"][what] if title in folded), None)


def with_bare_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of an area, and each without its generic word: texts say either.

    "Sumskyi Raion" is in reports the Sumskyi district, Сумський район, or Sumskyi alone.
    """
    from dateline.geo.expression import Name
    from dateline.geo.parser import parse

    known = list(names)
    for name in tuple(known):
        with contextlib.suppress(InputError):  # a name that reads as coordinates beyond the globe
            reading = next(iter(parse(name, None)), None)
            if reading and reading.kind == "named" and isinstance(reading.expression, Name):
                known.append(reading.expression.text)
    return tuple(dict.fromkeys(known))


def coordinate(text: str, *, what: str, file: str, row: int, column: str) -> float:
    """Return a latitude or longitude in degrees; a decimal comma is read as a point.

    Raises
    ------
    CellError
        If the cell holds no number, or none that a `what` ("latitude", "longitude") can be.
    """
    most = _MAX_DEGREES[what]
    try:
        number = float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        number = float("nan")
    if abs(number) <= most:
        return number
    remedy = f"is {column!r} the column of the {what}?"
    if what == "latitude" and most < abs(number) <= _MAX_DEGREES["longitude"]:
        remedy = "latitude and longitude look swapped: exchange the two columns"
    raise CellError(file, row, column, text, expected=f"a {what} in decimal degrees", remedy=remedy)
