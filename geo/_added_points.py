"""Tables of names and coordinates."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from dateline.errors import CellError, InputError, SourceError
from dateline.geo._added_facts import Fact, Layout, coordinate, pick_column
from dateline.geo.place import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_points"]

_MAX_BYTES = 200_000_000
_DELIMITERS = "\t;,|"
_FURTHER_NAME = re.compile(r"(?:alt_?|alternative_?)?name[:_][a-z]{2,3}", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*[;|]\s*")
_MAX_NAME_CHARACTERS = 200
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_OPTIONAL = ("country", "district", "population", "kind", "names", "id")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what."""

    name: str
    lat: str
    lon: str
    others: dict[str, str]
    further_names: tuple[str, ...]


def read_points(path: Path, layout: Layout, prefix: str) -> Iterator[Fact | CellError]:
    """Yield the places of a table, and what is wrong with rows in between.

    Parameters
    ----------
    path
        UTF-8 or UTF-16 text with a header; separated by commas, semicolons, tabs or bars.
    layout
        Which columns hold name and coordinates, kind and country where the file does not say.
    prefix
        Start of the places' identifiers.

    Raises
    ------
    InputError
        If a column that is needed is not there.
    SourceError
        If the file is no text.
    """
    text = _text(path)
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        columns = _columns(path.name, list(table.fieldnames or ()), layout)
        for row, cells in enumerate(table, start=2):
            if not any(cells.values()):
                continue
            try:
                yield _fact(path.name, row, cells, columns, layout, prefix)
            except CellError as error:
                yield error
    except csv.Error as error:
        raise SourceError(f"a readable table in {path.name}", str(error), "save it anew") from error


def _text(path: Path) -> str:
    """Return the text of a file."""
    size = path.stat().st_size
    if size > _MAX_BYTES:
        raise SourceError(f"a table of at most {_MAX_BYTES:,} bytes", size, "split it")
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"UTF-8 text in {path.name}", str(error), 'save it as "CSV UTF-8"'
        ) from error
    if "\0" in text:
        raise SourceError(f"text in {path.name}", "binary data", "save it as CSV")
    return text


def _columns(file: str, titles: list[str], layout: Layout) -> _Columns:
    """Return which column holds what; name and coordinates must be there."""
    asked = {"name": layout.name, "lat": layout.lat, "lon": layout.lon}
    found = {what: pick_column(titles, what, title) for what, title in asked.items()}
    missing = [what for what, title in found.items() if title is None]
    if missing:
        raise InputError(
            f"a header with columns of name, lat and lon in {file}",
            titles,
            f"say which column holds {' and '.join(missing)}",
        )
    if len(set(found.values())) < len(found):
        raise InputError("three different columns for name, lat and lon", found)
    others = {what: pick_column(titles, what) for what in _OPTIONAL}
    taken = {title for title in found.values() if title is not None}
    return _Columns(
        **{what: title for what, title in found.items() if title is not None},
        others={w: title for w, title in others.items() if title and title not in taken},
        further_names=tuple(t for t in titles if t not in taken and _FURTHER_NAME.fullmatch(t)),
    )


def _fact(
    file: str, row: int, cells: dict[str, str], columns: _Columns, layout: Layout, prefix: str
) -> Fact:
    """Return the place of one row."""
    if cells.get("") or None in cells.values():
        expected = "as many cells as the header has"
        raise CellError(file, row, "row", "another number", expected=expected, remedy="quote text")
    given = {what: cells[title].strip() for what, title in columns.others.items()}
    name = cells[columns.name].strip()
    if not 0 < len(name) <= _MAX_NAME_CHARACTERS:
        expected = f"a name of 1 to {_MAX_NAME_CHARACTERS} characters"
        raise CellError(file, row, columns.name, name, expected=expected)
    lat, lon = (
        coordinate(cells[column], what=what, file=file, row=row, column=column)
        for what, column in (("latitude", columns.lat), ("longitude", columns.lon))
    )
    further = [cells[title].strip() for title in columns.further_names]
    listed = _BETWEEN_NAMES.split(given.get("names", ""))
    return Fact(
        row=row,
        id=f"{prefix}:{given.get('id') or row}",
        names=tuple(dict.fromkeys(n for n in (name, *further, *listed) if n)),
        kind=_kind(given.get("kind", ""), layout.kind),
        lon=lon,
        lat=lat,
        country=_country(file, row, columns, given) or layout.country,
        district=given.get("district") or None,
        population=_population(file, row, columns, given),
    )


def _kind(given: str, default: PlaceKind | None) -> PlaceKind:
    """Return the kind of a row: its own word if that is one of ours."""
    kinds: dict[str, PlaceKind] = {kind: kind for kind in get_args(PlaceKind)}
    return kinds.get(given.casefold(), default or "settlement")


def _country(file: str, row: int, columns: _Columns, given: dict[str, str]) -> str | None:
    """Return the country of a row, null where it says none."""
    text = given.get("country", "")
    if text and not _COUNTRY.fullmatch(text):
        expected = "a country's ISO 3166-1 alpha-2 code"
        raise CellError(file, row, columns.others["country"], text, expected=expected)
    return text.upper() or None


def _population(file: str, row: int, columns: _Columns, given: dict[str, str]) -> int | None:
    """Return the population of a row, null where it says none."""
    text = re.sub(r"[\s'_]|(?<=\d)[,.](?=\d{3}(?:\D|$))", "", given.get("population", ""))
    if text and not text.removesuffix(".0").isdecimal():
        column = columns.others["population"]
        raise CellError(file, row, column, given["population"], expected="a number of inhabitants")
    return int(text.removesuffix(".0")) if text else None
