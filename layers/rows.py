"""The rows of an events table as arrays: what the page needs, read tolerantly.

A table may lack columns, hold dates as timestamps and coordinates that are not numbers: what cannot be
used is unknown, never invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline.errors import InputError
from dateline.layers.grid import unwrap

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["UNDATED", "Days", "day_numbers", "days", "geometries", "texts", "to_wgs84"]

UNDATED = np.iinfo(np.int64).min
"""The day of an event without a date."""


@dataclass(frozen=True, slots=True)
class Days:
    """When events happened.

    Attributes
    ----------
    first, last
        Days since 1970-01-01, both ends included; `UNDATED` where no date is known.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]


def texts(table: pd.DataFrame, name: str) -> list[Any]:
    """Return a column's values with null as None; all None where the table has no such column."""
    if name not in table.columns or not table[name].notna().any():
        return [None] * len(table)
    column = table[name].astype(object)
    return list(column.where(column.notna(), None))


def days(table: pd.DataFrame) -> Days:
    """Return the days of every row.

    Parameters
    ----------
    table
        Columns `date_start` and `date_end`, ISO 8601 texts or timestamps; either may be absent.

    Returns
    -------
    Days
        An end before its start is ignored.
    """
    first, last = day_numbers(table, "date_start"), day_numbers(table, "date_end")
    first = np.where(first == UNDATED, last, first)
    last = np.where(last == UNDATED, first, last)
    return Days(first, np.maximum(first, last))


def day_numbers(table: pd.DataFrame, name: str) -> NDArray[np.int64]:
    """Return one column's days since 1970-01-01, `UNDATED` where a value is no date."""
    if name not in table.columns:
        return np.full(len(table), UNDATED, np.int64)
    column = table[name]
    if pd.api.types.is_datetime64_any_dtype(column):
        stamps = column.dt.tz_localize(None) if column.dt.tz is not None else column
        return np.asarray(stamps, "datetime64[D]").astype(np.int64)
    codes, found = pd.factorize(column.astype(object))
    numbers = np.array([_day_number(value) for value in found] + [UNDATED], np.int64)
    return np.asarray(numbers[codes], np.int64)


def _day_number(value: object) -> int:
    """Return the day of an ISO 8601 text or a timestamp."""
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return int(UNDATED)
    return found.toordinal() - date(1970, 1, 1).toordinal()


def to_wgs84(table: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with its geometry, if it has any, in EPSG:4326.

    Raises
    ------
    InputError
        If `table` is not a table.
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError("a GeoDataFrame of events", table, "make one with dateline.read")
    if not isinstance(table, gpd.GeoDataFrame) or _active_geometry(table) is None:
        return table
    foreign = table.crs is not None and table.crs != "EPSG:4326"
    return table.to_crs("EPSG:4326") if foreign else table


def _active_geometry(table: gpd.GeoDataFrame) -> str | None:
    """Return the name of the table's geometry column, null if it has none."""
    name = table.active_geometry_name
    return name if name in table.columns else None


def geometries(table: pd.DataFrame) -> NDArray[Any]:
    """Return every row's geometry, None where there is none that can be drawn.

    Parameters
    ----------
    table
        An events table in EPSG:4326.

    Returns
    -------
    array of shapely geometries
        Valid, with finite coordinates in degrees, together across the antimeridian.
    """
    name = _active_geometry(table) if isinstance(table, gpd.GeoDataFrame) else None
    if name is None:
        return np.full(len(table), None, object)
    shapes = np.array(table[name].values, dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    bounds = shapely.bounds(shapes)
    finite = np.isfinite(bounds).all(axis=1) & (np.abs(bounds) <= 720).all(axis=1)  # noqa: PLR2004 (two turns)
    finite &= (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1)  # noqa: PLR2004 (the poles)
    shapes[~finite] = None
    return _together(shapes, bounds)


def _together(shapes: NDArray[Any], bounds: NDArray[np.float64]) -> NDArray[Any]:
    """Return `shapes` moved by whole turns so that their extent is smallest."""
    known = np.flatnonzero(shapely.is_geometry(shapes))
    lon = bounds[known][:, [0, 2]].mean(axis=1)
    moved = unwrap(lon) - lon
    for turn in np.unique(np.round(moved / 360)):
        if turn:
            rows = known[np.round(moved / 360) == turn]
            shapes[rows] = shapely.transform(shapes[rows], partial(_moved, turn=float(360 * turn)))
    return shapes


def _moved(xy: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
    """Return positions moved eastwards by degrees."""
    return np.asarray(xy + np.array([turn, 0.0]), np.float64)
