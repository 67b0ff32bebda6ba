"""GeoNames' country dumps and alternate names.

Both are tab-separated texts without a header, in zips or bare; their columns are described in
https://download.geonames.org/export/dump/readme.txt.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from functools import cache
from typing import IO, TYPE_CHECKING

from dateline.errors import CellError, InputError, SourceError
from dateline.geo._added_facts import Fact, coordinate, rules, with_bare_names
from dateline.geo._zips import checked_names, open_member
from dateline.geo.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dateline.geo.place import PlaceKind

__all__ = [
    "CREDIT",
    "LICENCE",
    "dump_member",
    "is_dump",
    "numbers_of",
    "read_alternate_names",
    "read_dump",
]

CREDIT = "GeoNames"
LICENCE = "CC BY 4.0"
_COLUMNS = 19
_NAME_COLUMNS = 10
_ID, _NAME, _ASCII, _OTHERS, _LAT, _LON, _CLASS, _CODE, _COUNTRY = range(9)
_ADMIN1, _ADMIN2, _POPULATION = 10, 11, 14


def is_dump(path: Path) -> bool:
    """Tell whether a text file, or the text in a zip, has the columns of a country dump."""
    try:
        with _lines(path) as lines:
            first = next(iter(lines), "")
    except (SourceError, UnicodeDecodeError):
        return False
    return first.count("\t") == _COLUMNS - 1


def dump_member(path: Path) -> str | None:
    """Return the name of the dump in a zip: the one text that is no readme; null where there is none."""
    texts = [
        name
        for name in checked_names(path)
        if name.lower().endswith(".txt") and "readme" not in name.lower()
        and not name.lower().startswith("iso-language")
    ]  # fmt: skip
    return texts[0] if len(texts) == 1 else None


@contextmanager
def _lines(path: Path) -> Iterator[Iterable[str]]:
    """Give the lines of a text file, or of the text in a zip."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as text:
            yield text
        return
    member = dump_member(path)
    if member is None:
        raise SourceError("one text of places in the zip", path.name, "unpack it, name the file")
    with open_member(path, member) as raw:
        yield _decoded(raw)


def _decoded(raw: IO[bytes]) -> Iterable[str]:
    """Return the lines of a UTF-8 stream; line ends are newlines and nothing else."""
    return io.TextIOWrapper(raw, encoding="utf-8", newline="\n")


def read_dump(
    path: Path, more_names: dict[int, list[str]] | None = None
) -> Iterator[Fact | CellError]:
    """Yield the settlements, districts, waters and facilities of a dump, and what is wrong in between.

    Parameters
    ----------
    path
        A dump as GeoNames gives it: `UA.zip` or the text in it.
    more_names
        Further names by GeoNames' number, from `read_alternate_names`.

    Raises
    ------
    InputError
        If the first row has not the columns of a dump.
    SourceError
        If the file is cut short or no UTF-8 text.
    """
    codes = {
        (row["country"], row["geonames"]): row["iso"] for row in read_table("admin1_codes.csv")
    }
    districts = _district_names(path)
    for row, cells in _rows(path, _COLUMNS):
        if isinstance(cells, CellError):
            yield cells
            continue
        kind = _kind(cells[_CLASS], cells[_CODE])
        if kind is None:
            continue
        try:
            fact = _fact(path.name, row, cells, kind, more_names or {})
        except CellError as error:
            yield error
            continue
        place = (cells[_COUNTRY], cells[_ADMIN1])
        yield Fact(
            *fact,
            country=cells[_COUNTRY] or None,
            admin1=codes.get(place),
            district=districts.get((*place, cells[_ADMIN2])) if kind != "district" else None,
            population=_population(cells[_POPULATION]),
        )


def _fact(
    file: str, row: int, cells: list[str], kind: PlaceKind, more_names: dict[int, list[str]]
) -> tuple[int, str, tuple[str, ...], PlaceKind, float, float]:
    """Return what every fact has; raise where a cell is bad."""
    if not cells[_ID].isdecimal():
        raise CellError(file, row, "geonameid", cells[_ID], expected="a number")
    if not cells[_NAME].strip():
        raise CellError(file, row, "name", cells[_NAME], expected="a name")
    lat = coordinate(cells[_LAT], what="latitude", file=file, row=row, column="latitude")
    lon = coordinate(cells[_LON], what="longitude", file=file, row=row, column="longitude")
    others = [name for name in cells[_OTHERS].split(",") if name]
    known = [cells[_NAME], cells[_ASCII], *others, *more_names.get(int(cells[_ID]), ())]
    names = tuple(dict.fromkeys(name for name in known if name))
    if kind == "district":
        names = with_bare_names(names)
    return row, f"gn:{cells[_ID]}", names, kind, lon, lat


def _rows(path: Path, columns: int) -> Iterator[tuple[int, list[str] | CellError]]:
    """Yield the cells of each row; a row with more or fewer is an error, the first row's of the whole file."""
    try:
        with _lines(path) as lines:
            for row, line in enumerate(lines, start=1):
                cells = line.rstrip("\r\n").split("\t")
                if len(cells) == columns:
                    yield row, cells
                    continue
                if row == 1:
                    raise InputError(
                        f"{columns} tab-separated columns in {path.name}, as GeoNames' files have",
                        f"{len(cells)} in row 1",
                        "give the file as it came from download.geonames.org",
                    )
                expected = f"{columns} tab-separated columns"
                yield row, CellError(path.name, row, "row", f"{len(cells)}", expected=expected)
    except UnicodeDecodeError as error:
        raise SourceError(f"UTF-8 text in {path.name}", str(error), "fetch it again") from error


def _district_names(path: Path) -> dict[tuple[str, str, str], str]:
    """Return the names of second-level districts by country, region and district code."""
    return {
        (cells[_COUNTRY], cells[_ADMIN1], cells[_ADMIN2]): cells[_NAME]
        for _, cells in _rows(path, _COLUMNS)
        if not isinstance(cells, CellError) and cells[_CODE] == "ADM2"
    }


@cache
def _kinds() -> dict[str, PlaceKind | None]:
    """Return our kind for each of GeoNames' codes that has one of its own."""
    lists = rules()["geonames"]
    kinds: dict[str, PlaceKind | None] = dict.fromkeys(lists["gone"])
    for kind in ("district", "water", "facility"):
        kinds |= dict.fromkeys(lists[kind], kind)
    return kinds


def _kind(feature_class: str, code: str) -> PlaceKind | None:
    """Return our kind for GeoNames' class and code, null for what no report means by a name."""
    return _kinds().get(code, "settlement" if feature_class == "P" else None)


def _population(cell: str) -> int | None:
    """Return a population; GeoNames writes 0 for unknown."""
    return int(cell) or None if cell.isdecimal() else None


def read_alternate_names(path: Path, wanted: set[int]) -> dict[int, list[str]]:
    """Return names by GeoNames' number from `alternateNamesV2`, for the numbers that are wanted.

    Raises
    ------
    InputError
        If the first row has not the columns of that file.
    SourceError
        If the file is cut short or no UTF-8 text.
    """
    names: dict[int, list[str]] = {}
    not_names = frozenset(rules()["geonames"]["not_names"])
    for _, cells in _rows(path, _NAME_COLUMNS):
        if isinstance(cells, CellError) or cells[2] in not_names or not cells[1].isdecimal():
            continue
        number = int(cells[1])
        if number in wanted:
            names.setdefault(number, []).append(cells[3])
    return names


def numbers_of(path: Path) -> set[int]:
    """Return GeoNames' numbers of the places of a dump that are read."""
    return {
        int(cells[_ID])
        for _, cells in _rows(path, _COLUMNS)
        if not isinstance(cells, CellError)
        and cells[_ID].isdecimal()
        and _kind(cells[_CLASS], cells[_CODE])
    }
