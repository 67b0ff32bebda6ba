"""The compiled shapes of `geo/data/`: first-level regions, land, rivers, districts, each read alone."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.geo.tables import data_path, read_table

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from shapely.geometry.base import BaseGeometry

    Box = tuple[float, float, float, float]

__all__ = [
    "coasts",
    "country_boxes",
    "country_shape",
    "fingerprint_parts",
    "has_value",
    "land_in",
    "on_land",
    "region_codes",
    "region_level",
    "region_shape",
    "regions_in",
    "river_lines",
    "shape_by",
]


_FILES = (
    "country_exceptions.csv",
    "districts.parquet",
    "land.parquet",
    "regions.parquet",
    "theatre_districts.parquet",
    "theatre_hromadas.parquet",
    "zones.csv",
)
_GROUPS_KEPT = (
    80  # of some 300 kB each: all of the regions, as reports of the world ask for them in turn
)
_SHAPES_KEPT = 500  # of some 5 kB each, some far larger


@cache
def _file(name: str) -> pq.ParquetFile:
    # not read_table: it loads pandas and takes some 70 MB
    import pyarrow.parquet as pq

    return pq.ParquetFile(data_path(name), memory_map=True)


@cache
def _table(name: str, columns: tuple[str, ...]) -> pa.Table:
    return _file(name).read(columns=list(columns))


@cache
def _boxes(name: str) -> shapely.STRtree:
    edges = _table(name, ("bbox",)).column("bbox").combine_chunks()
    # not to_numpy: it loads pandas
    sides = [edges.field(side).to_pylist() for side in ("xmin", "ymin", "xmax", "ymax")]
    return shapely.STRtree(shapely.box(*sides))


@cache
def _starts(name: str) -> list[int]:
    """Return the first row of each row group."""
    metadata = _file(name).metadata
    sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
    return [0, *accumulate(sizes[:-1])]


@lru_cache(maxsize=_GROUPS_KEPT)
def _group(name: str, group: int) -> pa.ChunkedArray:
    """Return the outlines of one row group as well-known binary."""
    return _file(name).read_row_group(group, columns=["geometry"]).column("geometry")


@lru_cache(maxsize=_SHAPES_KEPT)
def _geometry(name: str, row: int) -> BaseGeometry:
    starts = _starts(name)
    group = bisect_right(starts, row) - 1
    shape: BaseGeometry = shapely.from_wkb(_group(name, group)[row - starts[group]].as_py())
    return shape


def _geometries(name: str, rows: list[int]) -> list[BaseGeometry]:
    """Return the geometries of rows, reading only the row groups that hold them."""
    return [_geometry(name, row) for row in rows]


def fingerprint_parts() -> list[str]:
    """Return what kept shapes depend on: the compiled files, by their size."""
    return [f"{name}:{data_path(name).stat().st_size}" for name in _FILES]


def shape_by(name: str, column: str, value: str) -> BaseGeometry | None:
    """Return the union of the shapes of one file whose column has a value; null where none has."""
    rows = _rows_of(name, column).get(value)
    return shapely.union_all(_geometries(name, rows)) if rows else None


def has_value(name: str, column: str, value: str) -> bool:
    """Return whether some row of one file has a value in a column."""
    return value in _rows_of(name, column)


@cache
def _rows_of(name: str, column: str) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, value in enumerate(_table(name, (column,)).column(column).to_pylist()):
        rows.setdefault(value, []).append(row)
    return rows


def region_shape(code: str) -> BaseGeometry | None:
    """Return the polygon of a first-level region by ISO 3166-2 code, as Natural Earth has it."""
    return shape_by("regions.parquet", "code", code)


def region_codes(country: str) -> list[str]:
    """Return the ISO 3166-2 codes of a country's first-level regions; its own code where it has none."""
    return [code for code, level in _coded() if level == 1 and code.split("-")[0] == country]


def country_boxes(country: str) -> np.ndarray:
    """Return the boxes of a country's first-level regions in degrees: west, south, east, north, shape (n, 4)."""
    codes = set(region_codes(country))
    rows = [row for row, (code, level) in enumerate(_coded()) if level == 1 and code in codes]
    found: np.ndarray = shapely.bounds(_boxes("regions.parquet").geometries[rows])
    return found


def country_shape(country: str) -> BaseGeometry:
    """Return the union of a country's first-level regions, empty for a country that has none here."""
    return shapely.union_all([region_shape(code) for code in region_codes(country)])


@cache
def _coded() -> list[tuple[str, int]]:
    rows = _table("regions.parquet", ("code", "level")).to_pylist()
    return [(row["code"], row["level"]) for row in rows]


@cache
def _levels() -> dict[str, int]:
    return dict(_coded())


def region_level(code: str) -> int | None:
    """Return 1 for the code of a first-level region, 2 for that of a second-level one, as FR-75; null for others."""
    return _levels().get(code)


def regions_in(box: Box, prefix: str = "") -> dict[str, BaseGeometry]:
    """Return by code the first-level regions whose bounding box meets a box of degrees.

    With a prefix (`RU-`), only those whose code begins with it.
    """
    near = _boxes("regions.parquet").query(shapely.box(*box)).tolist()
    coded = _coded()
    rows = sorted(row for row in near if coded[row][1] == 1 and coded[row][0].startswith(prefix))
    codes = [_coded()[row][0] for row in rows]
    return dict(zip(codes, _geometries("regions.parquet", rows), strict=True))


def land_in(box: Box) -> BaseGeometry:
    """Return the land of Natural Earth in a box of degrees: islands and continents do not overlap."""
    rows = sorted(_boxes("land.parquet").query(shapely.box(*box)).tolist())
    clipped = [shapely.clip_by_rect(shape, *box) for shape in _geometries("land.parquet", rows)]
    parts = shapely.get_parts(clipped).tolist()
    return shapely.MultiPolygon([part for part in parts if isinstance(part, shapely.Polygon)])


def on_land(lines: np.ndarray) -> np.ndarray:
    """Return for each of many lines whether the land of Natural Earth holds the whole of it."""
    tree = _boxes("land.parquet")
    inside = np.zeros(len(lines), dtype=bool)
    pairs = tree.query(lines)
    for row in np.unique(pairs[1]).tolist():
        of_row = pairs[0][pairs[1] == row]
        land = _geometry("land.parquet", row)
        shapely.prepare(land)
        inside[of_row] |= shapely.contains_properly(land, lines[of_row])
    return inside


@cache
def coasts() -> BaseGeometry:
    """Return the coasts of the world as Natural Earth has them."""
    shapes = _table("land.parquet", ("geometry",)).column("geometry").to_pylist()
    lines: BaseGeometry = shapely.geometrycollections(shapely.boundary(shapely.from_wkb(shapes)))
    return lines


def river_lines(river_id: int, name: str) -> BaseGeometry | None:
    """Return the course of a river of Natural Earth by its number and name, whole though its names change."""
    rows = _rivers().get((river_id, name))
    if not rows:
        return None
    further = [row for part in _river_parts().get(river_id, ()) for row in _rivers_by_id()[part]]
    return shapely.union_all(_geometries("rivers.parquet", [*rows, *further]))


@cache
def _river_parts() -> dict[int, list[int]]:
    """Return the numbers of the reaches that a river has under other names."""
    return {
        int(row["river"]): [int(part) for part in row["parts"].split("|")]
        for row in read_table("river_parts.csv")
    }


@cache
def _rivers_by_id() -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for (number, _), found in _rivers().items():
        rows.setdefault(number, []).extend(found)
    return rows


@cache
def _rivers() -> dict[tuple[int, str], list[int]]:
    rows: dict[tuple[int, str], list[int]] = {}
    for row, each in enumerate(_table("rivers.parquet", ("id", "name")).to_pylist()):
        rows.setdefault((each["id"], each["name"]), []).append(row)
    return rows
